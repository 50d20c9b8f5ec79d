#pragma once
// The program's own line icons, in the colour that the theme asks for. UI thread.

#include <initializer_list>
#include <string_view>

#include <wx/bmpbndl.h>
#include <wx/colour.h>
#include <wx/iconbndl.h>

namespace earshot::ui {

/// svg is one of embedded/icons.h. Make a new one when the theme changes.
[[nodiscard]] wxBitmapBundle icon(std::string_view svg, const wxColour& colour, int sizeDip);

/// The program's icon for frames, in the sizes that window managers ask for.
[[nodiscard]] wxIconBundle programIcons(std::initializer_list<int> sizes = {16, 24, 32, 48, 64, 128});
[[nodiscard]] wxBitmapBundle programLogo(int sizeDip);

}  // namespace earshot::ui

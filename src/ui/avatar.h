#pragma once
// The picture of a person or a room: their first letter on a colour that belongs to their id. UI
// thread.

#include <string>

#include <wx/bmpbndl.h>
#include <wx/colour.h>
#include <wx/gdicmn.h>

#include "app/ids.h"
#include "ui/theme.h"

class wxGraphicsContext;

namespace earshot::ui {

/// Background of the avatar; the same for an id on every computer.
[[nodiscard]] wxColour avatarColour(const app::MemberId& id, bool dark);
[[nodiscard]] wxColour roomColour(const app::RoomId& id, bool dark);
/// The avatar's colour made readable (contrast 4.5) as text on theme.surface.
[[nodiscard]] wxColour nameColour(const app::MemberId& id, const Theme& theme);

/// The first letter as people see it (a whole grapheme cluster), in upper case; "?" for nothing.
[[nodiscard]] std::string initialOf(const std::string& name);

/// A circle that fills the rectangle.
void drawAvatar(wxGraphicsContext& gc, const wxRect& rect, const std::string& name, const app::MemberId& id,
                const Theme& theme);

/// For lists; sizeDip in device-independent pixels. Make new ones when the theme changes.
[[nodiscard]] wxBitmapBundle avatarBitmap(const std::string& name, const app::MemberId& id, const Theme& theme,
                                          int sizeDip);
/// A rounded square with the room's first letter.
[[nodiscard]] wxBitmapBundle roomBitmap(const std::string& name, const app::RoomId& id, const Theme& theme,
                                        int sizeDip);

}  // namespace earshot::ui

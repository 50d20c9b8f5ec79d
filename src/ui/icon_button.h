#pragma once
// A flat button that shows only an icon, with a name for screen readers and a tool tip. UI thread.

#include <string_view>

#include <wx/bmpbuttn.h>

#include "ui/theme.h"

namespace earshot::ui {

class IconButton : public wxBitmapButton {
 public:
  /// svg must live as long as the button (those of embedded/icons.h do).
  IconButton(wxWindow* parent, std::string_view svg, const wxString& name, const wxString& toolTip = {});
  void applyTheme(const Theme& theme);

 private:
  std::string_view svg_;
};

}  // namespace earshot::ui

#include "ui/icon_button.h"

#include "ui/accessible.h"
#include "ui/icons.h"

namespace earshot::ui {
namespace {

constexpr int kIconDip = 20;

}  // namespace

IconButton::IconButton(wxWindow* parent, std::string_view svg, const wxString& name, const wxString& toolTip)
    : wxBitmapButton(parent, wxID_ANY, icon(svg, *wxBLACK, kIconDip), wxDefaultPosition, wxDefaultSize, wxBORDER_NONE),
      svg_(svg) {
  setAccessibleName(this, name);
  SetToolTip(toolTip.empty() ? name : toolTip);
}

void IconButton::applyTheme(const Theme& theme) {
  SetBitmap(icon(svg_, theme.text, kIconDip));
  SetBitmapDisabled(icon(svg_, mix(theme.text, theme.window, 0.6), kIconDip));
}

}  // namespace earshot::ui

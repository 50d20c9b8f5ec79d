#include "ui/theme.h"

#include <cmath>

#include <wx/settings.h>

namespace earshot::ui {

wxColour mix(const wxColour& a, const wxColour& b, double t) {
  const auto channel = [t](int from, int to) {
    return static_cast<unsigned char>(std::lround(from + (to - from) * t));
  };
  return {channel(a.Red(), b.Red()), channel(a.Green(), b.Green()), channel(a.Blue(), b.Blue())};
}

Theme Theme::current() {
  Theme theme;
  theme.window = wxSystemSettings::GetColour(wxSYS_COLOUR_BTNFACE);
  theme.surface = wxSystemSettings::GetColour(wxSYS_COLOUR_LISTBOX);
  theme.text = wxSystemSettings::GetColour(wxSYS_COLOUR_LISTBOXTEXT);
  theme.dark = theme.text.GetLuminance() > theme.surface.GetLuminance();
  theme.accent = theme.dark ? wxColour(0x78, 0xae, 0xed) : wxColour(0x1c, 0x71, 0xd8);
  theme.onAccent = theme.dark ? wxColour(0x10, 0x1c, 0x2c) : *wxWHITE;
  theme.muted = mix(theme.text, theme.surface, theme.dark ? 0.34 : 0.38);
  theme.selection = mix(theme.surface, theme.accent, theme.dark ? 0.42 : 0.28);
  theme.hover = mix(theme.surface, theme.text, theme.dark ? 0.05 : 0.035);
  theme.separator = mix(theme.surface, theme.text, theme.dark ? 0.15 : 0.11);
  theme.border = mix(theme.surface, theme.text, theme.dark ? 0.24 : 0.18);
  theme.notice = theme.muted;
  theme.danger = theme.dark ? wxColour(0xff, 0x8a, 0x80) : wxColour(0xc0, 0x1c, 0x28);
  theme.success = theme.dark ? wxColour(0x57, 0xe3, 0x89) : wxColour(0x1b, 0x85, 0x53);
  theme.warning = theme.dark ? wxColour(0xf8, 0xc0, 0x57) : wxColour(0x9a, 0x5b, 0x00);
  theme.highlight = theme.dark ? wxColour(0x86, 0x6a, 0x00) : wxColour(0xff, 0xe2, 0x6b);
  theme.onHighlight = theme.dark ? *wxWHITE : *wxBLACK;
  return theme;
}

}  // namespace earshot::ui

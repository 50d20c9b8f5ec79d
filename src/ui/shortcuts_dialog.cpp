#include "ui/shortcuts_dialog.h"

#include <utility>
#include <vector>

#include <wx/dialog.h>
#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "app/slash_command.h"
#include "ui/native_style.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/theme.h"

namespace earshot::ui {
namespace {

constexpr int kHeightDip = 540;

std::vector<std::pair<wxString, wxString>> keys() {
  return {
      {_("Enter"), _("Send the message")},
      {_("Shift+Enter"), _("Start a new line")},
      {_("Tab"), _("Complete a name; again: the next that fits")},
      {_("Ctrl+Tab, Ctrl+Page Down"), _("Next room or private chat")},
      {_("Ctrl+Shift+Tab, Ctrl+Page Up"), _("Previous room or private chat")},
      {_("Alt+1 to Alt+9"), _("Go to that one of them")},
      {_("F6, Shift+F6"), _("Next or previous part of the window")},
      {_("Ctrl+F"), _("Find in the conversation")},
      {_("F3, Shift+F3"), _("Next or previous result")},
      {_("Ctrl+Shift+F"), _("Search all conversations")},
      {_("Ctrl+M"), _("Write to one person alone")},
      {_("Ctrl+S"), _("Export the conversation")},
      {_("F7"), _("Read the conversation as plain text")},
      {_("F9"), _("Show or hide rooms and people")},
      {_("F11"), _("Full screen")},
      {_("Ctrl+W"), _("Leave the room; from a private chat, back to it")},
      {_("Ctrl+Q"), _("Quit")},
  };
}

void addHeading(wxWindow* parent, wxFlexGridSizer* grid, const wxString& text) {
  auto* heading = new wxStaticText(parent, wxID_ANY, text);
  heading->SetFont(heading->GetFont().Bold());
  grid->Add(heading, 0, wxTOP, Spacing(parent).group());
  grid->AddSpacer(0);
}

void addLine(wxWindow* parent, wxFlexGridSizer* grid, const wxString& what, const wxString& meaning) {
  auto* left = new wxStaticText(parent, wxID_ANY, what);
  auto* right = new wxStaticText(parent, wxID_ANY, meaning);
  right->SetForegroundColour(Theme::current().muted);
  grid->Add(left);
  grid->Add(right);
}

}  // namespace

void showShortcuts(wxWindow* parent) {
  wxDialog dialog(parent, wxID_ANY, _("Keyboard shortcuts and commands"), wxDefaultPosition, wxDefaultSize,
                  wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER);
  const Spacing space(&dialog);
  auto* area = new wxScrolledWindow(&dialog, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL);
  area->SetScrollRate(0, space.group());
  auto* grid = new wxFlexGridSizer(2, space.related(), space.page());
  addHeading(area, grid, _("Keys"));
  for (const auto& [key, meaning] : keys()) addLine(area, grid, key, meaning);
  addHeading(area, grid, _("Commands in the message field"));
  for (const app::SlashCommandInfo& command : app::slashCommands()) {
    addLine(area, grid, fromUtf8(command.usage), wxGetTranslation(fromUtf8(command.meaning)));
  }
  auto* inside = new wxBoxSizer(wxVERTICAL);
  inside->Add(grid, 0, wxALL, space.section());
  area->SetSizer(inside);
  area->SetMinSize(wxSize(inside->GetMinSize().x + space.page(), space.dip(kHeightDip)));

  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(area, 1, wxEXPAND);
  column->Add(dialog.CreateSeparatedButtonSizer(wxCLOSE), 0, wxEXPAND | wxALL, space.group());
  dialog.SetSizerAndFit(column);
  dialog.SetEscapeId(wxID_CLOSE);
  markDialog(&dialog);
  area->SetFocus();
  dialog.CentreOnParent();
  dialog.ShowModal();
}

}  // namespace earshot::ui

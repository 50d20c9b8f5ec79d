#include "ui/find_bar.h"

#include <utility>

#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "embedded/icons.h"
#include "ui/accessible.h"
#include "ui/icon_button.h"
#include "ui/spacing.h"
#include "ui/strings.h"

namespace earshot::ui {

FindBar::FindBar(wxWindow* parent, RunOnUi runOnUi)
    : wxPanel(parent),
      search_(std::move(runOnUi)),
      field_(new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER)),
      count_(new wxStaticText(this, wxID_ANY, wxEmptyString)),
      older_(new IconButton(this, icons::up_svg, _("Find next"), _("Next result, further up (F3)"))),
      newer_(new IconButton(this, icons::down_svg, _("Find previous"), _("Previous result, further down (Shift+F3)"))),
      close_(new IconButton(this, icons::close_svg, _("Close"), _("Close (Esc)"))) {
  field_->SetHint(_("Find in this conversation"));
  setAccessibleName(field_, _("Find"));
  const Spacing space(this);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(field_, 1, wxALIGN_CENTER_VERTICAL);
  row->Add(count_, 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT, space.related());
  for (IconButton* button : {older_, newer_, close_}) row->Add(button, 0, wxALIGN_CENTER_VERTICAL);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(row, 1, wxEXPAND | wxLEFT | wxRIGHT | wxBOTTOM, space.related());
  SetSizer(outer);

  field_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { search(); });
  field_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { step(!wxGetKeyState(WXK_SHIFT)); });
  field_->Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) { handleKey(event); });
  older_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { next(); });
  newer_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { previous(); });
  close_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { close(); });
  Hide();
}

void FindBar::handleKey(wxKeyEvent& event) {
  if (event.GetKeyCode() == WXK_ESCAPE) {
    CallAfter([this] { close(); });
  } else {
    event.Skip();
  }
}

void FindBar::setConversation(const std::filesystem::path& conversation) {
  if (conversation == conversation_) return;
  conversation_ = conversation;
  if (IsShown()) search();
}

void FindBar::open() {
  if (!IsShown()) {
    Show();
    GetParent()->Layout();
    search();
  }
  field_->SetFocus();
  field_->SelectAll();
}

void FindBar::close() {
  if (!IsShown()) return;
  Hide();
  GetParent()->Layout();
  search_.cancel();
  results_.clear();
  if (onWords) onWords({});
  if (onClose) onClose();
}

void FindBar::search() {
  const std::string words = toUtf8(field_->GetValue());
  results_.clear();
  count_->SetLabel({});
  const bool blank = words.find_first_not_of(" \t") == std::string::npos;
  if (onWords) onWords(blank ? std::string() : words);
  if (blank || conversation_.empty()) {
    search_.cancel();
    showResults({});
    count_->SetLabel({});
    return;
  }
  search_.find(conversation_, words, [this](std::vector<app::Position> found) { showResults(std::move(found)); });
}

void FindBar::showResults(std::vector<app::Position> results) {
  results_ = std::move(results);
  current_ = 0;
  older_->Enable(!results_.empty());
  newer_->Enable(!results_.empty());
  if (results_.empty()) {
    count_->SetLabel(_("Nothing found"));
    Layout();
  } else {
    reveal();
  }
}

void FindBar::next() {
  step(true);
}

void FindBar::previous() {
  step(false);
}

void FindBar::step(bool older) {
  if (!IsShown()) {
    open();
    return;
  }
  if (results_.empty()) return;
  const std::size_t count = results_.size();
  current_ = older ? (current_ + 1) % count : (current_ + count - 1) % count;
  reveal();
}

void FindBar::reveal() {
  const auto place = static_cast<unsigned>(current_ + 1);
  const auto count = static_cast<unsigned>(results_.size());
  const bool more = results_.size() >= ConversationSearch::kMaxResults;
  count_->SetLabel(wxString::Format(more ? _("%u of more than %u") : _("%u of %u"), place, count));
  Layout();
  if (onReveal) onReveal(results_[current_]);
}

void FindBar::applyTheme(const Theme& theme) {
  SetBackgroundColour(theme.surface);
  count_->SetForegroundColour(theme.muted);
  for (IconButton* button : {older_, newer_, close_}) button->applyTheme(theme);
  Refresh();
}

}  // namespace earshot::ui

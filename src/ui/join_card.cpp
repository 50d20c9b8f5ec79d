#include "ui/join_card.h"

#include <wx/activityindicator.h>
#include <wx/button.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "embedded/icons.h"
#include "ui/accessible.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {

JoinCard::JoinCard(wxWindow* parent)
    : Card(parent, icons::join_svg, _("Join"), _("Type the address that the host sees at the top of the room.")) {
  const Spacing space(this);
  auto* label = new wxStaticText(this, wxID_ANY, _("Address or invite"));
  field_ = new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  field_->SetHint(_("192.168.1.20 or a computer's name"));
  setAccessibleName(field_, _("Address or invite"));
  error_ = makeSentence();
  error_->Hide();
  spinner_ = new wxActivityIndicator(this);
  progressText_ = new wxStaticText(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END);
  progress_ = new wxBoxSizer(wxHORIZONTAL);
  progress_->Add(spinner_, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.related());
  progress_->Add(progressText_, 1, wxALIGN_CENTER_VERTICAL);
  join_ = new wxButton(this, wxID_ANY, _("Join"));
  cancel_ = new wxButton(this, wxID_ANY, _("Cancel"));

  body()->Add(label, 0, wxBOTTOM, space.small());
  body()->Add(field_, 0, wxEXPAND | wxBOTTOM, space.related());
  body()->Add(error_, 0, wxEXPAND | wxBOTTOM, space.related());
  body()->Add(progress_, 0, wxEXPAND | wxBOTTOM, space.related());
  body()->AddStretchSpacer();
  body()->Add(join_, 0, wxEXPAND);
  body()->Add(cancel_, 0, wxEXPAND);
  setBusy(false);

  join_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { submit(); });
  field_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { submit(); });
  cancel_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (onCancel) onCancel();
  });
}

void JoinCard::submit() {
  if (join_->IsEnabled() && onJoin) onJoin();
}

void JoinCard::setAddress(const wxString& address) {
  field_->ChangeValue(address);
}

wxString JoinCard::address() const {
  return field_->GetValue();
}

void JoinCard::focusField() {
  field_->SetFocus();
  field_->SelectAll();
}

void JoinCard::showConnecting(const wxString& address) {
  showError({});
  setBusy(true);
  progressText_->SetLabel(wxString::Format(tr("Connecting to %s…"), address));
  body()->Show(progress_, true);
  join_->Hide();
  cancel_->Show();
  spinner_->Start();
  contentChanged();
  cancel_->SetFocus();
}

void JoinCard::setBusy(bool busy) {
  field_->Enable(!busy);
  join_->Enable(!busy);
  if (!busy) {
    spinner_->Stop();
    body()->Show(progress_, false);
    cancel_->Hide();
    join_->Show();
    contentChanged();
  }
}

void JoinCard::showError(const wxString& sentence) {
  error_->setText(sentence);
  error_->Show(!sentence.empty());
  contentChanged();
}

void JoinCard::applyTheme(const Theme& theme) {
  Card::applyTheme(theme);
  error_->SetForegroundColour(theme.danger);
  progressText_->SetForegroundColour(theme.muted);
}

}  // namespace earshot::ui

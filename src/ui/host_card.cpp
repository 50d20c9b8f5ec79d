#include "ui/host_card.h"

#include <algorithm>

#include <wx/button.h>
#include <wx/radiobut.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "embedded/icons.h"
#include "ui/accessible.h"
#include "ui/native_style.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {

HostCard::HostCard(wxWindow* parent)
    : Card(parent, icons::host_svg, _("Host"),
           _("Start a room on this computer. Others on your network can join it.")) {
  const Spacing space(this);
  auto* label = new wxStaticText(this, wxID_ANY, _("Room name"));
  field_ = new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  setAccessibleName(field_, _("Room name"));
  withCode_ = new wxRadioButton(this, wxID_ANY, _("Ask for a join code (recommended)"), wxDefaultPosition,
                                wxDefaultSize, wxRB_GROUP);
  withCode_->SetToolTip(_("People type a code that you see at the top of the room."));
  withCode_->SetValue(true);
  open_ = new wxRadioButton(this, wxID_ANY, _("Open to everybody on this network"));
  open_->SetToolTip(_("Anybody who knows the address gets in, and nobody can be sure that it is you who hosts."));
  statusPlace_ = new wxBoxSizer(wxVERTICAL);
  button_ = new wxButton(this, wxID_ANY, _("Host chat"));
  markPrimary(button_);

  body()->Add(label, 0, wxBOTTOM, space.small());
  body()->Add(field_, 0, wxEXPAND | wxBOTTOM, space.related());
  body()->Add(withCode_, 0, wxEXPAND | wxBOTTOM, space.small());
  body()->Add(open_, 0, wxEXPAND | wxBOTTOM, space.group());
  body()->Add(statusPlace_, 0, wxEXPAND);
  body()->AddStretchSpacer();
  body()->Add(button_, 0, wxEXPAND);

  button_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { submit(); });
  field_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { submit(); });
}

/// Made when there is something to say.
WrappedLabel& HostCard::status() {
  if (status_ != nullptr) return *status_;
  status_ = makeSentence();
  statusPlace_->Add(status_, 0, wxEXPAND | wxBOTTOM, Spacing(this).related());
  return *status_;
}

bool HostCard::fits(int width) const {
  return innerWidth(width) >= std::max(withCode_->GetBestSize().x, open_->GetBestSize().x);
}

void HostCard::submit() {
  if (button_->IsEnabled() && onHost) onHost();
}

void HostCard::setRoomName(const wxString& name) {
  field_->ChangeValue(name);
}

wxString HostCard::roomName() const {
  return field_->GetValue();
}

app::Access HostCard::access() const {
  return open_->GetValue() ? app::Access::Open : app::Access::JoinCode;
}

void HostCard::focusButton() {
  button_->SetFocus();
}

void HostCard::setBusy(bool busy, bool opening) {
  field_->Enable(!busy);
  withCode_->Enable(!busy);
  open_->Enable(!busy);
  button_->Enable(!busy);
  if (opening) {
    statusIsError_ = false;
    status().SetForegroundColour(theme().muted);
    status().setText(tr("Opening the room…"));
    status().Show();
  } else if (status_ != nullptr && !statusIsError_) {
    status_->Hide();
  }
  contentChanged();
}

void HostCard::showError(const wxString& sentence) {
  statusIsError_ = !sentence.empty();
  if (!statusIsError_ && status_ == nullptr) return;
  status().SetForegroundColour(theme().danger);
  status().setText(sentence);
  status().Show(statusIsError_);
  contentChanged();
}

void HostCard::applyTheme(const Theme& theme) {
  Card::applyTheme(theme);
  if (status_ != nullptr) status_->SetForegroundColour(statusIsError_ ? theme.danger : theme.muted);
}

}  // namespace earshot::ui

#include "ui/join_card.h"

#include <wx/button.h>
#include <wx/gauge.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "embedded/icons.h"
#include "ui/accessible.h"
#include "ui/join_code_step.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

constexpr int kPulseMilliseconds = 80;

}  // namespace

JoinCard::JoinCard(wxWindow* parent)
    : Card(parent, icons::join_svg, _("Join"), _("Type the address that the host sees at the top of the room.")) {
  build();
  setBusy(false);
  join_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { submit(); });
  field_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { submit(); });
  pulse_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { gauge_->Pulse(); });
}

/// Made when it is needed first: a start screen seldom leads to it.
JoinCodeStep& JoinCard::step() {
  if (step_ != nullptr) return *step_;
  step_ = new JoinCodeStep(this);
  body()->Add(step_, 1, wxEXPAND);
  step_->applyTheme(theme(), theme().surface);
  step_->onContinue = [this](const wxString& typed) {
    if (onCode) onCode(typed);
  };
  step_->onCancel = [this] {
    if (onCancel) onCancel();
  };
  step_->onHeightChanged = [this] { contentChanged(); };
  return *step_;
}

void JoinCard::build() {
  const Spacing space(this);
  label_ = new wxStaticText(this, wxID_ANY, _("Address or invite"));
  field_ = new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  field_->SetHint(_("192.168.1.20 or a computer's name"));
  setAccessibleName(field_, _("Address or invite"));
  errorPlace_ = new wxBoxSizer(wxVERTICAL);
  progress_ = new wxBoxSizer(wxVERTICAL);
  join_ = new wxButton(this, wxID_ANY, _("Join"));

  body()->Add(label_, 0, wxBOTTOM, space.small());
  body()->Add(field_, 0, wxEXPAND | wxBOTTOM, space.related());
  body()->Add(errorPlace_, 0, wxEXPAND);
  body()->Add(progress_, 0, wxEXPAND);
  gap_ = body()->AddStretchSpacer();
  body()->Add(join_, 0, wxEXPAND);
}

WrappedLabel& JoinCard::error() {
  if (error_ != nullptr) return *error_;
  error_ = makeSentence();
  error_->SetForegroundColour(theme().danger);
  error_->MoveAfterInTabOrder(field_);
  errorPlace_->Add(error_, 0, wxEXPAND | wxBOTTOM, Spacing(this).related());
  return *error_;
}

void JoinCard::makeTypeCode() {
  if (typeCode_ != nullptr) return;
  typeCode_ = new wxButton(this, wxID_ANY, tr("Enter a join code…"));
  typeCode_->MoveBeforeInTabOrder(join_);
  typeCode_->Enable(join_->IsThisEnabled());
  errorPlace_->Add(typeCode_, 0, wxEXPAND | wxBOTTOM, Spacing(this).related());
  typeCode_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    CallAfter([this] {
      if (onTypeCode) onTypeCode();
    });
  });
}

void JoinCard::makeProgress() {
  if (gauge_ != nullptr) return;
  const Spacing space(this);
  progressText_ = new wxStaticText(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END);
  progressText_->SetForegroundColour(theme().muted);
  progressText_->MoveBeforeInTabOrder(join_);
  gauge_ = new wxGauge(this, wxID_ANY, 1);
  cancel_ = new wxButton(this, wxID_ANY, _("Cancel"));
  cancel_->MoveAfterInTabOrder(join_);
  progress_->Add(progressText_, 0, wxEXPAND | wxBOTTOM, space.small());
  progress_->Add(gauge_, 0, wxEXPAND | wxBOTTOM, space.related());
  body()->Insert(body()->GetItemCount() - (step_ != nullptr ? 1 : 0), cancel_, 0, wxEXPAND);
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
  if (codeStepShown_) {
    step().focusField();
    return;
  }
  field_->SetFocus();
  field_->SelectAll();
}

void JoinCard::showConnecting(const wxString& address) {
  showError({});
  codeStepShown_ = false;
  setBusy(true);
  makeProgress();
  progressText_->SetLabel(wxString::Format(tr("Connecting to %s…"), address));
  connecting_ = true;
  showParts();
  gauge_->Pulse();
  pulse_.Start(kPulseMilliseconds);
  cancel_->SetFocus();
}

void JoinCard::setBusy(bool busy) {
  field_->Enable(!busy);
  join_->Enable(!busy);
  if (typeCode_ != nullptr) typeCode_->Enable(!busy);
  if (busy) return;
  pulse_.Stop();
  connecting_ = false;
  showParts();
}

void JoinCard::showError(const wxString& sentence, bool mayTypeCode) {
  if (sentence.empty() && error_ == nullptr) return;
  error().setText(sentence);
  error().Show(!sentence.empty());
  if (mayTypeCode) makeTypeCode();
  if (typeCode_ != nullptr) typeCode_->Show(mayTypeCode);
  contentChanged();
}

void JoinCard::showCodeStep(const RoomController& room) {
  if (!codeStepShown_) {
    step().clear();
    showError({});
    codeStepShown_ = true;
    showParts();
    step().focusField();
  }
  step().show(room);
}

void JoinCard::showCodeProblem(const wxString& sentence) {
  step().showProblem(sentence);
}

void JoinCard::showAddressStep() {
  if (step_ != nullptr) step_->clear();
  codeStepShown_ = false;
  showParts();
}

void JoinCard::showParts() {
  showDescription(!codeStepShown_);
  for (wxWindow* part : {static_cast<wxWindow*>(label_), static_cast<wxWindow*>(field_)}) part->Show(!codeStepShown_);
  body()->Show(progress_, connecting_ && !codeStepShown_);
  gap_->Show(!codeStepShown_);
  join_->Show(!connecting_ && !codeStepShown_);
  if (cancel_ != nullptr) cancel_->Show(connecting_ && !codeStepShown_);
  if (step_ != nullptr) step_->Show(codeStepShown_);
  contentChanged();
}

void JoinCard::applyTheme(const Theme& theme) {
  Card::applyTheme(theme);
  if (error_ != nullptr) error_->SetForegroundColour(theme.danger);
  if (progressText_ != nullptr) progressText_->SetForegroundColour(theme.muted);
  if (step_ != nullptr) step_->applyTheme(theme, theme.surface);
}

}  // namespace earshot::ui

#include "ui/join_code_step.h"

#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "app/error_text.h"
#include "ui/accessible.h"
#include "ui/native_style.h"
#include "ui/room_controller.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

/// Why the code is asked for, not what came of the last one.
bool isTheQuestion(app::Errc code) {
  return code == app::Errc::JoinCodeNeeded || code == app::Errc::HostKeyChanged;
}

}  // namespace

JoinCodeStep::JoinCodeStep(wxWindow* parent)
    : wxPanel(parent),
      sentence_(new WrappedLabel(this)),
      field_(new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER)),
      status_(new WrappedLabel(this)),
      continue_(new wxButton(this, wxID_ANY, _("Continue"))),
      cancel_(new wxButton(this, wxID_ANY, _("Cancel"))) {
  const Spacing space(this);
  setAccessibleName(field_, _("Join code"));
  field_->SetHint(_("three words and two digits"));
  markPrimary(continue_);
  status_->Hide();
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  buttons->Add(cancel_, 1, wxRIGHT, space.related());
  buttons->Add(continue_, 1);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(sentence_, 0, wxEXPAND | wxBOTTOM, space.group());
  column->Add(new wxStaticText(this, wxID_ANY, _("Join code")), 0, wxBOTTOM, space.small());
  column->Add(field_, 0, wxEXPAND | wxBOTTOM, space.related());
  column->Add(status_, 0, wxEXPAND | wxBOTTOM, space.related());
  column->AddStretchSpacer();
  column->Add(buttons, 0, wxEXPAND);
  SetSizer(column);
  continue_->MoveBeforeInTabOrder(cancel_);

  continue_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { submit(); });
  field_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { submit(); });
  // Both usually take this step away, so they happen when it is done with the event.
  cancel_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    CallAfter([this] {
      if (onCancel) onCancel();
    });
  });
  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() != WXK_ESCAPE || event.HasAnyModifiers()) {
      event.Skip();
      return;
    }
    CallAfter([this] {
      if (onCancel) onCancel();
    });
  });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    wrap();
  });
}

void JoinCodeStep::submit() {
  if (trying_) return;
  CallAfter([this] {
    if (!trying_ && onContinue) onContinue(field_->GetValue());
  });
}

void JoinCodeStep::show(const RoomController& room) {
  const std::string known = room.roomName() == room.target() ? std::string() : room.roomName();
  const auto& failure = room.failure();
  if (failure && failure->code == app::Errc::JoinCodeNeeded) {
    sentence_->setText(fromUtf8(app::describe(*failure)));
  } else if (sentence_->GetLabelText().empty()) {
    sentence_->setText(fromUtf8(app::describe({app::Errc::JoinCodeNeeded, known})));
  }
  trying_ = room.phase() == RoomPhase::Connecting;
  continue_->Enable(!trying_);
  if (trying_) {
    setStatus(tr("Trying the join code…"), false);
  } else if (failure && !isTheQuestion(failure->code)) {
    showProblem(fromUtf8(app::describe(*failure)));
  } else {
    setStatus({}, false);
  }
}

void JoinCodeStep::showProblem(const wxString& sentence) {
  setStatus(sentence, true);
  focusField();
}

void JoinCodeStep::clear() {
  field_->ChangeValue(wxEmptyString);
  sentence_->setText(wxEmptyString);
  setStatus({}, false);
}

void JoinCodeStep::focusField() {
  field_->SetFocus();
  field_->SelectAll();
}

void JoinCodeStep::setStatus(const wxString& sentence, bool problem) {
  statusIsProblem_ = problem;
  status_->SetForegroundColour(problem ? theme_.danger : theme_.muted);
  status_->setText(sentence);
  status_->Show(!sentence.empty());
  heightChanged();
}

void JoinCodeStep::wrap() {
  const int width = GetClientSize().x;
  const bool one = sentence_->wrapTo(width);
  const bool other = status_->wrapTo(width);
  if (one || other) CallAfter([this] { heightChanged(); });
}

void JoinCodeStep::heightChanged() {
  InvalidateBestSize();
  Layout();
  if (onHeightChanged) onHeightChanged();
}

void JoinCodeStep::applyTheme(const Theme& theme, const wxColour& background) {
  theme_ = theme;
  SetBackgroundColour(background);
  sentence_->SetForegroundColour(theme.text);
  status_->SetForegroundColour(statusIsProblem_ ? theme.danger : theme.muted);
  Refresh();
}

}  // namespace earshot::ui

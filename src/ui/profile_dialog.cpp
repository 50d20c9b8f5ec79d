#include "ui/profile_dialog.h"

#include <utility>

#include <wx/button.h>
#include <wx/gauge.h>
#include <wx/panel.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "app/error_text.h"
#include "ui/accessible.h"
#include "ui/native_style.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/theme.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

constexpr int kWidthDip = 460;
constexpr int kGaugeSteps = 1000;
constexpr int kLookMilliseconds = 50;

}  // namespace

ProfileDialog::ProfileDialog(wxWindow* parent, const wxString& title, const wxString& intro, const wxString& action)
    : wxDialog(parent, wxID_ANY, title) {
  const Spacing space(this);
  const int width = space.dip(kWidthDip);
  form_ = new wxPanel(this);
  fields_ = new wxBoxSizer(wxVERTICAL);
  auto* explanation = new WrappedLabel(form_, intro);
  explanation->wrapTo(width);
  fields_->Add(explanation, 0, wxEXPAND | wxBOTTOM, space.group());
  form_->SetSizer(fields_);
  status_ = new WrappedLabel(this);
  status_->wrapTo(width);
  gauge_ = new wxGauge(this, wxID_ANY, kGaugeSteps);
  action_ = new wxButton(this, wxID_OK, action);
  cancel_ = new wxButton(this, wxID_CANCEL, _("Cancel"));
  markPrimary(action_);

  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  buttons->AddStretchSpacer();
  buttons->Add(cancel_, 0, wxRIGHT, space.related());
  buttons->Add(action_);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->SetMinSize(width, -1);
  column->Add(form_, 0, wxEXPAND);
  column->Add(status_, 0, wxEXPAND | wxBOTTOM, space.group());
  column->Add(gauge_, 0, wxEXPAND | wxBOTTOM, space.group());
  column->Add(buttons, 0, wxEXPAND | wxTOP, space.related());
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, 1, wxEXPAND | wxALL, space.section());
  SetSizer(outer);

  action_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { atEnd_ ? actAtEnd() : act(); });
  cancel_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { cancel(); });
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent&) { cancel(); });
  timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { look(); });
}

wxTextCtrl* ProfileDialog::addField(const wxString& label, long style, wxButton* beside) {
  const Spacing space(this);
  auto* words = new wxStaticText(form_, wxID_ANY, label);
  auto* field = new wxTextCtrl(form_, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, style);
  setAccessibleName(field, label);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(field, 1, wxALIGN_CENTER_VERTICAL);
  if (beside != nullptr) row->Add(beside, 0, wxALIGN_CENTER_VERTICAL | wxLEFT, space.related());
  fields_->Add(words, 0, wxBOTTOM, space.tiny());
  fields_->Add(row, 0, wxEXPAND | wxBOTTOM, space.group());
  return field;
}

void ProfileDialog::arrange() {
  status_->Hide();
  gauge_->Hide();
  markDialog(this);
  action_->SetDefault();
  fit();
  CentreOnParent();
}

void ProfileDialog::run(ProfileTask::Work work) {
  task_ = std::make_unique<ProfileTask>(std::move(work));
  say({}, Theme::current().text);
  setRunning(true);
  timer_.Start(kLookMilliseconds);
}

void ProfileDialog::look() {
  if (const auto progress = task_->progress()) {
    gauge_->SetValue(static_cast<int>(*progress * kGaugeSteps));
  } else {
    gauge_->Pulse();
  }
  const auto outcome = task_->outcome();
  if (!outcome) return;
  timer_.Stop();
  task_.reset();
  setRunning(false);
  if (outcome->ok()) {
    finished(**outcome);
  } else if (outcome->error().code != app::Errc::Cancelled) {
    showError(fromUtf8(app::describe(outcome->error())));
  }
}

void ProfileDialog::cancel() {
  if (task_) {
    task_->cancel();
  } else {
    EndModal(wxID_CANCEL);
  }
}

void ProfileDialog::setRunning(bool running) {
  form_->Enable(!running);
  action_->Enable(!running);
  gauge_->Show(running);
  fit();
}

void ProfileDialog::say(const wxString& sentence, const wxColour& colour) {
  status_->SetForegroundColour(colour);
  status_->setText(sentence);
  status_->Show(!sentence.empty());
  fit();
}

void ProfileDialog::showError(const wxString& sentence) {
  say(sentence, Theme::current().danger);
}

void ProfileDialog::showEnd(const wxString& sentence, const wxString& action, const wxString& close) {
  atEnd_ = true;
  form_->Hide();
  action_->Show(!action.empty());
  if (!action.empty()) action_->SetLabel(action);
  cancel_->SetLabel(close);
  say(sentence, Theme::current().text);
  (action.empty() ? cancel_ : action_)->SetFocus();
}

void ProfileDialog::fit() {
  SetMinSize(wxDefaultSize);
  GetSizer()->SetSizeHints(this);
}

}  // namespace earshot::ui

#include "ui/export_run.h"

#include <utility>

#include <wx/button.h>
#include <wx/dialog.h>
#include <wx/gauge.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "ui/native_style.h"
#include "ui/spacing.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

constexpr int kLookMilliseconds = 50;
/// Half a second: what is quicker needs no window that flashes up.
constexpr int kLooksBeforeProgress = 10;
constexpr int kGaugeSteps = 1000;
constexpr int kGaugeWidthDip = 320;

}  // namespace

ExportRun::ExportRun(wxWindow* parent, const std::filesystem::path& conversation, ExportOrder order, OnDone onDone)
    : parent_(parent), onDone_(std::move(onDone)), task_(conversation, std::move(order)) {
  timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { look(); });
  timer_.Start(kLookMilliseconds);
}

ExportRun::~ExportRun() {
  if (dialog_ != nullptr) dialog_->Destroy();
}

void ExportRun::look() {
  if (const auto result = task_.result()) {
    timer_.Stop();
    onDone_(*this, *result);
    return;
  }
  if (++looks_ == kLooksBeforeProgress) showProgress();
  if (gauge_ != nullptr) gauge_->SetValue(static_cast<int>(task_.progress() * kGaugeSteps));
}

void ExportRun::showProgress() {
  dialog_ = new wxDialog(parent_, wxID_ANY, _("Export conversation"), wxDefaultPosition, wxDefaultSize, wxCAPTION);
  const Spacing space(dialog_);
  auto* text =
      new wxStaticText(dialog_, wxID_ANY, wxString::Format(tr("Writing %s…"), fromPath(task_.target().filename())));
  gauge_ = new wxGauge(dialog_, wxID_ANY, kGaugeSteps, wxDefaultPosition, wxSize(space.dip(kGaugeWidthDip), -1));
  auto* cancel = new wxButton(dialog_, wxID_CANCEL, _("Cancel"));
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(text, 0, wxEXPAND | wxALL, space.section());
  column->Add(gauge_, 0, wxEXPAND | wxLEFT | wxRIGHT, space.section());
  column->Add(cancel, 0, wxALIGN_RIGHT | wxALL, space.section());
  dialog_->SetSizerAndFit(column);
  dialog_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { task_.cancel(); });
  dialog_->Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
    task_.cancel();
    event.Veto();
  });
  markDialog(dialog_);
  dialog_->CentreOnParent();
  dialog_->Show();
}

}  // namespace earshot::ui

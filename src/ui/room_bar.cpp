#include "ui/room_bar.h"

#include <algorithm>
#include <utility>

#include <wx/button.h>
#include <wx/sizer.h>

#include "embedded/icons.h"
#include "ui/icon_button.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

/// Long enough to read a sentence twice.
constexpr int kBriefMilliseconds = 7'000;
/// How much of the accent (or danger) colour the bar has.
constexpr double kTint = 0.14;

}  // namespace

RoomBar::RoomBar(wxWindow* parent)
    : wxPanel(parent),
      text_(new WrappedLabel(this)),
      button_(new wxButton(this, wxID_ANY, wxEmptyString)),
      close_(new IconButton(this, icons::close_svg, _("Close"))) {
  const Spacing space(this);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(text_, 1, wxALIGN_CENTER_VERTICAL | wxALL, space.group());
  row->Add(button_, 0, wxALIGN_CENTER_VERTICAL | wxTOP | wxBOTTOM | wxRIGHT, space.related());
  row->Add(close_, 0, wxALIGN_CENTER_VERTICAL | wxTOP | wxBOTTOM | wxRIGHT, space.related());
  SetSizer(row);
  Hide();

  // What the button does usually changes this bar, so it runs when the bar is done with the click.
  button_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    CallAfter([action = onButton_] {
      if (action) action();
    });
  });
  close_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { showCurrent(); });
  timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { showCurrent(); });
  countdown_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { count(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (text_->wrapTo(textWidth())) CallAfter([this] { GetParent()->Layout(); });
  });
}

void RoomBar::showState(const wxString& sentence, const wxString& buttonLabel, std::function<void()> onButton) {
  stateIsProblem_ = false;
  stateLabel_ = buttonLabel;
  onButton_ = std::move(onButton);
  setState(sentence);
}

void RoomBar::showProblem(const wxString& sentence) {
  stateIsProblem_ = true;
  stateLabel_.clear();
  onButton_ = nullptr;
  setState(sentence);
}

void RoomBar::setState(const wxString& sentence) {
  countdown_.Stop();
  stateSentence_ = sentence;
  showCurrent();
}

void RoomBar::showRetry(const wxString& sentence, std::chrono::steady_clock::time_point at,
                        std::function<void()> onNow) {
  retrySentence_ = sentence;
  retryAt_ = at;
  stateLabel_ = _("Try now");
  stateIsProblem_ = false;
  onButton_ = std::move(onNow);
  count();
  constexpr int kSecond = 1'000;
  countdown_.Start(kSecond);
}

void RoomBar::count() {
  const auto left = std::chrono::ceil<std::chrono::seconds>(retryAt_ - std::chrono::steady_clock::now()).count();
  const auto seconds = static_cast<unsigned>(std::max<long long>(left, 0));
  const wxString when =
      seconds == 0
          ? tr("Trying again…")
          : wxString::Format(wxPLURAL("Trying again in %u second.", "Trying again in %u seconds.", seconds), seconds);
  stateSentence_ = retrySentence_ + " " + when;
  if (!timer_.IsRunning()) showCurrent();
}

void RoomBar::clearState() {
  countdown_.Stop();
  stateSentence_.clear();
  stateLabel_.clear();
  stateIsProblem_ = false;
  onButton_ = nullptr;
  if (!timer_.IsRunning()) showCurrent();
}

void RoomBar::showBriefly(const wxString& sentence, bool problem) {
  button_->Hide();
  close_->Show();
  display(sentence, problem);
  timer_.StartOnce(kBriefMilliseconds);
}

void RoomBar::showCurrent() {
  timer_.Stop();
  if (stateSentence_.empty()) {
    if (IsShown()) {
      Hide();
      GetParent()->Layout();
    }
    return;
  }
  close_->Hide();
  button_->SetLabel(stateLabel_);
  button_->Show(!stateLabel_.empty());
  display(stateSentence_, stateIsProblem_);
}

void RoomBar::display(const wxString& sentence, bool problem) {
  problem_ = problem;
  text_->setText(sentence);
  text_->wrapTo(textWidth());
  colour();
  Show();
  Layout();
  GetParent()->Layout();
}

int RoomBar::textWidth() const {
  const Spacing space(this);
  int width = GetParent()->GetClientSize().x - 2 * space.group();
  for (const wxWindow* each : {static_cast<wxWindow*>(button_), static_cast<wxWindow*>(close_)}) {
    if (each->IsShown()) width -= each->GetBestSize().x + space.related();
  }
  return width;
}

void RoomBar::colour() {
  SetBackgroundColour(mix(theme_.surface, problem_ ? theme_.danger : theme_.accent, kTint));
  text_->SetForegroundColour(theme_.text);
  Refresh();
}

void RoomBar::applyTheme(const Theme& theme) {
  theme_ = theme;
  close_->applyTheme(theme);
  colour();
}

}  // namespace earshot::ui

#include "ui/room_bar.h"

#include <utility>

namespace earshot::ui {
namespace {

/// Long enough to read a sentence twice.
constexpr int kBriefMilliseconds = 7'000;

}  // namespace

RoomBar::RoomBar(wxWindow* parent) : wxInfoBar(parent) {
  // What a click does usually changes this bar, so it runs when the bar is done with the click.
  Bind(wxEVT_BUTTON, [this](wxCommandEvent& event) {
    if (event.GetId() != buttonId_) {
      CallAfter([this] { showCurrentState(); });
      return;
    }
    CallAfter([action = onButton_] {
      if (action) action();
    });
  });
  timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { showCurrentState(); });
}

void RoomBar::dropButton() {
  if (hasButton_) RemoveButton(buttonId_);
  hasButton_ = false;
}

void RoomBar::showState(const wxString& sentence, const wxString& buttonLabel, std::function<void()> onButton) {
  onButton_ = std::move(onButton);
  if (IsShown() && !timer_.IsRunning() && sentence == sentence_ && buttonLabel == label_) return;
  sentence_ = sentence;
  label_ = buttonLabel;
  showCurrentState();
}

void RoomBar::clearState() {
  sentence_.clear();
  label_.clear();
  onButton_ = nullptr;
  if (!timer_.IsRunning()) showCurrentState();
}

void RoomBar::showBriefly(const wxString& sentence, int iconFlag) {
  dropButton();
  ShowMessage(sentence, iconFlag);
  timer_.StartOnce(kBriefMilliseconds);
}

void RoomBar::showCurrentState() {
  timer_.Stop();
  dropButton();
  if (sentence_.empty()) {
    if (IsShown()) Dismiss();
    return;
  }
  if (!label_.empty()) {
    AddButton(buttonId_, label_);
    hasButton_ = true;
  }
  ShowMessage(sentence_, wxICON_INFORMATION);
}

}  // namespace earshot::ui

#pragma once
// The one line that says what is the matter with a room, and offers what can be done. A panel of
// our own: GTK's info bar is painted wrongly when the page above it grows. UI thread.

#include <chrono>
#include <functional>

#include <wx/panel.h>
#include <wx/timer.h>

#include "ui/theme.h"

class wxButton;

namespace earshot::ui {

class IconButton;
class WrappedLabel;

class RoomBar : public wxPanel {
 public:
  explicit RoomBar(wxWindow* parent);

  /// What holds until something changes; an empty label means no button.
  void showState(const wxString& sentence, const wxString& buttonLabel, std::function<void()> onButton);
  /// As showState() without a button, of what somebody has to do something about.
  void showProblem(const wxString& sentence);
  /// The connection is gone until then, when it is tried again: counts the seconds, and offers not to wait.
  void showRetry(const wxString& sentence, std::chrono::steady_clock::time_point at, std::function<void()> onNow);
  void clearState();
  /// One sentence for some seconds; the state comes back afterwards.
  void showBriefly(const wxString& sentence, bool problem);
  void applyTheme(const Theme& theme);

 private:
  void setState(const wxString& sentence);
  void showCurrent();
  void count();
  void display(const wxString& sentence, bool problem);
  /// The sentence has this much room beside the buttons.
  [[nodiscard]] int textWidth() const;
  void colour();

  Theme theme_;
  wxString stateSentence_;
  wxString stateLabel_;
  bool stateIsProblem_ = false;
  std::function<void()> onButton_;
  bool problem_ = false;
  wxTimer timer_;
  wxString retrySentence_;  ///< set while seconds are counted
  std::chrono::steady_clock::time_point retryAt_{};
  wxTimer countdown_;
  WrappedLabel* text_;
  wxButton* button_;
  IconButton* close_;
};

}  // namespace earshot::ui

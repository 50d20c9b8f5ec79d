#pragma once
// The one line that says what is the matter with a room, and offers what can be done. UI thread.

#include <functional>

#include <wx/infobar.h>
#include <wx/timer.h>

namespace earshot::ui {

class RoomBar : public wxInfoBar {
 public:
  explicit RoomBar(wxWindow* parent);

  /// What holds until something changes; an empty label means no button.
  void showState(const wxString& sentence, const wxString& buttonLabel, std::function<void()> onButton);
  void clearState();
  /// One sentence for some seconds; the state comes back afterwards.
  void showBriefly(const wxString& sentence, int iconFlag);

 private:
  void showCurrentState();
  void dropButton();

  const wxWindowID buttonId_ = wxWindow::NewControlId();
  wxString sentence_;
  wxString label_;
  std::function<void()> onButton_;
  bool hasButton_ = false;
  wxTimer timer_;
};

}  // namespace earshot::ui

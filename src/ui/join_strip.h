#pragma once
// What others need to join the room that is hosted here, large enough to be read out or shown on a
// wall: the address and the join code. The code can be hidden while others look on. UI thread.

#include <functional>

#include <wx/panel.h>

#include "ui/theme.h"

class wxBoxSizer;
class wxStaticText;

namespace earshot::ui {

class IconButton;
class RoomController;

class JoinStrip : public wxPanel {
 public:
  explicit JoinStrip(wxWindow* parent);

  /// Shows itself only where it is wanted, and for a room hosted here that has a join code.
  void show(const RoomController& room, bool isWanted);
  void applyTheme(const Theme& theme);

  std::function<void()> onCopyCode;
  std::function<void()> onInvite;

 private:
  void showCode();
  void arrange();
  void setLarge(wxStaticText* label, const wxString& caption, const wxString& value);

  Theme theme_;
  wxString address_;
  wxString code_;
  bool hidden_ = false;
  int width_ = 0;  ///< for which the height was found
  wxStaticText* addressLabel_;
  wxStaticText* codeLabel_;
  IconButton* copy_;
  IconButton* hide_;
  IconButton* reveal_;
  IconButton* invite_;
  wxBoxSizer* parts_;
  wxFont usualFont_;
};

}  // namespace earshot::ui

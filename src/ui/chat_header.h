#pragma once
// The line above a conversation: which room it is, where it is, how many are in it. UI thread.

#include <functional>

#include <wx/panel.h>

#include "ui/theme.h"

class wxStaticText;

namespace earshot::ui {

class IconButton;
class RoomController;
class TrustBadge;

class ChatHeader : public wxPanel {
 public:
  explicit ChatHeader(wxWindow* parent);

  void show(const RoomController& room);
  void applyTheme(const Theme& theme);

  std::function<void()> onBack;
  std::function<void()> onTrust;
  std::function<void()> onFind;
  std::function<void()> onCopyAddress;
  std::function<void()> onToggleSidebar;

 private:
  IconButton* back_;
  wxStaticText* name_;
  wxStaticText* place_;
  wxStaticText* topic_;
  TrustBadge* badge_;
  IconButton* copy_;
  IconButton* find_;
  IconButton* people_;
};

/// "Hosting on 192.168.1.12:1060 · 5 people".
[[nodiscard]] wxString placeInWords(const RoomController& room);

}  // namespace earshot::ui

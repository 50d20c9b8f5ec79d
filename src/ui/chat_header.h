#pragma once
// The line above a conversation: which room it is, where it is, how many are in it. UI thread.

#include <functional>
#include <optional>

#include <wx/panel.h>

#include "ui/theme.h"
#include "ui/trust_words.h"

class wxStaticText;

namespace earshot::ui {

class IconButton;
class PrivateTalk;
class RoomController;
class TrustBadge;

class ChatHeader : public wxPanel {
 public:
  explicit ChatHeader(wxWindow* parent);

  void show(const RoomController& room);
  /// A private chat in the room.
  void show(const RoomController& room, const PrivateTalk& alone);
  void applyTheme(const Theme& theme);

  std::function<void()> onBack;
  std::function<void()> onTrust;
  std::function<void()> onFind;
  std::function<void()> onCopyAddress;
  std::function<void()> onToggleSidebar;

 private:
  struct Look {
    wxString name;
    wxString place;
    wxString topic;
    std::optional<TrustLook> trust;
    bool hasAddress = false;
    bool canFind = false;
  };
  void show(const Look& look);

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
/// "Private, in “Kitchen table”".
[[nodiscard]] wxString placeInWords(const RoomController& room, const PrivateTalk& alone);

}  // namespace earshot::ui

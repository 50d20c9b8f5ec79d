#pragma once
// Chat → Who can join…: the join code, and the invites of a room that is hosted here, with a QR code
// for whoever looks at the screen. Stays open beside the chat. UI thread.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <wx/dialog.h>

#include "app/invite.h"

class wxButton;
class wxChoice;
class wxDataViewListCtrl;
class wxRadioButton;
class wxSizer;
class wxSpinCtrl;
class wxStaticText;

namespace earshot::ui {

class QrView;
class RoomController;
class WrappedLabel;

class AccessDialog : public wxDialog {
 public:
  explicit AccessDialog(wxWindow* parent);

  /// Takes over who may come in now.
  void show(RoomController& room);

  std::function<void()> onNewCode;
  std::function<void()> onOpenToAll;
  std::function<void(std::chrono::milliseconds validFor, std::uint32_t uses)> onMakeInvite;
  /// How many earlier texts newcomers may see; nothing: all.
  std::function<void(std::optional<std::uint32_t> texts)> onHistory;
  std::function<void(const app::Invite&)> onRevoke;
  std::function<void(const wxString& text)> onCopy;

 private:
  void build();
  wxSizer* buildCode();
  wxSizer* buildHistory();
  wxSizer* buildInvites();
  wxSizer* buildNewInvite();
  void connectParts();
  void showHistory(const RoomController& room);
  void fillInvites(const RoomController& room);
  void showSelected();
  [[nodiscard]] const app::Invite* selected() const;
  void makeInvite();
  void fit();

  std::vector<app::Invite> invites_;
  std::vector<wxString> links_;
  wxRadioButton* withCode_;
  wxRadioButton* open_;
  wxStaticText* code_;
  wxButton* copyCode_;
  wxButton* newCode_;
  WrappedLabel* explanation_;
  wxChoice* history_;
  std::vector<std::optional<std::uint32_t>> histories_;  ///< what its entries mean
  wxDataViewListCtrl* list_;
  WrappedLabel* noInvites_;
  wxChoice* validFor_;
  wxSpinCtrl* uses_;
  wxButton* make_;
  wxButton* copyLink_;
  wxButton* revoke_;
  QrView* qr_;
};

/// "in 23 hours", "in 5 minutes": when something ends that is not over yet.
[[nodiscard]] wxString timeLeftInWords(std::chrono::milliseconds left);

}  // namespace earshot::ui

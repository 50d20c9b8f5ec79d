#pragma once
// The first page: one's name, and three cards to host, join or reopen a room. UI thread.

#include <array>
#include <functional>
#include <string>
#include <vector>

#include <wx/scrolwin.h>

#include "app/conversation.h"
#include "app/hosting.h"
#include "ui/theme.h"

class wxBoxSizer;
class wxButton;
class wxStaticText;
class wxTextCtrl;

namespace earshot::ui {

class Card;
class HostCard;
class JoinCard;
class RecentCard;
class RoomController;

class StartPage : public wxScrolledWindow {
 public:
  explicit StartPage(wxWindow* parent);

  void setName(const std::string& name);
  void setRoomName(const std::string& roomName);
  void setAddress(const std::string& address);
  void setConversations(std::vector<app::ConversationInfo> conversations);
  /// Offers the way back to an open room; empty: there is none.
  void setRoomToReturnTo(const std::string& roomName);

  void showOpening();
  void showConnecting(const std::string& address);
  void showIdle();
  void showNameError(const wxString& sentence);
  void showHostError(const wxString& sentence);
  /// mayTypeCode: who knows the join code can go on with it.
  void showJoinError(const wxString& sentence, bool mayTypeCode = false);
  /// Asks for the join code, in place of the address. Precondition: room.isAskingForCode().
  void showCodeStep(const RoomController& room);
  void showCodeProblem(const wxString& sentence);
  /// Puts the address back in its place.
  void showAddressStep();

  /// Puts the focus where a person is likely to go on: a name that was only proposed wants a look.
  void focusFirst(bool nameIsKnown);
  void focusJoin();
  void applyTheme(const Theme& theme);
  /// Puts everything where it belongs. By itself it does so only from noteSeen() on.
  void arrange();
  /// The window is on the screen: only now labels know how large they are.
  void noteSeen();

  /// Names are already checked and in their normal form.
  std::function<void(const std::string& name, const app::HostOptions&)> onHost;
  std::function<void(const std::string& name, const std::string& address)> onJoin;
  std::function<void(const std::string& name, const app::ConversationInfo&)> onReopen;
  std::function<void(const std::string& name, const std::string& typed)> onCode;
  /// The person has the join code of the room that could not be joined.
  std::function<void()> onTypeCode;
  std::function<void()> onCancel;
  std::function<void()> onReturn;

 private:
  void build();
  void makeReturn();
  void hideNameError();
  void arrangeOnceSeen();
  [[nodiscard]] std::array<Card*, 3> cards() const;
  void bringIntoView(const Card* card);
  /// The normal form of the name in the field; shows why not otherwise.
  [[nodiscard]] bool takeName(std::string& name);
  void clearErrors();
  void host();
  void join();

  wxButton* return_ = nullptr;  ///< made when there is a room to return to
  wxStaticText* title_;
  wxStaticText* sentence_;
  wxTextCtrl* name_;
  wxBoxSizer* returnPlace_;
  wxBoxSizer* nameErrorPlace_;
  wxStaticText* nameError_ = nullptr;  ///< made with the first error
  Theme theme_;
  wxSize arrangedIn_;
  bool isSeen_ = false;
  wxBoxSizer* cards_;
  HostCard* hostCard_;
  JoinCard* joinCard_;
  RecentCard* recentCard_;
};

}  // namespace earshot::ui

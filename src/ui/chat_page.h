#pragma once
// The page of open rooms: the side bar, and the conversation of one of them, or a private chat in it. UI
// thread. chat_page.cpp: its parts and their places; chat_page_talk.cpp: what is shown and written.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <wx/panel.h>
#include <wx/timer.h>

#include "app/history.h"
#include "app/slash_command.h"
#include "ui/latest_question.h"
#include "ui/sidebar.h"
#include "ui/theme.h"

class wxSplitterWindow;

namespace earshot::ui {

class ChatHeader;
class Composer;
class FindBar;
class JoinCodeStep;
class JoinStrip;
class PrivateTalk;
class RoomBar;
class RoomController;
class Talk;
class TranscriptView;
class TypingLine;
struct RoomNews;
struct TranscriptRow;

class ChatPage : public wxPanel {
 public:
  ChatPage(wxWindow* parent, RunOnUi runOnUi);
  ~ChatPage() override;

  /// Shows a room (or none), or a private chat of it; both must outlive their being shown.
  void show(RoomController* room, PrivateTalk* alone, const std::string& draft);
  /// Takes over what changed in the room that is shown.
  void refresh(const RoomNews& news);
  void showTalks(const std::vector<TalkEntry>& talks, const TalkPlace& selected);
  /// One sentence for some seconds.
  void showBriefly(const wxString& sentence, bool problem);
  void applyTheme(const Theme& theme);

  [[nodiscard]] TranscriptView& transcript() const { return *transcript_; }
  [[nodiscard]] FindBar& findBar() const { return *findBar_; }
  [[nodiscard]] bool isSidebarShown() const;
  void toggleSidebar();
  /// In device-independent pixels; 0: as wide as is usual.
  void setSidebarWidth(int widthDip);
  [[nodiscard]] int sidebarWidth() const;
  /// Into the composer, or where a join code is asked for.
  void focusComposer();
  void showCodeProblem(const wxString& sentence);
  void openFind();
  /// Scrolls to the place in the conversation that is shown, and flashes it.
  void reveal(app::Position position);
  /// Puts the focus into the next of: rooms, private chats, people, messages, composer.
  void focusNextRegion(bool forward);

  std::function<void()> onBack;
  std::function<void()> onCopyAddress;
  std::function<void()> onCopyCode;
  std::function<void()> onAccess;
  std::function<void()> onTrust;
  std::function<void(const TalkPlace& place)> onTalkChosen;
  /// Somebody in the room is to be written to, or to be looked at.
  std::function<void(const app::MemberId& person)> onWriteTo;
  std::function<void(const app::MemberId& person)> onTrustOf;
  std::function<void()> onReconnect;
  std::function<void()> onDisconnect;
  /// The person wants to type a join code, or has typed one.
  std::function<void()> onTypeCode;
  std::function<void(const std::string& typed)> onCode;
  std::function<void(const std::string& text)> onDraft;
  /// A key was pressed for something that all will read.
  std::function<void()> onTyping;
  std::function<void(const app::TypedLine&)> onLocalCommand;
  /// A link into a room was clicked.
  std::function<void(const std::string& link)> onRoomLink;
  std::function<void(bool atEnd)> onAtEndChanged;
  std::function<void()> onSidebarChanged;

 private:
  void build(RunOnUi runOnUi);
  void connectParts();
  void refreshState();
  void refreshCodeStep();
  void showWayBack();
  void arrange();
  void placeSidebar();
  [[nodiscard]] bool isNarrow() const;
  std::optional<wxString> submit(const std::string& text);
  std::optional<wxString> send(const app::Command& command);
  std::optional<wxString> submitPrivate(const app::SlashPrivate& asked);
  std::optional<wxString> sendPrivate(const app::MemberId& person, const std::string& text);
  void refreshTalkState();
  void refreshTyping();
  [[nodiscard]] bool isForAll(const std::string& text) const;

  // --- what concerns one message (chat_page_message.cpp) ---
  void connectMessages();
  void beginReply(const TranscriptRow& row);
  void beginEdit(const TranscriptRow& row);
  void editLast();
  void endPurpose();
  void deleteMessage(const TranscriptRow& row);
  /// Sends what was written as what it was begun as; nothing when it is a message of its own.
  std::optional<wxString> sendForPurpose(const app::SendText& text);

  RoomController* room_ = nullptr;
  PrivateTalk* alone_ = nullptr;  ///< the private chat that is shown instead of the room
  Talk* talk_ = nullptr;          ///< the one of the two that is shown
  /// What is being written is about the message there.
  struct Purpose {
    bool isEdit = false;  ///< else a reply
    app::Position position{};
  };
  std::optional<Purpose> purpose_;
  int sidebarDip_ = 0;
  bool shownWhenWide_ = true;
  bool shownWhenNarrow_ = false;
  bool narrow_ = false;
  bool placing_ = false;

  wxSplitterWindow* splitter_;
  Sidebar* sidebar_;
  wxPanel* roomPanel_;
  ChatHeader* header_;
  JoinStrip* strip_;
  RoomBar* bar_;
  wxPanel* codeArea_;
  JoinCodeStep* codeStep_;
  FindBar* findBar_;
  TranscriptView* transcript_;
  TypingLine* typing_;
  wxTimer typingTimer_;  ///< runs while somebody is writing, until the next of them counts no more
  Composer* composer_;
};

}  // namespace earshot::ui

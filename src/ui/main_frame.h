#pragma once
// The one window: the start page, the page of open rooms, and everything that goes on between them.
// UI thread. main_frame.cpp: the window itself; main_frame_rooms.cpp: getting into rooms and out;
// main_frame_talks.cpp: which of them is shown, and private chats; main_frame_menu.cpp: menus and keys;
// main_frame_export.cpp: conversations as files;
// main_frame_dialogs.cpp: what stands beside the window; main_frame_search.cpp: searching all conversations;
// main_frame_profile.cpp: backing up and restoring.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <wx/frame.h>
#include <wx/timer.h>

#include "app/search.h"
#include "app/slash_command.h"
#include "ui/attention.h"
#include "ui/frame_place.h"
#include "ui/open_rooms.h"
#include "ui/retirement.h"
#include "ui/safety_words_task.h"
#include "ui/settings_store.h"
#include "ui/window_app.h"

class wxSimplebook;

namespace earshot::ui {

class AccessDialog;
class ChatPage;
class ConnectionLogWindow;
class ExportRun;
class ImportTask;
class SearchDialog;
class SharingDialog;
class StartPage;

class MainFrame : public wxFrame {
 public:
  MainFrame(const Services& services, std::shared_ptr<SettingsStore> settings, std::shared_ptr<Retirement> retirement);
  ~MainFrame() override;

  /// Does what the command line asks for, or a link that was clicked. After Show().
  void begin(const StartRequest& start);
  /// Closes without asking anybody: the system wants the program to end.
  void closeAtOnce();

  /// Nobody can change their mind any more.
  std::function<void()> onClosing;

 private:
  // --- the window (main_frame.cpp) ---
  void connectStart();
  void connectChat();
  void connectWindow();
  void showContent();
  /// The page of open rooms, made when it is first needed: the start page need not wait for it.
  ChatPage& chat();
  void applyTheme();
  void handleClose(wxCloseEvent& event);
  void handleActivate(bool active);
  /// True when nobody would mind, or the person wants it nevertheless.
  [[nodiscard]] bool confirmEnding(const std::vector<EndedRoom>& ended);
  void updateTitle();

  // --- rooms (main_frame_rooms.cpp) ---
  [[nodiscard]] std::unique_ptr<RoomController> newRoom();
  void host(const std::string& name, app::HostOptions options);
  /// typed: an address or an earshot: link.
  void join(const std::string& name, const std::string& typed);
  void reopen(const std::string& name, const app::ConversationInfo& info);
  /// Adds the room with its history; nothing is connected.
  [[nodiscard]] app::Result<RoomController*> addSaved(const app::ConversationInfo& info);
  /// The join code was typed: on the start page, or in the room that is shown.
  void enterCode(const std::string& name, const std::string& typed);
  void enterCodeInRoom(const std::string& typed);
  void askForCodeInRoom();
  void cancelPending();
  void reconnectCurrent();
  void leave(RoomController& room);
  /// Leaves the room that is shown; from a private chat, back to its room.
  void leaveCurrent();
  /// What stands beside the main window and shows this room.
  void closeWindowsOf(const RoomController& room);
  void handleNews(RoomController& room, const RoomNews& news);
  void handlePendingNews(const RoomNews& news);
  void handlePendingFailure();
  [[nodiscard]] bool handleTwin(RoomController& room);
  [[nodiscard]] std::string ownName() const;
  /// The person's name, or the free one that the room offered instead.
  [[nodiscard]] std::string nameFor(const RoomController& room) const;

  // --- what is shown (main_frame_talks.cpp) ---
  void showStart();
  void show(const TalkPlace& place);
  void showRoom(const RoomController& room);
  void showTalkList();
  [[nodiscard]] bool isChatShown() const;
  /// nullptr on the start page.
  [[nodiscard]] Talk* shownTalk() const;
  void keepDraft(const std::string& text);
  /// Marks what is on screen as read.
  void updateRead();
  void placeUnreadLine();
  /// The private chat with somebody in the room that is shown.
  void writeTo(const app::MemberId& person);
  void choosePersonToWriteTo();
  void showTrust();
  void showTrustOf(const app::MemberId& person);

  // --- menus and keys (main_frame_menu.cpp) ---
  void connectMenu();
  void connectMenuState();
  void handleKey(wxKeyEvent& event);
  bool handleRoomKey(const wxKeyEvent& event);
  void runLocalCommand(const app::TypedLine& line);
  void copyAddress();
  /// Puts it on the clipboard and says the sentence.
  void copyText(const std::string& text, const wxString& sentence);
  void copyCode();
  void copyInvite();
  void copySelection();
  void selectAll();
  void showReadingView();
  void showConnectionLog();
  void showAccess();
  void showSharing();
  void showAbout();

  // --- conversations as files (main_frame_export.cpp) ---
  /// proposal: as it was typed; empty: the person is asked for a range too.
  void exportCurrent(const std::filesystem::path& proposal);
  void showExportResult(const app::Result<std::uint64_t>& result, const std::filesystem::path& target);
  void importFile();

  // --- searching all conversations (main_frame_search.cpp) ---
  void showSearch();
  void openFound(const app::SearchHit& hit);
  [[nodiscard]] app::Result<RoomController*> roomOf(const app::ConversationInfo& info);

  // --- the person's own things (main_frame_profile.cpp) ---
  void backUpProfile();
  void restoreProfile();

  Services services_;
  std::shared_ptr<SettingsStore> settings_;
  std::shared_ptr<Retirement> retirement_;
  RoomBackend backend_;
  OpenRooms rooms_;
  std::unique_ptr<RoomController> pending_;  ///< asked for on the start page, not yet inside
  bool pendingIsHost_ = false;
  bool closing_ = false;
  Attention attention_;
  FramePlace place_;
  std::unique_ptr<ExportRun> export_;
  std::unique_ptr<ImportTask> import_;
  std::map<const RoomController*, ConnectionLogWindow*> logWindows_;
  std::map<const RoomController*, SharingDialog*> sharingDialogs_;
  std::map<const RoomController*, AccessDialog*> accessDialogs_;
  SafetyWordsTask safetyWords_;
  SearchDialog* search_ = nullptr;  ///< made when it is asked for

  wxSimplebook* book_;
  StartPage* start_;
  ChatPage* chat_ = nullptr;  ///< see chat()
  wxTimer afterStart_;
};

}  // namespace earshot::ui

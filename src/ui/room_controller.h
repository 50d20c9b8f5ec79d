#pragma once
// One open room as the windows see it: owns the link (and the hosted room, when it is hosted here),
// the transcript and the list of people, and turns what arrives into one piece of news per batch.
// No wx, no display. UI thread; only the inboxes' wake functions run elsewhere.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/clock.h"
#include "app/conversation.h"
#include "app/hosting.h"
#include "app/room_link.h"
#include "ui/app_sharing.h"
#include "ui/hosted_access.h"
#include "ui/people_model.h"
#include "ui/private_talk.h"
#include "ui/typists.h"

namespace earshot::ui {

/// What a room needs from the program around it.
struct RoomBackend {
  app::OpenLink openLink;
  app::StartHost startHost;
  app::StartSharing startSharing;
  app::crypto::SigningKey identity;
  app::MemberId self;  ///< of the identity
  std::filesystem::path conversations;
  std::filesystem::path trust;  ///< file of the hosts and people that are known
  std::filesystem::path rooms;
  /// Any thread: queues the call to the UI thread, in order; never runs it at once.
  std::function<void(std::function<void()>)> runOnUi;
  /// Takes the last reference to something whose destructor may block, and lets it die elsewhere.
  std::function<void(std::shared_ptr<void>)> retire;
  /// How far the person has read a conversation, if that is known.
  std::function<std::optional<app::Position>(const app::RoomId&)> readUpTo;
};

enum class RoomPhase : std::uint8_t {
  Idle,        ///< only history (or nothing yet)
  Connecting,  ///< opening the room or getting in
  Open,        ///< inside
  Returning,   ///< was inside, the connection broke, and it is tried again by itself
  Closed       ///< was inside or tried to; failure() says why not any more
};

/// What one batch of updates changed.
struct RoomNews {
  bool admitted = false;
  bool ended = false;
  bool peopleChanged = false;
  bool titleChanged = false;                   ///< room name, topic, address or phase
  bool sharingChanged = false;                 ///< whether the program is given away
  bool accessChanged = false;                  ///< who may come into the room hosted here
  bool savingChanged = false;                  ///< saving()
  bool selfRenamed = false;                    ///< to selfName(), by oneself
  bool typingChanged = false;                  ///< who is writing just now
  bool privateChanged = false;                 ///< a private chat came, or what is known of its person changed
  std::vector<app::StoredEvent> texts;         ///< of others
  std::vector<app::StoredEvent> privateTexts;  ///< of others, to us alone
  std::vector<app::Error> refusals;
  std::vector<app::ConnectionRecord> connections;
};

class RoomController final : public Talk {
 public:
  /// onNews is the last thing done with a batch: it may destroy the controller.
  using OnNews = std::function<void(RoomController&, const RoomNews&)>;

  RoomController(RoomBackend& backend, OnNews onNews);
  /// Leaves at once; goodbyes are said in the background.
  ~RoomController() override;
  RoomController(const RoomController&) = delete;
  RoomController& operator=(const RoomController&) = delete;

  // --- ways in ---
  void host(app::HostOptions options, const std::string& name);
  void join(const app::WayIn& way, const std::string& name);
  /// Tries the same way in again with a join code as it was typed. One that cannot be a join code is
  /// the answer at once, and nothing is tried.
  app::Status joinWithCode(const std::string& typed, const std::string& name);
  /// The person wants to type a join code. Precondition: Closed.
  void askForCode();
  /// Shows the saved conversation; nothing is connected. An archive, and what somebody else has said and
  /// seen, never will be.
  app::Status openSaved(const app::ConversationInfo& info);
  /// Tries the same way in again (a room hosted here is opened again); while Returning, at once.
  void reconnect(const std::string& name);
  /// Gives up what is going on, without news; the history stays.
  void disconnect();

  // --- requests; no-ops unless Open ---
  void sendText(app::TextStyle style, const std::string& text) override;
  void retry(const TranscriptRow& row) override;
  void reply(app::Position answered, app::TextStyle style, const std::string& text);
  void editText(app::Position position, const std::string& text);
  void deleteText(app::Position position);
  void react(app::Position position, const std::string& emoji, bool on);
  /// The text there can still be meant by its number. Of rooms that were begun anew, it cannot.
  [[nodiscard]] bool canMean(app::Position position) const;
  void rename(const std::string& name);
  void setTopic(const std::string& topic);
  /// Something is being written to all: for every key that is pressed.
  void tellTyping();

  // --- private chats with people of this room ---
  [[nodiscard]] const std::vector<std::unique_ptr<PrivateTalk>>& privateTalks() const { return privateTalks_; }
  /// nullptr when there is none.
  [[nodiscard]] PrivateTalk* privateTalk(const app::MemberId& person) const;
  /// Begins one when there is none; it stays as long as the room. nullptr for ourselves, and for somebody
  /// who is not in the room.
  PrivateTalk* talkTo(const app::MemberId& person);
  /// Whom a line typed after /msg means, and what follows the name.
  struct Addressed {
    app::MemberId person;
    std::string text;
  };
  [[nodiscard]] std::optional<Addressed> addressedBy(const std::string& line) const;

  // --- who may come in, as long as the room is hosted here; no-ops otherwise ---
  void askAccess();
  void changeJoinCode();
  void openToAll();
  void makeInvite(std::chrono::milliseconds validFor, std::uint32_t uses);
  void revokeInvite(const app::Invite& invite);
  /// As HostedAccess::history.
  void setHistory(std::optional<std::uint32_t> texts);
  [[nodiscard]] const HostedAccess& access() const { return access_; }
  /// As HostedAccess.
  [[nodiscard]] std::string takeNewLink() { return access_.takeNewLink(); }

  // --- giving the program away, as long as the room is hosted here ---
  /// Precondition: isHosting() and isOpen().
  void shareApp(const std::filesystem::path& folder);
  void stopSharing();
  [[nodiscard]] const AppSharing& sharing() const { return sharing_; }

  // --- state ---
  [[nodiscard]] RoomPhase phase() const { return phase_; }
  [[nodiscard]] bool isOpen() const { return phase_ == RoomPhase::Open; }
  /// Others are (or will be) let in by this program.
  [[nodiscard]] bool isHosting() const { return hosted_ != nullptr; }
  /// There is no way from here into the room.
  [[nodiscard]] bool isForReading() const { return forReading_; }
  [[nodiscard]] bool wasHostedHere() const { return hostedHere_; }
  /// Why the room is Closed or Returning; Cancelled when we left.
  [[nodiscard]] const std::optional<app::Error>& failure() const { return failure_; }
  /// Whether what is said can be saved where the room is hosted here; it can where it is not.
  [[nodiscard]] const app::HostSaving& saving() const { return saving_; }
  /// A join code is waited for, or one is being tried.
  [[nodiscard]] bool isAskingForCode() const { return askingForCode_; }
  /// How the host proved itself, and its key. Precondition: isOpen().
  [[nodiscard]] app::HostProof hostProof() const { return hostProof_; }
  [[nodiscard]] const app::crypto::PublicKey& hostKey() const { return hostKey_; }
  [[nodiscard]] const std::optional<app::RoomId>& roomId() const { return roomId_; }
  [[nodiscard]] const app::MemberId& self() const { return self_; }
  [[nodiscard]] const std::string& roomName() const { return roomName_; }
  [[nodiscard]] const std::string& topic() const { return topic_; }
  [[nodiscard]] const std::string& selfName() const { return selfName_; }
  /// What others type to join, when hosting; else where the room was reached. With port.
  [[nodiscard]] const std::string& address() const { return address_; }
  /// What is (or was) typed to get in.
  [[nodiscard]] const std::string& target() const { return target_; }
  [[nodiscard]] const PeopleModel& people() const { return people_; }
  [[nodiscard]] const Typists& typists() const { return typists_; }
  /// Everybody inside but us.
  [[nodiscard]] std::size_t othersInside() const;
  [[nodiscard]] const std::string& title() const override { return roomName_; }
  [[nodiscard]] std::optional<app::RoomId> conversationId() const override { return roomId_; }
  [[nodiscard]] TranscriptModel& transcript() override { return transcript_; }
  [[nodiscard]] const std::filesystem::path& conversation() const override { return conversation_; }
  /// Also while Returning: what is written then is sent later.
  [[nodiscard]] bool isWritable() const override { return isOpen() || phase_ == RoomPhase::Returning; }
  /// When the next attempt is due, while Returning.
  [[nodiscard]] std::chrono::steady_clock::time_point retryAt() const { return retryAt_; }
  /// The file of the connection log; empty unless hosted here.
  [[nodiscard]] const std::filesystem::path& hostLog() const { return hostLog_; }

 private:
  template <class T>
  std::shared_ptr<app::Inbox<T>> makeInbox(void (RoomController::*drain)());
  void connect(const std::string& address, const std::string& joinCode = {});
  void submitText(const app::RequestId& id, app::SendText text);
  void release();
  void releaseLink();
  void tell(const RoomNews& news);
  void tellSharing();
  void drainLink();
  void drainHost();
  void apply(const app::LinkUpdate& update, RoomNews& news);
  void apply(const app::HostUpdate& update, RoomNews& news);
  void admit(const app::LinkAdmitted& admitted, RoomNews& news);
  void showEvent(const app::StoredEvent& stored, RoomNews& news);
  void openSavedTalks();
  PrivateTalk& addTalk(const app::MemberId& person, const std::string& name);
  [[nodiscard]] app::Error inOurWords(app::Error error) const;
  void interrupt(const app::LinkInterrupted& interrupted, RoomNews& news);
  void end(app::Error reason, RoomNews& news);
  app::Status openHistory(const std::filesystem::path& file);

  RoomBackend& backend_;
  OnNews onNews_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();  ///< what queued calls look at

  RoomPhase phase_ = RoomPhase::Idle;
  bool hostedHere_ = false;
  bool forReading_ = false;
  app::HostOptions hostOptions_;
  std::string wantedName_;
  std::optional<app::Error> failure_;
  std::chrono::steady_clock::time_point retryAt_{};
  /// What the host could not take when it was said and has not got since; that there is such a text was told.
  std::unordered_set<app::RequestId> delayed_;
  bool askingForCode_ = false;
  std::optional<app::InviteLink> invite_;  ///< until it has let us in
  app::HostProof hostProof_ = app::HostProof::FirstUse;
  app::crypto::PublicKey hostKey_;
  std::optional<app::RoomId> roomId_;
  std::string roomName_;
  std::string topic_;
  std::string selfName_;
  std::string address_;
  std::string target_;
  std::string ownAddress_;  ///< where our own window joins the room hosted here
  app::MemberId self_{};
  PeopleModel people_;
  Typists typists_;
  TranscriptModel transcript_;
  std::filesystem::path conversation_;
  std::optional<app::Position> admittedAt_;  ///< in the numbering that the room has now
  std::vector<std::unique_ptr<PrivateTalk>> privateTalks_;
  std::filesystem::path hostLog_;

  std::vector<std::string> hostAddresses_;  ///< where others join, without port
  std::uint16_t hostPort_ = 0;
  app::HostSaving saving_;
  HostedAccess access_;
  AppSharing sharing_;
  std::shared_ptr<app::HostInbox> hostInbox_;
  std::unique_ptr<app::HostedRoom> hosted_;
  std::shared_ptr<app::LinkInbox> linkInbox_;
  std::unique_ptr<app::RoomLink> link_;
};

/// "192.168.1.12:1060", "[fe80::1]:1060".
[[nodiscard]] std::string withPort(const std::string& numericAddress, std::uint16_t port);

}  // namespace earshot::ui

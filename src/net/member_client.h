#pragma once
// What runs on a member's network thread: one connection, the conversation that is saved, and what
// waits to be acknowledged.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "app/conversation.h"
#include "app/crypto/cpace.h"
#include "app/host_trust.h"
#include "app/join_code_key.h"
#include "app/room_link.h"
#include "app/trust_store.h"
#include "net/connector.h"
#include "net/member_private.h"
#include "net/retry_plan.h"
#include "net/session.h"
#include "net/tls_channel.h"

namespace earshot::net {

class MemberClient final : public Session::Owner {
 public:
  MemberClient(NetLoop& loop, const app::JoinOptions& options, app::LinkInbox& inbox, app::Clock clock);
  ~MemberClient() override;

  void start();
  void submit(app::Request request);
  void submitPrivate(const app::PrivateRequest& request);
  void askHistory(app::Position before, std::size_t limit);
  void tellTyping();
  /// Nothing unless it waits for its next attempt.
  void tryAgain();
  /// Leaves politely, or gives up getting in; then stops the loop.
  void close();

 private:
  /// Waiting: for the next attempt, after the connection broke.
  enum class Phase { Waiting, Connecting, Securing, Greeting, Proving, Joining, Listing, Live, Closing, Closed };

  void connect();
  void connected(app::Result<std::unique_ptr<WorkerSocket>> socket);

  // Session::Owner
  bool onEstablished(Session& session) override;
  std::optional<std::size_t> frameLimit(Session& session, FrameType type) override;
  bool onFrame(Session& session, const Frame& frame) override;
  void onDrained(Session&) override {}
  void onEnded(Session& session, app::Error reason) override;

  bool onWelcome(const Frame& frame);
  bool onAuthStep(const Frame& frame);
  bool onAuthOk(const Frame& frame);
  bool onAuthFail(const Frame& frame);
  bool onJoined(const Frame& frame);
  bool onMembers(const Frame& frame);
  bool keepRoster(const app::Event& event);
  bool onEvents(const Frame& frame);
  bool onEvent(app::Event event);
  void sendHistoryGet(app::Seq before, std::size_t limit);
  bool onHistoryPage(const Frame& frame);
  bool onTyping(const Frame& frame);
  bool onAck(const Frame& frame);
  bool onNack(const Frame& frame);
  bool onError(const Frame& frame);
  bool onGoodbye(const Frame& frame);
  bool onMail(const Frame& frame);
  bool violated();
  /// What the host asks to wait, rounded up and an hour at most.
  static std::string secondsOf(std::uint32_t retryMs);
  [[nodiscard]] bool isGreeted() const { return phase_ > Phase::Greeting; }

  // proving, see member_admission.cpp
  bool judge(wire::Door door);
  bool fail(app::Error reason);
  bool proveInvite();
  bool proveCode();
  void beginCode(const app::Result<app::JoinCodeKey>& key);
  bool askToJoin();
  app::Status rememberHost();

  void tickEnd();
  /// Saves what has arrived and reports it; false when the link is over because that failed.
  bool saveReceived();
  void report(std::vector<app::StoredEvent> received, const std::vector<app::StoredEvent>& ours);
  void goLive();
  /// Right behind the Join, so that nobody sees us in the room before our key can be asked for.
  bool startPrivate();
  void savePrivate();
  /// All that waits, in its order. again: on this connection, where only what was refused is told anew.
  void sendOutbox(bool again = false);
  /// As many of them as may be on their way.
  void sendUnsent();
  /// The host could not take one of our texts now: nothing is said behind it until it comes again, so that the order
  /// stays.
  void holdTexts(app::Errc why, std::chrono::milliseconds wait);
  void forgetSending();
  void submitText(const app::RequestId& id, const app::SendText& text);
  /// The link is over: says so once, then stops the loop when the last bytes are out. Or only the
  /// connection is, when it may come back.
  void closeWith(app::Error reason);

  // coming back, see member_return.cpp
  void interrupt(app::Error reason);
  void dropConnection();
  void planNetworkCheck();
  void planPing();
  void onPingTimer();
  [[nodiscard]] bool hasSlept() const;
  void expectAnswer();

  NetLoop& loop_;
  app::JoinOptions options_;
  app::MemberId self_;
  app::LinkInbox& inbox_;
  app::Clock clock_;
  Phase phase_ = Phase::Connecting;
  std::string address_;       ///< of the host, numeric
  std::string typedAddress_;  ///< as it was asked for, in one spelling, with port
  std::unique_ptr<Connector> connector_;
  TlsChannel* tls_ = nullptr;  ///< of the session
  std::unique_ptr<Session> session_;
  std::optional<NetLoop::TimerId> admissionDeadline_;
  std::optional<NetLoop::TimerId> ping_;
  std::optional<NetLoop::TimerId> resend_;        ///< set: texts stay in the outbox until then
  app::Errc heldBecause_{};                       ///< while it is set
  std::optional<NetLoop::TimerId> wakeDeadline_;  ///< for the answer to a ping after a sleep
  struct {
    NetLoop::Time steady;
    app::UtcMillis wall;
  } pinged_{};

  std::deque<app::OutgoingText> unsent_;              ///< of the outbox, in its order
  bool isOutboxBegun_ = false;                        ///< its first text has been sent since sendOutbox()
  std::unordered_set<app::RequestId> onTheirWay_;     ///< texts that were sent and are not answered
  std::unordered_set<app::RequestId> refusedForNow_;  ///< texts that were, and not sent again since

  bool wasLive_ = false;                 ///< the room was entered; from then on it is come back to
  std::optional<NetLoop::Time> lostAt_;  ///< since when it has not been live
  bool roomClosed_ = false;              ///< its host said so before it went
  RetryPlan retries_;
  std::optional<NetLoop::TimerId> retry_;
  std::optional<NetLoop::TimerId> networkCheck_;
  std::vector<std::string> addresses_;  ///< of this computer, when it was looked last
  std::optional<NetLoop::Time> toldTyping_;
  bool farewellUnanswered_ = false;
  std::unordered_set<app::RequestId> asked_;  ///< not texts, which the outbox keeps; unanswered yet

  app::crypto::PublicKey hostKey_;     ///< of who answered last
  app::crypto::PublicKey admittedBy_;  ///< the host whose room this is, once it was entered
  app::HostProof proof_ = app::HostProof::FirstUse;
  std::unique_ptr<app::TrustStore> trust_;
  std::unique_ptr<app::JoinCodeKeys> codeKeys_;
  std::optional<app::crypto::Cpace> cpace_;

  app::RoomId room_;
  app::Epoch epoch_;
  std::string roomName_;
  std::string selfName_;
  std::string topic_;
  app::LastSeen lastSeen_{};  ///< what this connection asked to go on after; seq 0: nothing
  app::Seq snapshotSeq_{};
  app::Roster roster_;  ///< after snapshotSeq_, then after what has arrived; kept while the connection is gone
  std::vector<app::Member> members_;  ///< of the pages of Members so far
  std::unique_ptr<app::Conversation> conversation_;
  std::unique_ptr<MemberPrivate> private_;  ///< from the Join on
  app::Seq firstSeq_{};                     ///< of the events of this connection
  app::Seq oldestSeq_{};                    ///< that may be asked for
  app::Seq arrived_{};                      ///< the newest event that has arrived, without a gap before it
  app::Seq gapAccepted_{};                  ///< after which event something is missing at the host itself
  std::vector<app::Event> received_;        ///< of this tick, not yet saved
};

}  // namespace earshot::net

#pragma once
// What runs on a member's network thread: one connection, the conversation that is saved, and what
// waits to be acknowledged.

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/conversation.h"
#include "app/crypto/cpace.h"
#include "app/host_trust.h"
#include "app/join_code_key.h"
#include "app/room_link.h"
#include "app/trust_store.h"
#include "net/connector.h"
#include "net/member_private.h"
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
  /// Leaves politely, or gives up getting in; then stops the loop.
  void close();

 private:
  enum class Phase { Connecting, Securing, Greeting, Proving, Joining, Listing, Live, Closing, Closed };

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
  bool onEvent(const Frame& frame);
  bool onAck(const Frame& frame);
  bool onNack(const Frame& frame);
  bool onError(const Frame& frame);
  bool onGoodbye(const Frame& frame);
  bool onMail(const Frame& frame);
  bool violated();
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
  void resendOutbox();
  void submitText(const app::RequestId& id, const app::SendText& text);
  void planPing();
  void onPingTimer();
  /// The link is over: says so once, then stops the loop when the last bytes are out.
  void closeWith(app::Error reason);

  NetLoop& loop_;
  const app::JoinOptions& options_;
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
  bool farewellUnanswered_ = false;

  app::crypto::PublicKey hostKey_;
  app::HostProof proof_ = app::HostProof::FirstUse;
  std::unique_ptr<app::TrustStore> trust_;
  std::unique_ptr<app::JoinCodeKeys> codeKeys_;
  std::optional<app::crypto::Cpace> cpace_;

  app::RoomId room_;
  app::Epoch epoch_;
  std::string roomName_;
  std::string selfName_;
  std::string topic_;
  app::Seq snapshotSeq_{};
  std::vector<app::Member> members_;
  std::unique_ptr<app::Conversation> conversation_;
  std::unique_ptr<MemberPrivate> private_;       ///< from the Join on
  std::vector<app::Event> received_;             ///< of this tick, not yet saved
  std::vector<app::StoredEvent> saidMeanwhile_;  ///< saved between our joining and the list's end
};

}  // namespace earshot::net

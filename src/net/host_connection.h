#pragma once
// One connection as the host sees it: what it may send in which state, and who it turned out to be.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/flood_guard.h"
#include "app/history.h"
#include "app/ids.h"
#include "app/room.h"
#include "app/room_access.h"
#include "net/host_admission.h"
#include "net/session.h"
#include "net/tls_channel.h"
#include "net/worker_socket.h"

namespace earshot::net {

class HostConnection final : public Session::Owner, private HostAdmission::Stranger {
 public:
  using Id = std::uint64_t;

  /// Where a connection reports to; all on the loop's thread.
  class Desk {
   public:
    virtual ~Desk() = default;
    /// It is secure: memberId() and identityKey() are there.
    virtual void onSecured(HostConnection& connection) = 0;
    virtual wire::Welcome welcome(const HostConnection& connection) const = 0;
    virtual HostAdmission& admission() = 0;
    [[nodiscard]] virtual app::UtcMillis time() const = 0;
    /// A Join, a request of a member, or a Leave: decided at the end of the tick. proof: of a Join.
    virtual void onRequest(HostConnection& connection, app::Request request, app::AccessProof proof) = 0;
    /// A frame of mail_codec.h. False when it is malformed.
    virtual bool onMail(HostConnection& connection, const Frame& frame) = 0;
    /// A member wants to see older events: one more question waits in connection.historyAsked.
    virtual void onHistoryAsked(HostConnection& connection) = 0;
    /// A member is writing something.
    virtual void onTyping(HostConnection& connection) = 0;
    /// Something was queued to it outside of a batch.
    virtual void onQueued(HostConnection& connection) = 0;
    /// It has taken most of what was queued.
    virtual void onDrained(HostConnection& connection) = 0;
    /// The connection is over; the desk may discard it. why: Cancelled when we ended it ourselves.
    virtual void onGone(HostConnection& connection, app::Errc why) = 0;
  };

  HostConnection(Id id, NetLoop& loop, std::unique_ptr<WorkerSocket> socket, std::shared_ptr<const TlsContext> tls,
                 Desk& desk);
  ~HostConnection() override;

  /// Securing: TLS begins. Greeting: secure, nothing said yet. Proving: it shows what it knows. Joining: its Join waits
  /// for the end of the tick.
  enum class Phase { Securing, Greeting, Welcomed, Proving, Joining, Member, Leaving };

  [[nodiscard]] Id id() const { return id_; }
  [[nodiscard]] Phase phase() const { return phase_; }
  /// Zero while securing.
  [[nodiscard]] const app::MemberId& memberId() const { return memberId_; }
  [[nodiscard]] const app::crypto::PublicKey& identityKey() const override { return identityKey_; }
  [[nodiscard]] const std::string& address() const override { return address_; }
  [[nodiscard]] const app::FloodSource& source() const { return source_; }
  [[nodiscard]] Session& session() { return session_; }
  /// Its handshake has begun.
  [[nodiscard]] bool hasBegun() const { return tls_->hasBegun(); }

  /// For the answer to a proof that took its time; nullptr when it is not waited for any more.
  [[nodiscard]] HostAdmission::Stranger* asStranger();

  /// The room let it in.
  void admit();
  /// Says why and closes. retry: when asking again can help; zero: not by waiting.
  void refuse(const app::Error& error, std::chrono::milliseconds retry = {});
  void sayGoodbye(app::LeaveReason reason);

  /// The last event that was queued to it, and whether it gets new ones as they happen (live) or
  /// is served from the log until it has caught up.
  app::Seq sentUpTo{};
  bool live = true;
  /// What it had when it came, and the oldest event that it may ask for.
  std::optional<app::LastSeen> lastSeen;
  std::optional<app::RosterDigest> rosterKnown;
  app::Seq oldestSeen{};
  struct HistoryQuestion {
    app::Seq before;
    std::size_t limit;
  };
  /// Not yet answered, because too much waits to be taken, or too many came. At most kMaxHistoryAsked.
  std::vector<HistoryQuestion> historyAsked;
  /// The next of them is answered when it is time, because there were so many.
  bool historyPlanned = false;
  /// When the others were last told that it is writing.
  std::optional<NetLoop::Time> typedAt;
  /// In the list of connections to be flushed at the end of this tick.
  bool flushPlanned = false;
  /// Its name in the room, for the connection log.
  std::string name;
  /// Why we ended it, for the connection log.
  std::string farewell;

 private:
  bool onEstablished(Session& session) override;
  std::optional<std::size_t> frameLimit(Session& session, FrameType type) override;
  bool onFrame(Session& session, const Frame& frame) override;
  void onDrained(Session& session) override;
  void onEnded(Session& session, app::Error reason) override;

  // HostAdmission::Stranger
  [[nodiscard]] HostAdmission::ConnectionId connectionId() const override { return id_; }
  [[nodiscard]] const ChannelBinding& binding() const override { return tls_->binding(); }
  void send(FrameType type, const google::protobuf::MessageLite& body) override;
  void proven(app::AccessProof proof) override;
  void failed(app::Errc why, std::chrono::milliseconds retry) override;
  void violated() override;

  bool onHello(const Frame& frame);
  bool onAuthStart(const Frame& frame);
  bool onAuthConfirm(const Frame& frame);
  bool onJoin(const Frame& frame);
  bool onMemberFrame(const Frame& frame);
  bool onHistoryGet(const Frame& frame);
  bool refuseNonsense();

  Id id_;
  NetLoop& loop_;
  Desk& desk_;
  std::string address_;
  app::FloodSource source_;
  Phase phase_ = Phase::Securing;
  app::MemberId memberId_;
  app::crypto::PublicKey identityKey_;
  app::AccessProof proof_;
  std::size_t greetingBytes_ = 0;
  int greetingFrames_ = 0;
  std::optional<NetLoop::TimerId> greetingDeadline_;
  TlsChannel* tls_;  ///< of the session
  Session session_;
};

}  // namespace earshot::net

#pragma once
// What runs on a host's network thread: the listeners, the connections, the room and its log.

#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "app/host_log.h"
#include "app/hosting.h"
#include "app/room.h"
#include "app/room_access.h"
#include "net/crew.h"
#include "net/disk_trouble.h"
#include "net/flush_pace.h"
#include "net/handshake_gate.h"
#include "net/host_admission.h"
#include "net/host_batch.h"
#include "net/host_connection.h"
#include "net/host_private.h"
#include "net/member_listing.h"
#include "net/net_loop.h"
#include "net/tls_context.h"
#include "net/worker_socket.h"

namespace earshot::net {

class HostServer final : public HostConnection::Desk, public HostPrivate::Desk {
 public:
  /// Opens the log and the port. On success the inbox has HostListening.
  static app::Result<std::unique_ptr<HostServer>> start(NetLoop& loop, const app::HostOptions& options,
                                                        app::HostInbox& inbox, app::Clock clock,
                                                        app::JoinCodeKeys::Derive derive);
  ~HostServer() override;

  // See HostedRoom; each answers with HostAccess.
  void tellAccess(std::string newInvite = {}, std::optional<app::Error> failed = {});
  void changeAccess(const std::vector<app::AccessChange>& changes);
  void changeJoinCode() { changeAccess({app::RoomAccess::newJoinCode()}); }
  void setHistory(std::optional<std::uint32_t> texts);
  void openToAll() { changeAccess({app::RoomAccess::openToAll()}); }
  void makeInvite(std::chrono::milliseconds validFor, std::uint32_t uses);
  /// See HostedRoom.
  void deleteText(app::Seq target);
  void revokeInvite(const app::InviteId& id) { changeAccess({app::InviteRevoked{id}}); }

  /// Says goodbye to everyone, then stops the loop. stopped() holds the reason if it wasn't asked.
  void stop();
  [[nodiscard]] const std::optional<app::Error>& failure() const { return failure_; }

 private:
  class Listener;

  /// What start() has read and made.
  struct Parts {
    std::unique_ptr<app::HostLog> log;
    app::RoomState state;
    app::AccessState access;
    std::optional<app::MemberId> owner;
    std::shared_ptr<const TlsContext> tls;
    app::JoinCodeKeys::Derive derive;
    std::unique_ptr<app::Mailbox> mailbox;
    std::chrono::milliseconds awayGrace;
    std::size_t queueBudget;
  };
  HostServer(NetLoop& loop, app::HostInbox& inbox, app::Clock clock, Parts parts);

  app::Status listen(const app::HostOptions& options);
  app::Status listenOn(const std::string& host, std::uint16_t port);
  /// Whoever was inside when the last run of this room ended has time to come back.
  void expectMembers();
  void expect(const app::MemberId& member, app::LeaveReason reason);
  void stopWaiting();
  app::Status keepSettings(const app::HostOptions& options);
  app::Status prepareAccess(const app::HostOptions& options);
  app::Status keep(const std::vector<app::AccessChange>& changes);
  void rememberAddresses();
  [[nodiscard]] std::string linkOf(const app::Invite& invite) const;
  app::Result<std::string> usualInvite();
  app::Status announce(const app::HostOptions& options);

  void accepted(std::unique_ptr<WorkerSocket> socket);
  void sweep();
  /// What many arrivals at once needed for a moment goes back to the system.
  void giveBackMemory(NetLoop::Time now);
  void planSweep();

  // HostConnection::Desk
  void onSecured(HostConnection& connection) override;
  wire::Welcome welcome(const HostConnection& connection) const override;
  HostAdmission& admission() override { return admission_; }
  [[nodiscard]] app::UtcMillis time() const override { return clock_(); }
  void onRequest(HostConnection& connection, app::Request request, app::AccessProof proof) override;
  bool onMail(HostConnection& connection, const Frame& frame) override;
  void onHistoryAsked(HostConnection& connection) override { answerHistory(connection); }
  void onTyping(HostConnection& connection) override;
  void onQueued(HostConnection& connection) override;
  void onDrained(HostConnection& connection) override;
  void onGone(HostConnection& connection, app::Errc why) override;

  // HostPrivate::Desk
  HostConnection* connection(HostConnection::Id id) override { return find(id); }
  HostConnection* connectionOf(const app::MemberId& member) override;
  std::chrono::milliseconds takeLetter(const HostConnection& connection) override;
  void onMailUnsaved(const app::Error& error) override { noteSaving(DiskTrouble::Part::Mail, error); }

  // the end of a tick
  void tickEnd();
  /// Whether what was asked is gathered a little longer; then the next tick comes after a rest.
  bool gathersOn();
  void passTypingOn();
  void writeAll();
  void checkpoint();
  void decidePending();
  void deliver(const HostBatch& batch, const std::vector<PendingRequest>& requests);
  /// happened: so many of the records are of what has happened, and only writing them down has to wait.
  void rejectAll(const std::vector<PendingRequest>& requests, std::size_t happened, const app::Error& error);
  void broadcast(const SharedBytes& frames, app::Seq last);
  void tell(const PendingRequest& request, const Outcome& outcome);
  /// Tells of the first of them as far as they are alike, and how many that were; none: tell() is for the first.
  std::size_t acknowledge(std::span<const Outcome> outcomes, const std::vector<PendingRequest>& requests);
  void refuse(HostConnection& connection, const PendingRequest& request, const Outcome::Refused& refused);
  void admit(HostConnection& connection, const Outcome::Admitted& admitted);
  /// Where a newcomer's or returning member's events begin.
  struct Beginning {
    app::Seq after{};
    bool resumed = false;
    app::Seq oldestAfter{};  ///< nothing up to here may be asked for
  };
  [[nodiscard]] app::Result<Beginning> beginningFor(const HostConnection& connection, app::Seq joinedAs);
  /// The newest event that its member has, if this log has it too.
  [[nodiscard]] app::Result<std::optional<app::Seq>> seenBy(const HostConnection& connection);
  /// Sends what a connection has to wait for, as far as little enough waits before it.
  void refill(HostConnection& connection);
  /// Far too much waits for all members together.
  [[nodiscard]] bool isCrowded() const { return *queuedTogether_ > queueBudget_; }
  void catchUp(HostConnection& connection);
  void answerHistory(HostConnection& connection);
  void answerHistoryLater(HostConnection& connection, std::chrono::milliseconds wait);
  void note(app::ConnectionKind kind, const HostConnection& connection, std::string reason = {});
  /// Its member is away for a while, if it is still this connection that they have.
  void lost(HostConnection& connection);
  void publishRecords();
  /// As DiskTrouble::note(); what failed is tried again.
  void noteSaving(DiskTrouble::Part part, std::optional<app::Error> failed);
  void retrySavingLater();
  void retrySaving();
  HostConnection* find(HostConnection::Id id);
  void finishIfEmpty();
  void fail(app::Error error);

  NetLoop& loop_;
  app::HostInbox& inbox_;
  app::Clock clock_;
  std::unique_ptr<app::HostLog> log_;
  app::Room room_;
  std::optional<app::MemberId> owner_;
  app::RoomAccess access_;
  HeldTexts heldTexts_;
  app::FloodGuard flood_;
  std::shared_ptr<const TlsContext> tls_;
  std::uint16_t port_ = 0;
  std::string linkAddress_;  ///< where invites lead, with port
  HandshakeGate gate_{[this](HandshakeGate::Id id) {
    const HostConnection* connection = find(id);
    return connection != nullptr && connection->hasBegun();
  }};
  HostAdmission admission_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  /// Bytes for all connections.
  std::shared_ptr<std::atomic<std::size_t>> queuedTogether_ = std::make_shared<std::atomic<std::size_t>>(0);
  std::size_t queueBudget_;
  std::unordered_map<HostConnection::Id, std::shared_ptr<HostConnection>> connections_;
  std::unordered_map<app::MemberId, HostConnection::Id> connectionOf_;  ///< of members in the room
  HostConnection::Id lastConnection_ = 0;
  HostPrivate private_;
  /// Members in the room whose connection broke, and when they will have left.
  struct Away {
    NetLoop::Time until;
    app::LeaveReason reason;
  };
  std::unordered_map<app::MemberId, Away> away_;
  std::chrono::milliseconds awayGrace_;

  std::vector<PendingRequest> pending_;
  std::vector<app::ConnectionRecord> records_;  ///< not yet committed
  DiskTrouble trouble_{inbox_};
  std::vector<app::MemberId> typing_;  ///< not yet passed on
  std::vector<HostConnection*> toFlush_;
  Crew crew_{Crew::usualHelpers()};
  MemberListing listing_;

  FlushPace pace_;
  NetLoop::Time lastArrival_{};
  bool holdsSpareMemory_ = false;  ///< of arrivals that are over
  bool sweepPlanned_ = false;
  bool awayPlanned_ = false;
  bool stopping_ = false;
  bool savingRetryPlanned_ = false;
  std::optional<app::Error> failure_;
};

}  // namespace earshot::net

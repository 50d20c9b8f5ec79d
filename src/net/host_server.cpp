#include "net/host_server.h"

#include "app/error_text.h"
#include "app/limits.h"
#include "app/log.h"
#include "app/version.h"

namespace earshot::net {
namespace {

using namespace std::chrono_literals;
using app::ConnectionKind;
using app::Errc;
using app::Error;

std::string goneReason(Errc why) {
  switch (why) {
    case Errc::Cancelled:
      return "";
    case Errc::NotEarshot:
      return "did not speak as Earshot does";
    case Errc::VersionMismatch:
      return "has another version of Earshot";
    default:
      return app::describe(app::LeaveReason::ConnectionLost);
  }
}

constexpr int kAcceptsPerTick = 64;
constexpr auto kOutOfDescriptorsPause = 100ms;
constexpr auto kSweepInterval = 5s;

}  // namespace

// --- listening ---------------------------------------------------------------------------------

class HostServer::Listener final : public NetLoop::Handler {
 public:
  Listener(HostServer& server, std::unique_ptr<ListeningSocket> socket)
      : server_(server),
        socket_(std::move(socket)),
        token_(server_.loop_.watch(socket_->descriptor(), kArmed, *this)) {}
  ~Listener() override {
    if (pause_) server_.loop_.cancel(*pause_);
    server_.loop_.unwatch(token_, socket_->descriptor());
  }

  [[nodiscard]] std::uint16_t port() const { return socket_->port(); }

 private:
  static constexpr Interest kArmed{.read = true, .write = false};

  void onReady(bool, bool) override {
    for (int i = 0; i < kAcceptsPerTick; ++i) {
      auto accepted = socket_->accept();
      if (accepted.socket) {
        server_.accepted(std::move(accepted.socket));
        continue;
      }
      if (accepted.exhausted) pause();
      return;
    }
  }

  /// Out of descriptors the listener would stay readable and spin; existing members are served on.
  void pause() {
    app::log::warn("host: no free descriptors, new connections wait");
    server_.loop_.update(token_, socket_->descriptor(), {});
    pause_ = server_.loop_.after(kOutOfDescriptorsPause, [this] {
      pause_.reset();
      server_.loop_.update(token_, socket_->descriptor(), kArmed);
    });
  }

  HostServer& server_;
  std::unique_ptr<ListeningSocket> socket_;
  NetLoop::Token token_;
  std::optional<NetLoop::TimerId> pause_;
};

HostServer::HostServer(NetLoop& loop, app::HostInbox& inbox, app::Clock clock, std::unique_ptr<app::HostLog> log,
                       app::RoomState state, std::shared_ptr<const TlsContext> tls,
                       std::unique_ptr<app::Mailbox> mailbox)
    : loop_(loop),
      inbox_(inbox),
      clock_(std::move(clock)),
      log_(std::move(log)),
      room_(std::move(state)),
      tls_(std::move(tls)),
      private_(loop, std::move(mailbox), clock_, *this) {
  loop_.setTickEnd([this] { tickEnd(); });
}

HostServer::~HostServer() {
  loop_.setTickEnd({});
}

app::Result<std::unique_ptr<HostServer>> HostServer::start(NetLoop& loop, const app::HostOptions& options,
                                                           app::HostInbox& inbox, app::Clock clock) {
  auto log = app::HostLog::openOrCreate(options.rooms, options.roomName);
  if (!log) return log.error();
  auto state = (*log)->loadState();
  if (!state) return state.error();
  auto tls = TlsContext::make(TlsRole::Host, app::crypto::makeSigningKey());
  if (!tls) return tls.error();
  auto mailbox = app::Mailbox::open((*log)->path().parent_path(), clock());
  if (!mailbox) return mailbox.error();
  std::unique_ptr<HostServer> server(new HostServer(loop, inbox, std::move(clock), std::move(*log), std::move(*state),
                                                    std::move(*tls), std::move(*mailbox)));
  if (auto listening = server->listen(options); !listening) return listening.error();
  if (auto removed = server->removeGhosts(); !removed) return removed.error();
  server->announce(options);
  return server;
}

app::Status HostServer::listenOn(const std::string& host, std::uint16_t port) {
  using Family = ListeningSocket::Family;
  std::optional<Error> refused;
  for (const Family family : {Family::V6, Family::V4}) {
    const bool isV6 = host.find(':') != std::string::npos;
    if (!host.empty() && isV6 != (family == Family::V6)) continue;
    auto socket = ListeningSocket::open(host, listeners_.empty() ? port : listeners_.front()->port(), family);
    if (socket) {
      listeners_.push_back(std::make_unique<Listener>(*this, std::move(*socket)));
    } else if (!refused || refused->code == Errc::BindFailed) {
      // Where one socket serves both families the second one fails; that is no failure.
      refused = socket.error();
    }
  }
  if (listeners_.empty()) return *refused;
  port_ = listeners_.front()->port();
  return app::Done{};
}

app::Status HostServer::listen(const app::HostOptions& options) {
  std::string host = options.bindAddress;
  if (!host.empty()) {
    auto resolved = resolve({host, 0});
    if (!resolved) return Error{Errc::BindFailed, host};
    host = resolved->front().host;
  }
  if (options.port) return listenOn(host, *options.port);
  app::Status last = Error{Errc::PortInUse, std::to_string(app::kDefaultPort)};
  for (int i = 0; i < app::kPortTries; ++i) {
    last = listenOn(host, static_cast<std::uint16_t>(app::kDefaultPort + i));
    if (last || (last.error().code != Errc::PortInUse && last.error().code != Errc::PortForbidden)) return last;
  }
  return last;
}

app::Status HostServer::removeGhosts() {
  // Whoever was inside when the last run of this room ended without a farewell.
  std::vector<app::Event> events;
  for (const app::Member& ghost : room_.members()) {
    auto left = room_.decide(ghost.id, {{}, app::Leave{app::LeaveReason::HostClosed}}, clock_());
    if (!left) continue;
    for (app::Event& event : *left) {
      room_.apply(event);
      events.push_back(std::move(event));
    }
  }
  return log_->commit(events, {});
}

void HostServer::announce(const app::HostOptions& options) {
  app::HostListening listening;
  listening.room = log_->identity().id;
  listening.roomName = log_->identity().name;
  listening.port = port_;
  listening.log = log_->path();
  if (options.bindAddress.empty()) {
    listening.addresses = localAddresses();
    if (listening.addresses.empty()) listening.addresses.push_back("127.0.0.1");
    listening.ownAddress = toString({"127.0.0.1", port_});
  } else {
    listening.addresses.push_back(options.bindAddress);
    listening.ownAddress = toString({options.bindAddress, port_});
  }
  inbox_.post(std::move(listening));
}

// --- connections -------------------------------------------------------------------------------

void HostServer::accepted(std::unique_ptr<WorkerSocket> socket) {
  const auto id = ++lastConnection_;
  auto connection = std::make_shared<HostConnection>(id, loop_, std::move(socket), tls_, *this);
  note(ConnectionKind::Connected, *connection);
  connections_.emplace(id, std::move(connection));
  planSweep();
}

void HostServer::planSweep() {
  if (sweepPlanned_ || connections_.empty()) return;
  sweepPlanned_ = true;
  loop_.after(kSweepInterval, [this] {
    sweepPlanned_ = false;
    sweep();
    planSweep();
  });
}

void HostServer::sweep() {
  const auto current = NetLoop::now();
  std::vector<HostConnection*> silent;
  for (const auto& [id, connection] : connections_) {
    Session& session = connection->session();
    if (!session.isOpen() || session.isFinishing()) continue;
    if (session.queuedBytes() > 0 && current - session.lastWriteProgress() > app::kStalledWriterDeadline) {
      leave(*connection, app::LeaveReason::TooSlow);
      connection->sayGoodbye(app::LeaveReason::TooSlow);
    } else if (current - session.lastReceived() > app::kSilenceDeadline) {
      silent.push_back(connection.get());
    }
  }
  for (HostConnection* connection : silent) {
    connection->session().end();
    onGone(*connection, Errc::ConnectionLost);
  }
}

HostConnection* HostServer::find(HostConnection::Id id) {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second.get();
}

void HostServer::note(ConnectionKind kind, const HostConnection& connection, std::string reason) {
  records_.push_back({clock_(), kind, connection.name, connection.address(), std::move(reason)});
}

wire::Welcome HostServer::welcome() const {
  wire::Welcome message;
  const auto& identity = log_->identity();
  message.set_room_id(std::string(identity.id.view()));
  message.set_epoch(std::string(identity.epoch.view()));
  message.set_room_name(identity.name);
  message.set_program(app::programAndVersion());
  return message;
}

void HostServer::onRequest(HostConnection& connection, app::Request request) {
  if (stopping_) return;
  pending_.push_back({connection.id(), connection.memberId(), std::move(request)});
}

bool HostServer::onMail(HostConnection& connection, const Frame& frame) {
  return stopping_ || private_.onFrame(connection, frame);
}

HostConnection* HostServer::connectionOf(const app::MemberId& member) {
  const auto current = connectionOf_.find(member);
  return current == connectionOf_.end() ? nullptr : find(current->second);
}

void HostServer::onQueued(HostConnection& connection) {
  if (connection.flushPlanned) return;
  connection.flushPlanned = true;
  toFlush_.push_back(&connection);
}

void HostServer::onDrained(HostConnection& connection) {
  catchUp(connection);
  private_.drained(connection);
}

void HostServer::leave(HostConnection& connection, app::LeaveReason reason) {
  const auto current = connectionOf_.find(connection.memberId());
  if (current == connectionOf_.end() || current->second != connection.id()) return;
  connectionOf_.erase(current);
  pending_.push_back({connection.id(), connection.memberId(), {{}, app::Leave{reason}}});
}

void HostServer::onSecured(HostConnection& connection) {
  app::log::debug("host: " + connection.address() + " is " + app::hexOf(connection.memberId()));
}

void HostServer::onGone(HostConnection& connection, Errc why) {
  leave(connection, app::LeaveReason::ConnectionLost);
  note(ConnectionKind::Disconnected, connection, goneReason(why));
  private_.gone(connection.id());
  const auto found = connections_.find(connection.id());
  if (found == connections_.end()) return;
  loop_.discard(std::move(found->second));
  connections_.erase(found);
  finishIfEmpty();
}

// --- stopping ----------------------------------------------------------------------------------

void HostServer::stop() {
  if (stopping_) return;
  decidePending();
  listeners_.clear();
  for (const auto& [id, connection] : connections_) leave(*connection, app::LeaveReason::HostClosed);
  stopping_ = true;
  for (const auto& [id, connection] : connections_) connection->sayGoodbye(app::LeaveReason::HostClosed);
  finishIfEmpty();
}

void HostServer::finishIfEmpty() {
  if (stopping_ && connections_.empty()) loop_.stop();
}

void HostServer::fail(Error error) {
  app::log::error("host: " + app::codeName(error.code) + " " + error.detail);
  if (!failure_) failure_ = std::move(error);
  stop();
}

}  // namespace earshot::net

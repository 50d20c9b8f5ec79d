#include "net/host_server.h"

#include "app/error_text.h"
#include "app/guess_throttle.h"
#include "app/limits.h"
#include "app/log.h"
#include "app/version.h"
#ifdef __GLIBC__
#include <malloc.h>
#endif

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
/// A handshake is over in a few milliseconds.
constexpr auto kHandshakesPause = 10ms;
constexpr auto kSweepInterval = 5s;
constexpr auto kArrivalsAreOver = 2s;

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
      if (server_.gate_.isFull(NetLoop::now())) return pause(kHandshakesPause);
      auto accepted = socket_->accept();
      if (accepted.socket) {
        server_.accepted(std::move(accepted.socket));
        continue;
      }
      if (accepted.exhausted) {
        app::log::warn("host: no free descriptors, new connections wait");
        pause(kOutOfDescriptorsPause);
      }
      return;
    }
  }

  /// With no room for newcomers the listener would stay readable and spin; those inside are served on.
  void pause(std::chrono::milliseconds length) {
    server_.loop_.update(token_, socket_->descriptor(), {});
    pause_ = server_.loop_.after(length, [this] {
      pause_.reset();
      server_.loop_.update(token_, socket_->descriptor(), kArmed);
    });
  }

  HostServer& server_;
  std::unique_ptr<ListeningSocket> socket_;
  NetLoop::Token token_;
  std::optional<NetLoop::TimerId> pause_;
};

HostServer::HostServer(NetLoop& loop, app::HostInbox& inbox, app::Clock clock, Parts parts)
    : loop_(loop),
      inbox_(inbox),
      clock_(std::move(clock)),
      log_(std::move(parts.log)),
      room_(std::move(parts.state)),
      owner_(parts.owner),
      access_(parts.access, owner_),
      flood_(log_->settings().limits, owner_),
      tls_(std::move(parts.tls)),
      admission_(
          loop_, access_, log_->identity().id, log_->hostKey().publicKey,
          [this](HostConnection::Id id) {
            HostConnection* connection = find(id);
            return connection == nullptr ? nullptr : connection->asStranger();
          },
          std::move(parts.derive)),
      queueBudget_(parts.queueBudget),
      private_(loop, std::move(parts.mailbox), clock_, *this),
      awayGrace_(parts.awayGrace) {
  loop_.setTickEnd([this] { tickEnd(); });
}

HostServer::~HostServer() {
  loop_.setTickEnd({});
}

app::Result<std::unique_ptr<HostServer>> HostServer::start(NetLoop& loop, const app::HostOptions& options,
                                                           app::HostInbox& inbox, app::Clock clock,
                                                           app::JoinCodeKeys::Derive derive) {
  auto log = app::HostLog::openOrCreate(options.rooms, options.roomName);
  if (!log) return log.error();
  auto state = (*log)->loadState();
  if (!state) return state.error();
  auto access = (*log)->loadAccess();
  if (!access) return access.error();
  auto tls = TlsContext::make(TlsRole::Host, (*log)->hostKey());
  if (!tls) return tls.error();
  auto mailbox = app::Mailbox::open((*log)->path().parent_path(), clock());
  if (!mailbox) return mailbox.error();
  std::optional<app::MemberId> owner;
  if (options.owner) owner = app::crypto::memberIdOf(*options.owner);
  state->owner = owner;
  std::unique_ptr<HostServer> server(
      new HostServer(loop, inbox, std::move(clock),
                     {std::move(*log), std::move(*state), std::move(*access), owner, std::move(*tls), std::move(derive),
                      std::move(*mailbox), options.awayGrace, options.queueBudget}));
  if (auto prepared = server->prepareAccess(options); !prepared) return prepared.error();
  if (auto listening = server->listen(options); !listening) return listening.error();
  if (auto kept = server->keepSettings(options); !kept) return kept.error();
  server->expectMembers();
  if (auto announced = server->announce(options); !announced) return announced.error();
  return server;
}

app::Status HostServer::listenOn(const std::string& host, std::uint16_t port) {
  auto opened = ListeningSocket::openAll(host, port);
  if (!opened) return opened.error();
  for (auto& socket : *opened) listeners_.push_back(std::make_unique<Listener>(*this, std::move(socket)));
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
  // Where the others look for it.
  if (const auto before = log_->settings().port; before != 0 && listenOn(host, before)) return app::Done{};
  app::Status last = Error{Errc::PortInUse, std::to_string(app::kDefaultPort)};
  for (int i = 0; i < app::kPortTries; ++i) {
    last = listenOn(host, static_cast<std::uint16_t>(app::kDefaultPort + i));
    if (last || (last.error().code != Errc::PortInUse && last.error().code != Errc::PortForbidden)) return last;
  }
  return last;
}

app::Status HostServer::keepSettings(const app::HostOptions& options) {
  app::RoomSettings settings = log_->settings();
  settings.port = port_;
  if (options.history) settings.history = options.history;
  if (settings.history == app::kWholeHistory) settings.history.reset();
  for (const app::FloodLimitChange& change : options.limits) settings.limits.apply(change);
  flood_ = app::FloodGuard(settings.limits, owner_, options.floodPatience);
  return log_->saveSettings(settings);
}

// --- those who lost the connection -----------------------------------------------------------------

void HostServer::expectMembers() {
  for (const app::Member& member : room_.roster().members()) expect(member.id, app::LeaveReason::HostClosed);
}

void HostServer::expect(const app::MemberId& member, app::LeaveReason reason) {
  away_[member] = {NetLoop::now() + awayGrace_, reason};
  if (awayPlanned_) return;
  awayPlanned_ = true;
  loop_.after(awayGrace_, [this] {
    awayPlanned_ = false;
    stopWaiting();
  });
}

void HostServer::stopWaiting() {
  const auto now = NetLoop::now();
  std::optional<NetLoop::Time> next;
  for (auto it = away_.begin(); it != away_.end();) {
    if (it->second.until <= now) {
      pending_.push_back({0, it->first, {{}, app::Leave{it->second.reason}}});
      it = away_.erase(it);
    } else {
      next = next ? std::min(*next, it->second.until) : it->second.until;
      ++it;
    }
  }
  if (!next) return;
  awayPlanned_ = true;
  loop_.after(std::chrono::ceil<std::chrono::milliseconds>(*next - now), [this] {
    awayPlanned_ = false;
    stopWaiting();
  });
}

app::Status HostServer::announce(const app::HostOptions& options) {
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
  linkAddress_ = toString({listening.addresses.front(), port_});
  auto invite = usualInvite();
  if (!invite) return invite.error();
  listening.invite = std::move(*invite);
  listening.hostKey = log_->hostKey().publicKey;
  listening.joinCode = access_.joinCode();
  inbox_.post(std::move(listening));
  admission_.prepareKey();
  return app::Done{};
}

// --- connections -------------------------------------------------------------------------------

void HostServer::accepted(std::unique_ptr<WorkerSocket> socket) {
  const auto id = ++lastConnection_;
  auto connection = std::make_shared<HostConnection>(id, loop_, std::move(socket), tls_, *this);
  const app::FloodSource& source = connection->source();
  const auto evicted = gate_.arrived(id, source.address, source.isThisComputer, NetLoop::now());
  connection->session().countIn(queuedTogether_);
  lastArrival_ = NetLoop::now();
  holdsSpareMemory_ = true;
  note(ConnectionKind::Connected, *connection);
  connections_.emplace(id, std::move(connection));
  if (HostConnection* lingering = evicted ? find(*evicted) : nullptr) {
    lingering->farewell = "had to make room before it was secure";
    lingering->session().end();
    onGone(*lingering, Errc::Cancelled);
  }
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

void HostServer::giveBackMemory(NetLoop::Time now) {
  if (!holdsSpareMemory_ || now - lastArrival_ < kArrivalsAreOver) return;
  holdsSpareMemory_ = false;
  log_->releaseMemory();
  private_.releaseMemory();
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

void HostServer::sweep() {
  const auto current = NetLoop::now();
  giveBackMemory(current);
  std::vector<HostConnection*> silent;
  for (const auto& [id, connection] : connections_) {
    Session& session = connection->session();
    if (!session.isOpen() || session.isFinishing()) continue;
    if (session.queuedBytes() > 0 && current - session.lastWriteProgress() > app::kStalledWriterDeadline) {
      lost(*connection);
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

wire::Welcome HostServer::welcome(const HostConnection& connection) const {
  wire::Welcome message;
  const auto& identity = log_->identity();
  message.set_room_id(std::string(identity.id.view()));
  message.set_epoch(std::string(identity.epoch.view()));
  message.set_room_name(identity.name);
  message.set_program(app::programAndVersion());
  message.set_door(access_.isOpen()                            ? wire::DOOR_OPEN
                   : access_.needsProof(connection.memberId()) ? wire::DOOR_PROOF
                                                               : wire::DOOR_KNOWN);
  return message;
}

void HostServer::onRequest(HostConnection& connection, app::Request request, app::AccessProof proof) {
  if (stopping_) return;
  pace_.asked();
  pending_.push_back(
      {connection.id(), connection.memberId(), std::move(request), std::move(proof), connection.source()});
}

bool HostServer::onMail(HostConnection& connection, const Frame& frame) {
  return stopping_ || private_.onFrame(connection, frame);
}

std::chrono::milliseconds HostServer::takeLetter(const HostConnection& connection) {
  return flood_.takeLetter(connection.memberId(), connection.source(), NetLoop::now());
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
  refill(connection);
  private_.drained(connection);
}

void HostServer::lost(HostConnection& connection) {
  const auto current = connectionOf_.find(connection.memberId());
  if (current == connectionOf_.end() || current->second != connection.id()) return;
  connectionOf_.erase(current);
  heldTexts_.erase(connection.memberId());
  if (!stopping_) expect(connection.memberId(), app::LeaveReason::ConnectionLost);
}

void HostServer::onSecured(HostConnection& connection) {
  gate_.left(connection.id());
  app::log::debug("host: " + connection.address() + " is " + app::hexOf(connection.memberId()));
}

void HostServer::onGone(HostConnection& connection, Errc why) {
  lost(connection);
  gate_.left(connection.id());
  admission_.forget(connection.id());
  note(ConnectionKind::Disconnected, connection, connection.farewell.empty() ? goneReason(why) : connection.farewell);
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
  stopping_ = true;
  for (const auto& [id, connection] : connections_) connection->sayGoodbye(app::LeaveReason::HostClosed);
  finishIfEmpty();
}

void HostServer::finishIfEmpty() {
  if (!stopping_ || !connections_.empty()) return;
  if (!failure_) trouble_.release(pending_, records_);  // perhaps there is room by now; the last tick tries once more
  loop_.stop();
}

void HostServer::fail(Error error) {
  app::log::error("host: " + app::codeName(error.code) + " " + error.detail);
  if (!failure_) failure_ = std::move(error);
  stop();
}

}  // namespace earshot::net

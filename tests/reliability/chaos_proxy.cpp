#include "reliability/chaos_proxy.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace earshot::test {
namespace {

using namespace std::chrono_literals;
using net::NetLoop;

constexpr std::size_t kChunkBytes = 16 * 1024;
constexpr int kBacklog = 512;
/// Long enough for the sides to go on with what they do, short enough for a thousand of them.
constexpr std::uint64_t kLongestMomentMs = 20;

bool wouldBlock() {
#ifdef _WIN32
  return WSAGetLastError() == WSAEWOULDBLOCK;
#else
  return errno == EAGAIN || errno == EWOULDBLOCK;
#endif
}

/// Closing then sends a reset instead of the end of the stream.
void forgetOnClose(SocketHandle socket) {
  const linger none{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&none), sizeof none);
}

}  // namespace

class ChaosProxy::Listener final : public NetLoop::Handler {
 public:
  explicit Listener(ChaosProxy& proxy) : proxy_(proxy), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(socket_, kBacklog);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
    proxy_.port_ = ntohs(address.sin_port);
    setNonBlocking(socket_);
    token_ = proxy_.loop_.watch(static_cast<int>(socket_), {.read = true, .write = false}, *this);
  }
  ~Listener() override {
    proxy_.loop_.unwatch(token_, static_cast<int>(socket_));
    closeSocket(socket_);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void onReady(bool, bool) override {
    const SocketHandle accepted = ::accept(socket_, nullptr, nullptr);
    if (static_cast<long long>(accepted) >= 0) proxy_.accepted(accepted);
  }

 private:
  ChaosProxy& proxy_;
  SocketHandle socket_;
  NetLoop::Token token_ = 0;
};

/// Two sockets and what is on its way between them. Lives until both ends are closed, by whomever.
class ChaosProxy::Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(ChaosProxy& proxy, SocketHandle member, SocketHandle host)
      : proxy_(proxy), member_(*this, member), host_(*this, host) {
    member_.other = &host_;
    host_.other = &member_;
    planStrike();
    arm();
  }
  ~Connection() {
    for (const auto& timer : {timer_, pause_}) {
      if (timer) proxy_.loop_.cancel(*timer);
    }
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void planStrike() {
    // A greeting with its handshake is about 4 KiB: a good share of the strikes falls into it.
    untilStrike_.reset();
    if (proxy_.left_ > 0) untilStrike_ = proxy_.draw(1, proxy_.draw(0, 1) == 0 ? 4'000 : 30'000);
  }
  void arm() {
    member_.arm();
    host_.arm();
  }
  void end(bool reset) {
    for (End* side : {&member_, &host_}) {
      if (reset) forgetOnClose(side->socket);
    }
    proxy_.ended(*this);
  }

 private:
  /// One of the two sockets, and the bytes that came from it and wait to be passed on.
  struct End final : NetLoop::Handler {
    End(Connection& of, SocketHandle handle) : connection(of), socket(handle) {
      setNonBlocking(socket);
      token = of.proxy_.loop_.watch(static_cast<int>(socket), {}, *this);
    }
    ~End() override {
      connection.proxy_.loop_.unwatch(token, static_cast<int>(socket));
      closeSocket(socket);
    }
    End(const End&) = delete;
    End& operator=(const End&) = delete;

    [[nodiscard]] bool isStill() const { return paused || (connection.proxy_.held_ && this == &connection.host_); }
    void arm() {
      const net::Interest wanted{.read = waiting.empty() && !ended && !isStill(),
                                 .write = !other->waiting.empty() && !other->isStill()};
      if (wanted == armed) return;
      armed = wanted;
      connection.proxy_.loop_.update(token, static_cast<int>(socket), wanted);
    }
    void onReady(bool readable, bool writable) override { connection.onReady(*this, readable, writable); }

    Connection& connection;
    SocketHandle socket;
    End* other = nullptr;
    NetLoop::Token token = 0;
    net::Interest armed{};
    std::string waiting;
    bool ended = false;      ///< nothing more is read from it
    bool paused = false;     ///< nothing of it is passed on for a moment
    bool swallowed = false;  ///< what it sends vanishes
  };

  void onReady(End& side, bool readable, bool writable) {
    const auto alive = shared_from_this();
    // Without having asked for it: the connection broke.
    if ((readable && !side.armed.read) && (writable && !side.armed.write)) return end(false);
    if (readable && side.armed.read && !take(side)) return;
    if (writable && side.armed.write && !give(*side.other)) return;
    arm();
  }

  /// False when that was the end.
  bool take(End& from) {
    std::array<char, kChunkBytes> chunk;
    // Not a byte further than where the strike falls.
    const std::size_t most =
        untilStrike_ ? static_cast<std::size_t>(std::min<std::uint64_t>(*untilStrike_, chunk.size())) : chunk.size();
    const auto got = ::recv(from.socket, chunk.data(), static_cast<SocketLength>(most), 0);
    if (got == 0) {
      from.ended = true;
      stopSending(from.other->socket);
      return !from.other->ended || brokenOff();
    }
    if (got < 0) return wouldBlock() || brokenOff();
    if (!from.swallowed) from.waiting.assign(chunk.data(), static_cast<std::size_t>(got));
    if (!give(from)) return false;
    if (!untilStrike_ || (*untilStrike_ -= static_cast<std::uint64_t>(got)) > 0) return true;
    return strike(from);
  }

  /// Passes on what came from this side; false when that was the end.
  bool give(End& from) {
    if (from.waiting.empty() || from.isStill()) return true;
    const auto sent = sendSome(from.other->socket, from.waiting);
    if (sent < 0) return wouldBlock() || brokenOff();
    from.waiting.erase(0, static_cast<std::size_t>(sent));
    return true;
  }

  bool brokenOff() {
    end(false);
    return false;
  }

  bool strike(End& from) {
    untilStrike_.reset();
    if (proxy_.left_ == 0) return true;
    auto& strikes = proxy_.strikes_;
    const auto kind = proxy_.draw(0, 5);
    if (kind == 0) {
      ++strikes.delayed;
      from.paused = true;
      pause_ = inAMoment([this, &from] {
        pause_.reset();
        from.paused = false;
        planStrike();
        arm();
      });
      return true;
    }
    --proxy_.left_;
    if (kind <= 3) {
      ++(kind == 3 ? strikes.reset : strikes.closed);
      end(kind == 3);
      return false;
    }
    if (kind == 4) {
      ++strikes.halfClosed;
      from.ended = true;
      stopSending(from.other->socket);
    } else {
      ++strikes.blackHoled;
      from.swallowed = true;
      from.other->swallowed = proxy_.draw(0, 1) == 0;
    }
    timer_ = inAMoment([this] {
      timer_.reset();
      end(false);
    });
    return true;
  }

  NetLoop::TimerId inAMoment(std::function<void()> then) {
    return proxy_.loop_.after(std::chrono::milliseconds{proxy_.draw(1, kLongestMomentMs)}, std::move(then));
  }

  ChaosProxy& proxy_;
  End member_;
  End host_;
  std::optional<std::uint64_t> untilStrike_;  ///< bytes, of both directions together
  std::optional<NetLoop::TimerId> timer_;
  std::optional<NetLoop::TimerId> pause_;
};

ChaosProxy::ChaosProxy(std::uint64_t seed) : random_(seed), listener_(std::make_unique<Listener>(*this)) {
  thread_ = std::thread([this] {
    loop_.run();
    connections_.clear();
    listener_.reset();
  });
}

ChaosProxy::~ChaosProxy() {
  loop_.stop();
  thread_.join();
}

void ChaosProxy::strike(std::size_t times) {
  loop_.post([this, times] {
    left_ = times;
    for (const auto& connection : connections_) connection->planStrike();
  });
}

void ChaosProxy::cutAll() {
  loop_.post([this] {
    strikes_.closed += connections_.size();
    const auto all = connections_;
    for (const auto& connection : all) connection->end(false);
  });
}

void ChaosProxy::holdBack(bool held) {
  loop_.post([this, held] {
    held_ = held;
    for (const auto& connection : connections_) connection->arm();
  });
}

void ChaosProxy::accepted(SocketHandle socket) {
  bool connected = false;
  const std::uint16_t port = target_;
  const SocketHandle host = port == 0 ? SocketHandle{} : connectToLoopback(port, &connected);
  if (!connected) {
    if (port != 0) closeSocket(host);
    return closeSocket(socket);
  }
  connections_.insert(std::make_shared<Connection>(*this, socket, host));
}

void ChaosProxy::ended(Connection& connection) {
  const auto self = connection.shared_from_this();
  if (connections_.erase(self) > 0) loop_.discard(self);
}

std::uint64_t ChaosProxy::draw(std::uint64_t from, std::uint64_t to) {
  return std::uniform_int_distribution<std::uint64_t>(from, to)(random_);
}

}  // namespace earshot::test

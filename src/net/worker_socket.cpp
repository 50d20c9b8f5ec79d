#include "net/worker_socket.h"

#include <wx/log.h>
#include <wx/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <thread>

#include "app/limits.h"
#include "net/socket_api.h"

#ifndef _WIN32
#include <netinet/tcp.h>
#include <sys/resource.h>

#include <climits>
#include <csignal>
#endif

namespace earshot::net {
namespace {

using app::Errc;
using app::Error;

#ifdef _WIN32
// Dropping BLOCK, even for a moment, lets wx post this socket's events to a window of the main
// thread; with BLOCK and a timeout of 0 wx has already made the descriptor non-blocking.
constexpr int kFlags = wxSOCKET_BLOCK;
constexpr int kListenFlags = wxSOCKET_BLOCK;
constexpr int kInProgress = WSAEWOULDBLOCK;
constexpr int kTimedOut = WSAETIMEDOUT;
constexpr int kRefused = WSAECONNREFUSED;
constexpr int kAddressInUse = WSAEADDRINUSE;
constexpr int kForbidden = WSAEACCES;
int lastSystemError() {
  return WSAGetLastError();
}
#else
// SO_REUSEADDR on Unix only skips the wait after a restart; on Windows it would steal the port.
constexpr int kFlags = wxSOCKET_NOWAIT;
constexpr int kListenFlags = wxSOCKET_NOWAIT | wxSOCKET_REUSEADDR;
constexpr int kInProgress = EINPROGRESS;
constexpr int kTimedOut = ETIMEDOUT;
constexpr int kRefused = ECONNREFUSED;
constexpr int kAddressInUse = EADDRINUSE;
constexpr int kForbidden = EACCES;
int lastSystemError() {
  return errno;
}
#endif

int descriptorOf(const wxSocketBase& socket) {
  // GetSocket() is not const in wx although it only reads.
  return static_cast<int>(const_cast<wxSocketBase&>(socket).GetSocket());
}

sockaddr_storage addressOf(int descriptor, bool remote) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  const int rc = remote ? getpeername(descriptor, raw, &length) : getsockname(descriptor, raw, &length);
  if (rc != 0) address.ss_family = AF_UNSPEC;
  return address;
}

Endpoint endpointOf(int descriptor, bool remote) {
  const auto address = addressOf(descriptor, remote);
  if (address.ss_family != AF_INET && address.ss_family != AF_INET6) return {};
  const auto* raw = reinterpret_cast<const sockaddr*>(&address);
  const socklen_t length = address.ss_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  return {numericHost(raw, length), portOf(raw)};
}

/// With wxSOCKET_BLOCK, wx waits for the timeout of 0 first and then says that the time is up.
bool wouldBlock(const wxSocketBase& socket) {
  const wxSocketError error = socket.LastError();
  return error == wxSOCKET_WOULDBLOCK || error == wxSOCKET_TIMEDOUT;
}

void tune(wxSocketBase& socket) {
  // One frame is one write, so Nagle's delay would only hold back the next one.
  const int on = 1;
  socket.SetOption(IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const int bytes = app::kSocketSendBufferBytes;
  socket.SetOption(SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

/// wx cannot name a zone (fe80::1%eth0), so the zone is written into the address wx holds.
void setZone(wxIPV6address& address, const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_INET6;
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return;
  const auto zone = reinterpret_cast<const sockaddr_in6*>(found->ai_addr)->sin6_scope_id;
  freeaddrinfo(found);
  auto* raw = const_cast<sockaddr*>(address.GetAddressData());
  reinterpret_cast<sockaddr_in6*>(raw)->sin6_scope_id = zone;
}

std::unique_ptr<wxIPaddress> toWx(const std::string& host, std::uint16_t port, bool v6) {
  std::unique_ptr<wxIPaddress> address;
  if (v6) {
    auto six = std::make_unique<wxIPV6address>();
    if (host.empty()) {
      six->AnyAddress();
    } else {
      six->Hostname(wxString::FromUTF8(host.substr(0, host.find('%')).c_str()));
      setZone(*six, host);
    }
    address = std::move(six);
  } else {
    address = std::make_unique<wxIPV4address>();
    if (host.empty()) {
      address->AnyAddress();
    } else {
      address->Hostname(wxString::FromUTF8(host.c_str()));
    }
  }
  address->Service(port);
  return address;
}

Error connectError(int systemError, const Endpoint& address) {
  const std::string where = toString(address);
  if (systemError == kRefused) return {Errc::ConnectionRefused, where};
  if (systemError == kTimedOut) return {Errc::ConnectTimedOut, where};
  return {Errc::NetworkUnreachable, where};
}

/// Why wx could not listen. Windows has forgotten it by the time that wx has cleaned up, so the bind
/// is tried once more.
int listenError([[maybe_unused]] const wxIPaddress& address) {
#ifdef _WIN32
  const auto* raw = address.GetAddressData();
  const SOCKET probe = socket(raw->sa_family, SOCK_STREAM, IPPROTO_TCP);
  const bool bound = ::bind(probe, raw, address.GetAddressDataLen()) == 0;
  const int systemError = bound ? 0 : WSAGetLastError();
  closesocket(probe);
  return systemError;
#else
  return lastSystemError();
#endif
}

void raiseDescriptorLimit() {
#ifndef _WIN32
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  auto most = limit.rlim_max;
#ifdef __APPLE__
  // macOS calls it unlimited and refuses more than this.
  most = std::min<rlim_t>(most, OPEN_MAX);
#endif
  if (limit.rlim_cur >= most) return;
  limit.rlim_cur = most;
  setrlimit(RLIMIT_NOFILE, &limit);
#endif
}

}  // namespace

bool initializeSockets() {
#ifndef _WIN32
  std::signal(SIGPIPE, SIG_IGN);
#endif
  raiseDescriptorLimit();
  // wx makes what it keeps for each thread's log on the first use by any thread but this one; once,
  // here, instead of when two network threads start at the same moment.
  std::thread([] { (void)wxLog::IsEnabled(); }).join();
  return wxSocketBase::Initialize();
}

// --- WorkerSocket ------------------------------------------------------------------------------

WorkerSocket::WorkerSocket(std::unique_ptr<wxSocketBase> socket) : socket_(std::move(socket)) {
  socket_->SetTimeout(0);
  tune(*socket_);
  peer_ = endpointOf(descriptorOf(*socket_), true);
}

WorkerSocket::~WorkerSocket() = default;

IoResult WorkerSocket::read(std::span<std::uint8_t> into) {
  socket_->Read(into.data(), static_cast<wxUint32>(into.size()));
  const std::size_t count = socket_->LastReadCount();
  if (count > 0) return {IoStatus::Ok, count};
  return {wouldBlock(*socket_) ? IoStatus::WouldBlock : IoStatus::Closed};
}

IoResult WorkerSocket::write(std::span<const std::uint8_t> from) {
  socket_->Write(from.data(), static_cast<wxUint32>(from.size()));
  const std::size_t count = socket_->LastWriteCount();
  blocked_ = count == 0 && wouldBlock(*socket_);
  if (count > 0) return {IoStatus::Ok, count};
  return {blocked_ ? IoStatus::WouldBlock : IoStatus::Closed};
}

void WorkerSocket::shutdownWrite() {
#ifdef _WIN32
  ::shutdown(static_cast<SOCKET>(descriptor()), SD_SEND);
#else
  ::shutdown(descriptor(), SHUT_WR);
#endif
}

int WorkerSocket::descriptor() const {
  return descriptorOf(*socket_);
}

bool WorkerSocket::peerIsThisComputer() const {
  return peer_.host == "::1" || peer_.host.starts_with("127.");
}

// --- ConnectingSocket --------------------------------------------------------------------------

ConnectingSocket::ConnectingSocket(const Endpoint& address)
    : socket_(std::make_unique<wxSocketClient>(wxSOCKET_BLOCK)), address_(address) {
#ifndef _WIN32
  // Constructed blocking and switched before the descriptor exists: that way it never registers.
  socket_->SetFlags(kFlags);
#endif
  socket_->SetTimeout(0);
  const bool v6 = address.host.find(':') != std::string::npos;
  const auto target = toWx(address.host, address.port, v6);
  errno = 0;
  if (socket_->Connect(*target, false)) {
    state_ = State::Connected;
  } else if (socket_->LastError() != wxSOCKET_WOULDBLOCK) {
    fail(lastSystemError());
  }
}

ConnectingSocket::~ConnectingSocket() = default;

ConnectingSocket::State ConnectingSocket::fail(int systemError) {
  error_ = connectError(systemError == kInProgress ? kRefused : systemError, address_);
  state_ = State::Failed;
  return state_;
}

ConnectingSocket::State ConnectingSocket::poll() {
  if (state_ != State::Pending) return state_;
  int systemError = 0;
  socklen_t length = sizeof systemError;
  if (getsockopt(descriptor(), SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&systemError), &length) != 0) {
    return fail(lastSystemError());
  }
  if (systemError != 0) return fail(systemError);
  if (addressOf(descriptor(), true).ss_family == AF_UNSPEC) return state_;
  // What wx itself does when the connection stands: its state becomes "connected".
  socket_->OnRequest(wxSOCKET_CONNECTION);
  state_ = State::Connected;
  return state_;
}

int ConnectingSocket::descriptor() const {
  return socket_ ? descriptorOf(*socket_) : -1;
}

std::unique_ptr<WorkerSocket> ConnectingSocket::take() {
  return std::make_unique<WorkerSocket>(std::move(socket_));
}

// --- ListeningSocket ---------------------------------------------------------------------------

ListeningSocket::ListeningSocket(std::unique_ptr<wxSocketServer> server) : server_(std::move(server)) {
  port_ = endpointOf(descriptorOf(*server_), false).port;
}

ListeningSocket::~ListeningSocket() = default;

app::Result<std::unique_ptr<ListeningSocket>> ListeningSocket::open(const std::string& host, std::uint16_t port,
                                                                    Family family) {
  const auto address = toWx(host, port, family == Family::V6);
  errno = 0;
  auto server = std::make_unique<wxSocketServer>(*address, kListenFlags);
  // After a failed bind only IsOk() is safe to call: wx has deleted what LastError() reads.
  if (!server->IsOk()) {
    const int systemError = listenError(*address);
    const std::string where = std::to_string(port);
    if (systemError == kAddressInUse) return Error{Errc::PortInUse, where};
    if (systemError == kForbidden) return Error{Errc::PortForbidden, where};
    return Error{Errc::BindFailed, host.empty() ? where : host};
  }
#ifndef _WIN32
  // wx listens with a backlog of 5, of which a class that joins at once would feel the edge.
  ::listen(descriptorOf(*server), SOMAXCONN);
#endif
  return std::unique_ptr<ListeningSocket>(new ListeningSocket(std::move(server)));
}

app::Result<std::vector<std::unique_ptr<ListeningSocket>>> ListeningSocket::openAll(const std::string& host,
                                                                                    std::uint16_t port) {
  std::vector<std::unique_ptr<ListeningSocket>> opened;
  const auto add = [&](std::uint16_t wanted, Family family) -> app::Status {
    auto socket = open(host, wanted, family);
    if (!socket) return socket.error();
    opened.push_back(std::move(*socket));
    return app::Done{};
  };
  const auto lacksFamily = [](const app::Status& status) { return !status && status.error().code == Errc::BindFailed; };
  if (!host.empty()) {
    if (auto one = add(port, host.find(':') != std::string::npos ? Family::V6 : Family::V4); !one) return one.error();
    return opened;
  }
  for (int tries = 0;; ++tries) {
    opened.clear();
    const auto six = add(port, Family::V6);
    if (!six && !lacksFamily(six)) return six.error();
    if (six && opened.front()->servesBothFamilies()) return opened;
    const auto four = add(six ? opened.front()->port() : port, Family::V4);
    if (four || (six && lacksFamily(four))) return opened;
    // Any free port was asked for, and the one that the system chose is free in one family only.
    if (port != 0 || !six || tries == app::kPortTries) return four.error();
  }
}

bool ListeningSocket::servesBothFamilies() const {
  int only = 1;
  socklen_t length = sizeof only;
  return addressOf(descriptor(), false).ss_family == AF_INET6 &&
         getsockopt(descriptor(), IPPROTO_IPV6, IPV6_V6ONLY, reinterpret_cast<char*>(&only), &length) == 0 && only == 0;
}

ListeningSocket::Accepted ListeningSocket::accept() {
  auto socket = std::make_unique<wxSocketBase>();
  socket->SetFlags(kFlags);
  errno = 0;
  if (!server_->AcceptWith(*socket, false)) {
    const int systemError = lastSystemError();
#ifdef _WIN32
    return {nullptr, systemError == WSAEMFILE || systemError == WSAENOBUFS};
#else
    return {nullptr, systemError == EMFILE || systemError == ENFILE || systemError == ENOMEM};
#endif
  }
  return {std::make_unique<WorkerSocket>(std::move(socket)), false};
}

int ListeningSocket::descriptor() const {
  return descriptorOf(*server_);
}

}  // namespace earshot::net

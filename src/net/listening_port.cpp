#include "net/listening_port.h"

#include <memory>
#include <utility>

#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace earshot::net {
namespace {

using app::Errc;
using app::Error;

#ifdef _WIN32
constexpr int kAddressInUse = WSAEADDRINUSE;
constexpr int kForbidden = WSAEACCES;
int lastSystemError() {
  // Asked for a port alone, Windows says so when another program has it alone already.
  const int error = WSAGetLastError();
  return error == WSAEACCES ? WSAEADDRINUSE : error;
}
void closeDescriptor(SOCKET descriptor) {
  closesocket(descriptor);
}
#else
constexpr int kAddressInUse = EADDRINUSE;
constexpr int kForbidden = EACCES;
int lastSystemError() {
  return errno;
}
void closeDescriptor(int descriptor) {
  ::close(descriptor);
}
#endif

bool setOption(ListeningPort::Descriptor descriptor, int level, int option, int value) {
  return setsockopt(descriptor, level, option, reinterpret_cast<const char*>(&value), sizeof value) == 0;
}

Error refusal(int systemError, const addrinfo& address) {
  const std::string port = std::to_string(portOf(address.ai_addr));
  if (systemError == kAddressInUse) return {Errc::PortInUse, port};
  if (systemError == kForbidden) return {Errc::PortForbidden, port};
  return {Errc::SharingFailed, numericHost(address.ai_addr, static_cast<socklen_t>(address.ai_addrlen))};
}

struct AddrInfoDeleter {
  void operator()(addrinfo* info) const { freeaddrinfo(info); }
};

std::unique_ptr<addrinfo, AddrInfoDeleter> passiveAddress(const char* host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  addrinfo* found = nullptr;
  if (getaddrinfo(host, std::to_string(port).c_str(), &hints, &found) != 0) return nullptr;
  return std::unique_ptr<addrinfo, AddrInfoDeleter>(found);
}

}  // namespace

app::Result<ListeningPort> ListeningPort::openOn(const addrinfo& address, bool bothFamilies) {
  const Descriptor descriptor = ::socket(address.ai_family, SOCK_STREAM, 0);
  if (descriptor == kNone) return refusal(lastSystemError(), address);
  ListeningPort opened(descriptor);
#ifdef _WIN32
  setOption(descriptor, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1);
#else
  ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1);  // only skips the wait after a restart
#endif
  if (address.ai_family == AF_INET6 && !setOption(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, bothFamilies ? 0 : 1)) {
    return refusal(lastSystemError(), address);
  }
  if (::bind(descriptor, address.ai_addr, static_cast<socklen_t>(address.ai_addrlen)) != 0 ||
      ::listen(descriptor, SOMAXCONN) != 0) {
    return refusal(lastSystemError(), address);
  }
  return opened;
}

app::Result<ListeningPort> ListeningPort::open(const std::string& host, std::uint16_t port) {
  if (host.empty()) {
    const auto any6 = passiveAddress("::", port);
    if (any6) {
      auto both = openOn(*any6, true);
      if (both || both.error().code != Errc::SharingFailed) return both;
    }
  }
  const auto address = passiveAddress(host.empty() ? "0.0.0.0" : host.c_str(), port);
  if (!address) return Error{Errc::SharingFailed, host};
  return openOn(*address, false);
}

ListeningPort::ListeningPort(ListeningPort&& other) noexcept : descriptor_(other.release()) {}

ListeningPort::~ListeningPort() {
  if (descriptor_ != kNone) closeDescriptor(descriptor_);
}

std::uint16_t ListeningPort::port() const {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  return ::getsockname(descriptor_, raw, &length) == 0 ? portOf(raw) : std::uint16_t{0};
}

bool ListeningPort::isV6() const {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  return ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &length) == 0 &&
         address.ss_family == AF_INET6;
}

ListeningPort::Descriptor ListeningPort::release() {
  return std::exchange(descriptor_, kNone);
}

}  // namespace earshot::net

#pragma once
// A port that others can connect to, for a library that accepts by itself (net/download_service).

#include <cstdint>
#include <string>

#include "app/result.h"
#include "net/socket_api.h"

namespace earshot::net {

class ListeningPort {
 public:
#ifdef _WIN32
  using Descriptor = SOCKET;
  static constexpr Descriptor kNone = INVALID_SOCKET;
#else
  using Descriptor = int;
  static constexpr Descriptor kNone = -1;
#endif

  /// host numeric; empty: all interfaces, IPv6 and IPv4 through one socket where the system has
  /// both. Port 0: any free one. PortInUse, PortForbidden or SharingFailed.
  static app::Result<ListeningPort> open(const std::string& host, std::uint16_t port);
  ListeningPort(ListeningPort&& other) noexcept;
  ListeningPort& operator=(ListeningPort&&) = delete;
  ~ListeningPort();

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] bool isV6() const;
  /// The descriptor is the caller's from now on.
  Descriptor release();

 private:
  explicit ListeningPort(Descriptor descriptor) : descriptor_(descriptor) {}
  static app::Result<ListeningPort> openOn(const addrinfo& address, bool bothFamilies);

  Descriptor descriptor_;
};

}  // namespace earshot::net

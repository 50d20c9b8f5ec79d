#pragma once
// Addresses as people type them and as the network gives them. Pure, but for resolve().

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/result.h"

namespace earshot::net {

struct Endpoint {
  std::string host;  ///< a name or a numeric address, IPv6 without brackets, with its %zone
  std::uint16_t port = 0;

  bool operator==(const Endpoint&) const = default;
};

/// "192.168.1.20", "192.168.1.20:1061", "[fe80::1%eth0]:1060", "fe80::1", "reception-pc:1060".
/// Without a port it is the default port.
app::Result<Endpoint> parseEndpoint(std::string_view typed);

/// "192.168.1.20:1061", "[fe80::1%eth0]:1060".
std::string toString(const Endpoint& endpoint);

/// Numeric addresses of a host, in the order the system prefers. May block for many seconds on a
/// name (never on a numeric address): call it off the network and UI threads.
app::Result<std::vector<Endpoint>> resolve(const Endpoint& endpoint);

/// True when resolve() needs no name service.
bool isNumeric(const std::string& host);

/// This computer's addresses that others may reach, best guess first: private IPv4, other IPv4,
/// IPv6; virtual adapters (containers, machines, tunnels) last; never loopback or link-local.
std::vector<std::string> localAddresses();

}  // namespace earshot::net

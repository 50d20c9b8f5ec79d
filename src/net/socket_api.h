#pragma once
// The operating system's socket headers, and the few questions about addresses that both sides of
// the program ask it.

#include <cstdint>
#include <string>

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace earshot::net {

/// The address without a port, numeric, with %zone where it has one; an IPv4 address that came
/// through an IPv6 socket is written as IPv4. Empty on failure.
inline std::string numericHost(const sockaddr* address, socklen_t length) {
  char host[NI_MAXHOST] = {};
  if (getnameinfo(address, length, host, sizeof host, nullptr, 0, NI_NUMERICHOST) != 0) return {};
  const std::string text = host;
  return text.starts_with("::ffff:") && text.find('.') != std::string::npos ? text.substr(7) : text;
}

inline std::uint16_t portOf(const sockaddr* address) {
  return ntohs(address->sa_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6*>(address)->sin6_port
                                              : reinterpret_cast<const sockaddr_in*>(address)->sin_port);
}

}  // namespace earshot::net

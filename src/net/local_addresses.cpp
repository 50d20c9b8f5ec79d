#include <algorithm>
#include <array>
#include <string_view>

#include "net/address.h"
#include "net/socket_api.h"

#ifdef _WIN32
#include <iphlpapi.h>

#include <vector>
#else
#include <ifaddrs.h>
#include <net/if.h>
#endif

namespace earshot::net {
namespace {

struct Candidate {
  std::string address;
  int rank;  // lower is better
};

bool isVirtualAdapter(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kPrefixes{"docker", "br-", "veth", "virbr", "vmnet", "vbox",
                                                              "tun",    "tap", "wg",   "zt",    "utun",  "vEthernet"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](auto prefix) { return name.starts_with(prefix); });
}

/// RFC 1918, the addresses that a local network normally has.
bool isPrivateV4(std::uint32_t host) {
  return (host >> 24) == 10 || (host >> 20) == 0xac1 || (host >> 16) == 0xc0a8;
}

void consider(const sockaddr* address, bool isVirtual, std::vector<Candidate>& out) {
  int rank = isVirtual ? 10 : 0;
  if (address->sa_family == AF_INET) {
    const auto host = ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr);
    if ((host >> 24) == 127 || (host >> 16) == 0xa9fe) return;
    rank += isPrivateV4(host) ? 0 : 1;
    out.push_back({numericHost(address, sizeof(sockaddr_in)), rank});
  } else if (address->sa_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
    if (IN6_IS_ADDR_LOOPBACK(&v6) || IN6_IS_ADDR_LINKLOCAL(&v6)) return;
    out.push_back({numericHost(address, sizeof(sockaddr_in6)), rank + 2});
  }
}

#ifdef _WIN32
void collect(std::vector<Candidate>& out) {
  ULONG size = 16 * 1024;
  std::vector<char> buffer(size);
  constexpr ULONG kFlags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
  auto* first = reinterpret_cast<IP_ADAPTER_ADDRESSES*>(buffer.data());
  while (GetAdaptersAddresses(AF_UNSPEC, kFlags, nullptr, first, &size) == ERROR_BUFFER_OVERFLOW) {
    buffer.resize(size);
    first = reinterpret_cast<IP_ADAPTER_ADDRESSES*>(buffer.data());
  }
  for (auto* adapter = first; adapter != nullptr; adapter = adapter->Next) {
    if (adapter->OperStatus != IfOperStatusUp) continue;
    const std::wstring wide = adapter->FriendlyName;
    const bool isVirtual = isVirtualAdapter(std::string(wide.begin(), wide.end())) || adapter->IfType == IF_TYPE_TUNNEL;
    for (auto* unicast = adapter->FirstUnicastAddress; unicast != nullptr; unicast = unicast->Next) {
      consider(unicast->Address.lpSockaddr, isVirtual, out);
    }
  }
}
#else
void collect(std::vector<Candidate>& out) {
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return;
  for (const ifaddrs* entry = first; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || (entry->ifa_flags & IFF_UP) == 0) continue;
    consider(entry->ifa_addr, isVirtualAdapter(entry->ifa_name), out);
  }
  freeifaddrs(first);
}
#endif

}  // namespace

std::vector<std::string> localAddresses() {
  std::vector<Candidate> candidates;
  collect(candidates);
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.rank < b.rank; });
  std::vector<std::string> addresses;
  for (auto& candidate : candidates) {
    if (!candidate.address.empty()) addresses.push_back(std::move(candidate.address));
  }
  return addresses;
}

}  // namespace earshot::net

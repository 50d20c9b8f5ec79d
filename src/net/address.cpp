#include "net/address.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "app/limits.h"
#include "app/text.h"
#include "net/socket_api.h"

namespace earshot::net {
namespace {

using app::Errc;
using app::Error;

constexpr std::size_t kMaxHostBytes = 255;  // RFC 1035 2.3.4

std::string_view trimmed(std::string_view text) {
  const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<std::uint16_t> parsePort(std::string_view digits) {
  unsigned value = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failed != std::errc{} || end != digits.data() + digits.size() || value == 0 || value > 65535) return {};
  return static_cast<std::uint16_t>(value);
}

bool plausibleHost(std::string_view host) {
  if (host.empty() || host.size() > kMaxHostBytes) return false;
  return std::none_of(host.begin(), host.end(), [](unsigned char c) {
    return c <= ' ' || c == 0x7f || c == '/' || c == '\\' || c == '@' || c == '"' || c == '[' || c == ']';
  });
}

struct AddrInfoDeleter {
  void operator()(addrinfo* info) const { freeaddrinfo(info); }
};
using AddrInfoPtr = std::unique_ptr<addrinfo, AddrInfoDeleter>;

AddrInfoPtr lookUp(const std::string& host, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return nullptr;
  return AddrInfoPtr(found);
}

}  // namespace

app::Result<Endpoint> parseEndpoint(std::string_view typed) {
  const std::string_view text = trimmed(typed);
  const Error invalid{Errc::AddressInvalid, app::sanitizeForDisplay(text.substr(0, kMaxHostBytes))};
  std::string_view host = text;
  std::string_view port;
  bool hasPort = false;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return invalid;
    host = text.substr(1, close - 1);
    if (host.find(':') == std::string_view::npos) return invalid;
    std::string_view rest = text.substr(close + 1);
    if (!rest.empty()) {
      if (rest.front() != ':') return invalid;
      port = rest.substr(1);
      hasPort = true;
    }
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    const auto colon = text.find(':');
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
    hasPort = true;
  }
  if (!plausibleHost(host)) return invalid;
  if (!hasPort) return Endpoint{std::string(host), app::kDefaultPort};
  const auto number = parsePort(port);
  if (!number) return invalid;
  return Endpoint{std::string(host), *number};
}

std::string toString(const Endpoint& endpoint) {
  const bool v6 = endpoint.host.find(':') != std::string::npos;
  return (v6 ? "[" + endpoint.host + "]" : endpoint.host) + ":" + std::to_string(endpoint.port);
}

bool isNumeric(const std::string& host) {
  return lookUp(host, AI_NUMERICHOST) != nullptr;
}

app::Result<std::vector<Endpoint>> resolve(const Endpoint& endpoint) {
  const AddrInfoPtr found = lookUp(endpoint.host, 0);
  std::vector<Endpoint> endpoints;
  for (const addrinfo* info = found.get(); info != nullptr; info = info->ai_next) {
    Endpoint candidate{numericHost(info->ai_addr, static_cast<socklen_t>(info->ai_addrlen)), endpoint.port};
    if (candidate.host.empty()) continue;
    if (std::find(endpoints.begin(), endpoints.end(), candidate) == endpoints.end()) endpoints.push_back(candidate);
  }
  if (endpoints.empty()) return Error{Errc::HostUnknown, endpoint.host};
  return endpoints;
}

}  // namespace earshot::net

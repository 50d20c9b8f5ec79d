#include "app/invite_link.h"

#include <algorithm>
#include <charconv>

#include "app/text.h"

namespace earshot::app {

namespace {

constexpr std::string_view kScheme = "earshot:";
constexpr std::size_t kMaxHostBytes = 255;  // RFC 1035 2.3.4
constexpr std::size_t kMaxShownBytes = 80;  // of a link that is refused

// Of the "C" locale only: a link means the same on every computer.
bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isHexDigit(char c) {
  return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isLetterOrDigit(char c) {
  return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isNameCharacter(char c) {
  return isLetterOrDigit(c) || c == '-' || c == '.' || c == '_';
}

std::string_view trimmed(std::string_view text) {
  const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return text;
}

/// "%XX" becomes its byte, once; a '%' that two hexadecimal digits do not follow stays.
std::string percentDecoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  while (!text.empty()) {
    if (text.size() >= 3 && text[0] == '%' && isHexDigit(text[1]) && isHexDigit(text[2])) {
      unsigned char byte = 0;
      std::from_chars(text.data() + 1, text.data() + 3, byte, 16);
      decoded.push_back(static_cast<char>(byte));
      text.remove_prefix(3);
    } else {
      decoded.push_back(text.front());
      text.remove_prefix(1);
    }
  }
  return decoded;
}

bool isPort(std::string_view digits) {
  unsigned value = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return failed == std::errc{} && end == digits.data() + digits.size() && value >= 1 && value <= 65535;
}

/// "fe80::1" or "fe80::1%eth0".
bool isBracketed(std::string_view host) {
  const auto percent = host.find('%');
  const std::string_view address = host.substr(0, percent);
  const bool hasColon = address.find(':') != std::string_view::npos;
  const bool plain =
      std::all_of(address.begin(), address.end(), [](char c) { return isHexDigit(c) || c == ':' || c == '.'; });
  if (!hasColon || !plain) return false;
  if (percent == std::string_view::npos) return true;
  const std::string_view zone = host.substr(percent + 1);
  return !zone.empty() && std::all_of(zone.begin(), zone.end(), isNameCharacter);
}

/// A computer's name or an IPv4 address. One that begins with '-' would pass for an option.
bool isName(std::string_view host) {
  return !host.empty() && host.front() != '-' && std::all_of(host.begin(), host.end(), isNameCharacter);
}

bool isAddress(std::string_view address) {
  std::string_view host = address;
  std::string_view afterHost;
  if (address.starts_with('[')) {
    const auto close = address.find(']');
    if (close == std::string_view::npos) return false;
    host = address.substr(1, close - 1);
    afterHost = address.substr(close + 1);
    if (!isBracketed(host)) return false;
  } else {
    const auto colon = std::min(address.find(':'), address.size());
    host = address.substr(0, colon);
    afterHost = address.substr(colon);
    if (!isName(host)) return false;
  }
  if (host.size() > kMaxHostBytes) return false;
  return afterHost.empty() || (afterHost.front() == ':' && isPort(afterHost.substr(1)));
}

}  // namespace

bool isInviteLink(std::string_view text) {
  const std::string_view link = trimmed(text);
  return link.size() >= kScheme.size() &&
         std::equal(kScheme.begin(), kScheme.end(), link.begin(), [](char expected, char c) {
           return c == expected || (c >= 'A' && c <= 'Z' && c + 32 == expected);
         });
}

Result<std::string> addressToJoin(std::string_view typed) {
  if (!isInviteLink(typed)) return std::string(typed);
  const std::string_view link = trimmed(typed);
  std::string_view rest = link.substr(kScheme.size());
  rest = rest.substr(0, rest.find_first_of("?#"));
  if (rest.starts_with("//")) rest.remove_prefix(2);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  std::string address = percentDecoded(rest);
  if (!isAddress(address)) return Error{Errc::InviteInvalid, sanitizeForDisplay(link.substr(0, kMaxShownBytes))};
  return address;
}

}  // namespace earshot::app

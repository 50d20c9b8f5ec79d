#include "app/invite.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "app/limits.h"
#include "app/names.h"
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

// --- the parts of an invite ----------------------------------------------------------------------

/// Seconds of 9999-12-31: what is later is no date that anybody meant, and fits no clock.
constexpr std::int64_t kLastSecond = 253'402'300'799;

std::string base64Of(std::span<const std::uint8_t> bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), kVariant);
  out.pop_back();
  return out;
}

/// Only the one spelling that toText gives these bytes.
template <class Id>
std::optional<Id> fromBase64(std::string_view text) {
  Id id;
  std::size_t written = 0;
  const char* end = nullptr;
  const int rc = sodium_base642bin(id.bytes.data(), id.bytes.size(), text.data(), text.size(), nullptr, &written, &end,
                                   sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (rc != 0 || written != id.bytes.size() || base64Of(id.bytes) != text) return std::nullopt;
  return id;
}

std::optional<UtcMillis> expiryFrom(std::string_view digits) {
  std::int64_t seconds = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (failed != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (seconds < 1 || seconds > kLastSecond || std::to_string(seconds) != digits) return std::nullopt;
  return UtcMillis{std::chrono::seconds{seconds}};
}

std::optional<std::string> roomNameFrom(std::string_view encoded) {
  if (encoded.size() > 3 * kMaxRoomNameBytes) return std::nullopt;
  auto name = normalizeRoomName(percentDecoded(encoded));
  if (!name) return std::nullopt;
  return std::move(*name);
}

/// RFC 3986, 2.3: everything but the unreserved characters.
std::string percentEncoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (isNameCharacter(c) || c == '~') {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

/// The values by their letters, each at most once; other parameters are of later versions or of
/// whoever passed the link on.
struct Parts {
  static constexpr std::string_view kLetters = "rkten";
  std::array<std::optional<std::string_view>, kLetters.size()> values;

  [[nodiscard]] bool any() const {
    return std::any_of(values.begin(), values.end(), [](const auto& value) { return value.has_value(); });
  }
  /// Precondition: a letter of kLetters.
  [[nodiscard]] std::string_view at(char letter) const { return values[kLetters.find(letter)].value_or(""); }
};

/// Nothing when a part stands there twice.
std::optional<Parts> partsOf(std::string_view query) {
  Parts parts;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.size() < 2 || pair[1] != '=') continue;
    const std::size_t index = Parts::kLetters.find(pair[0]);
    if (index == std::string_view::npos) continue;
    if (parts.values[index]) return std::nullopt;
    parts.values[index] = pair.substr(2);
  }
  return parts;
}

std::optional<InviteLink> inviteFrom(std::string address, const Parts& parts) {
  const auto room = fromBase64<RoomId>(parts.at('r'));
  const auto hostKey = fromBase64<crypto::KeyHash>(parts.at('k'));
  const auto token = fromBase64<InviteToken>(parts.at('t'));
  const auto expires = expiryFrom(parts.at('e'));
  auto name = roomNameFrom(parts.at('n'));
  if (!room || !hostKey || !token || !expires || !name) return std::nullopt;
  return InviteLink{std::move(address), *room, *hostKey, *token, *expires, std::move(*name)};
}

std::optional<WayIn> wayInFrom(std::string_view link) {
  if (link.size() > kMaxLinkBytes) return std::nullopt;
  std::string_view rest = link.substr(kScheme.size());
  rest = rest.substr(0, rest.find('#'));
  const std::size_t question = std::min(rest.find('?'), rest.size());
  const auto parts = partsOf(rest.substr(std::min(question + 1, rest.size())));
  rest = rest.substr(0, question);
  if (rest.starts_with("//")) rest.remove_prefix(2);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  std::string address = percentDecoded(rest);
  if (!parts || !isAddress(address)) return std::nullopt;
  if (!parts->any()) return WayIn{std::move(address)};
  auto invite = inviteFrom(std::move(address), *parts);
  if (!invite) return std::nullopt;
  return WayIn{std::move(*invite)};
}

}  // namespace

InviteId idOf(const InviteToken& token) {
  crypto::prepare();
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), token.bytes.data(), token.bytes.size());
  InviteId id;
  std::copy_n(hash.begin(), InviteId::kSize, id.bytes.begin());
  return id;
}

std::string toText(const InviteLink& link) {
  std::string text = std::string(kScheme) + "//";
  for (const char c : link.address) text += c == '%' ? std::string("%25") : std::string(1, c);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(link.expires).time_since_epoch().count();
  return text + "/?r=" + base64Of(link.room.bytes) + "&k=" + base64Of(link.hostKey.bytes) +
         "&t=" + base64Of(link.token.bytes) + "&e=" + std::to_string(seconds) + "&n=" + percentEncoded(link.roomName);
}

bool isInviteLink(std::string_view text) {
  const std::string_view link = trimmed(text);
  return link.size() >= kScheme.size() &&
         std::equal(kScheme.begin(), kScheme.end(), link.begin(), [](char expected, char c) {
           return c == expected || (c >= 'A' && c <= 'Z' && c + 32 == expected);
         });
}

Result<WayIn> parseWayIn(std::string_view typed) {
  if (!isInviteLink(typed)) return WayIn{std::string(typed)};
  const std::string_view link = trimmed(typed);
  auto way = wayInFrom(link);
  if (!way) return Error{Errc::InviteInvalid, sanitizeForDisplay(link.substr(0, kMaxShownBytes))};
  return std::move(*way);
}

const std::string& addressOf(const WayIn& way) {
  const auto* invite = std::get_if<InviteLink>(&way);
  return invite != nullptr ? invite->address : std::get<std::string>(way);
}

}  // namespace earshot::app

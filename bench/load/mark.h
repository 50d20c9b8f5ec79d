#pragma once
// What each message carries, so that it is recognized in the bytes of any protocol: its number and when it was
// said. A stream is searched for marks instead of being parsed, which costs the load generator far less.

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace earshot::load {

struct Mark {
  std::uint32_t number = 0;
  std::uint64_t saidNs = 0;  ///< on the steady clock
};

inline constexpr std::string_view kMarkStart = "~M~";
inline constexpr std::size_t kMarkBytes = kMarkStart.size() + 8 + 16;
inline constexpr std::size_t kPayloadBytes = 100;

/// Printable, kPayloadBytes long.
inline std::string payloadOf(const Mark& mark) {
  char text[kMarkBytes + 1];
  std::snprintf(text, sizeof text, "~M~%08x%016llx", mark.number, static_cast<unsigned long long>(mark.saidNs));
  std::string payload = text;
  payload.resize(kPayloadBytes, '.');
  return payload;
}

/// The first whole mark at or behind `from`, which moves behind it. Without one, `from` moves to where an
/// unfinished one may begin.
inline std::optional<Mark> nextMark(std::string_view bytes, std::size_t& from) {
  while (from < bytes.size()) {
    const auto* hit = static_cast<const char*>(std::memchr(bytes.data() + from, '~', bytes.size() - from));
    if (hit == nullptr) break;
    const auto at = static_cast<std::size_t>(hit - bytes.data());
    if (bytes.size() - at < kMarkBytes) {
      from = at;
      return std::nullopt;
    }
    if (bytes.substr(at, kMarkStart.size()) != kMarkStart) {
      from = at + 1;
      continue;
    }
    Mark mark;
    const char* digits = hit + kMarkStart.size();
    const auto number = std::from_chars(digits, digits + 8, mark.number, 16);
    const auto said = std::from_chars(digits + 8, digits + 24, mark.saidNs, 16);
    if (number.ptr != digits + 8 || said.ptr != digits + 24) {
      from = at + 1;  // a start among bytes of chance, of an id for instance
      continue;
    }
    from = at + kMarkBytes;
    return mark;
  }
  from = bytes.size();
  return std::nullopt;
}

}  // namespace earshot::load

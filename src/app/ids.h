#pragma once
// Identifiers of the chat, as types that cannot be mixed up. Values only; any thread.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace earshot::app {

/// N opaque bytes; Tag keeps two kinds of identifier apart.
template <class Tag, std::size_t N>
struct FixedBytes {
  static constexpr std::size_t kSize = N;
  std::array<std::uint8_t, N> bytes{};

  bool operator==(const FixedBytes&) const = default;
  // Written out: std::array has no <=> in Apple's standard library.
  std::strong_ordering operator<=>(const FixedBytes& other) const {
    return std::memcmp(bytes.data(), other.bytes.data(), N) <=> 0;
  }

  [[nodiscard]] std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), N}; }
  [[nodiscard]] static std::optional<FixedBytes> fromView(std::string_view raw) {
    if (raw.size() != N) return std::nullopt;
    FixedBytes out;
    std::memcpy(out.bytes.data(), raw.data(), N);
    return out;
  }
};

/// Who a member is: 32 bytes that belong to a profile for as long as it exists.
using MemberId = FixedBytes<struct MemberIdTag, 32>;
/// A room, made once with the host's log; survives restarts and moves.
using RoomId = FixedBytes<struct RoomIdTag, 16>;
/// One unbroken life of a room's numbering; (room, epoch, seq) names an event for ever.
using Epoch = FixedBytes<struct EpochTag, 16>;
/// Made by the sender; the idempotency key of a request and of the message it became.
using RequestId = FixedBytes<struct RequestIdTag, 16>;

/// Position of an event in its room: the host's commit order, from 1. 0 means "none yet".
enum class Seq : std::uint64_t {};
constexpr std::uint64_t toNumber(Seq seq) {
  return static_cast<std::uint64_t>(seq);
}
constexpr Seq next(Seq seq) {
  return Seq{toNumber(seq) + 1};
}

/// Fills the buffer from the operating system's random source.
void fillRandom(std::span<std::uint8_t> out);

template <class Id>
[[nodiscard]] Id makeRandom() {
  Id id;
  fillRandom(id.bytes);
  return id;
}

/// Begins with the time, as UUID version 7 does (RFC 9562), and is greater than all that this process made before: what
/// is said one after the other is neighbours in every index, so saving it costs less. The rest is random, or counts on.
[[nodiscard]] RequestId makeRequestId();

[[nodiscard]] std::string toHex(std::span<const std::uint8_t> bytes);
/// False when the text is not exactly twice as many hexadecimal digits.
[[nodiscard]] bool parseHex(std::string_view hex, std::span<std::uint8_t> out);

template <class Id>
[[nodiscard]] std::string hexOf(const Id& id) {
  return toHex(id.bytes);
}
template <class Id>
[[nodiscard]] std::optional<Id> fromHex(std::string_view hex) {
  Id id;
  if (!parseHex(hex, id.bytes)) return std::nullopt;
  return id;
}

}  // namespace earshot::app

template <class Tag, std::size_t N>
struct std::hash<earshot::app::FixedBytes<Tag, N>> {
  std::size_t operator()(const earshot::app::FixedBytes<Tag, N>& id) const noexcept {
    return std::hash<std::string_view>{}(id.view());
  }
};

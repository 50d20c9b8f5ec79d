#pragma once
// How much one member may do in a room, as its host has set it ("earshot host --limit"). A value.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "app/limits.h"
#include "app/token_bucket.h"

namespace earshot::app {

/// Changes: everything a member may ask for that has no other kind here, private letters included.
/// Joins: of those who come for the first time, together for each address.
enum class FloodKind : std::uint8_t { Texts, Changes, Renames, History, Joins };
inline constexpr std::size_t kFloodKinds = 5;

/// As kDefault… in limits.h has it. It does not hold for who is on the host's computer.
struct DefaultLimit {
  bool operator==(const DefaultLimit&) const = default;
};
struct NoLimit {
  bool operator==(const NoLimit&) const = default;
};
using FloodLimit = std::variant<DefaultLimit, NoLimit, Rate>;

/// What one --limit asks for; without a kind: all of them.
struct FloodLimitChange {
  std::optional<FloodKind> kind;
  FloodLimit to;

  bool operator==(const FloodLimitChange&) const = default;
};
/// "texts=30/5", "texts=none", "none", "default"; at most three decimals. Nothing: it is none of these.
[[nodiscard]] std::optional<FloodLimitChange> parseFloodLimit(std::string_view typed);

class FloodLimits {
 public:
  /// Nothing: as often as one likes.
  [[nodiscard]] std::optional<Rate> of(FloodKind kind) const;
  [[nodiscard]] bool isDefault(FloodKind kind) const;
  void apply(const FloodLimitChange& change);

  /// What was set, as parseFloodLimit reads it, separated by spaces; empty: all as by default.
  [[nodiscard]] std::string toText() const;
  static std::optional<FloodLimits> fromText(std::string_view text);

  bool operator==(const FloodLimits&) const = default;

 private:
  std::array<FloodLimit, kFloodKinds> limits_{};
};

/// How long a host puts up with a member that goes on although it was told to wait.
struct FloodPatience {
  std::uint32_t ignoredRefusals = kIgnoredRefusals;
  std::chrono::milliseconds mute = kMuteTime;
};

}  // namespace earshot::app

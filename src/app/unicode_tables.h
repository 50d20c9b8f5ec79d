#pragma once
// Made by scripts/generate-unicode-tables from Unicode 15.0.0: confusables.txt, DerivedJoiningType.txt,
// DerivedNormalizationProps.txt, PropertyValueAliases.txt, ScriptExtensions.txt, Scripts.txt and
// UnicodeData.txt. License: resources/unicode/LICENSE. Not edited by hand.
// About 46 KiB.
// clang-format off

#include <array>
#include <cstdint>

namespace earshot::app::unicode {

/// A character and what it looks like: `length` characters of kTargets from `offset` on.
struct LookAlike {
  std::uint32_t sourceAndLength;  // the length in the highest byte
  std::uint16_t offset;
  [[nodiscard]] constexpr std::uint32_t source() const { return sourceAndLength & 0xFFFFFFU; }
  [[nodiscard]] constexpr std::uint32_t length() const { return sourceAndLength >> 24U; }
};
struct Range {
  std::uint32_t first;
  std::uint32_t last;
  std::uint16_t value;
};

/// Sorted by source; characters that NFKC replaces are left out.
extern const std::array<LookAlike, 2619> kLookAlikes;
extern const std::array<char32_t, 1970> kTargets;

/// Script_Extensions, sorted: below kScriptCount one script, from there on a set: the members
/// kSetMembers[kSetStarts[n]] up to kSetStarts[n + 1].
extern const std::array<Range, 1045> kScriptRanges;
inline constexpr std::uint16_t kScriptCount = 163;
extern const std::array<std::uint16_t, 55> kSetStarts;
extern const std::array<std::uint8_t, 247> kSetMembers;
inline constexpr std::uint16_t kScriptZyyy = 162;
inline constexpr std::uint16_t kScriptZinh = 161;
inline constexpr std::uint16_t kScriptLatn = 69;
inline constexpr std::uint16_t kScriptHani = 47;
inline constexpr std::uint16_t kScriptHira = 51;
inline constexpr std::uint16_t kScriptKana = 59;
inline constexpr std::uint16_t kScriptBopo = 13;
inline constexpr std::uint16_t kScriptHang = 46;

/// Joining_Type, sorted: 'L', 'R', 'D' or 'T'.
extern const std::array<Range, 501> kJoiningTypes;

}  // namespace earshot::app::unicode

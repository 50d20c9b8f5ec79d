#pragma once
// What two people compare to be sure that nobody stands between them: eight emoji with names for an
// identity key, the same on every computer. The table is the Matrix specification's (short
// authentication strings, emoji method), the 48 bits come from Argon2id (RFC 9106), so that looking
// for a key with the same words costs 64 MiB and about a tenth of a second for each try.

#include <optional>
#include <string_view>

#include "app/crypto/secret.h"

namespace earshot::app::crypto {

struct SafetyWord {
  std::string_view emoji;  ///< UTF-8
  std::string_view name;   ///< English
};

using SafetyWords = std::array<SafetyWord, 8>;

/// Takes about a tenth of a second and 64 MiB: not for the thread of a window or of the network; keep
/// the answer. Nothing when there is not that much memory. Any thread.
[[nodiscard]] std::optional<SafetyWords> safetyWordsOf(std::span<const std::uint8_t, 32> identityKey);

/// All 64, in the order of the specification.
[[nodiscard]] std::span<const SafetyWord, 64> allSafetyWords();

}  // namespace earshot::app::crypto

#pragma once
// A key from something that a person remembers: Argon2id (RFC 9106, version 0x13, one lane). Pure; any
// thread, but slow: never on one that must answer.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/crypto/secret.h"

namespace earshot::app::crypto {

/// How much work one guess is.
struct PassphraseCost {
  std::uint32_t passes = 0;
  std::uint32_t memoryKib = 0;

  bool operator==(const PassphraseCost&) const = default;
};
/// libsodium's "moderate": about a second on a small computer of today.
inline constexpr PassphraseCost kModerateCost{3, 256 * 1024};

using PassphraseSalt = std::array<std::uint8_t, 16>;

/// What a file may ask this computer to do: neither hours nor all of its memory.
[[nodiscard]] bool isBearable(const PassphraseCost& cost);

/// The same letters typed on another system may be other bytes; this makes them equal (NFC).
[[nodiscard]] SecretBuffer passphraseBytes(std::string_view typed);

/// Nothing when this computer has not enough memory. Precondition: isBearable(cost).
[[nodiscard]] std::optional<SecretArray<32>> keyFromPassphrase(ByteView passphrase, const PassphraseSalt& salt,
                                                               const PassphraseCost& cost);

}  // namespace earshot::app::crypto

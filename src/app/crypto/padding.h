#pragma once
// Messages padded to 64, 256, 1,024, 4,096 … bytes, so that their size tells little. The padding is
// ISO/IEC 7816-4: one byte 0x80, then zeros; there is always at least the one byte. Pure; any thread.

#include <optional>

#include "app/crypto/secret.h"

namespace earshot::app::crypto {

inline constexpr std::size_t kPaddingSmallest = 64;
inline constexpr std::size_t kPaddingFactor = 4;
/// The largest padded message, in bytes.
inline constexpr std::size_t kPaddingLargest = std::size_t{16} * 1024 * 1024;

/// Nothing for a message that does not fit into kPaddingLargest.
[[nodiscard]] std::optional<SecretBuffer> pad(ByteView message);

/// Nothing for what pad() never makes: another size, no end mark, a size that the message did not
/// need. The time depends on the padded size, not on where the message ends.
[[nodiscard]] std::optional<SecretBuffer> unpad(ByteView padded);

}  // namespace earshot::app::crypto

#pragma once
// HKDF-SHA256 (RFC 5869): many keys from one secret. Pure functions; any thread.

#include "app/crypto/secret.h"

namespace earshot::app::crypto {

inline constexpr std::size_t kHkdfMaxBytes = std::size_t{255} * 32;

/// RFC 5869, 2.2: a pseudorandom key of 32 bytes. The salt may be empty.
[[nodiscard]] SecretArray<32> hkdfExtract(ByteView salt, ByteView keyMaterial);

/// RFC 5869, 2.3: fills `out`. False, with `out` untouched, for more than kHkdfMaxBytes.
[[nodiscard]] bool hkdfExpand(const SecretArray<32>& key, ByteView info, std::span<std::uint8_t> out);

}  // namespace earshot::app::crypto

#pragma once
// SHA-256 (FIPS 180-4). Pure; any thread.

#include <array>

#include "app/crypto/secret.h"

namespace earshot::app::crypto {

[[nodiscard]] std::array<std::uint8_t, 32> sha256(ByteView bytes);

}  // namespace earshot::app::crypto

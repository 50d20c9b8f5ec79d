#include "app/crypto/sha256.h"

#include <sodium.h>

namespace earshot::app::crypto {

std::array<std::uint8_t, 32> sha256(ByteView bytes) {
  prepare();
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
  return hash;
}

}  // namespace earshot::app::crypto

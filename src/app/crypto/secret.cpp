#include "app/crypto/secret.h"

#include <sodium.h>

#include <cstdlib>

namespace earshot::app::crypto {

void prepare() {
  // Without a source of randomness nothing here is safe, and nothing above could make it so.
  static const int ready = sodium_init();
  if (ready < 0) std::abort();
}

void wipe(std::span<std::uint8_t> bytes) {
  if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

bool equalInConstantTime(ByteView left, ByteView right) {
  if (left.size() != right.size()) return false;
  return left.empty() || sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace earshot::app::crypto

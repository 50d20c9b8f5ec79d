#pragma once
// Published test vectors are hexadecimal.

#include <cstdlib>
#include <string>
#include <string_view>

#include "app/crypto/secret.h"
#include "app/ids.h"

namespace earshot::app::crypto {

inline Bytes unhex(std::string_view hex) {
  Bytes out(hex.size() / 2);
  if (!parseHex(hex, out)) std::abort();
  return out;
}

template <std::size_t N>
std::array<std::uint8_t, N> unhexArray(std::string_view hex) {
  std::array<std::uint8_t, N> out{};
  if (!parseHex(hex, out)) std::abort();
  return out;
}

inline std::string hex(ByteView bytes) {
  return toHex(bytes);
}

}  // namespace earshot::app::crypto

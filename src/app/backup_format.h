#pragma once
// The figures of backup_file.h, for its writer and its reader only.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "app/crypto/sealed_stream.h"

namespace earshot::app::backup {

/// CR LF shows whether the file was carried as text.
inline constexpr std::string_view kMagic = "earshot backup\r\n";
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kVersionAt = kMagic.size();
inline constexpr std::size_t kPassesAt = kVersionAt + 4;
inline constexpr std::size_t kMemoryAt = kPassesAt + 4;
inline constexpr std::size_t kSaltAt = kMemoryAt + 4;
/// What the first chunk is bound to.
inline constexpr std::size_t kContextBytes = kSaltAt + 16;
inline constexpr std::size_t kHeaderBytes = kContextBytes + crypto::kStreamHeaderBytes;
inline constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;
inline constexpr std::size_t kSealedChunkBytes = kChunkBytes + crypto::kStreamOverheadBytes;

inline constexpr std::uint8_t kEntry = 1;
inline constexpr std::uint8_t kEnd = 0;

template <std::size_t N>
std::array<std::uint8_t, N> littleEndian(std::uint64_t value) {
  std::array<std::uint8_t, N> bytes{};
  for (std::size_t i = 0; i < N; ++i) bytes[i] = static_cast<std::uint8_t>(value >> (8 * i));
  return bytes;
}

inline std::uint64_t fromLittleEndian(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | bytes[i - 1];
  return value;
}

}  // namespace earshot::app::backup

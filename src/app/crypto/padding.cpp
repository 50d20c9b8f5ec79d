#include "app/crypto/padding.h"

#include <sodium.h>

#include <algorithm>

namespace earshot::app::crypto {
namespace {

/// The smallest of the sizes that holds a message and its end mark; 0 when none does.
std::size_t paddedSize(std::size_t messageSize) {
  for (std::size_t size = kPaddingSmallest; size <= kPaddingLargest; size *= kPaddingFactor) {
    if (messageSize < size) return size;
  }
  return 0;
}

}  // namespace

std::optional<SecretBuffer> pad(ByteView message) {
  prepare();
  const std::size_t size = paddedSize(message.size());
  if (size == 0) return std::nullopt;
  SecretBuffer out(size);
  std::copy(message.begin(), message.end(), out.data());
  std::size_t written = 0;
  if (sodium_pad(&written, out.data(), message.size(), size, size) != 0 || written != size) return std::nullopt;
  return out;
}

std::optional<SecretBuffer> unpad(ByteView padded) {
  prepare();
  if (padded.empty() || paddedSize(padded.size() - 1) != padded.size()) return std::nullopt;
  std::size_t size = 0;
  if (sodium_unpad(&size, padded.data(), padded.size(), padded.size()) != 0) return std::nullopt;
  if (paddedSize(size) != padded.size()) return std::nullopt;
  return SecretBuffer(padded.first(size));
}

}  // namespace earshot::app::crypto

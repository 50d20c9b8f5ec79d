#pragma once
// Bytes that must not stay behind in memory, and comparing them without telling how far they match.
// Values; one object belongs to one thread at a time, everything else may be called from any thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace earshot::app::crypto {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] inline ByteView bytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Makes libsodium ready; every function of this folder calls it first. May be called any number of times.
void prepare();

/// Overwrites with zeros, also where a compiler would leave that out.
void wipe(std::span<std::uint8_t> bytes);

/// Takes as long for equal bytes as for different ones; only the lengths can be told from the time.
[[nodiscard]] bool equalInConstantTime(ByteView left, ByteView right);

/// N secret bytes, zero at first, overwritten when they go.
template <std::size_t N>
class SecretArray {
 public:
  static constexpr std::size_t kSize = N;

  SecretArray() = default;
  explicit SecretArray(std::span<const std::uint8_t, N> bytes) {
    for (std::size_t i = 0; i < N; ++i) bytes_[i] = bytes[i];
  }
  SecretArray(const SecretArray&) = default;
  SecretArray& operator=(const SecretArray&) = default;
  ~SecretArray() { wipe(bytes_); }

  bool operator==(const SecretArray& other) const { return equalInConstantTime(bytes_, other.bytes_); }

  [[nodiscard]] std::uint8_t* data() { return bytes_.data(); }
  [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }
  [[nodiscard]] std::span<std::uint8_t, N> span() { return bytes_; }
  [[nodiscard]] std::span<const std::uint8_t, N> view() const { return bytes_; }

 private:
  std::array<std::uint8_t, N> bytes_{};
};

/// Secret bytes whose number is known only when they are made. It never grows, so no copy is left
/// behind by growing; moving empties the source.
class SecretBuffer {
 public:
  SecretBuffer() = default;
  explicit SecretBuffer(std::size_t size) : bytes_(size) {}
  explicit SecretBuffer(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  SecretBuffer(const SecretBuffer&) = delete;
  SecretBuffer& operator=(const SecretBuffer&) = delete;
  SecretBuffer(SecretBuffer&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  SecretBuffer& operator=(SecretBuffer&& other) noexcept {
    if (this != &other) {
      wipe(bytes_);
      bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
  }
  ~SecretBuffer() { wipe(bytes_); }

  bool operator==(const SecretBuffer& other) const { return equalInConstantTime(bytes_, other.bytes_); }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::uint8_t* data() { return bytes_.data(); }
  [[nodiscard]] ByteView view() const { return bytes_; }

 private:
  Bytes bytes_;
};

}  // namespace earshot::app::crypto

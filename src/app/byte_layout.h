#pragma once
// Fixed layouts of bytes: numbers big-endian, everything else as it is. Values; any thread.

#include <cstdint>
#include <optional>

#include "app/crypto/secret.h"

namespace earshot::app {

/// Puts one field after the other.
class ByteWriter {
 public:
  void bytes(crypto::ByteView field) { out_.insert(out_.end(), field.begin(), field.end()); }
  void u8(std::uint8_t value) { out_.push_back(value); }
  void u64(std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) out_.push_back(static_cast<std::uint8_t>(value >> shift));
  }
  [[nodiscard]] const crypto::Bytes& written() const { return out_; }
  [[nodiscard]] crypto::Bytes take() { return std::move(out_); }

 private:
  crypto::Bytes out_;
};

/// Takes one field after the other. Once something is missing everything after it is zero and ok()
/// stays false.
class ByteReader {
 public:
  explicit ByteReader(crypto::ByteView in) : in_(in) {}

  template <std::size_t N>
  [[nodiscard]] std::array<std::uint8_t, N> array() {
    std::array<std::uint8_t, N> out{};
    const auto field = take(N);
    for (std::size_t i = 0; i < field.size(); ++i) out[i] = field[i];
    return out;
  }
  template <class Id>
  [[nodiscard]] Id id() {
    Id out;
    out.bytes = array<Id::kSize>();
    return out;
  }
  [[nodiscard]] std::uint8_t u8() { return array<1>()[0]; }
  [[nodiscard]] std::uint64_t u64() {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : array<8>()) value = value << 8 | byte;
    return value;
  }
  /// Empty when fewer than that many are left.
  [[nodiscard]] crypto::ByteView take(std::size_t size) {
    if (in_.size() < size) {
      ok_ = false;
      in_ = {};
      return {};
    }
    const auto field = in_.first(size);
    in_ = in_.subspan(size);
    return field;
  }
  [[nodiscard]] crypto::ByteView rest() { return take(in_.size()); }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  crypto::ByteView in_;
  bool ok_ = true;
};

}  // namespace earshot::app

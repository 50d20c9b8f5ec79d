#pragma once
// A sequence of chunks under one key of which none can be read, changed, dropped, repeated or moved, and
// whose end is known: libsodium's crypto_secretstream (XChaCha20-Poly1305). One thread per object.

#include <array>
#include <memory>
#include <optional>

#include "app/crypto/secret.h"

namespace earshot::app::crypto {

inline constexpr std::size_t kStreamHeaderBytes = 24;
/// How much longer a chunk is when it is sealed.
inline constexpr std::size_t kStreamOverheadBytes = 17;
using StreamHeader = std::array<std::uint8_t, kStreamHeaderBytes>;

class StreamSealer {
 public:
  explicit StreamSealer(const SecretArray<32>& key);
  StreamSealer(StreamSealer&&) noexcept;
  StreamSealer& operator=(StreamSealer&&) = delete;
  ~StreamSealer();

  [[nodiscard]] const StreamHeader& header() const { return header_; }
  /// context: not in the result, but must be the same when it is opened. Nothing follows the last one.
  [[nodiscard]] Bytes seal(ByteView chunk, ByteView context, bool last);

 private:
  struct State;
  StreamHeader header_{};
  std::unique_ptr<State> state_;
};

class StreamOpener {
 public:
  StreamOpener(const SecretArray<32>& key, const StreamHeader& header);
  StreamOpener(StreamOpener&&) noexcept;
  StreamOpener& operator=(StreamOpener&&) noexcept;
  ~StreamOpener();

  struct Chunk {
    SecretBuffer bytes;
    bool last = false;
  };
  /// Nothing unless it is exactly the next chunk that was sealed.
  [[nodiscard]] std::optional<Chunk> open(ByteView sealed, ByteView context);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace earshot::app::crypto

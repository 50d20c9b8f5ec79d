#include "app/crypto/sealed_stream.h"

#include <sodium.h>

namespace earshot::app::crypto {

static_assert(crypto_secretstream_xchacha20poly1305_KEYBYTES == 32 &&
              crypto_secretstream_xchacha20poly1305_HEADERBYTES == kStreamHeaderBytes &&
              crypto_secretstream_xchacha20poly1305_ABYTES == kStreamOverheadBytes);

struct StreamSealer::State {
  crypto_secretstream_xchacha20poly1305_state stream{};
  ~State() { sodium_memzero(&stream, sizeof stream); }
};

StreamSealer::StreamSealer(const SecretArray<32>& key) : state_(std::make_unique<State>()) {
  prepare();
  crypto_secretstream_xchacha20poly1305_init_push(&state_->stream, header_.data(), key.data());
}
StreamSealer::StreamSealer(StreamSealer&&) noexcept = default;
StreamSealer::~StreamSealer() = default;

Bytes StreamSealer::seal(ByteView chunk, ByteView context, bool last) {
  Bytes sealed(chunk.size() + kStreamOverheadBytes);
  const unsigned char tag =
      last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
  crypto_secretstream_xchacha20poly1305_push(&state_->stream, sealed.data(), nullptr, chunk.data(), chunk.size(),
                                             context.data(), context.size(), tag);
  return sealed;
}

struct StreamOpener::State {
  crypto_secretstream_xchacha20poly1305_state stream{};
  ~State() { sodium_memzero(&stream, sizeof stream); }
};

StreamOpener::StreamOpener(const SecretArray<32>& key, const StreamHeader& header) : state_(std::make_unique<State>()) {
  prepare();
  // It always succeeds: a header that is not the right one only leads to another key.
  crypto_secretstream_xchacha20poly1305_init_pull(&state_->stream, header.data(), key.data());
}
StreamOpener::StreamOpener(StreamOpener&&) noexcept = default;
StreamOpener& StreamOpener::operator=(StreamOpener&&) noexcept = default;
StreamOpener::~StreamOpener() = default;

std::optional<StreamOpener::Chunk> StreamOpener::open(ByteView sealed, ByteView context) {
  if (sealed.size() < kStreamOverheadBytes) return std::nullopt;
  Chunk chunk{SecretBuffer(sealed.size() - kStreamOverheadBytes)};
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_->stream, chunk.bytes.data(), nullptr, &tag, sealed.data(),
                                                 sealed.size(), context.data(), context.size()) != 0) {
    return std::nullopt;
  }
  chunk.last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return chunk;
}

}  // namespace earshot::app::crypto

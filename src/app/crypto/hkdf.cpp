#include "app/crypto/hkdf.h"

#include <sodium.h>

#include <algorithm>

namespace earshot::app::crypto {
namespace {

/// One HMAC over several pieces; its state goes with it.
class Hmac {
 public:
  explicit Hmac(ByteView key) {
    // libsodium takes no null pointer, not even for nothing.
    constexpr std::uint8_t kNothing = 0;
    crypto_auth_hmacsha256_init(&state_, key.empty() ? &kNothing : key.data(), key.size());
  }
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;
  ~Hmac() { sodium_memzero(&state_, sizeof state_); }

  void add(ByteView bytes) {
    if (!bytes.empty()) crypto_auth_hmacsha256_update(&state_, bytes.data(), bytes.size());
  }
  void finish(SecretArray<32>& out) { crypto_auth_hmacsha256_final(&state_, out.data()); }

 private:
  crypto_auth_hmacsha256_state state_;
};

}  // namespace

SecretArray<32> hkdfExtract(ByteView salt, ByteView keyMaterial) {
  prepare();
  SecretArray<32> key;
  // HMAC fills a short key with zeros, so an empty salt already is the RFC's 32 zeros.
  Hmac hmac(salt);
  hmac.add(keyMaterial);
  hmac.finish(key);
  return key;
}

bool hkdfExpand(const SecretArray<32>& key, ByteView info, std::span<std::uint8_t> out) {
  if (out.size() > kHkdfMaxBytes) return false;
  prepare();
  SecretArray<32> block;
  std::size_t done = 0;
  for (std::uint8_t counter = 1; done < out.size(); ++counter) {
    Hmac hmac(key.view());
    if (counter > 1) hmac.add(block.view());
    hmac.add(info);
    hmac.add({&counter, 1});
    hmac.finish(block);
    const std::size_t count = std::min<std::size_t>(32, out.size() - done);
    std::copy_n(block.data(), count, out.data() + done);
    done += count;
  }
  return true;
}

}  // namespace earshot::app::crypto

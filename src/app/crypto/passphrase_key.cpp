#include "app/crypto/passphrase_key.h"

#include <sodium.h>
#include <utf8proc.h>

#include <cstdlib>

#include "app/text.h"

namespace earshot::app::crypto {

static_assert(crypto_pwhash_SALTBYTES == PassphraseSalt{}.size());
static_assert(crypto_pwhash_OPSLIMIT_MODERATE == kModerateCost.passes &&
              crypto_pwhash_MEMLIMIT_MODERATE == std::size_t{kModerateCost.memoryKib} * 1024);

bool isBearable(const PassphraseCost& cost) {
  constexpr std::uint32_t kMinKib = crypto_pwhash_MEMLIMIT_MIN / 1024;
  constexpr std::uint32_t kMaxKib = 1024 * 1024;
  constexpr std::uint32_t kMaxPasses = 16;
  return cost.passes >= 1 && cost.passes <= kMaxPasses && cost.memoryKib >= kMinKib && cost.memoryKib <= kMaxKib;
}

SecretBuffer passphraseBytes(std::string_view typed) {
  if (!isValidText(typed)) return SecretBuffer(bytesOf(typed));
  utf8proc_uint8_t* composed = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(typed.data()), static_cast<utf8proc_ssize_t>(typed.size()),
                   &composed, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return SecretBuffer(bytesOf(typed));
  const std::span<std::uint8_t> bytes(composed, static_cast<std::size_t>(size));
  SecretBuffer out{ByteView(bytes)};
  wipe(bytes);
  std::free(composed);
  return out;
}

std::optional<SecretArray<32>> keyFromPassphrase(ByteView passphrase, const PassphraseSalt& salt,
                                                 const PassphraseCost& cost) {
  prepare();
  SecretArray<32> key;
  // libsodium wants a place even where there is nothing to read.
  const char* text = passphrase.empty() ? "" : reinterpret_cast<const char*>(passphrase.data());
  if (crypto_pwhash(key.data(), key.kSize, text, passphrase.size(), salt.data(), cost.passes,
                    std::size_t{cost.memoryKib} * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return std::nullopt;
  }
  return key;
}

}  // namespace earshot::app::crypto

#include "app/crypto/hpke.h"

#include <sodium.h>

#include <algorithm>
#include <initializer_list>

#include "app/crypto/hkdf.h"

namespace earshot::app::crypto {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::uint8_t kModeAuth = 0x02;
// Section 7: KEM 0x0020, KDF 0x0001, AEAD 0x0003.
constexpr std::array<std::uint8_t, 5> kKemSuite{'K', 'E', 'M', 0x00, 0x20};
constexpr std::array<std::uint8_t, 10> kHpkeSuite{'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x03};

SecretBuffer joined(std::initializer_list<ByteView> parts) {
  std::size_t size = 0;
  for (const ByteView part : parts) size += part.size();
  SecretBuffer out(size);
  std::uint8_t* to = out.data();
  for (const ByteView part : parts) to = std::copy(part.begin(), part.end(), to);
  return out;
}

/// Section 4: LabeledExtract.
SecretArray<32> labeledExtract(ByteView suite, ByteView salt, std::string_view label, ByteView keyMaterial) {
  return hkdfExtract(salt, joined({bytesOf("HPKE-v1"), suite, bytesOf(label), keyMaterial}).view());
}

/// Section 4: LabeledExpand. Precondition: out is far below HKDF's bound.
void labeledExpand(ByteView suite, const SecretArray<32>& key, std::string_view label, ByteView info,
                   std::span<std::uint8_t> out) {
  const std::array<std::uint8_t, 2> length{static_cast<std::uint8_t>(out.size() >> 8),
                                           static_cast<std::uint8_t>(out.size() & 0xFF)};
  (void)hkdfExpand(key, joined({length, bytesOf("HPKE-v1"), suite, bytesOf(label), info}).view(), out);
}

/// False for a public key of the wrong size and for one that makes the shared point zero.
bool diffieHellman(const SecretArray<32>& secretKey, ByteView publicKey, std::span<std::uint8_t, 32> out) {
  if (publicKey.size() != kKeyBytes) return false;
  return crypto_scalarmult(out.data(), secretKey.data(), publicKey.data()) == 0 &&
         sodium_is_zero(out.data(), out.size()) == 0;
}

/// Section 4.1: both Diffie-Hellman results and the three public keys, as one shared secret.
SecretArray<32> extractAndExpand(const SecretArray<64>& dh, ByteView enc, ByteView recipient, ByteView sender) {
  SecretArray<32> shared;
  labeledExpand(kKemSuite, labeledExtract(kKemSuite, {}, "eae_prk", dh.view()), "shared_secret",
                joined({enc, recipient, sender}).view(), shared.span());
  return shared;
}

}  // namespace

HpkeKeyPair hpkeKeyPairOf(const SecretArray<32>& secretKey) {
  prepare();
  HpkeKeyPair pair{{}, secretKey};
  crypto_scalarmult_base(pair.publicKey.data(), pair.secretKey.data());
  return pair;
}

HpkeKeyPair makeHpkeKeyPair() {
  prepare();
  SecretArray<32> secretKey;
  randombytes_buf(secretKey.data(), secretKey.kSize);
  return hpkeKeyPairOf(secretKey);
}

namespace hpke_steps {

std::optional<SecretArray<32>> authEncap(const HpkeKeyPair& ephemeral, ByteView recipientPublicKey,
                                         const HpkeKeyPair& sender) {
  prepare();
  SecretArray<64> dh;
  if (!diffieHellman(ephemeral.secretKey, recipientPublicKey, dh.span().first<32>())) return std::nullopt;
  if (!diffieHellman(sender.secretKey, recipientPublicKey, dh.span().last<32>())) return std::nullopt;
  return extractAndExpand(dh, ephemeral.publicKey, recipientPublicKey, sender.publicKey);
}

std::optional<SecretArray<32>> authDecap(ByteView enc, const HpkeKeyPair& recipient, ByteView senderPublicKey) {
  prepare();
  SecretArray<64> dh;
  if (!diffieHellman(recipient.secretKey, enc, dh.span().first<32>())) return std::nullopt;
  if (!diffieHellman(recipient.secretKey, senderPublicKey, dh.span().last<32>())) return std::nullopt;
  return extractAndExpand(dh, enc, recipient.publicKey, senderPublicKey);
}

MessageKeys keySchedule(const SecretArray<32>& sharedSecret, ByteView info) {
  const auto pskIdHash = labeledExtract(kHpkeSuite, {}, "psk_id_hash", {});
  const auto infoHash = labeledExtract(kHpkeSuite, {}, "info_hash", info);
  const auto context = joined({{&kModeAuth, 1}, pskIdHash.view(), infoHash.view()});
  const auto secret = labeledExtract(kHpkeSuite, sharedSecret.view(), "secret", {});
  MessageKeys keys;
  labeledExpand(kHpkeSuite, secret, "key", context.view(), keys.key.span());
  labeledExpand(kHpkeSuite, secret, "base_nonce", context.view(), keys.baseNonce.span());
  return keys;
}

std::optional<HpkeSealed> sealWith(const HpkeKeyPair& ephemeral, ByteView recipientPublicKey, const HpkeKeyPair& sender,
                                   ByteView info, ByteView aad, ByteView plaintext) {
  const auto shared = authEncap(ephemeral, recipientPublicKey, sender);
  if (!shared) return std::nullopt;
  // The first message of a context: the sequence number is 0, so the nonce is base_nonce.
  const MessageKeys keys = keySchedule(*shared, info);
  HpkeSealed sealed{ephemeral.publicKey, Bytes(plaintext.size() + crypto_aead_chacha20poly1305_ietf_ABYTES)};
  crypto_aead_chacha20poly1305_ietf_encrypt(sealed.ciphertext.data(), nullptr, plaintext.data(), plaintext.size(),
                                            aad.data(), aad.size(), nullptr, keys.baseNonce.data(), keys.key.data());
  return sealed;
}

}  // namespace hpke_steps

std::optional<HpkeSealed> hpkeSeal(ByteView recipientPublicKey, const HpkeKeyPair& sender, ByteView info, ByteView aad,
                                   ByteView plaintext) {
  return hpke_steps::sealWith(makeHpkeKeyPair(), recipientPublicKey, sender, info, aad, plaintext);
}

std::optional<SecretBuffer> hpkeOpen(ByteView enc, const HpkeKeyPair& recipient, ByteView senderPublicKey,
                                     ByteView info, ByteView aad, ByteView ciphertext) {
  if (ciphertext.size() < crypto_aead_chacha20poly1305_ietf_ABYTES) return std::nullopt;
  const auto shared = hpke_steps::authDecap(enc, recipient, senderPublicKey);
  if (!shared) return std::nullopt;
  const auto keys = hpke_steps::keySchedule(*shared, info);
  SecretBuffer plaintext(ciphertext.size() - crypto_aead_chacha20poly1305_ietf_ABYTES);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(plaintext.data(), nullptr, nullptr, ciphertext.data(),
                                                ciphertext.size(), aad.data(), aad.size(), keys.baseNonce.data(),
                                                keys.key.data()) != 0) {
    return std::nullopt;
  }
  return plaintext;
}

}  // namespace earshot::app::crypto

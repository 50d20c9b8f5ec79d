#pragma once
// HPKE (RFC 9180) in Auth mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20-Poly1305,
// one encapsulation a message (section 6.1). What opens was sealed by the holder of the sender's
// secret key for this recipient, with the same info and aad. It has no replay defence (section
// 9.7.3): the caller remembers what it has opened. Whoever has the recipient's secret key can forge
// messages to that recipient (section 9.1.1). Pure functions; any thread.

#include <optional>

#include "app/crypto/secret.h"

namespace earshot::app::crypto {

/// X25519, 32 bytes (RFC 7748).
using HpkePublicKey = std::array<std::uint8_t, 32>;

struct HpkeKeyPair {
  HpkePublicKey publicKey{};
  SecretArray<32> secretKey;
};

[[nodiscard]] HpkeKeyPair makeHpkeKeyPair();
/// The pair that belongs to a stored secret key.
[[nodiscard]] HpkeKeyPair hpkeKeyPairOf(const SecretArray<32>& secretKey);

struct HpkeSealed {
  HpkePublicKey enc{};  ///< the encapsulated key; travels with the ciphertext
  Bytes ciphertext;     ///< 16 bytes longer than the plaintext
};

/// Nothing when the recipient's key is no usable X25519 key (wrong size, or of low order).
[[nodiscard]] std::optional<HpkeSealed> hpkeSeal(ByteView recipientPublicKey, const HpkeKeyPair& sender, ByteView info,
                                                 ByteView aad, ByteView plaintext);

/// Nothing when anything at all does not fit; which part it was is not told.
[[nodiscard]] std::optional<SecretBuffer> hpkeOpen(ByteView enc, const HpkeKeyPair& recipient, ByteView senderPublicKey,
                                                   ByteView info, ByteView aad, ByteView ciphertext);

/// The steps, for the published vectors. A sender that chose its own ephemeral key twice would use a
/// nonce twice: call hpkeSeal.
namespace hpke_steps {

/// Section 4.1; nothing when a key has the wrong size or the shared point is zero (section 7.1.4).
[[nodiscard]] std::optional<SecretArray<32>> authEncap(const HpkeKeyPair& ephemeral, ByteView recipientPublicKey,
                                                       const HpkeKeyPair& sender);
[[nodiscard]] std::optional<SecretArray<32>> authDecap(ByteView enc, const HpkeKeyPair& recipient,
                                                       ByteView senderPublicKey);

struct MessageKeys {
  SecretArray<32> key;
  SecretArray<12> baseNonce;
};
/// Section 5.1, for the Auth mode.
[[nodiscard]] MessageKeys keySchedule(const SecretArray<32>& sharedSecret, ByteView info);

[[nodiscard]] std::optional<HpkeSealed> sealWith(const HpkeKeyPair& ephemeral, ByteView recipientPublicKey,
                                                 const HpkeKeyPair& sender, ByteView info, ByteView aad,
                                                 ByteView plaintext);

}  // namespace hpke_steps

}  // namespace earshot::app::crypto

#pragma once
// Ed25519 keys (RFC 8032): who a person is, and what a room's host proves to be. Pure functions; any
// thread.

#include "app/crypto/secret.h"
#include "app/ids.h"

namespace earshot::app::crypto {

/// An Ed25519 public key, 32 bytes.
using PublicKey = FixedBytes<struct PublicKeyTag, 32>;
using Signature = FixedBytes<struct SignatureTag, 64>;
/// SHA-256 of a public key.
using KeyHash = FixedBytes<struct KeyHashTag, 32>;

struct SigningKey {
  SecretArray<32> seed;  ///< the secret key of RFC 8032, 5.1.5
  PublicKey publicKey;
};

[[nodiscard]] SigningKey makeSigningKey();
/// The key that belongs to a stored seed.
[[nodiscard]] SigningKey signingKeyOf(const SecretArray<32>& seed);

/// Signs the label, a zero byte and the message: what was signed for one purpose is no signature for
/// another. Precondition: the label has no zero byte.
[[nodiscard]] Signature sign(const SigningKey& key, std::string_view label, ByteView message);
[[nodiscard]] bool verify(const PublicKey& key, std::string_view label, ByteView message, const Signature& signature);

[[nodiscard]] KeyHash hashOf(const PublicKey& key);
/// A member is the holder of an identity key; the id is the key's SHA-256.
[[nodiscard]] MemberId memberIdOf(const PublicKey& identityKey);

}  // namespace earshot::app::crypto

#include "app/crypto/signing_key.h"

#include <sodium.h>

#include <algorithm>

namespace earshot::app::crypto {
namespace {

static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_BYTES == 64);

using ExpandedKey = SecretArray<crypto_sign_SECRETKEYBYTES>;

Bytes labelled(std::string_view label, ByteView message) {
  Bytes out(label.begin(), label.end());
  out.push_back(0);
  out.insert(out.end(), message.begin(), message.end());
  return out;
}

}  // namespace

SigningKey makeSigningKey() {
  prepare();
  SecretArray<32> seed;
  randombytes_buf(seed.data(), seed.kSize);
  return signingKeyOf(seed);
}

SigningKey signingKeyOf(const SecretArray<32>& seed) {
  prepare();
  SigningKey key;
  key.seed = seed;
  ExpandedKey expanded;
  crypto_sign_seed_keypair(key.publicKey.bytes.data(), expanded.data(), seed.data());
  return key;
}

Signature sign(const SigningKey& key, std::string_view label, ByteView message) {
  prepare();
  PublicKey ignored;
  ExpandedKey expanded;
  crypto_sign_seed_keypair(ignored.bytes.data(), expanded.data(), key.seed.data());
  const Bytes signedBytes = labelled(label, message);
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, signedBytes.data(), signedBytes.size(), expanded.data());
  return signature;
}

bool verify(const PublicKey& key, std::string_view label, ByteView message, const Signature& signature) {
  prepare();
  const Bytes signedBytes = labelled(label, message);
  return crypto_sign_verify_detached(signature.bytes.data(), signedBytes.data(), signedBytes.size(),
                                     key.bytes.data()) == 0;
}

KeyHash hashOf(const PublicKey& key) {
  prepare();
  KeyHash hash;
  crypto_hash_sha256(hash.bytes.data(), key.bytes.data(), key.bytes.size());
  return hash;
}

MemberId memberIdOf(const PublicKey& identityKey) {
  MemberId id;
  id.bytes = hashOf(identityKey).bytes;
  return id;
}

}  // namespace earshot::app::crypto

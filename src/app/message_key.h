#pragma once
// A message key: the X25519 key that private messages for a person are sealed to, signed by who the
// person is; and the rules of when it is replaced. Values and pure functions; any thread.

#include <optional>

#include "app/clock.h"
#include "app/crypto/hpke.h"
#include "app/crypto/signing_key.h"
#include "app/ids.h"

namespace earshot::app {

/// Grows with every new key of a person, also over a restored backup: the time at which the key was
/// made, in ms, or one more than the highest one known.
enum class KeyGeneration : std::uint64_t {};
constexpr std::uint64_t toNumber(KeyGeneration generation) {
  return static_cast<std::uint64_t>(generation);
}

/// What others need to seal something for its owner; it proves by itself whose it is.
struct SignedMessageKey {
  crypto::PublicKey identity;
  KeyGeneration generation{};
  crypto::HpkePublicKey publicKey{};
  UtcMillis created{};  ///< by the owner's clock
  crypto::Signature signature;

  bool operator==(const SignedMessageKey&) const = default;
};

/// With the secret half: only ever its owner's.
struct OwnMessageKey {
  SignedMessageKey key;
  crypto::HpkeKeyPair pair;
};

[[nodiscard]] OwnMessageKey makeMessageKey(const crypto::SigningKey& identity, KeyGeneration generation, UtcMillis now);
/// The identity key signed exactly this.
[[nodiscard]] bool isGenuine(const SignedMessageKey& key);
/// Whose it is.
[[nodiscard]] MemberId ownerOf(const SignedMessageKey& key);

// --- as it is stored and sent: identity, generation, key, created, signature ---

inline constexpr std::size_t kSignedMessageKeyBytes = 32 + 8 + 32 + 8 + 64;
[[nodiscard]] crypto::Bytes toBytes(const SignedMessageKey& key);
/// Nothing for another size or impossible numbers. Says nothing about the signature.
[[nodiscard]] std::optional<SignedMessageKey> messageKeyFrom(crypto::ByteView bytes);

// --- rules ---

/// A key is replaced after kMessageKeyLife, and when it was made in a future that this clock does not
/// know any more.
[[nodiscard]] bool isDue(UtcMillis created, UtcMillis now);
[[nodiscard]] KeyGeneration nextGeneration(std::optional<KeyGeneration> highest, UtcMillis now);
/// The secret of a key that was replaced at this time opens nothing any more and is wiped.
[[nodiscard]] bool isForgotten(UtcMillis replaced, UtcMillis now);
/// A message may be older than its sender's newest key: it waited for us. One that is older than
/// anything may wait was made by somebody who found an old key. By the sender's own times, so that
/// no clock of ours decides.
[[nodiscard]] bool isTooOld(const SignedMessageKey& used, const SignedMessageKey& newest);

}  // namespace earshot::app

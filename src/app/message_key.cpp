#include "app/message_key.h"

#include <algorithm>

#include "app/byte_layout.h"
#include "app/limits.h"

namespace earshot::app {
namespace {

constexpr std::string_view kLabel = "Earshot message key 1";

crypto::Bytes signedPart(const SignedMessageKey& key) {
  ByteWriter out;
  out.u64(toNumber(key.generation));
  out.bytes(key.publicKey);
  out.u64(static_cast<std::uint64_t>(key.created.time_since_epoch().count()));
  return out.take();
}

}  // namespace

OwnMessageKey makeMessageKey(const crypto::SigningKey& identity, KeyGeneration generation, UtcMillis now) {
  OwnMessageKey own{{}, crypto::makeHpkeKeyPair()};
  own.key.identity = identity.publicKey;
  own.key.generation = generation;
  own.key.publicKey = own.pair.publicKey;
  own.key.created = std::max(now, UtcMillis{});
  own.key.signature = crypto::sign(identity, kLabel, signedPart(own.key));
  return own;
}

bool isGenuine(const SignedMessageKey& key) {
  return crypto::verify(key.identity, kLabel, signedPart(key), key.signature);
}

MemberId ownerOf(const SignedMessageKey& key) {
  return crypto::memberIdOf(key.identity);
}

crypto::Bytes toBytes(const SignedMessageKey& key) {
  ByteWriter out;
  out.bytes(key.identity.bytes);
  out.bytes(signedPart(key));
  out.bytes(key.signature.bytes);
  return out.take();
}

std::optional<SignedMessageKey> messageKeyFrom(crypto::ByteView bytes) {
  if (bytes.size() != kSignedMessageKeyBytes) return std::nullopt;
  ByteReader in(bytes);
  SignedMessageKey key;
  key.identity = in.id<crypto::PublicKey>();
  key.generation = KeyGeneration{in.u64()};
  key.publicKey = in.array<32>();
  const std::uint64_t created = in.u64();
  key.signature = in.id<crypto::Signature>();
  // Both are kept as signed 64-bit numbers.
  if (toNumber(key.generation) == 0 || toNumber(key.generation) > kMaxKeyNumber || created > kMaxKeyNumber) {
    return std::nullopt;
  }
  key.created = UtcMillis{std::chrono::milliseconds{static_cast<std::int64_t>(created)}};
  return key;
}

bool isDue(UtcMillis created, UtcMillis now) {
  return now >= created + kMessageKeyLife || now + kMessageKeyLife < created;
}

KeyGeneration nextGeneration(std::optional<KeyGeneration> highest, UtcMillis now) {
  const auto byTime = static_cast<std::uint64_t>(std::max<std::int64_t>(1, now.time_since_epoch().count()));
  return KeyGeneration{highest ? std::max(byTime, toNumber(*highest) + 1) : byTime};
}

bool isForgotten(UtcMillis replaced, UtcMillis now) {
  return now >= replaced + kMessageKeyKept;
}

bool isTooOld(const SignedMessageKey& used, const SignedMessageKey& newest) {
  return used.created + kMailKept + kMessageKeyLife < newest.created;
}

}  // namespace earshot::app

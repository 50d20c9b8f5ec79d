#include "app/crypto/cpace.h"

#include <sodium.h>

#include <algorithm>

namespace earshot::app::crypto {
namespace {

constexpr std::string_view kDsi = "CPaceRistretto255";
constexpr std::string_view kDsiIsk = "CPaceRistretto255_ISK";
constexpr std::size_t kSha512BlockBytes = 128;

/// The length as LEB128, then the bytes.
void appendWithLength(Bytes& out, ByteView bytes) {
  std::size_t size = bytes.size();
  do {
    const auto low = static_cast<std::uint8_t>(size & 0x7F);
    size >>= 7;
    out.push_back(static_cast<std::uint8_t>(size > 0 ? low | 0x80 : low));
  } while (size > 0);
  out.insert(out.end(), bytes.begin(), bytes.end());
}

Bytes withLength(ByteView bytes) {
  Bytes out;
  // A length takes at most ten bytes; nothing secret is left behind by growing.
  out.reserve(bytes.size() + 10);
  appendWithLength(out, bytes);
  return out;
}

class Sha512 {
 public:
  Sha512() { crypto_hash_sha512_init(&state_); }
  Sha512(const Sha512&) = delete;
  Sha512& operator=(const Sha512&) = delete;
  ~Sha512() { sodium_memzero(&state_, sizeof state_); }

  void add(ByteView bytes) {
    if (!bytes.empty()) crypto_hash_sha512_update(&state_, bytes.data(), bytes.size());
  }
  SecretArray<64> finish() {
    SecretArray<64> out;
    crypto_hash_sha512_final(&state_, out.data());
    return out;
  }

 private:
  crypto_hash_sha512_state state_;
};

}  // namespace

namespace cpace_steps {

SecretBuffer generatorString(const CpaceInputs& inputs) {
  Bytes out = withLength(bytesOf(kDsi));
  out.reserve(out.size() + kSha512BlockBytes + inputs.password.size() + inputs.channelId.size() +
              inputs.sessionId.size() + 30);
  appendWithLength(out, inputs.password);
  // The password fills the hash's first block, so that the rest of the input does not share it.
  const std::size_t head = out.size() + 1;
  appendWithLength(out, Bytes(head < kSha512BlockBytes ? kSha512BlockBytes - head : 0));
  appendWithLength(out, inputs.channelId);
  appendWithLength(out, inputs.sessionId);
  SecretBuffer result(out);
  wipe(out);
  return result;
}

SecretArray<32> generator(const CpaceInputs& inputs) {
  prepare();
  Sha512 hash;
  hash.add(generatorString(inputs).view());
  SecretArray<32> point;
  crypto_core_ristretto255_from_hash(point.data(), hash.finish().data());
  return point;
}

std::optional<SecretArray<32>> multiply(const SecretArray<32>& scalar, ByteView point) {
  prepare();
  SecretArray<32> out;
  if (point.size() != out.kSize) return std::nullopt;
  // libsodium refuses what is not a canonical encoding, and a result that is the neutral element.
  if (crypto_scalarmult_ristretto255(out.data(), scalar.data(), point.data()) != 0) return std::nullopt;
  return out;
}

Bytes transcriptIr(ByteView shareA, ByteView adA, ByteView shareB, ByteView adB) {
  Bytes out;
  for (const ByteView part : {shareA, adA, shareB, adB}) appendWithLength(out, part);
  return out;
}

SecretArray<64> sessionKey(ByteView sessionId, const SecretArray<32>& point, ByteView transcript) {
  constexpr auto kPointBytes = static_cast<std::uint8_t>(SecretArray<32>::kSize);
  Sha512 hash;
  hash.add(withLength(bytesOf(kDsiIsk)));
  hash.add(withLength(sessionId));
  hash.add({&kPointBytes, 1});
  hash.add(point.view());
  hash.add(transcript);
  return hash.finish();
}

CpaceTag confirmation(ByteView sessionId, const SecretArray<64>& key, ByteView share, ByteView ad) {
  Sha512 hash;
  hash.add(bytesOf("CPaceMac"));
  hash.add(sessionId);
  hash.add(key.view());
  const SecretArray<64> macKey = hash.finish();
  Bytes message = withLength(share);
  appendWithLength(message, ad);
  crypto_auth_hmacsha512_state state;
  crypto_auth_hmacsha512_init(&state, macKey.data(), macKey.kSize);
  crypto_auth_hmacsha512_update(&state, message.data(), message.size());
  CpaceTag tag{};
  crypto_auth_hmacsha512_final(&state, tag.data());
  sodium_memzero(&state, sizeof state);
  return tag;
}

}  // namespace cpace_steps

Cpace::Cpace(CpaceRole role, const CpaceInputs& inputs, ByteView ad)
    : role_(role), sessionId_(inputs.sessionId.begin(), inputs.sessionId.end()), ad_(ad.begin(), ad.end()) {
  prepare();
  crypto_core_ristretto255_scalar_random(scalar_.data());
  const auto product = cpace_steps::multiply(scalar_, cpace_steps::generator(inputs).view());
  // Only a hash that maps to the neutral element leads here; receive() then refuses everything.
  if (!product) {
    state_ = State::Over;
    return;
  }
  std::copy_n(product->data(), share_.size(), share_.begin());
}

bool Cpace::receive(ByteView peerShare, ByteView peerAd) {
  if (state_ != State::Started) return false;
  state_ = State::Over;
  // Sent back to us, our own tag would confirm itself.
  if (std::equal(peerShare.begin(), peerShare.end(), share_.begin(), share_.end())) return false;
  const auto point = cpace_steps::multiply(scalar_, peerShare);
  wipe(scalar_.span());
  if (!point) return false;

  const bool initiator = role_ == CpaceRole::Initiator;
  const Bytes transcript = initiator ? cpace_steps::transcriptIr(share_, ad_, peerShare, peerAd)
                                     : cpace_steps::transcriptIr(peerShare, peerAd, share_, ad_);
  key_ = cpace_steps::sessionKey(sessionId_, *point, transcript);
  tag_ = cpace_steps::confirmation(sessionId_, key_, share_, ad_);
  expectedTag_ = SecretArray<64>(cpace_steps::confirmation(sessionId_, key_, peerShare, peerAd));
  state_ = State::Received;
  return true;
}

std::optional<CpaceTag> Cpace::tag() const {
  if (state_ != State::Received && state_ != State::Confirmed) return std::nullopt;
  return tag_;
}

bool Cpace::confirm(ByteView peerTag) {
  if (state_ != State::Received) return false;
  if (!equalInConstantTime(peerTag, expectedTag_.view())) {
    state_ = State::Over;
    wipe(key_.span());
    return false;
  }
  state_ = State::Confirmed;
  return true;
}

std::optional<SecretArray<64>> Cpace::key() const {
  if (state_ != State::Confirmed) return std::nullopt;
  return key_;
}

}  // namespace earshot::app::crypto

#include "app/invite_proof.h"

#include <sodium.h>

#include <string_view>

#include "app/crypto/hkdf.h"

namespace earshot::app {
namespace {

constexpr std::string_view kKeyLabel = "Earshot invite key v1";

/// One for each side: a proof sent back to whoever made it is none.
std::string_view labelOf(InviteProver prover) {
  return prover == InviteProver::Member ? "Earshot invite proof v1: member" : "Earshot invite proof v1: host";
}

crypto::SecretArray<32> keyOf(const InviteToken& token) {
  crypto::SecretArray<32> key;
  // 32 bytes are far below what HKDF can give, so this cannot fail.
  (void)crypto::hkdfExpand(crypto::hkdfExtract({}, token.bytes), crypto::bytesOf(kKeyLabel), key.span());
  return key;
}

}  // namespace

InviteProof inviteProof(const InviteToken& token, const InviteChannel& channel, InviteProver prover) {
  const std::string_view label = labelOf(prover);
  crypto::Bytes message(label.begin(), label.end());
  message.push_back(0);
  message.insert(message.end(), channel.exporter.begin(), channel.exporter.end());
  message.insert(message.end(), channel.member.bytes.begin(), channel.member.bytes.end());
  message.insert(message.end(), channel.host.bytes.begin(), channel.host.bytes.end());
  InviteProof proof{};
  crypto_auth_hmacsha256(proof.data(), message.data(), message.size(), keyOf(token).data());
  return proof;
}

bool isInviteProof(crypto::ByteView proof, const InviteToken& token, const InviteChannel& channel,
                   InviteProver prover) {
  return crypto::equalInConstantTime(proof, inviteProof(token, channel, prover));
}

}  // namespace earshot::app

#pragma once
// How the two ends of a connection show each other that they know the token of an invite, without
// sending it: HMAC-SHA256 over what only this connection has. Pure functions; any thread.

#include <array>
#include <cstdint>
#include <span>

#include "app/crypto/signing_key.h"
#include "app/invite.h"

namespace earshot::app {

enum class InviteProver : std::uint8_t { Member, Host };

/// The connection that a proof is for. Replayed on another one, or passed on by somebody between
/// the two, it proves nothing.
struct InviteChannel {
  std::span<const std::uint8_t, 32> exporter;  ///< of the TLS session (RFC 9266)
  crypto::PublicKey member;
  crypto::PublicKey host;
};

using InviteProof = std::array<std::uint8_t, 32>;

[[nodiscard]] InviteProof inviteProof(const InviteToken& token, const InviteChannel& channel, InviteProver prover);

/// False for any other proof and any other length; takes the same time wherever it differs.
[[nodiscard]] bool isInviteProof(crypto::ByteView proof, const InviteToken& token, const InviteChannel& channel,
                                 InviteProver prover);

}  // namespace earshot::app

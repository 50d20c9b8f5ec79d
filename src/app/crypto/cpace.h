#pragma once
// CPace (draft-irtf-cfrg-cpace-21), cipher suite CPACE-RISTR255-SHA512, with initiator and responder:
// two sides that know the same low-entropy password agree on a strong key. Who does not know it gets
// one guess for each exchange and nothing to try out later. One object is one side of one exchange;
// it belongs to one thread at a time.

#include <optional>

#include "app/crypto/secret.h"

namespace earshot::app::crypto {

enum class CpaceRole { Initiator, Responder };

using CpaceShare = std::array<std::uint8_t, 32>;
using CpaceTag = std::array<std::uint8_t, 64>;

/// What both sides have to agree on, by the draft's names.
struct CpaceInputs {
  ByteView password;   ///< PRS; best the output of a slow hash
  ByteView channelId;  ///< CI: both parties' identities, the initiator's first
  ByteView sessionId;  ///< sid: fresh for each exchange and known to both
};

/// In order: share() goes to the other side, receive() takes its share, tag() goes to the other side,
/// confirm() takes its tag, key() is there. Either side may be asked for its tag first.
class Cpace {
 public:
  /// ad: associated data (ADa, ADb) that is sent with the share and confirmed with it; may be empty.
  Cpace(CpaceRole role, const CpaceInputs& inputs, ByteView ad);

  [[nodiscard]] const CpaceShare& share() const { return share_; }

  /// False, and the exchange is over, for a share of the wrong size, one that is not the canonical
  /// encoding of a group element, the neutral element, and our own share sent back to us. Works once.
  [[nodiscard]] bool receive(ByteView peerShare, ByteView peerAd);

  /// Proof for the other side that we have the same key (section 10.4). Nothing before receive().
  [[nodiscard]] std::optional<CpaceTag> tag() const;

  /// False, and the exchange is over, when the other side does not have the same key. Works once.
  [[nodiscard]] bool confirm(ByteView peerTag);

  /// ISK, 64 bytes, to be given to a key derivation function. Nothing until confirm() was true.
  [[nodiscard]] std::optional<SecretArray<64>> key() const;

 private:
  enum class State { Started, Received, Confirmed, Over };

  CpaceRole role_;
  State state_ = State::Started;
  Bytes sessionId_;
  Bytes ad_;
  SecretArray<32> scalar_;
  CpaceShare share_{};
  SecretArray<64> key_;
  CpaceTag tag_{};
  SecretArray<64> expectedTag_;
};

/// The steps, for the published vectors.
namespace cpace_steps {

/// calculate_generator of section 8.3, encoded.
[[nodiscard]] SecretArray<32> generator(const CpaceInputs& inputs);
/// generator_string of the draft, for SHA-512.
[[nodiscard]] SecretBuffer generatorString(const CpaceInputs& inputs);
/// scalar_mult_vfy of section 8.3; nothing where it is the neutral element.
[[nodiscard]] std::optional<SecretArray<32>> multiply(const SecretArray<32>& scalar, ByteView point);
/// transcript_ir of the draft: the initiator's message, then the responder's.
[[nodiscard]] Bytes transcriptIr(ByteView shareA, ByteView adA, ByteView shareB, ByteView adB);
/// The intermediate session key, ISK.
[[nodiscard]] SecretArray<64> sessionKey(ByteView sessionId, const SecretArray<32>& point, ByteView transcript);
/// Section 10.4, with HMAC-SHA512.
[[nodiscard]] CpaceTag confirmation(ByteView sessionId, const SecretArray<64>& key, ByteView share, ByteView ad);

}  // namespace cpace_steps

}  // namespace earshot::app::crypto

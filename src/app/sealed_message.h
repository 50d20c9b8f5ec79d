#pragma once
// A private message between two people: HPKE in Auth mode from the sender's message key to the
// recipient's, with everything around it bound to it. The sender's signed message key travels along,
// so that a sealed message proves by itself who wrote it. Pure functions; any thread.
//
//   version 1 | sender's signed message key 144 | recipient's key generation 8 | number 8 | enc 32 |
//   ciphertext of the padded text, 16 longer
//
// info = label, room; aad = both identity keys, message id, number, both key generations. Whoever has
// the recipient's message key can forge messages to that recipient (RFC 9180, 9.1.1); there is no
// replay defence here: the recipient remembers message ids.

#include <optional>
#include <string>

#include "app/command.h"
#include "app/message_key.h"

namespace earshot::app {

/// What the sealed bytes do not say and both sides know.
struct MessageAddress {
  RoomId room;
  RequestId message;
};

struct PrivateText {
  TextStyle style = TextStyle::Plain;
  std::string text;

  bool operator==(const PrivateText&) const = default;
};

/// What anybody can read of a sealed message; the signature of the sender's key has been checked.
struct Envelope {
  SignedMessageKey sender;
  KeyGeneration recipientGeneration{};  ///< which of the recipient's keys opens it
  std::uint64_t number = 0;             ///< counts what the sender has sealed for this recipient
  crypto::HpkePublicKey enc{};
  crypto::Bytes ciphertext;
};

inline constexpr std::size_t kEnvelopeBytes = 1 + kSignedMessageKeyBytes + 8 + 8 + 32;

/// Nothing when the text is too long or the recipient's key is no usable key.
/// Precondition: isGenuine(recipient).
[[nodiscard]] std::optional<crypto::Bytes> sealMessage(const MessageAddress& address, const OwnMessageKey& sender,
                                                       const SignedMessageKey& recipient, std::uint64_t number,
                                                       const PrivateText& text);

/// Nothing for what sealMessage never makes, and for a sender's key that is not signed by its identity.
[[nodiscard]] std::optional<Envelope> readEnvelope(crypto::ByteView sealed);

/// Nothing when anything at all does not fit; which part it was is not told.
[[nodiscard]] std::optional<PrivateText> openMessage(const MessageAddress& address, const Envelope& envelope,
                                                     const OwnMessageKey& recipient);

}  // namespace earshot::app

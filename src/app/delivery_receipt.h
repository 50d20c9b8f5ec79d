#pragma once
// What a recipient says, signed, about a sealed message: it has been opened and saved, or it cannot be
// opened and has to be sealed again, to the key that comes along. Pure functions; any thread.
//
//   verdict 1 | recipient's current signed message key 144 | signature 64

#include <optional>

#include "app/message_key.h"
#include "app/sealed_message.h"

namespace earshot::app {

// Numbers on the wire: never changed, never reused.
enum class Verdict : std::uint8_t { Opened = 1, CannotOpen = 2 };

struct DeliveryReceipt {
  Verdict verdict = Verdict::Opened;
  SignedMessageKey key;  ///< the recipient's, to seal to from now on
  crypto::Signature signature;

  bool operator==(const DeliveryReceipt&) const = default;
};

inline constexpr std::size_t kDeliveryReceiptBytes = 1 + kSignedMessageKeyBytes + 64;

[[nodiscard]] DeliveryReceipt signReceipt(const crypto::SigningKey& recipient, const SignedMessageKey& key,
                                          const MessageAddress& address, const MemberId& sender, Verdict verdict);
/// This recipient said it, about this message of this sender.
[[nodiscard]] bool isGenuine(const DeliveryReceipt& receipt, const MessageAddress& address, const MemberId& sender,
                             const MemberId& recipient);

[[nodiscard]] crypto::Bytes toBytes(const DeliveryReceipt& receipt);
/// Says nothing about the signatures.
[[nodiscard]] std::optional<DeliveryReceipt> receiptFrom(crypto::ByteView bytes);

}  // namespace earshot::app

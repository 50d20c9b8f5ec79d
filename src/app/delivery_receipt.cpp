#include "app/delivery_receipt.h"

#include "app/byte_layout.h"

namespace earshot::app {
namespace {

constexpr std::string_view kLabel = "Earshot delivery receipt 1";

crypto::Bytes signedPart(const DeliveryReceipt& receipt, const MessageAddress& address, const MemberId& sender) {
  ByteWriter out;
  out.u8(static_cast<std::uint8_t>(receipt.verdict));
  out.bytes(address.room.bytes);
  out.bytes(address.message.bytes);
  out.bytes(sender.bytes);
  out.bytes(toBytes(receipt.key));
  return out.take();
}

}  // namespace

DeliveryReceipt signReceipt(const crypto::SigningKey& recipient, const SignedMessageKey& key,
                            const MessageAddress& address, const MemberId& sender, Verdict verdict) {
  DeliveryReceipt receipt{verdict, key, {}};
  receipt.signature = crypto::sign(recipient, kLabel, signedPart(receipt, address, sender));
  return receipt;
}

bool isGenuine(const DeliveryReceipt& receipt, const MessageAddress& address, const MemberId& sender,
               const MemberId& recipient) {
  return ownerOf(receipt.key) == recipient && isGenuine(receipt.key) &&
         crypto::verify(receipt.key.identity, kLabel, signedPart(receipt, address, sender), receipt.signature);
}

crypto::Bytes toBytes(const DeliveryReceipt& receipt) {
  ByteWriter out;
  out.u8(static_cast<std::uint8_t>(receipt.verdict));
  out.bytes(toBytes(receipt.key));
  out.bytes(receipt.signature.bytes);
  return out.take();
}

std::optional<DeliveryReceipt> receiptFrom(crypto::ByteView bytes) {
  if (bytes.size() != kDeliveryReceiptBytes) return std::nullopt;
  ByteReader in(bytes);
  const std::uint8_t verdict = in.u8();
  if (verdict != static_cast<std::uint8_t>(Verdict::Opened) &&
      verdict != static_cast<std::uint8_t>(Verdict::CannotOpen)) {
    return std::nullopt;
  }
  const auto key = messageKeyFrom(in.take(kSignedMessageKeyBytes));
  if (!key) return std::nullopt;
  return DeliveryReceipt{static_cast<Verdict>(verdict), *key, in.id<crypto::Signature>()};
}

}  // namespace earshot::app

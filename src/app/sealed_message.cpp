#include "app/sealed_message.h"

#include "app/byte_layout.h"
#include "app/crypto/padding.h"
#include "app/limits.h"
#include "app/text.h"

namespace earshot::app {
namespace {

constexpr std::string_view kLabel = "Earshot private message 1";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kTagBytes = 16;
static_assert(kEnvelopeBytes + kTagBytes + std::size_t{64} * 1024 == kMaxSealedBytes);

// The first byte of the plaintext; numbers are never reused.
enum Mark : std::uint8_t { kPlain = 1, kAction = 2 };

crypto::Bytes infoOf(const RoomId& room) {
  ByteWriter out;
  out.bytes(crypto::bytesOf(kLabel));
  out.u8(0);
  out.bytes(room.bytes);
  return out.take();
}

crypto::Bytes aadOf(const crypto::PublicKey& recipient, const RequestId& message, const Envelope& envelope) {
  ByteWriter out;
  out.bytes(envelope.sender.identity.bytes);
  out.bytes(recipient.bytes);
  out.bytes(message.bytes);
  out.u64(envelope.number);
  out.u64(toNumber(envelope.sender.generation));
  out.u64(toNumber(envelope.recipientGeneration));
  return out.take();
}

/// In one buffer that is wiped, so that no copy of the text is left behind.
std::optional<crypto::SecretBuffer> paddedBytes(const PrivateText& text) {
  crypto::SecretBuffer plain(text.text.size() + 1);
  plain.data()[0] = text.style == TextStyle::Action ? kAction : kPlain;
  const auto words = crypto::bytesOf(text.text);
  std::copy(words.begin(), words.end(), plain.data() + 1);
  return crypto::pad(plain.view());
}

std::optional<PrivateText> textFrom(crypto::ByteView padded) {
  const auto plain = crypto::unpad(padded);
  if (!plain || plain->size() < 2 || plain->size() - 1 > kMaxTextBytes) return std::nullopt;
  const std::uint8_t mark = plain->view()[0];
  if (mark != kPlain && mark != kAction) return std::nullopt;
  PrivateText text{mark == kAction ? TextStyle::Action : TextStyle::Plain,
                   {plain->view().begin() + 1, plain->view().end()}};
  if (!isValidText(text.text) || countCodePoints(text.text) > kMaxTextCodePoints) return std::nullopt;
  return text;
}

}  // namespace

std::optional<crypto::Bytes> sealMessage(const MessageAddress& address, const OwnMessageKey& sender,
                                         const SignedMessageKey& recipient, std::uint64_t number,
                                         const PrivateText& text) {
  if (text.text.size() > kMaxTextBytes) return std::nullopt;
  const auto plain = paddedBytes(text);
  if (!plain) return std::nullopt;
  Envelope envelope{sender.key, recipient.generation, number, {}, {}};
  auto sealed = crypto::hpkeSeal(recipient.publicKey, sender.pair, infoOf(address.room),
                                 aadOf(recipient.identity, address.message, envelope), plain->view());
  if (!sealed) return std::nullopt;
  ByteWriter out;
  out.u8(kVersion);
  out.bytes(toBytes(sender.key));
  out.u64(toNumber(recipient.generation));
  out.u64(number);
  out.bytes(sealed->enc);
  out.bytes(sealed->ciphertext);
  return out.take();
}

std::optional<Envelope> readEnvelope(crypto::ByteView sealed) {
  if (sealed.size() < kEnvelopeBytes + kTagBytes || sealed.size() > kMaxSealedBytes) return std::nullopt;
  ByteReader in(sealed);
  if (in.u8() != kVersion) return std::nullopt;
  const auto sender = messageKeyFrom(in.take(kSignedMessageKeyBytes));
  if (!sender || !isGenuine(*sender)) return std::nullopt;
  Envelope envelope;
  envelope.sender = *sender;
  envelope.recipientGeneration = KeyGeneration{in.u64()};
  envelope.number = in.u64();
  envelope.enc = in.array<32>();
  const auto ciphertext = in.rest();
  envelope.ciphertext.assign(ciphertext.begin(), ciphertext.end());
  return envelope;
}

std::optional<PrivateText> openMessage(const MessageAddress& address, const Envelope& envelope,
                                       const OwnMessageKey& recipient) {
  if (recipient.key.generation != envelope.recipientGeneration) return std::nullopt;
  const auto plain = crypto::hpkeOpen(envelope.enc, recipient.pair, envelope.sender.publicKey, infoOf(address.room),
                                      aadOf(recipient.key.identity, address.message, envelope), envelope.ciphertext);
  if (!plain) return std::nullopt;
  return textFrom(plain->view());
}

}  // namespace earshot::app

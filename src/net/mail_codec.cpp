#include "net/mail_codec.h"

#include <type_traits>

#include "app/limits.h"
#include "app/text.h"

namespace earshot::net {
namespace {

constexpr std::size_t kSmallFrameBytes = 512;
constexpr std::uint64_t kMaxMailNumber = (std::uint64_t{1} << 63) - 1;
constexpr std::int64_t kMaxTimeMs = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
/// A name as another version might allow it; ours is stricter.
constexpr std::size_t kMaxForeignNameBytes = 256;
/// What a member is told to wait before it asks again after the host's disk failed.

app::crypto::ByteView bytesIn(const std::string& field) {
  return app::crypto::bytesOf(field);
}
std::string fieldOf(app::crypto::ByteView bytes) {
  return {bytes.begin(), bytes.end()};
}
template <class Id>
std::string fieldOf(const Id& id) {
  return std::string(id.view());
}
app::UtcMillis timeFrom(std::int64_t ms) {
  return app::UtcMillis{std::chrono::milliseconds{ms}};
}
bool isTime(std::int64_t ms) {
  return ms >= 0 && ms <= kMaxTimeMs;
}
bool isName(const std::string& name) {
  return name.size() <= kMaxForeignNameBytes && app::isValidText(name) &&
         name.find_first_of("\r\n") == std::string::npos;
}

template <class Message>
std::optional<Message> parsed(const Frame& frame) {
  Message message;
  if (!parse(frame.body, message)) return std::nullopt;
  return message;
}

std::optional<app::MailRequest> letterFrom(const Frame& frame) {
  const auto message = parsed<wire::PrivateSend>(frame);
  if (!message || message->sealed().empty() || message->sealed().size() > app::kMaxSealedBytes) return std::nullopt;
  const auto to = app::MemberId::fromView(message->to());
  const auto id = app::RequestId::fromView(message->message_id());
  if (!to || !id) return std::nullopt;
  const auto sealed = bytesIn(message->sealed());
  return app::PostLetter{*to, *id, {sealed.begin(), sealed.end()}};
}

std::optional<app::MailRequest> receiptFromMember(const Frame& frame) {
  const auto message = parsed<wire::PrivateAck>(frame);
  if (!message) return std::nullopt;
  const auto from = app::MemberId::fromView(message->from());
  const auto id = app::RequestId::fromView(message->message_id());
  const auto receipt = app::receiptFrom(bytesIn(message->receipt()));
  if (!from || !id || !receipt) return std::nullopt;
  return app::PostReceipt{*from, *id, *receipt};
}

std::optional<app::MailRequest> seenFrom(const Frame& frame) {
  const auto message = parsed<wire::PrivateReceiptSeen>(frame);
  if (!message || message->number() > kMaxMailNumber) return std::nullopt;
  return app::ReceiptSeen{app::MailNumber{static_cast<std::int64_t>(message->number())}};
}

std::optional<app::MailNews> keyAnswerFrom(const Frame& frame) {
  const auto message = parsed<wire::Prekey>(frame);
  if (!message) return std::nullopt;
  const auto person = app::MemberId::fromView(message->member_id());
  if (!person) return std::nullopt;
  if (message->key().empty()) return app::KeyAnswer{*person, {}};
  const auto key = app::messageKeyFrom(bytesIn(message->key()));
  if (!key) return std::nullopt;
  return app::KeyAnswer{*person, key};
}

std::optional<app::MailNews> deliveryFrom(const Frame& frame) {
  const auto message = parsed<wire::PrivateDeliver>(frame);
  if (!message || !isName(message->from_name()) || !isTime(message->time_ms()) ||
      message->sealed().size() > app::kMaxSealedBytes) {
    return std::nullopt;
  }
  const auto from = app::MemberId::fromView(message->from());
  const auto id = app::RequestId::fromView(message->message_id());
  if (!from || !id) return std::nullopt;
  const auto sealed = bytesIn(message->sealed());
  return app::Letter{*from, message->from_name(), *id, timeFrom(message->time_ms()), {sealed.begin(), sealed.end()}};
}

std::optional<app::MailNews> receiptFromHost(const Frame& frame) {
  const auto message = parsed<wire::PrivateReceipt>(frame);
  if (!message || !isTime(message->time_ms()) || message->number() > kMaxMailNumber) return std::nullopt;
  const auto to = app::MemberId::fromView(message->to());
  const auto id = app::RequestId::fromView(message->message_id());
  const auto receipt = app::receiptFrom(bytesIn(message->receipt()));
  if (!to || !id || !receipt) return std::nullopt;
  return app::Receipt{app::MailNumber{static_cast<std::int64_t>(message->number())}, *to, *id,
                      timeFrom(message->time_ms()), *receipt};
}

SharedBytes frameOf(const app::PublishKey& publish) {
  wire::PrekeyPut message;
  message.set_key(fieldOf(app::crypto::ByteView(app::toBytes(publish.key))));
  return frame(FrameType::PrekeyPut, message);
}
SharedBytes frameOf(const app::AskKey& ask) {
  wire::PrekeyGet message;
  message.set_member_id(fieldOf(ask.person));
  return frame(FrameType::PrekeyGet, message);
}
SharedBytes frameOf(const app::PostLetter& post) {
  wire::PrivateSend message;
  message.set_to(fieldOf(post.to));
  message.set_message_id(fieldOf(post.message));
  message.set_sealed(fieldOf(app::crypto::ByteView(post.sealed)));
  return frame(FrameType::PrivateSend, message);
}
SharedBytes frameOf(const app::PostReceipt& post) {
  wire::PrivateAck message;
  message.set_from(fieldOf(post.sender));
  message.set_message_id(fieldOf(post.message));
  message.set_receipt(fieldOf(app::crypto::ByteView(app::toBytes(post.receipt))));
  return frame(FrameType::PrivateAck, message);
}
SharedBytes frameOf(const app::ReceiptSeen& seen) {
  wire::PrivateReceiptSeen message;
  message.set_number(static_cast<std::uint64_t>(seen.number));
  return frame(FrameType::PrivateReceiptSeen, message);
}

void append(Bytes& out, const app::KeyAnswer& answer) {
  wire::Prekey message;
  message.set_member_id(fieldOf(answer.person));
  if (answer.key) message.set_key(fieldOf(app::crypto::ByteView(app::toBytes(*answer.key))));
  appendFrame(out, FrameType::Prekey, message);
}
void append(Bytes& out, const app::LetterKept& kept) {
  wire::Ack message;
  message.set_request_id(fieldOf(kept.message));
  message.set_time_ms(kept.time.time_since_epoch().count());
  appendFrame(out, FrameType::Ack, message);
}
void append(Bytes& out, const app::LetterRefused& refused) {
  wire::Nack message;
  message.set_request_id(fieldOf(refused.message));
  message.set_code(toWire(refused.error.code));
  message.set_retry_ms(static_cast<std::uint32_t>(refused.retry.count()));
  appendFrame(out, FrameType::Nack, message);
}
void append(Bytes& out, const app::Letter& letter) {
  wire::PrivateDeliver message;
  message.set_from(fieldOf(letter.from));
  message.set_from_name(letter.fromName);
  message.set_message_id(fieldOf(letter.message));
  message.set_time_ms(letter.time.time_since_epoch().count());
  message.set_sealed(fieldOf(app::crypto::ByteView(letter.sealed)));
  appendFrame(out, FrameType::PrivateDeliver, message);
}
void append(Bytes& out, const app::Receipt& receipt) {
  wire::PrivateReceipt message;
  message.set_number(static_cast<std::uint64_t>(receipt.number));
  message.set_to(fieldOf(receipt.recipient));
  message.set_message_id(fieldOf(receipt.message));
  message.set_time_ms(receipt.time.time_since_epoch().count());
  message.set_receipt(fieldOf(app::crypto::ByteView(app::toBytes(receipt.receipt))));
  appendFrame(out, FrameType::PrivateReceipt, message);
}

}  // namespace

std::optional<std::size_t> mailRequestLimit(FrameType type) {
  switch (type) {
    case FrameType::PrivateSend:
      return app::kMaxLetterFrameBytes;
    case FrameType::PrekeyPut:
    case FrameType::PrekeyGet:
    case FrameType::PrivateAck:
    case FrameType::PrivateReceiptSeen:
      return kSmallFrameBytes;
    default:
      return std::nullopt;
  }
}

std::optional<std::size_t> mailNewsLimit(FrameType type) {
  switch (type) {
    case FrameType::PrivateDeliver:
      return app::kMaxLetterFrameBytes;
    case FrameType::Prekey:
    case FrameType::PrivateReceipt:
      return kSmallFrameBytes;
    default:
      return std::nullopt;
  }
}

SharedBytes mailFrame(const app::MailRequest& request) {
  return std::visit([](const auto& what) { return frameOf(what); }, request);
}

void appendMailFrame(Bytes& out, const app::MailNews& news) {
  std::visit([&](const auto& what) { append(out, what); }, news);
}

std::optional<app::MailRequest> mailRequestFrom(const Frame& received) {
  switch (received.type) {
    case FrameType::PrekeyPut: {
      const auto message = parsed<wire::PrekeyPut>(received);
      const auto key = message ? app::messageKeyFrom(bytesIn(message->key())) : std::nullopt;
      return key ? std::optional<app::MailRequest>(app::PublishKey{*key}) : std::nullopt;
    }
    case FrameType::PrekeyGet: {
      const auto message = parsed<wire::PrekeyGet>(received);
      const auto person = message ? app::MemberId::fromView(message->member_id()) : std::nullopt;
      return person ? std::optional<app::MailRequest>(app::AskKey{*person}) : std::nullopt;
    }
    case FrameType::PrivateSend:
      return letterFrom(received);
    case FrameType::PrivateAck:
      return receiptFromMember(received);
    case FrameType::PrivateReceiptSeen:
      return seenFrom(received);
    default:
      return std::nullopt;
  }
}

std::optional<app::MailNews> mailNewsFrom(const Frame& received) {
  switch (received.type) {
    case FrameType::Prekey:
      return keyAnswerFrom(received);
    case FrameType::PrivateDeliver:
      return deliveryFrom(received);
    case FrameType::PrivateReceipt:
      return receiptFromHost(received);
    default:
      return std::nullopt;
  }
}

}  // namespace earshot::net

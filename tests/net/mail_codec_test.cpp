#include "net/mail_codec.h"

#include <gmock/gmock.h>

#include "app/limits.h"

namespace earshot::net {
namespace {

class MailCodecTest : public ::testing::Test {
 protected:
  /// The frame in these bytes; there is exactly one.
  static Frame only(const Bytes& bytes) {
    const auto header = readHeader(std::span<const std::uint8_t, 8>(bytes.data(), 8));
    EXPECT_EQ(bytes.size(), 8 + header.length);
    return {static_cast<FrameType>(header.type), std::span(bytes).subspan(8)};
  }
  template <class What>
  static std::optional<What> there(const app::MailRequest& request) {
    const auto bytes = mailFrame(request);
    const Frame frame = only(*bytes);
    EXPECT_LE(frame.body.size(), mailRequestLimit(frame.type).value_or(0));
    EXPECT_FALSE(mailNewsLimit(frame.type));
    const auto back = mailRequestFrom(frame);
    return back ? std::optional(std::get<What>(*back)) : std::nullopt;
  }
  template <class What>
  static std::optional<What> back(const app::MailNews& news) {
    Bytes bytes;
    appendMailFrame(bytes, news);
    const Frame frame = only(bytes);
    EXPECT_LE(frame.body.size(), mailNewsLimit(frame.type).value_or(0));
    EXPECT_FALSE(mailRequestLimit(frame.type));
    const auto read = mailNewsFrom(frame);
    return read ? std::optional(std::get<What>(*read)) : std::nullopt;
  }
  template <class Message>
  static bool isRequest(FrameType type, const Message& message) {
    const auto bytes = frame(type, message);
    return mailRequestFrom(only(*bytes)).has_value();
  }
  template <class Message>
  static bool isNews(FrameType type, const Message& message) {
    const auto bytes = frame(type, message);
    return mailNewsFrom(only(*bytes)).has_value();
  }

  const app::crypto::SigningKey identity_ = app::crypto::makeSigningKey();
  const app::SignedMessageKey key_ = app::makeMessageKey(identity_, app::KeyGeneration{5}, app::UtcMillis{}).key;
  const app::MemberId person_ = app::makeRandom<app::MemberId>();
  const app::RequestId id_ = app::makeRandom<app::RequestId>();
  const app::DeliveryReceipt receipt_ = app::signReceipt(identity_, key_, {{}, id_}, person_, app::Verdict::CannotOpen);
  const app::UtcMillis time_{std::chrono::milliseconds{1'700'000'000'000}};
};

TEST_F(MailCodecTest, BringsEveryRequestAcrossAsItWas) {
  EXPECT_EQ(there<app::PublishKey>(app::PublishKey{key_})->key, key_);
  EXPECT_EQ(there<app::AskKey>(app::AskKey{person_})->person, person_);
  const auto letter = there<app::PostLetter>(app::PostLetter{person_, id_, {1, 2, 3}});
  EXPECT_EQ(letter->to, person_);
  EXPECT_EQ(letter->message, id_);
  EXPECT_EQ(letter->sealed, (app::crypto::Bytes{1, 2, 3}));
  const auto receipt = there<app::PostReceipt>(app::PostReceipt{person_, id_, receipt_});
  EXPECT_EQ(receipt->sender, person_);
  EXPECT_EQ(receipt->receipt, receipt_);
  EXPECT_EQ(there<app::ReceiptSeen>(app::ReceiptSeen{app::MailNumber{7}})->number, app::MailNumber{7});
}

TEST_F(MailCodecTest, BringsAllNewsAcrossAsItWas) {
  EXPECT_EQ(back<app::KeyAnswer>(app::KeyAnswer{person_, key_})->key, key_);
  EXPECT_FALSE(back<app::KeyAnswer>(app::KeyAnswer{person_, {}})->key);
  const auto letter = back<app::Letter>(app::Letter{person_, "Ben", id_, time_, {4, 5}});
  EXPECT_EQ(letter->from, person_);
  EXPECT_EQ(letter->fromName, "Ben");
  EXPECT_EQ(letter->time, time_);
  EXPECT_EQ(letter->sealed, (app::crypto::Bytes{4, 5}));
  const auto receipt = back<app::Receipt>(app::Receipt{app::MailNumber{7}, person_, id_, time_, receipt_});
  EXPECT_EQ(receipt->number, app::MailNumber{7});
  EXPECT_EQ(receipt->recipient, person_);
  EXPECT_EQ(receipt->receipt, receipt_);
}

TEST_F(MailCodecTest, TheLargestLetterFitsItsFrameBothWays) {
  const app::crypto::Bytes largest(app::kMaxSealedBytes, 7);
  EXPECT_TRUE(there<app::PostLetter>(app::PostLetter{person_, id_, largest}));
  EXPECT_TRUE(back<app::Letter>(app::Letter{person_, std::string(256, 'n'), id_, time_, largest}));
  EXPECT_FALSE(there<app::PostLetter>(app::PostLetter{person_, id_, app::crypto::Bytes(app::kMaxSealedBytes + 1, 7)}));
}

TEST_F(MailCodecTest, RefusesIdsAndFieldsOfWrongSizes) {
  wire::PrivateSend send;
  send.set_to(std::string(32, 't'));
  send.set_message_id(std::string(16, 'm'));
  send.set_sealed("x");
  EXPECT_TRUE(isRequest(FrameType::PrivateSend, send));
  send.set_to(std::string(31, 't'));
  EXPECT_FALSE(isRequest(FrameType::PrivateSend, send));
  send.set_to(std::string(32, 't'));
  send.set_message_id("");
  EXPECT_FALSE(isRequest(FrameType::PrivateSend, send));
  send.set_message_id(std::string(16, 'm'));
  send.set_sealed("");
  EXPECT_FALSE(isRequest(FrameType::PrivateSend, send));

  wire::PrekeyPut put;
  put.set_key(std::string(app::kSignedMessageKeyBytes - 1, 'k'));
  EXPECT_FALSE(isRequest(FrameType::PrekeyPut, put));
  wire::PrivateAck ack;
  ack.set_from(std::string(32, 'f'));
  ack.set_message_id(std::string(16, 'm'));
  ack.set_receipt(std::string(app::kDeliveryReceiptBytes, '\x09'));
  EXPECT_FALSE(isRequest(FrameType::PrivateAck, ack));
  wire::PrivateReceiptSeen seen;
  seen.set_number(std::uint64_t{1} << 63);
  EXPECT_FALSE(isRequest(FrameType::PrivateReceiptSeen, seen));
}

TEST_F(MailCodecTest, RefusesNewsThatCannotBe) {
  wire::PrivateDeliver deliver;
  deliver.set_from(std::string(32, 'f'));
  deliver.set_from_name("Ben");
  deliver.set_message_id(std::string(16, 'm'));
  deliver.set_sealed("x");
  EXPECT_TRUE(isNews(FrameType::PrivateDeliver, deliver));
  for (const std::string& name : {std::string("a\nb"), std::string("\xff"), std::string(300, 'n')}) {
    auto wrong = deliver;
    *wrong.mutable_from_name() = name;
    EXPECT_FALSE(isNews(FrameType::PrivateDeliver, wrong));
  }
  deliver.set_time_ms(-1);
  EXPECT_FALSE(isNews(FrameType::PrivateDeliver, deliver));
  wire::Prekey prekey;
  prekey.set_member_id(std::string(32, 'p'));
  prekey.set_key("short");
  EXPECT_FALSE(isNews(FrameType::Prekey, prekey));
}

TEST_F(MailCodecTest, AnswersLikeTheRoomDoes) {
  Bytes bytes;
  appendMailFrame(bytes, app::LetterKept{id_, time_});
  wire::Ack ack;
  ASSERT_EQ(only(bytes).type, FrameType::Ack);
  ASSERT_TRUE(parse(only(bytes).body, ack));
  EXPECT_EQ(ack.request_id(), id_.view());
  EXPECT_EQ(ack.seq(), 0U);
  EXPECT_EQ(ack.time_ms(), 1'700'000'000'000);
  bytes.clear();
  appendMailFrame(bytes, app::LetterRefused{id_, {app::Errc::MailboxFull, {}}});
  wire::Nack nack;
  ASSERT_EQ(only(bytes).type, FrameType::Nack);
  ASSERT_TRUE(parse(only(bytes).body, nack));
  EXPECT_EQ(fromWire(nack.code()), app::Errc::MailboxFull);
  EXPECT_EQ(nack.retry_ms(), 0U);
}

}  // namespace
}  // namespace earshot::net

#include "app/delivery_receipt.h"

#include <gmock/gmock.h>

namespace earshot::app {
namespace {

class DeliveryReceiptTest : public ::testing::Test {
 protected:
  const crypto::SigningKey ben_ = crypto::makeSigningKey();
  const MemberId benId_ = crypto::memberIdOf(ben_.publicKey);
  const MemberId anna_ = makeRandom<MemberId>();
  const MessageAddress address_{makeRandom<RoomId>(), makeRandom<RequestId>()};
  const SignedMessageKey key_ = makeMessageKey(ben_, KeyGeneration{5}, UtcMillis{}).key;
  const DeliveryReceipt receipt_ = signReceipt(ben_, key_, address_, anna_, Verdict::Opened);
};

TEST_F(DeliveryReceiptTest, IsGenuineForThisMessageOfThisSenderAndNoOther) {
  EXPECT_TRUE(isGenuine(receipt_, address_, anna_, benId_));
  EXPECT_FALSE(isGenuine(receipt_, {address_.room, makeRandom<RequestId>()}, anna_, benId_));
  EXPECT_FALSE(isGenuine(receipt_, {makeRandom<RoomId>(), address_.message}, anna_, benId_));
  EXPECT_FALSE(isGenuine(receipt_, address_, makeRandom<MemberId>(), benId_));
  EXPECT_FALSE(isGenuine(receipt_, address_, anna_, makeRandom<MemberId>()));
}

TEST_F(DeliveryReceiptTest, ItsVerdictCannotBeTurned) {
  auto turned = receipt_;
  turned.verdict = Verdict::CannotOpen;
  EXPECT_FALSE(isGenuine(turned, address_, anna_, benId_));
}

TEST_F(DeliveryReceiptTest, CannotBeSignedBySomebodyElse) {
  const auto forged = signReceipt(crypto::makeSigningKey(), key_, address_, anna_, Verdict::Opened);
  EXPECT_FALSE(isGenuine(forged, address_, anna_, benId_));
}

TEST_F(DeliveryReceiptTest, ComesBackFromItsBytesAndIsNotGenuineWithAnyBitChanged) {
  const auto bytes = toBytes(receipt_);
  ASSERT_EQ(bytes.size(), kDeliveryReceiptBytes);
  EXPECT_EQ(receiptFrom(bytes), receipt_);
  EXPECT_FALSE(receiptFrom(crypto::ByteView(bytes).subspan(1)));
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto changed = bytes;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    const auto read = receiptFrom(changed);
    ASSERT_FALSE(read && isGenuine(*read, address_, anna_, benId_)) << bit;
  }
}

}  // namespace
}  // namespace earshot::app

#include "app/sealed_message.h"

#include <gmock/gmock.h>

#include <random>

#include "app/limits.h"

namespace earshot::app {
namespace {

constexpr UtcMillis kNow{std::chrono::milliseconds{1'700'000'000'000}};
constexpr std::uint64_t kNumber = 42;

class SealedMessageTest : public ::testing::Test {
 protected:
  crypto::Bytes seal(const PrivateText& text) {
    auto sealed = sealMessage(address_, anna_, ben_.key, kNumber, text);
    EXPECT_TRUE(sealed);
    return sealed.value_or(crypto::Bytes{});
  }
  std::optional<PrivateText> open(crypto::ByteView sealed, const MessageAddress& address, const OwnMessageKey& key) {
    const auto envelope = readEnvelope(sealed);
    if (!envelope || envelope->sender != anna_.key) return std::nullopt;
    return openMessage(address, *envelope, key);
  }

  const crypto::SigningKey annaIdentity_ = crypto::makeSigningKey();
  const crypto::SigningKey benIdentity_ = crypto::makeSigningKey();
  const OwnMessageKey anna_ = makeMessageKey(annaIdentity_, KeyGeneration{3}, kNow);
  const OwnMessageKey ben_ = makeMessageKey(benIdentity_, KeyGeneration{9}, kNow);
  const MessageAddress address_{makeRandom<RoomId>(), makeRandom<RequestId>()};
  const PrivateText hello_{TextStyle::Plain, "Grüße 🎉"};
};

TEST_F(SealedMessageTest, IsOpenedByItsRecipientAsItWasWritten) {
  EXPECT_EQ(open(seal(hello_), address_, ben_), hello_);
  const PrivateText waves{TextStyle::Action, "waves"};
  EXPECT_EQ(open(seal(waves), address_, ben_), waves);
}

TEST_F(SealedMessageTest, SaysFromOutsideWhoWroteItAndWhichKeyOpensIt) {
  const auto envelope = readEnvelope(seal(hello_));
  ASSERT_TRUE(envelope);
  EXPECT_EQ(envelope->sender, anna_.key);
  EXPECT_EQ(envelope->recipientGeneration, ben_.key.generation);
  EXPECT_EQ(envelope->number, kNumber);
}

TEST_F(SealedMessageTest, IsOpenedByNobodyElseAndNowhereElse) {
  const auto sealed = seal(hello_);
  EXPECT_FALSE(open(sealed, address_, makeMessageKey(benIdentity_, KeyGeneration{9}, kNow)));
  EXPECT_FALSE(open(sealed, address_, makeMessageKey(benIdentity_, KeyGeneration{10}, kNow)));
  auto otherOwner = ben_;
  otherOwner.key.identity = annaIdentity_.publicKey;
  EXPECT_FALSE(open(sealed, address_, otherOwner));
  EXPECT_FALSE(open(sealed, {makeRandom<RoomId>(), address_.message}, ben_));
  EXPECT_FALSE(open(sealed, {address_.room, makeRandom<RequestId>()}, ben_));
}

TEST_F(SealedMessageTest, CannotBeMadeInSomebodyElsesName) {
  // Carla has Anna's signed key, which is public, and a key pair of her own.
  OwnMessageKey forged{anna_.key, crypto::makeHpkeKeyPair()};
  const auto sealed = sealMessage(address_, forged, ben_.key, kNumber, hello_);
  ASSERT_TRUE(sealed);
  EXPECT_FALSE(open(*sealed, address_, ben_));
}

TEST_F(SealedMessageTest, IsRejectedWithAnyOfTenThousandBitsFlipped) {
  std::mt19937 random{20261122};  // NOLINT(cert-msc51-cpp): the same flips every time
  const auto sealed = seal({TextStyle::Plain, std::string(700, 'x')});
  ASSERT_TRUE(open(sealed, address_, ben_));
  for (int i = 0; i < 10'000; ++i) {
    auto changed = sealed;
    const std::size_t bit = random() % (changed.size() * 8);
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    ASSERT_FALSE(open(changed, address_, ben_)) << bit;
  }
}

TEST_F(SealedMessageTest, IsRejectedWithAnyBitOfItsEnvelopeFlipped) {
  const auto sealed = seal(hello_);
  for (std::size_t bit = 0; bit < kEnvelopeBytes * 8; ++bit) {
    auto changed = sealed;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    ASSERT_FALSE(open(changed, address_, ben_)) << bit;
  }
}

TEST_F(SealedMessageTest, IsRejectedCutOffOrWithMoreBehindIt) {
  const auto sealed = seal(hello_);
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    ASSERT_FALSE(open(crypto::ByteView(sealed).first(size), address_, ben_)) << size;
  }
  auto longer = sealed;
  longer.push_back(0);
  EXPECT_FALSE(open(longer, address_, ben_));
  EXPECT_FALSE(readEnvelope(crypto::Bytes(kMaxSealedBytes + 1)));
}

TEST_F(SealedMessageTest, TellsLittleOfHowLongATextIs) {
  EXPECT_EQ(seal({TextStyle::Plain, "a"}).size(), seal({TextStyle::Plain, std::string(62, 'a')}).size());
  EXPECT_EQ(seal({TextStyle::Plain, std::string(63, 'a')}).size(), kEnvelopeBytes + 16 + 256);
}

TEST_F(SealedMessageTest, TakesTheLongestTextAndNoLongerOne) {
  std::string longest;
  while (longest.size() < kMaxTextBytes) longest += "🎉";
  longest.resize(4 * kMaxTextCodePoints);
  EXPECT_EQ(seal({TextStyle::Plain, longest}).size(), kMaxSealedBytes);
  EXPECT_EQ(open(seal({TextStyle::Plain, longest}), address_, ben_)->text, longest);
  EXPECT_FALSE(
      sealMessage(address_, anna_, ben_.key, kNumber, {TextStyle::Plain, std::string(kMaxTextBytes + 1, 'a')}));
}

TEST_F(SealedMessageTest, HoldsTextAndNothingElse) {
  for (const std::string& wrong :
       {std::string(), std::string("\xff"), std::string("a\0b", 3), std::string(kMaxTextCodePoints + 1, 'a')}) {
    const auto sealed = sealMessage(address_, anna_, ben_.key, kNumber, {TextStyle::Plain, wrong});
    ASSERT_TRUE(sealed);
    EXPECT_FALSE(open(*sealed, address_, ben_));
  }
}

TEST_F(SealedMessageTest, IsNotMadeForAKeyThatIsNone) {
  auto zero = ben_.key;
  zero.publicKey = {};
  EXPECT_FALSE(sealMessage(address_, anna_, zero, kNumber, hello_));
}

}  // namespace
}  // namespace earshot::app

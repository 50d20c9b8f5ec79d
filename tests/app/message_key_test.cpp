#include "app/message_key.h"

#include <gmock/gmock.h>

#include "app/limits.h"

namespace earshot::app {
namespace {

using namespace std::chrono_literals;

constexpr UtcMillis kNow{std::chrono::milliseconds{1'700'000'000'000}};

class MessageKeyTest : public ::testing::Test {
 protected:
  const crypto::SigningKey anna_ = crypto::makeSigningKey();
  const OwnMessageKey key_ = makeMessageKey(anna_, KeyGeneration{7}, kNow);
};

TEST_F(MessageKeyTest, ProvesWhoseItIs) {
  EXPECT_TRUE(isGenuine(key_.key));
  EXPECT_EQ(ownerOf(key_.key), crypto::memberIdOf(anna_.publicKey));
  EXPECT_EQ(key_.key.publicKey, key_.pair.publicKey);
}

TEST_F(MessageKeyTest, ComesBackFromItsBytesAsItWas) {
  const auto bytes = toBytes(key_.key);
  ASSERT_EQ(bytes.size(), kSignedMessageKeyBytes);
  EXPECT_EQ(messageKeyFrom(bytes), key_.key);
  EXPECT_FALSE(messageKeyFrom(crypto::ByteView(bytes).first(bytes.size() - 1)));
  EXPECT_FALSE(messageKeyFrom({}));
}

TEST_F(MessageKeyTest, IsNotGenuineWithAnyBitChanged) {
  const auto bytes = toBytes(key_.key);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto changed = bytes;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    const auto read = messageKeyFrom(changed);
    EXPECT_FALSE(read && isGenuine(*read)) << bit;
  }
}

TEST_F(MessageKeyTest, IsNoKeyOfSomebodyWhoOnlyPutsTheirNameOnIt) {
  auto stolen = key_.key;
  stolen.identity = crypto::makeSigningKey().publicKey;
  EXPECT_FALSE(isGenuine(stolen));
}

TEST_F(MessageKeyTest, ASignatureForAnythingElseIsNone) {
  auto other = key_.key;
  const auto bytes = toBytes(key_.key);
  other.signature = crypto::sign(anna_, "Earshot delivery receipt 1", crypto::ByteView(bytes).subspan(32, 48));
  EXPECT_FALSE(isGenuine(other));
}

TEST(MessageKeyRules, AKeyIsReplacedAfterADay) {
  EXPECT_FALSE(isDue(kNow, kNow));
  EXPECT_FALSE(isDue(kNow, kNow + 23h));
  EXPECT_TRUE(isDue(kNow, kNow + 24h));
}

TEST(MessageKeyRules, AKeyFromAFutureThatAClockForgotIsReplaced) {
  EXPECT_FALSE(isDue(kNow, kNow - 23h));
  EXPECT_TRUE(isDue(kNow, kNow - 25h));
}

TEST(MessageKeyRules, GenerationsGrowWithTimeAndNeverGoBack) {
  EXPECT_EQ(nextGeneration({}, kNow), KeyGeneration{1'700'000'000'000});
  EXPECT_EQ(nextGeneration(KeyGeneration{5}, kNow), KeyGeneration{1'700'000'000'000});
  EXPECT_EQ(nextGeneration(KeyGeneration{1'800'000'000'000}, kNow), KeyGeneration{1'800'000'000'001});
  EXPECT_EQ(nextGeneration({}, UtcMillis{} - 5h), KeyGeneration{1});
}

TEST(MessageKeyRules, ASecretIsForgottenThirtyDaysAfterItWasReplaced) {
  EXPECT_FALSE(isForgotten(kNow, kNow + 29 * 24h));
  EXPECT_TRUE(isForgotten(kNow, kNow + 30 * 24h));
  EXPECT_FALSE(isForgotten(kNow, kNow - 24h));
}

TEST(MessageKeyRules, AMessageMayHaveWaitedButNotLongerThanAHostKeepsIt) {
  const auto identity = crypto::makeSigningKey();
  const auto old = makeMessageKey(identity, KeyGeneration{1}, kNow).key;
  EXPECT_FALSE(isTooOld(old, old));
  EXPECT_FALSE(isTooOld(old, makeMessageKey(identity, KeyGeneration{2}, kNow + 31 * 24h).key));
  EXPECT_TRUE(isTooOld(old, makeMessageKey(identity, KeyGeneration{2}, kNow + 31 * 24h + 1ms).key));
}

}  // namespace
}  // namespace earshot::app

#include "app/message_keys.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using namespace std::chrono_literals;

constexpr UtcMillis kNow{std::chrono::milliseconds{1'700'000'000'000}};

class MessageKeysTest : public ::testing::Test {
 protected:
  std::unique_ptr<MessageKeys> open() {
    auto keys = MessageKeys::open(file_, anna_);
    EXPECT_TRUE(keys.ok());
    return std::move(*keys);
  }

  const test::TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_ / "message_keys.db";
  const crypto::SigningKey anna_ = crypto::makeSigningKey();
};

TEST_F(MessageKeysTest, StaysTheSameForADayAlsoOverARestart) {
  const auto first = open()->current(kNow);
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(isGenuine(first->key));
  EXPECT_EQ(open()->current(kNow + 23h)->key, first->key);
  const auto second = open()->current(kNow + 24h);
  EXPECT_NE(second->key, first->key);
  EXPECT_GT(second->key.generation, first->key.generation);
}

TEST_F(MessageKeysTest, KeepsOldSecretsForThirtyDaysAndThenNoLonger) {
  auto keys = open();
  const auto first = keys->current(kNow)->key.generation;
  (void)keys->current(kNow + 24h);
  (void)keys->current(kNow + 24h + 29 * 24h);
  ASSERT_TRUE(*keys->find(first));
  EXPECT_EQ((*keys->find(first))->key.generation, first);
  (void)keys->current(kNow + 24h + 30 * 24h);
  EXPECT_FALSE(*keys->find(first));
}

TEST_F(MessageKeysTest, ASecretThatWasForgottenIsNotInTheFileAnyMore) {
  auto keys = open();
  const auto first = keys->current(kNow);
  const std::string secret(first->pair.secretKey.view().begin(), first->pair.secretKey.view().end());
  (void)keys->current(kNow + 24h);
  (void)keys->current(kNow + 60 * 24h);
  for (const std::string& name : folder_.names()) {
    EXPECT_EQ(test::contentOf(folder_ / name).find(secret), std::string::npos) << name;
  }
}

TEST_F(MessageKeysTest, AKeyThatNobodyReplacedOpensHoweverLongItsOwnerWasAway) {
  const auto first = open()->current(kNow)->key.generation;
  auto keys = open();
  (void)keys->current(kNow + 90 * 24h);
  EXPECT_TRUE(*keys->find(first));
}

TEST_F(MessageKeysTest, GoesAboveAGenerationThatOthersKnowFromBeforeARestore) {
  auto keys = open();
  const auto first = keys->current(kNow)->key.generation;
  const KeyGeneration known{toNumber(first) + 1'000};
  const auto above = keys->currentAbove(known, kNow);
  EXPECT_GT(above->key.generation, known);
  EXPECT_EQ(keys->currentAbove(known, kNow)->key, above->key);
  EXPECT_EQ(keys->current(kNow)->key, above->key);
  EXPECT_TRUE(*keys->find(first));
}

TEST_F(MessageKeysTest, MakesItsOwnWhenTheFileWasSomebodyElses) {
  const auto theirs = open()->current(kNow)->key;
  auto other = MessageKeys::open(file_, crypto::makeSigningKey());
  ASSERT_TRUE(other.ok());
  EXPECT_NE((*other)->current(kNow + 1ms)->key.identity, theirs.identity);
  EXPECT_FALSE(*(*other)->find(theirs.generation));
}

TEST_F(MessageKeysTest, NeverGoesBackToAnOlderKeyOfAnotherPerson) {
  auto keys = open();
  const auto ben = crypto::makeSigningKey();
  const auto older = makeMessageKey(ben, KeyGeneration{1}, kNow).key;
  const auto newer = makeMessageKey(ben, KeyGeneration{2}, kNow).key;
  EXPECT_FALSE(*keys->newestOf(ownerOf(newer)));
  EXPECT_EQ(*keys->seen(older), older);
  EXPECT_EQ(*keys->seen(newer), newer);
  EXPECT_EQ(*keys->seen(older), newer);
  EXPECT_EQ(*open()->newestOf(ownerOf(newer)), newer);
}

TEST_F(MessageKeysTest, TwoLinksThatFindAKeyDueMakeOne) {
  auto one = open();
  auto other = open();
  EXPECT_EQ(one->current(kNow)->key, other->current(kNow)->key);
  EXPECT_EQ(other->current(kNow + 25h)->key, one->current(kNow + 25h)->key);
}

#ifndef _WIN32
TEST_F(MessageKeysTest, TheFileIsForItsOwnerAlone) {
  (void)open()->current(kNow);
  EXPECT_EQ(std::filesystem::status(file_).permissions() & std::filesystem::perms(077), std::filesystem::perms::none);
}
#endif

}  // namespace
}  // namespace earshot::app

#include "app/join_code_key.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace earshot::app {
namespace {

RoomId roomOf(std::uint8_t byte) {
  RoomId room;
  room.bytes.fill(byte);
  return room;
}

TEST(JoinCodeKey, IsArgon2idOfTheCodeAndTheRoom) {
  const auto key = deriveJoinCodeKey("amber-tiger-lake-42", roomOf(7));
  ASSERT_TRUE(key.ok());
  // OpenSSL's Argon2id: salt 16 bytes of 7, 2 passes, 65,536 KiB, 1 lane, 32 bytes.
  EXPECT_EQ(toHex(key->view()), "4472be22914b95fcc341f2d9e1f0f01182fceb7445de8dda6f780cdcc3d77c7a");
  EXPECT_FALSE(*deriveJoinCodeKey("amber-tiger-lake-43", roomOf(7)) == *key);
  EXPECT_FALSE(*deriveJoinCodeKey("amber-tiger-lake-42", roomOf(8)) == *key);
}

/// A derivation that counts, and goes on only when it is told to.
class JoinCodeKeysTest : public ::testing::Test {
 protected:
  JoinCodeKeys::Derive counting() {
    return [this](std::string_view code, const RoomId&) -> Result<JoinCodeKey> {
      started_.set_value();
      gate_.get_future().wait();
      return result(code);
    };
  }
  JoinCodeKeys::Derive quick() {
    return [this](std::string_view code, const RoomId&) { return result(code); };
  }
  Result<JoinCodeKey> result(std::string_view code) {
    ++derived_;
    if (failures_-- > 0) return Error{Errc::OutOfMemory};
    JoinCodeKey key;
    key.data()[0] = static_cast<std::uint8_t>(code.back());
    return key;
  }
  /// Asks and waits.
  static Result<JoinCodeKey> answerOf(JoinCodeKeys& keys, const std::string& code, std::uint8_t room = 1) {
    std::promise<Result<JoinCodeKey>> answer;
    keys.ask(code, roomOf(room), [&](const Result<JoinCodeKey>& key) { answer.set_value(key); });
    return answer.get_future().get();
  }

  std::atomic<int> derived_ = 0;
  std::atomic<int> failures_ = 0;
  std::promise<void> started_;
  std::promise<void> gate_;
};

TEST_F(JoinCodeKeysTest, ComputesOnceHoweverManyAskMeanwhile) {
  constexpr int kAskers = 500;
  std::atomic<int> answers = 0;
  std::promise<void> all;
  JoinCodeKeys keys(counting());
  const auto ask = [&] {
    keys.ask("amber-tiger-lake-42", roomOf(1), [&](const Result<JoinCodeKey>& key) {
      EXPECT_TRUE(key.ok());
      if (++answers == kAskers) all.set_value();
    });
  };
  ask();
  started_.get_future().wait();
  for (int i = 1; i < kAskers; ++i) ask();
  EXPECT_EQ(answers, 0);
  gate_.set_value();
  all.get_future().wait();
  EXPECT_EQ(derived_, 1);
}

TEST_F(JoinCodeKeysTest, AnswersAtOnceWithWhatItKnows) {
  JoinCodeKeys keys(quick());
  EXPECT_TRUE(answerOf(keys, "amber-tiger-lake-42").ok());
  bool answered = false;
  keys.ask("amber-tiger-lake-42", roomOf(1), [&](const Result<JoinCodeKey>& key) { answered = key.ok(); });
  EXPECT_TRUE(answered);
  EXPECT_EQ(derived_, 1);
}

TEST_F(JoinCodeKeysTest, ComputesAgainForAnotherCodeOrRoom) {
  JoinCodeKeys keys(quick());
  EXPECT_EQ(answerOf(keys, "amber-tiger-lake-41")->view()[0], '1');
  EXPECT_EQ(answerOf(keys, "amber-tiger-lake-42")->view()[0], '2');
  EXPECT_TRUE(answerOf(keys, "amber-tiger-lake-42", 2).ok());
  EXPECT_EQ(derived_, 3);
}

TEST_F(JoinCodeKeysTest, TellsAFailureAndTriesAgain) {
  failures_ = 1;
  JoinCodeKeys keys(quick());
  EXPECT_EQ(answerOf(keys, "amber-tiger-lake-42").error().code, Errc::OutOfMemory);
  EXPECT_TRUE(answerOf(keys, "amber-tiger-lake-42").ok());
  EXPECT_EQ(derived_, 2);
}

TEST_F(JoinCodeKeysTest, WaitsAtItsEndForTheComputationThatRuns) {
  std::thread release;
  {
    JoinCodeKeys keys(counting());
    keys.ask("amber-tiger-lake-42", roomOf(1), [](const Result<JoinCodeKey>&) {});
    started_.get_future().wait();
    release = std::thread([this] { gate_.set_value(); });
  }
  EXPECT_EQ(derived_, 1);
  release.join();
}

TEST_F(JoinCodeKeysTest, EndsWhenNobodyEverAsked) {
  const JoinCodeKeys keys(quick());
}

}  // namespace
}  // namespace earshot::app

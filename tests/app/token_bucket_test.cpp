#include "app/token_bucket.h"

#include <gtest/gtest.h>

namespace earshot::app {
namespace {

using namespace std::chrono_literals;
using Time = TokenBucket::Time;
using Wait = TokenBucket::Wait;

constexpr Time kStart{std::chrono::hours{100}};

/// How many can be taken at this moment.
int drain(TokenBucket& bucket, Time now) {
  int taken = 0;
  while (bucket.take(now) == Wait{0}) ++taken;
  return taken;
}

TEST(TokenBucket, GivesItsBurstAtOnceAndThenOneAtATime) {
  TokenBucket bucket({30, 5'000});
  EXPECT_EQ(drain(bucket, kStart), 30);
  EXPECT_EQ(bucket.take(kStart), Wait{200ms});
  EXPECT_EQ(bucket.take(kStart + 150ms), Wait{50ms}) << "asking costs nothing";
  EXPECT_EQ(drain(bucket, kStart + 200ms), 1);
  EXPECT_EQ(drain(bucket, kStart + 1'200ms), 5);
}

TEST(TokenBucket, HoldsNoMoreThanItsBurst) {
  TokenBucket bucket({3, 5});
  EXPECT_EQ(drain(bucket, kStart), 3);
  EXPECT_EQ(bucket.wait(kStart), Wait{200s});
  EXPECT_EQ(bucket.untilFull(kStart), Wait{600s});
  EXPECT_EQ(bucket.untilFull(kStart + 600s), Wait{0});
  EXPECT_EQ(drain(bucket, kStart + 24h), 3);
}

TEST(TokenBucket, IsExactOverALongTime) {
  TokenBucket bucket({10, 7'000});
  int taken = 0;
  for (Time now = kStart; now < kStart + 1'000s; now += 1ms) taken += drain(bucket, now);
  EXPECT_NEAR(taken, 10 + 7'000, 1);
}

TEST(TokenBucket, TakesTheLargestNumbers) {
  TokenBucket bucket({4'000'000, 1});
  EXPECT_EQ(bucket.take(kStart), Wait{0});
  EXPECT_EQ(bucket.untilFull(kStart), Wait{1'000s});
  TokenBucket fast({1, 4'000'000'000});
  EXPECT_EQ(fast.take(kStart), Wait{0});
  EXPECT_EQ(fast.wait(kStart), Wait{1ms}) << "rounded up, so that it is never too early";
}

}  // namespace
}  // namespace earshot::app

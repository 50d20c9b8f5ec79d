// Members talk over a network that cuts their connections at random bytes: everything that was said is
// there exactly once, in one order, whatever moment the cut fell into.
#include <gtest/gtest.h>

#include <random>

#include "reliability/room_run.h"
#include "reliability/run_length.h"

namespace earshot::test {
namespace {

constexpr std::size_t kPeople = 4;

std::string told(const ChaosProxy::Strikes& strikes) {
  return std::to_string(strikes.cuts()) + " cuts (" + std::to_string(strikes.closed) + " closed, " +
         std::to_string(strikes.reset) + " reset, " + std::to_string(strikes.halfClosed) + " half closed, " +
         std::to_string(strikes.blackHoled) + " black holes), " + std::to_string(strikes.delayed) + " delays";
}

TEST(ChaosProxy, PassesEverythingOnWhenItIsNotToStrike) {
  RoomRun run(1, 2);
  ASSERT_TRUE(run.begin());
  for (int i = 0; i < 50; ++i) run.people()[0]->say("text " + std::to_string(i) + std::string(2'000, 'x'));
  ASSERT_EQ(run.settle(), "");
  EXPECT_EQ(run.network().strikes().cuts() + run.network().strikes().delayed, 0U);
  EXPECT_EQ(run.people()[0]->returns(), 0U);
  EXPECT_EQ(describe(checkHistory(run.history())), "");
}

TEST(Chaos, WhatIsSaidOverABadNetworkArrivesExactlyOnceAndInOrder) {
  const std::size_t cuts = runLength(40, 1'000);
  const std::uint64_t seed = wantedSeed().value_or(1);
  SCOPED_TRACE(repeatWith(seed));
  std::mt19937_64 random(seed);
  RoomRun run(seed, kPeople);
  ASSERT_TRUE(run.begin());
  run.network().strike(cuts);
  std::size_t texts = 0;
  while (run.network().strikes().cuts() < cuts) {
    for (auto& person : run.people()) {
      // Several at once, so that a cut finds some sent, some on their way and some not yet begun.
      for (auto more = random() % 4; more > 0; --more) {
        person->say("text " + std::to_string(++texts) + std::string(random() % 1'500, 'x'));
      }
    }
    ASSERT_TRUE(run.people()[random() % kPeople]->waitUntilAllSent()) << "after " << texts << " texts";
  }
  ASSERT_EQ(run.settle(), "");
  std::size_t returns = 0;
  for (const auto& person : run.people()) returns += person->returns();
  tell(told(run.network().strikes()) + "; " + std::to_string(texts) + " texts, " + std::to_string(returns) +
       " returns, seed " + std::to_string(seed));
  EXPECT_GT(returns, cuts / 4) << "members hardly noticed";
  EXPECT_EQ(describe(checkHistory(run.history())), "");
}

}  // namespace
}  // namespace earshot::test

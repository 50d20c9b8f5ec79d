#include "app/flood_guard.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace earshot::app {
namespace {

using Time = FloodGuard::Time;
using Wait = FloodGuard::Wait;

constexpr Time kStart{std::chrono::hours{100}};

FloodLimits with(std::initializer_list<const char*> typed) {
  FloodLimits limits;
  for (const char* text : typed) limits.apply(*parseFloodLimit(text));
  return limits;
}

class FloodGuardTest : public ::testing::Test {
 protected:
  /// How often it passes at this moment.
  std::size_t passes(FloodKind kind, const MemberId& member, const FloodSource& source, Time now = kStart) {
    std::size_t count = 0;
    while (count < 10'000 && guard_.take(kind, member, source, now) == Wait{0}) ++count;
    return count;
  }
  FloodGuard::Refusal refuse(Time now, int times = 1) {
    FloodGuard::Refusal last;
    for (int i = 0; i < times; ++i) last = guard_.refuseText(anna_, here_, now);
    return last;
  }
  /// Texts that may be on their way, and those that a host puts up with after them.
  static constexpr int kUntilMuted = static_cast<int>(kMaxTextsOnTheirWay + kIgnoredRefusals);

  const MemberId owner_ = makeRandom<MemberId>();
  const MemberId anna_ = makeRandom<MemberId>();
  const MemberId berta_ = makeRandom<MemberId>();
  const FloodSource here_{"10.0.0.1"};
  const FloodSource elsewhere_{"10.0.0.2"};
  const FloodSource thisComputer_{"127.0.0.1", true};
  FloodGuard guard_{FloodLimits{}, owner_};
};

TEST_F(FloodGuardTest, CountsEveryMemberAndEveryKindForItself) {
  EXPECT_EQ(passes(FloodKind::Texts, anna_, here_), 30U);
  EXPECT_EQ(guard_.take(FloodKind::Texts, anna_, here_, kStart), Wait{200ms});
  EXPECT_EQ(passes(FloodKind::Changes, anna_, here_), 30U);
  EXPECT_EQ(passes(FloodKind::Renames, anna_, here_), 3U);
  EXPECT_EQ(guard_.wait(FloodKind::Renames, anna_, here_, kStart), Wait{200s});
  EXPECT_EQ(passes(FloodKind::Texts, berta_, here_), 30U) << "another one is not bothered";
}

TEST_F(FloodGuardTest, AnotherAddressGivesAMemberNoMore) {
  EXPECT_EQ(passes(FloodKind::Texts, anna_, here_), 30U);
  EXPECT_EQ(passes(FloodKind::Texts, anna_, elsewhere_), 0U);
}

TEST_F(FloodGuardTest, ManyKeysBehindOneAddressHaveFourTimesAsMuch) {
  std::size_t all = 0;
  for (int i = 0; i < 10; ++i) all += passes(FloodKind::Texts, makeRandom<MemberId>(), here_);
  EXPECT_EQ(all, 120U);
  EXPECT_EQ(passes(FloodKind::Texts, makeRandom<MemberId>(), elsewhere_), 30U);
  EXPECT_EQ(passes(FloodKind::Texts, makeRandom<MemberId>(), here_, kStart + 1s), 20U);
}

TEST_F(FloodGuardTest, CountsFirstAdmissionsForAnAddress) {
  std::size_t all = 0;
  while (guard_.take(FloodKind::Joins, makeRandom<MemberId>(), here_, kStart) == Wait{0}) ++all;
  EXPECT_EQ(all, 100U);
  EXPECT_EQ(guard_.wait(FloodKind::Joins, makeRandom<MemberId>(), here_, kStart), Wait{2s});
  EXPECT_EQ(guard_.wait(FloodKind::Joins, makeRandom<MemberId>(), elsewhere_, kStart), Wait{0});
}

TEST_F(FloodGuardTest, ExemptsTheOwnerAndThisComputerFromTheDefaults) {
  EXPECT_EQ(passes(FloodKind::Texts, owner_, elsewhere_), 10'000U);
  EXPECT_EQ(passes(FloodKind::Texts, anna_, thisComputer_), 10'000U);
  EXPECT_EQ(guard_.size(), 0U);
}

TEST_F(FloodGuardTest, HoldsALimitThatWasSetForThisComputerTooButNeverForTheOwner) {
  guard_ = FloodGuard(with({"texts=5/20"}), owner_);
  EXPECT_EQ(passes(FloodKind::Texts, anna_, thisComputer_), 5U);
  EXPECT_EQ(passes(FloodKind::Changes, anna_, thisComputer_), 10'000U) << "still the default";
  EXPECT_EQ(passes(FloodKind::Texts, owner_, thisComputer_), 10'000U);
  guard_ = FloodGuard(with({"none"}), owner_);
  EXPECT_EQ(passes(FloodKind::Renames, anna_, here_), 10'000U);
}

TEST_F(FloodGuardTest, ForgetsWhoHasBeenQuiet) {
  for (int i = 0; i < 1'000; ++i) {
    const FloodSource source{"10.1.0." + std::to_string(i)};
    EXPECT_EQ(guard_.take(FloodKind::Texts, makeRandom<MemberId>(), source, kStart), Wait{0});
  }
  EXPECT_EQ(passes(FloodKind::Renames, anna_, here_), 3U);
  EXPECT_EQ(guard_.size(), 2'002U);
  (void)guard_.take(FloodKind::Texts, berta_, elsewhere_, kStart + 2min);
  EXPECT_EQ(guard_.size(), 4U) << "who has renamed so often is remembered for ten minutes";
  (void)guard_.take(FloodKind::Texts, berta_, elsewhere_, kStart + 20min);
  EXPECT_EQ(guard_.size(), 2U);
}

// --- who is told to wait -------------------------------------------------------------------------

TEST_F(FloodGuardTest, AsksToWaitUntilTheWholeBurstIsThereAgain) {
  EXPECT_EQ(passes(FloodKind::Texts, anna_, here_), 30U);
  EXPECT_EQ(refuse(kStart).wait, Wait{6s});
  EXPECT_EQ(refuse(kStart + 2s).wait, Wait{4s}) << "the same time, not a longer one";
  EXPECT_EQ(passes(FloodKind::Texts, anna_, here_, kStart + 6s), 30U);
}

TEST_F(FloodGuardTest, AsksToWaitNoShorterAndNoLongerThanAMemberDoes) {
  guard_ = FloodGuard(with({"texts=1/1000"}), owner_);
  EXPECT_EQ(passes(FloodKind::Texts, anna_, here_), 1U);
  EXPECT_EQ(refuse(kStart).wait, Wait{1s});
  guard_ = FloodGuard(with({"texts=1000/1"}), owner_);
  EXPECT_EQ(passes(FloodKind::Texts, anna_, here_), 1'000U);
  EXPECT_EQ(refuse(kStart).wait, Wait{60s});
}

TEST_F(FloodGuardTest, NeverMutesWhoWaitsAndComesAgain) {
  Time now = kStart;
  for (int round = 0; round < 1'000; ++round) {
    EXPECT_GE(passes(FloodKind::Texts, anna_, here_, now), 30U);
    Wait wait{};
    for (std::size_t i = 0; i < kMaxTextsOnTheirWay; ++i) {
      wait = refuse(now).wait;
      ASSERT_EQ(guard_.muted(anna_, now), Wait{0});
    }
    now += wait;
  }
}

TEST_F(FloodGuardTest, NeverMutesWhoLosesTheConnectionAgainAndAgain) {
  EXPECT_EQ(passes(FloodKind::Texts, anna_, here_), 30U);
  for (int i = 0; i < 100; ++i) {
    refuse(kStart, kMaxTextsOnTheirWay);
    guard_.cameIn(anna_);
  }
  EXPECT_EQ(guard_.muted(anna_, kStart), Wait{0});
}

TEST_F(FloodGuardTest, MutesWhoDoesNotWait) {
  EXPECT_EQ(passes(FloodKind::Texts, anna_, here_), 30U);
  refuse(kStart, kUntilMuted);
  EXPECT_EQ(guard_.muted(anna_, kStart), Wait{0});
  const auto muted = refuse(kStart);
  EXPECT_EQ(muted.wait, Wait{kMuteTime});
  EXPECT_FALSE(muted.isTheEnd);
  EXPECT_EQ(guard_.muted(anna_, kStart), Wait{kMuteTime});
  EXPECT_EQ(guard_.muted(anna_, kStart + 29s), Wait{1s});
  EXPECT_EQ(guard_.muted(anna_, kStart + kMuteTime), Wait{0});
  EXPECT_EQ(guard_.muted(berta_, kStart), Wait{0});
}

TEST_F(FloodGuardTest, ForgivesWhatIsOlderThanAMinute) {
  EXPECT_EQ(passes(FloodKind::Texts, anna_, here_), 30U);
  refuse(kStart, kUntilMuted);
  refuse(kStart + kIgnoredRefusalsWindow, kUntilMuted);
  EXPECT_EQ(guard_.muted(anna_, kStart + kIgnoredRefusalsWindow), Wait{0});
}

TEST_F(FloodGuardTest, EndsTheConnectionAtTheThirdMuteWithinTenMinutes) {
  EXPECT_FALSE(refuse(kStart, kUntilMuted + 1).isTheEnd);
  EXPECT_FALSE(refuse(kStart + 1min, kUntilMuted + 1).isTheEnd);
  EXPECT_TRUE(refuse(kStart + 2min, kUntilMuted + 1).isTheEnd);
  EXPECT_TRUE(refuse(kStart + 3min, kUntilMuted + 1).isTheEnd) << "also on the next connection";
}

TEST_F(FloodGuardTest, MutesThatAreFarApartEndNothing) {
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(refuse(kStart + i * 6min, kUntilMuted + 1).isTheEnd);
}

TEST_F(FloodGuardTest, RemembersAMuteThroughAllTidying) {
  refuse(kStart, kUntilMuted + 1);
  (void)guard_.take(FloodKind::Texts, berta_, elsewhere_, kStart + 5min);
  EXPECT_EQ(guard_.size(), 3U);
  (void)guard_.take(FloodKind::Texts, berta_, elsewhere_, kStart + 11min);
  EXPECT_EQ(guard_.size(), 2U);
}

// --- letters -------------------------------------------------------------------------------------

TEST_F(FloodGuardTest, RefusesAllLettersUntilTheFirstRefusedOneMayComeAgain) {
  for (int i = 0; i < 30; ++i) EXPECT_EQ(guard_.takeLetter(anna_, here_, kStart), Wait{0});
  EXPECT_EQ(guard_.takeLetter(anna_, here_, kStart), Wait{6s});
  EXPECT_EQ(guard_.takeLetter(anna_, here_, kStart + 1s), Wait{5s}) << "one would fit, but it is a later one";
  EXPECT_EQ(guard_.take(FloodKind::Changes, anna_, here_, kStart + 1s), Wait{0}) << "what is no letter has no order";
  EXPECT_EQ(guard_.takeLetter(anna_, here_, kStart + 6s), Wait{0});
}

}  // namespace
}  // namespace earshot::app

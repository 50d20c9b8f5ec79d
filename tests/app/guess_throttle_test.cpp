#include "app/guess_throttle.h"

#include <gtest/gtest.h>

#include "app/limits.h"

namespace earshot::app {
namespace {

using Time = GuessThrottle::Time;
using Wait = GuessThrottle::Wait;

constexpr Time kStart{std::chrono::hours{100}};

/// An address for each number.
std::string address(std::size_t number) {
  return "10.0." + std::to_string(number / 256) + "." + std::to_string(number % 256);
}

TEST(GuessThrottle, LetsFiveQuickGuessesPassAndTheSixthWaits) {
  GuessThrottle throttle;
  for (std::size_t i = 0; i < kFreeGuesses; ++i) EXPECT_EQ(throttle.charge("10.0.0.1", kStart), Wait{0});
  EXPECT_EQ(throttle.charge("10.0.0.1", kStart), Wait{kGuessPause});
  EXPECT_EQ(throttle.charge("10.0.0.1", kStart + 4s), Wait{6s});
  EXPECT_EQ(throttle.charge("10.0.0.2", kStart), Wait{0}) << "somebody else is not bothered";
  EXPECT_EQ(throttle.charge("10.0.0.1", kStart + kGuessPause), Wait{0}) << "asking too early costs nothing";
}

TEST(GuessThrottle, GivesAStubbornAddressElevenGuessesAMinute) {
  GuessThrottle throttle;
  int guesses = 0;
  for (auto now = kStart; now < kStart + 1min; now += 100ms) {
    if (throttle.charge("10.0.0.1", now) == Wait{0}) ++guesses;
  }
  EXPECT_EQ(guesses, 10);
  for (auto now = kStart + 1min; now < kStart + 2min; now += 100ms) {
    if (throttle.charge("10.0.0.1", now) == Wait{0}) ++guesses;
  }
  EXPECT_LE(guesses, 22);
}

TEST(GuessThrottle, ForgetsAfterAMinute) {
  GuessThrottle throttle;
  for (std::size_t i = 0; i < kFreeGuesses; ++i) EXPECT_EQ(throttle.charge("10.0.0.1", kStart), Wait{0});
  for (std::size_t i = 0; i < kFreeGuesses; ++i) {
    EXPECT_EQ(throttle.charge("10.0.0.1", kStart + kGuessWindow), Wait{0});
  }
}

TEST(GuessThrottle, CountsNoGuessThatWasRight) {
  GuessThrottle throttle;
  for (int i = 0; i < 1'000; ++i) {
    const Time now = kStart + i * 1ms;
    ASSERT_EQ(throttle.charge("10.0.0.1", now), Wait{0}) << i;
    throttle.giveBack("10.0.0.1", now);
  }
}

TEST(GuessThrottle, GivesBackOneGuessAndOnlyToWhoMadeIt) {
  GuessThrottle throttle;
  for (std::size_t i = 0; i < kFreeGuesses; ++i) ASSERT_EQ(throttle.charge("10.0.0.1", kStart), Wait{0});
  throttle.giveBack("10.0.0.2", kStart);
  throttle.giveBack("10.0.0.1", kStart + 1ms);
  EXPECT_NE(throttle.wait("10.0.0.1", kStart), Wait{0});
  throttle.giveBack("10.0.0.1", kStart);
  EXPECT_EQ(throttle.charge("10.0.0.1", kStart), Wait{0});
  EXPECT_NE(throttle.charge("10.0.0.1", kStart), Wait{0});
}

TEST(GuessThrottle, BoundsTheGuessesOfAllTogether) {
  GuessThrottle throttle;
  std::size_t guesses = 0;
  for (std::size_t i = 0; i < 10'000; ++i) {
    if (throttle.charge(address(i), kStart + i * 1ms) == Wait{0}) ++guesses;
  }
  EXPECT_EQ(guesses, kMaxRoomGuesses);
  EXPECT_EQ(throttle.charge("10.9.9.9", kStart + 20s), Wait{kGuessWindow - 20s});
  EXPECT_EQ(throttle.charge("10.9.9.9", kStart + kGuessWindow), Wait{0});
}

TEST(GuessThrottle, AsksForTheLongerOfTwoWaits) {
  GuessThrottle throttle;
  for (std::size_t i = 0; i < kMaxRoomGuesses - kFreeGuesses; ++i) (void)throttle.charge(address(i + 100), kStart);
  for (std::size_t i = 0; i < kFreeGuesses; ++i) (void)throttle.charge("10.0.0.1", kStart + 55s);
  EXPECT_EQ(throttle.wait("10.0.0.1", kStart + 55s), Wait{kGuessPause});
  EXPECT_EQ(throttle.wait("10.0.0.9", kStart + 55s), Wait{5s});
}

TEST(GuessThrottle, TellsWaitingWithoutCounting) {
  GuessThrottle throttle;
  for (int i = 0; i < 100; ++i) EXPECT_EQ(throttle.wait("10.0.0.1", kStart), Wait{0});
}

TEST(GuessSource, IsAnIpv4AddressHoweverItIsWritten) {
  for (const char* spelling : {"10.0.0.1", "10.0.0.1:51344", "::ffff:10.0.0.1", "[::ffff:10.0.0.1]:51344",
                               "::FFFF:0a00:0001", "0:0:0:0:0:ffff:10.0.0.1"}) {
    EXPECT_EQ(guessSource(spelling), "10.0.0.1") << spelling;
  }
  EXPECT_NE(guessSource("10.0.0.2"), guessSource("10.0.0.1"));
}

TEST(GuessSource, IsTheFirstHalfOfAnIpv6Address) {
  const std::string source = guessSource("2001:db8:1:2::1");
  for (const char* same : {"2001:db8:1:2:3:4:5:6", "[2001:db8:1:2::9]:51344",
                           "2001:0DB8:0001:0002::", "2001:db8:1:2:ffff::%eth0", "2001:db8:1:2::10.0.0.1"}) {
    EXPECT_EQ(guessSource(same), source) << same;
  }
  for (const char* other : {"2001:db8:1:3::1", "2001:db8::1", "::1", "fe80::1%eth0"}) {
    EXPECT_NE(guessSource(other), source) << other;
  }
  EXPECT_EQ(guessSource("fe80::1%eth0"), guessSource("[fe80::2%eth1]:5"));
}

TEST(GuessSource, IsTheTextOfAnythingElseAndShort) {
  for (const char* odd : {"",
                          ":",
                          "[",
                          "[]",
                          "]",
                          "::1::",
                          "1::2::3",
                          "1:2",
                          ":::",
                          "1.2.3",
                          "1.2.3.4.5",
                          "1.2.3.256",
                          "g::1",
                          "12345::1",
                          "1:2:3:4:5:6:7",
                          "1:2:3:4:5:6:7:8:9",
                          "::1.2.3",
                          "1.2.3.4::",
                          "-1::1",
                          "+1::",
                          "1:2:3:4:5:6:7:8::",
                          "%",
                          "\xFF\xFE"}) {
    EXPECT_LE(guessSource(odd).size(), 64U) << odd;
    EXPECT_EQ(guessSource(odd).find("/64"), std::string::npos) << odd;
  }
  EXPECT_LE(guessSource(std::string(100'000, ':')).size(), 64U);
  EXPECT_LE(guessSource(std::string(100'000, '1')).size(), 64U);
}

}  // namespace
}  // namespace earshot::app

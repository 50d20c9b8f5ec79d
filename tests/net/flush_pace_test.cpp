#include "net/flush_pace.h"

#include <gtest/gtest.h>

namespace earshot::net {
namespace {

using namespace std::chrono_literals;
using Time = BusyMeter::Time;

constexpr Time kStart{1h};

TEST(BusyMeter, IsNotBusyAtFirst) {
  EXPECT_EQ(BusyMeter(kStart).share(), 0);
}

TEST(BusyMeter, TellsTheShareOfTheLastWindow) {
  BusyMeter meter(kStart);
  for (int i = 0; i < 10; ++i) meter.idled(kStart + i * 10ms + 8ms, kStart + i * 10ms + 10ms);
  EXPECT_NEAR(meter.share(), 0.8, 0.001);
  for (int i = 10; i < 20; ++i) meter.idled(kStart + i * 10ms + 1ms, kStart + i * 10ms + 10ms);
  EXPECT_NEAR(meter.share(), 0.1, 0.001);
}

TEST(BusyMeter, KeepsItUntilAWindowIsFull) {
  BusyMeter meter(kStart);
  meter.idled(kStart, kStart + 99ms);
  EXPECT_EQ(meter.share(), 0);
  meter.idled(kStart + 190ms, kStart + 200ms);
  EXPECT_NEAR(meter.share(), 1 - 109.0 / 200.0, 0.001);
}

TEST(BusyMeter, ALongSleepIsNotBusy) {
  BusyMeter meter(kStart);
  meter.idled(kStart + 100ms, kStart + 100ms);
  EXPECT_EQ(meter.share(), 1);
  meter.idled(kStart + 101ms, kStart + 1h);
  EXPECT_LT(meter.share(), 0.001);
}

/// In a round of the loop that ends then.
void ask(FlushPace& pace, Time time) {
  pace.asked();
  pace.roundEnds(time);
}

TEST(FlushPace, DoesNotWaitWhileThereIsTime) {
  FlushPace pace;
  pace.decided(kStart, 1);
  ask(pace, kStart);
  for (const double share : {0.0, 0.2, 0.5}) EXPECT_EQ(pace.left(kStart, share), 0ms);
}

TEST(FlushPace, GathersLongerTheBusierTheLoopIs) {
  EXPECT_EQ(FlushPace::interval(0.51), 5ms);
  EXPECT_EQ(FlushPace::interval(0.75), 12ms);
  EXPECT_EQ(FlushPace::interval(1.0), 20ms);
}

TEST(FlushPace, WaitsOnlyForWhatIsLeft) {
  FlushPace pace;
  EXPECT_EQ(pace.left(kStart, 1.0), 0ms) << "nothing was decided yet";
  pace.decided(kStart, 1);
  ask(pace, kStart + 19'900us);
  EXPECT_EQ(pace.left(kStart, 1.0), 20ms);
  EXPECT_EQ(pace.left(kStart + 19'500us, 1.0), 500us);
  EXPECT_EQ(pace.left(kStart + 20ms, 1.0), 0ms);
  EXPECT_EQ(pace.left(kStart + 1h, 1.0), 0ms);
}

TEST(FlushPace, WaitsForNobodyWhoWaitsForIt) {
  FlushPace pace;
  pace.decided(kStart, 1);
  ask(pace, kStart + 1ms);
  EXPECT_EQ(pace.left(kStart + 1ms, 1.0), 300us);
  EXPECT_EQ(pace.left(kStart + 1300us, 1.0), 0us) << "nothing more came";
  ask(pace, kStart + 1200us);
  EXPECT_EQ(pace.left(kStart + 1300us, 1.0), 200us);
  pace.asked();
  pace.roundEnds(kStart + 9ms);
  EXPECT_EQ(pace.left(kStart + 9ms, 1.0), 300us) << "however long it took to read it";
  pace.roundEnds(kStart + 9'200us);
  EXPECT_EQ(pace.left(kStart + 9'200us, 1.0), 100us) << "nothing was asked in this round";
}

/// Decides after so many rounds of the loop in which something was asked.
void decideAfter(FlushPace& pace, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    pace.asked();
    ask(pace, kStart);
    pace.roundEnds(kStart);  // nothing was asked in this one
  }
  pace.decided(kStart, 64);
}

TEST(FlushPace, GathersOnWhenOnlyThatMakesTheLoopLessBusy) {
  FlushPace pace;
  for (int i = 0; i < 100; ++i) decideAfter(pace, 3);
  EXPECT_NEAR(pace.demand(0.3), 0.9, 0.001);
  EXPECT_GT(FlushPace::interval(pace.demand(0.3)), 0ms);
  EXPECT_EQ(pace.demand(0.9), 1) << "more than busy there is not";
  for (int i = 0; i < 100; ++i) decideAfter(pace, 1);
  EXPECT_NEAR(pace.demand(0.3), 0.3, 0.001) << "what comes one by one is not worth waiting for";
  EXPECT_EQ(FlushPace::interval(pace.demand(0.3)), 0ms);
}

TEST(FlushPace, FavoursHasteWhileLittleIsSaidAndThereIsTime) {
  FlushPace pace;
  EXPECT_TRUE(pace.favoursHaste(0.1));
  EXPECT_FALSE(pace.favoursHaste(0.9));
  pace.decided(kStart, 64);
  EXPECT_FALSE(pace.favoursHaste(0.1));
  pace.decided(kStart, 2);
  EXPECT_TRUE(pace.favoursHaste(0.1));
  for (int i = 0; i < 100; ++i) decideAfter(pace, 3);
  pace.decided(kStart, 2);
  EXPECT_FALSE(pace.favoursHaste(0.4));
}

}  // namespace
}  // namespace earshot::net

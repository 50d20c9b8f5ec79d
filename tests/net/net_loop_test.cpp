#include "net/net_loop.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace earshot::net {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST(NetLoop, RunsPostedWorkInItsOrderAndThenStops) {
  NetLoop loop;
  std::vector<int> ran;
  for (int i = 0; i < 3; ++i) loop.post([&ran, i] { ran.push_back(i); });
  loop.post([&] { loop.stop(); });
  loop.run();
  EXPECT_THAT(ran, ElementsAre(0, 1, 2));
}

TEST(NetLoop, IsWokenByAnotherThread) {
  NetLoop loop;
  std::thread other([&] { loop.post([&] { loop.stop(); }); });
  loop.run();
  other.join();
}

TEST(NetLoop, RunsTimersInTheOrderTheyExpireAndNotTheCancelledOnes) {
  NetLoop loop;
  std::vector<int> ran;
  loop.after(2ms, [&] { ran.push_back(2); });
  loop.after(1ms, [&] { ran.push_back(1); });
  const auto cancelled = loop.after(1ms, [&] { ran.push_back(9); });
  loop.after(3ms, [&] { loop.stop(); });
  loop.cancel(cancelled);
  loop.run();
  EXPECT_THAT(ran, ElementsAre(1, 2));
}

TEST(NetLoop, ARestIsFollowedByATickAlsoWhenNothingHappens) {
  NetLoop loop;
  std::vector<NetLoop::Time> times;
  loop.setTickEnd([&] {
    times.push_back(loop.tickTime());
    if (times.size() < 4) return loop.rest(100us);
    loop.stop();
  });
  loop.run();
  ASSERT_EQ(times.size(), 4U);
  EXPECT_TRUE(std::is_sorted(times.begin(), times.end()));
}

#ifndef _WIN32
TEST(NetLoop, ARestLastsAlsoWhenSomethingIsReady) {
  const auto poller = makePoller();
  poller->wake();
  std::vector<Readiness> ready;
  const auto before = NetLoop::now();
  poller->rest(2ms, ready);
  EXPECT_GE(NetLoop::now() - before, 2ms);
}
#endif

TEST(NetLoop, ARestIsNotForATickThatWasPosted) {
  NetLoop loop;
  int ticks = 0;
  loop.setTickEnd([&] {
    ++ticks;
    if (ticks == 1) {
      loop.rest(20ms);
      loop.post([] {});
    } else {
      loop.stop();
    }
  });
  loop.run();
  EXPECT_EQ(ticks, 2);
}

TEST(NetLoop, ARestIsForOneTickOnly) {
  NetLoop loop;
  int ticks = 0;
  loop.setTickEnd([&] {
    if (++ticks == 1) loop.rest(100us);
  });
  loop.after(20ms, [&] { loop.stop(); });
  loop.run();
  EXPECT_LE(ticks, 4) << "the loop sleeps until something happens";
}

TEST(NetLoop, KeepsDiscardedObjectsUntilTheTickIsOver) {
  NetLoop loop;
  auto object = std::make_shared<int>(1);
  const std::weak_ptr<int> weak = object;
  bool aliveAtTickEnd = false;
  loop.setTickEnd([&] { aliveAtTickEnd = aliveAtTickEnd || !weak.expired(); });
  loop.post([&, object = std::move(object)]() mutable {
    loop.discard(std::move(object));
    loop.post([&] {
      EXPECT_TRUE(weak.expired());
      loop.stop();
    });
  });
  loop.run();
  EXPECT_TRUE(aliveAtTickEnd);
}

TEST(NetLoop, DropsWorkPostedAfterItsEnd) {
  NetLoop loop;
  loop.stop();
  loop.run();
  bool ran = false;
  loop.post([&] { ran = true; });
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace earshot::net

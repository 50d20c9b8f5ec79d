#ifndef _WIN32
#include "console/stop_signals.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <future>

namespace earshot::console {
namespace {

bool isBlocked(int number) {
  sigset_t blocked;
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  return sigismember(&blocked, number) == 1;
}

TEST(StopSignals, AreCallsOnAnotherThread) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    std::promise<std::thread::id> called;
    const StopSignals signals([&] { called.set_value(std::this_thread::get_id()); });
    ASSERT_EQ(::kill(::getpid(), number), 0);
    EXPECT_NE(called.get_future().get(), std::this_thread::get_id());
  }
}

TEST(StopSignals, AreHeardEachTime) {
  std::promise<void> heard;
  std::promise<void> heardAgain;
  int count = 0;
  const StopSignals signals([&] { (++count == 1 ? heard : heardAgain).set_value(); });
  ::kill(::getpid(), SIGINT);
  heard.get_future().get();
  ::kill(::getpid(), SIGINT);
  heardAgain.get_future().get();
}

TEST(StopSignals, LeaveTheSignalsAsTheyWere) {
  int calls = 0;
  ASSERT_FALSE(isBlocked(SIGINT));
  {
    const StopSignals signals([&] { ++calls; });
    EXPECT_TRUE(isBlocked(SIGINT));
    EXPECT_TRUE(isBlocked(SIGTERM));
    EXPECT_TRUE(isBlocked(SIGHUP));
  }
  EXPECT_FALSE(isBlocked(SIGINT));
  EXPECT_FALSE(isBlocked(SIGTERM));
  EXPECT_FALSE(isBlocked(SIGHUP));
  EXPECT_EQ(calls, 0) << "what ends the waiting is nobody's signal";
}

}  // namespace
}  // namespace earshot::console
#endif

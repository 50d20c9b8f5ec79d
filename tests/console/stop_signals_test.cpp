#ifndef _WIN32
#include "console/stop_signals.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <utility>
#include <vector>

namespace earshot::console {
namespace {

bool isBlocked(int number) {
  sigset_t blocked;
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  return sigismember(&blocked, number) == 1;
}

/// Whoever starts the tests may ignore signals, as nohup does.
class StopSignalsTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) before_.emplace_back(number, std::signal(number, SIG_DFL));
  }
  void TearDown() override {
    for (const auto& [number, handler] : before_) std::signal(number, handler);
  }

 private:
  std::vector<std::pair<int, void (*)(int)>> before_;
};

TEST_F(StopSignalsTest, AreCallsOnAnotherThread) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    std::promise<std::thread::id> called;
    const StopSignals signals([&] { called.set_value(std::this_thread::get_id()); });
    ASSERT_EQ(::kill(::getpid(), number), 0);
    EXPECT_NE(called.get_future().get(), std::this_thread::get_id());
  }
}

TEST_F(StopSignalsTest, AreHeardEachTime) {
  std::promise<void> heard;
  std::promise<void> heardAgain;
  int count = 0;
  const StopSignals signals([&] { (++count == 1 ? heard : heardAgain).set_value(); });
  ::kill(::getpid(), SIGINT);
  heard.get_future().get();
  ::kill(::getpid(), SIGINT);
  heardAgain.get_future().get();
}

TEST_F(StopSignalsTest, LeaveTheSignalsAsTheyWere) {
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

TEST_F(StopSignalsTest, AreIgnoredWhereTheyWereBefore) {
  std::signal(SIGHUP, SIG_IGN);
  int calls = 0;
  std::promise<void> heard;
  {
    const StopSignals signals([&] {
      ++calls;
      heard.set_value();
    });
    ::kill(::getpid(), SIGHUP);
    ::kill(::getpid(), SIGTERM);
    heard.get_future().get();
  }
  EXPECT_EQ(calls, 1) << "SIGTERM alone";
  EXPECT_EQ(std::signal(SIGHUP, SIG_DFL), SIG_IGN) << "as before";
}

}  // namespace
}  // namespace earshot::console
#endif

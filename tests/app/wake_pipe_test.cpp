#ifndef _WIN32
#include "app/wake_pipe.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <thread>

namespace earshot::app {
namespace {

int poll(const WakePipe& pipe, int timeoutMs) {
  pollfd watched{pipe.readEnd(), POLLIN, 0};
  return ::poll(&watched, 1, timeoutMs);
}

TEST(WakePipe, IsQuietUntilItWakes) {
  const WakePipe pipe;
  ASSERT_TRUE(pipe.isOpen());
  EXPECT_EQ(poll(pipe, 0), 0);
}

TEST(WakePipe, EndsTheWaitingOfAnotherThread) {
  const WakePipe pipe;
  int ready = 0;
  std::thread waiting([&] { ready = poll(pipe, -1); });
  pipe.wake();
  waiting.join();
  EXPECT_EQ(ready, 1);
}

TEST(WakePipe, StaysAwakeHoweverOftenItIsAsked) {
  const WakePipe pipe;
  constexpr int kMoreThanAPipeHolds = 100'000;
  for (int i = 0; i < kMoreThanAPipeHolds; ++i) pipe.wake();
  EXPECT_EQ(poll(pipe, 0), 1);
  EXPECT_EQ(poll(pipe, 0), 1);
}

TEST(WakePipe, IsNotInheritedByOtherPrograms) {
  const WakePipe pipe;
  EXPECT_NE(::fcntl(pipe.readEnd(), F_GETFD) & FD_CLOEXEC, 0);
}

}  // namespace
}  // namespace earshot::app
#endif

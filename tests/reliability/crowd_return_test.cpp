// A host is started again and everybody comes back at once: quickly, and with nothing lost.
#include <gtest/gtest.h>

#include "reliability/room_run.h"
#include "reliability/run_length.h"
#ifndef _WIN32
#include <sys/resource.h>
#endif

namespace earshot::test {
namespace {

using namespace std::chrono_literals;

/// Of the long run only: how busy the computer is with other things does not fail a build.
constexpr auto kBar = 10s;
/// As the program waits: a little more than a second before its first attempt.
constexpr auto kFirstRetry = 1s;

/// Who has something to say meanwhile: everybody gets all of it, so that the work grows with the square.
constexpr std::size_t kOneIn = 10;

/// Every member has a socket, a loop and four databases.
void allowManyFiles() {
#ifndef _WIN32
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
#endif
}

TEST(ReturningCrowd, IsBackSoonAndLosesNothing) {
  allowManyFiles();
  const std::size_t people = runLength(60, 500);
  RoomRun run(1, people);
  for (const auto& person : run.people()) person->firstRetryAfter(kFirstRetry);
  ASSERT_TRUE(run.begin());
  run.network().cutAll();  // so that nobody is told goodbye, as when a computer dies
  run.closeRoom();
  for (std::size_t i = 0; i < people; i += kOneIn) run.people()[i]->say("while the host is away");
  const auto opened = std::chrono::steady_clock::now();
  run.openRoom();
  for (const auto& person : run.people()) ASSERT_TRUE(person->comeIn()) << person->state();
  const auto live = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - opened);
  ASSERT_EQ(run.settle(), "");
  const auto settled = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - opened);
  tell(std::to_string(people) + " members: all live after " + std::to_string(live.count()) +
       " ms, all that was said meanwhile is everywhere after " + std::to_string(settled.count()) + " ms");
  EXPECT_TRUE(live < kBar || !isLongRun()) << live.count() << " ms";
  EXPECT_EQ(describe(checkHistory(run.history())), "");
}

}  // namespace
}  // namespace earshot::test

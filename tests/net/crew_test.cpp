#include "net/crew.h"

#include <gmock/gmock.h>

#include <set>

namespace earshot::net {
namespace {

using ::testing::Each;

TEST(Crew, CallsTheWorkOnceForEachAndWaitsForAll) {
  Crew crew(3);
  for (const std::size_t count : {0U, 1U, 23U, 24U, 25U, 1'000U, 5'001U}) {
    std::vector<int> calls(count);
    crew.run(count, [&](std::size_t i) { ++calls[i]; });
    EXPECT_THAT(calls, Each(1)) << count;
  }
}

TEST(Crew, DoesEverythingItselfWithoutHelpers) {
  Crew crew(0);
  const auto self = std::this_thread::get_id();
  std::size_t here = 0;
  crew.run(1'000, [&](std::size_t) { here += std::this_thread::get_id() == self ? 1 : 0; });
  EXPECT_EQ(here, 1'000U);
}

TEST(Crew, LetsOthersHelp) {
  Crew crew(1);
  std::mutex mutex;
  std::set<std::thread::id> who;
  std::condition_variable both;
  // Nobody goes on before there are two of them.
  crew.run(100, [&](std::size_t) {
    std::unique_lock lock(mutex);
    who.insert(std::this_thread::get_id());
    both.notify_all();
    both.wait(lock, [&] { return who.size() == 2; });
  });
  EXPECT_EQ(who.size(), 2U);
  EXPECT_TRUE(who.contains(std::this_thread::get_id()));
}

TEST(Crew, SeesWhatWasDoneBeforeAndShowsWhatItDid) {
  Crew crew(2);
  std::vector<std::size_t> numbers(500);
  for (std::size_t round = 1; round <= 200; ++round) {
    for (auto& number : numbers) number += 1;
    crew.run(numbers.size(), [&](std::size_t i) { numbers[i] *= 2; });
  }
  EXPECT_THAT(numbers, Each(numbers.front()));
}

TEST(Crew, EndsWhileItSleepsAndWhenItNeverBegan) {
  { const Crew unused(3); }
  Crew crew(3);
  crew.run(100, [](std::size_t) {});
}

}  // namespace
}  // namespace earshot::net

#include "net/send_queue.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>

namespace earshot::net {
namespace {

SharedBytes numbered(std::uint8_t number) {
  return std::make_shared<const Bytes>(Bytes{number});
}

TEST(SendQueue, IsAQueueWhateverComesAndGoes) {
  std::mt19937 random(20'261'124);
  SendQueue queue;
  std::deque<SharedBytes> expected;
  for (int i = 0; i < 20'000; ++i) {
    // Grows for a while, then shrinks.
    const bool push = expected.empty() || random() % 100 < (i / 2'000 % 2 == 0 ? 60U : 40U);
    if (push) {
      auto bytes = numbered(static_cast<std::uint8_t>(random()));
      queue.push(bytes);
      expected.push_back(std::move(bytes));
    } else {
      queue.pop();
      expected.pop_front();
    }
    ASSERT_EQ(queue.size(), expected.size());
    ASSERT_EQ(queue.empty(), expected.empty());
    ASSERT_TRUE(expected.empty() || queue.front() == expected.front());
  }
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), queue.entries().begin(), queue.entries().end()));
}

TEST(SendQueue, HoldsNothingThatWasSent) {
  SendQueue queue;
  auto bytes = numbered(1);
  const std::weak_ptr<const Bytes> watched = bytes;
  queue.push(std::move(bytes));
  queue.push(numbered(2));
  queue.pop();
  EXPECT_TRUE(watched.expired());
  queue.clear();
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace earshot::net

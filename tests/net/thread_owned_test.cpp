#include "net/thread_owned.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace earshot::net {
namespace {

/// What happened to objects of this kind, by the thread that did it.
struct Log {
  std::vector<std::thread::id> made;
  std::vector<std::thread::id> gone;
  std::string order;
};
Log* log = nullptr;

template <char Name>
struct Noted {
  Noted() { log->made.push_back(std::this_thread::get_id()); }
  ~Noted() {
    log->gone.push_back(std::this_thread::get_id());
    log->order += Name;
    log->order += static_cast<char>('0' + value);
  }
  Noted(const Noted&) = delete;
  Noted& operator=(const Noted&) = delete;
  int value = 0;
};

class ThreadOwnedTest : public testing::Test {
 protected:
  ThreadOwnedTest() { log = &log_; }
  ~ThreadOwnedTest() override { log = nullptr; }

  Log log_;
};

TEST_F(ThreadOwnedTest, IsMadeOnceAndGoesWithItsOwner) {
  {
    const ThreadOwner owner;
    threadOwned<Noted<'a'>>().value = 3;
    EXPECT_EQ(threadOwned<Noted<'a'>>().value, 3);
    EXPECT_EQ(log_.made.size(), 1U);
    EXPECT_TRUE(log_.gone.empty());
  }
  EXPECT_EQ(log_.order, "a3");
}

TEST_F(ThreadOwnedTest, IsMadeAnewForANewOwner) {
  for (const int value : {1, 2}) {
    const ThreadOwner owner;
    EXPECT_EQ(threadOwned<Noted<'a'>>().value, 0);
    threadOwned<Noted<'a'>>().value = value;
  }
  EXPECT_EQ(log_.order, "a1a2");
}

TEST_F(ThreadOwnedTest, TheLastMadeGoesFirst) {
  {
    const ThreadOwner owner;
    threadOwned<Noted<'a'>>();
    threadOwned<Noted<'b'>>();
    threadOwned<Noted<'a'>>();
  }
  EXPECT_EQ(log_.order, "b0a0");
}

TEST_F(ThreadOwnedTest, WhatWasMadeBeforeOutlivesAnOwner) {
  const ThreadOwner outer;
  threadOwned<Noted<'a'>>();
  {
    const ThreadOwner inner;
    threadOwned<Noted<'a'>>().value = 1;
    threadOwned<Noted<'b'>>();
  }
  EXPECT_EQ(log_.order, "b0");
  EXPECT_EQ(threadOwned<Noted<'a'>>().value, 1);
}

TEST_F(ThreadOwnedTest, EachThreadHasItsOwnAndEndsItItself) {
  const ThreadOwner owner;
  threadOwned<Noted<'a'>>().value = 1;
  std::thread::id other;
  std::thread([&] {
    other = std::this_thread::get_id();
    const ThreadOwner its;
    EXPECT_EQ(threadOwned<Noted<'a'>>().value, 0);
    threadOwned<Noted<'a'>>().value = 2;
  }).join();
  EXPECT_EQ(threadOwned<Noted<'a'>>().value, 1);
  EXPECT_EQ(log_.order, "a2");
  EXPECT_EQ(log_.gone, std::vector{other});
}

}  // namespace
}  // namespace earshot::net

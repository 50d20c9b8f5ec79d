#include "ui/safety_words_task.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "ui/room_fakes.h"

namespace earshot::ui {
namespace {

class SafetyWordsTaskTest : public testing::Test {
 protected:
  std::function<void(std::function<void()>)> runOnUi() {
    return [this](std::function<void()> call) {
      const std::lock_guard lock(mutex);
      queue.push_back(std::move(call));
      filled.notify_one();
    };
  }
  void runNext() {
    std::unique_lock lock(mutex);
    filled.wait(lock, [this] { return !queue.empty(); });
    const auto call = std::move(queue.front());
    queue.erase(queue.begin());
    lock.unlock();
    call();
  }
  SafetyWordsTask::WordsOf counting() {
    return [this](const app::crypto::PublicKey&) {
      ++asked;
      worker = std::this_thread::get_id();
      app::crypto::SafetyWords words{};
      words[0] = {"🐶", "Dog"};
      return SafetyWordsTask::Words(words);
    };
  }

  std::mutex mutex;
  std::condition_variable filled;
  std::vector<std::function<void()>> queue;
  int asked = 0;
  std::thread::id worker;
  SafetyWordsTask::Words found;
  const app::crypto::PublicKey key = idOf<app::crypto::PublicKey>(3);
};

TEST_F(SafetyWordsTaskTest, WorksOnAnotherThreadAndAnswersOnThisOne) {
  SafetyWordsTask task(runOnUi(), counting());
  task.ask(key, [this](const auto& words) { found = words; });
  runNext();
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)[0].name, "Dog");
  EXPECT_NE(worker, std::this_thread::get_id());
}

TEST_F(SafetyWordsTaskTest, RemembersWhatItFound) {
  SafetyWordsTask task(runOnUi(), counting());
  task.ask(key, [](const auto&) {});
  runNext();
  task.ask(key, [this](const auto& words) { found = words; });
  EXPECT_TRUE(found) << "at once";
  EXPECT_EQ(asked, 1);
}

TEST_F(SafetyWordsTaskTest, SaysSoWhenThereIsNotEnoughMemory) {
  SafetyWordsTask task(runOnUi(), [](const auto&) { return SafetyWordsTask::Words(); });
  bool told = false;
  task.ask(key, [&](const auto& words) { told = !words; });
  runNext();
  EXPECT_TRUE(told);
}

TEST_F(SafetyWordsTaskTest, TellsNobodyAfterItsDeath) {
  auto task = std::make_unique<SafetyWordsTask>(runOnUi(), counting());
  task->ask(key, [this](const auto& words) { found = words; });
  task.reset();
  runNext();
  EXPECT_FALSE(found);
}

TEST_F(SafetyWordsTaskTest, KnowsTheWordsOfARealKey) {
  SafetyWordsTask task(runOnUi());
  task.ask(key, [this](const auto& words) { found = words; });
  runNext();
  ASSERT_TRUE(found);
  EXPECT_FALSE((*found)[7].emoji.empty());
}

}  // namespace
}  // namespace earshot::ui

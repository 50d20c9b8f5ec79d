// What windows do on threads of their own: search, export, goodbyes.

#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>
#include <deque>

#include "ui/conversation_search.h"
#include "ui/export_task.h"
#include "ui/latest_question.h"
#include "ui/retirement.h"
#include "ui/room_fakes.h"

namespace earshot::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Stands for the UI thread: runs what was queued, when the test says so.
class UiQueue {
 public:
  void push(std::function<void()> call) {
    const std::lock_guard lock(mutex_);
    calls_.push_back(std::move(call));
    arrived_.notify_one();
  }
  void runNext() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !calls_.empty(); });
    const auto call = std::move(calls_.front());
    calls_.pop_front();
    lock.unlock();
    call();
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> calls_;
};

class BackgroundWork : public testing::Test {
 protected:
  /// A conversation in which Ben said these.
  std::filesystem::path conversationOf(const std::vector<std::string>& texts) {
    const app::LinkAdmitted admitted = fake.admission();
    auto conversation = app::Conversation::open(fake.backend.conversations, admitted.room);
    EXPECT_TRUE(conversation.ok());
    app::ConversationInfo info;
    info.room = admitted.room;
    info.roomName = admitted.roomName;
    info.self = admitted.self;
    EXPECT_TRUE((*conversation)->admitted(admitted.epoch, info).ok());
    std::vector<app::Event> events;
    for (const std::string& text : texts) {
      const auto seq = app::Seq{events.size() + 1};
      events.push_back({seq,
                        {},
                        idOf<app::MemberId>(2),
                        "Ben",
                        app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, text}});
    }
    EXPECT_TRUE((*conversation)->record(events, admitted.self).ok());
    return admitted.conversation;
  }

  FakeBackend fake;
  UiQueue ui;
};

TEST_F(BackgroundWork, SearchFindsTheNewestFirst) {
  const auto conversation = conversationOf({"cake", "tea", "more cake"});
  ConversationSearch search([this](std::function<void()> call) { ui.push(std::move(call)); });
  std::vector<app::Position> found;
  search.find(conversation, "cake", [&](std::vector<app::Position> results) { found = std::move(results); });
  ui.runNext();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_GT(app::toNumber(found[0]), app::toNumber(found[1]));
}

TEST_F(BackgroundWork, SearchAnswersOnlyTheNewestQuestion) {
  const auto conversation = conversationOf({"cake", "tea"});
  ConversationSearch search([this](std::function<void()> call) { ui.push(std::move(call)); });
  std::vector<std::string> answered;
  search.find(conversation, "cake", [&](const std::vector<app::Position>&) { answered.emplace_back("cake"); });
  search.cancel();
  search.find(conversation, "tea", [&](const std::vector<app::Position>&) { answered.emplace_back("tea"); });
  while (answered.empty()) ui.runNext();
  EXPECT_THAT(answered, ElementsAre("tea"));
}

TEST_F(BackgroundWork, SearchInAMissingConversationFindsNothing) {
  ConversationSearch search([this](std::function<void()> call) { ui.push(std::move(call)); });
  bool answered = false;
  search.find(fake.folder / "missing", "cake", [&](const std::vector<app::Position>& results) {
    answered = true;
    EXPECT_TRUE(results.empty());
  });
  ui.runNext();
  EXPECT_TRUE(answered);
}

TEST_F(BackgroundWork, AnOlderQuestionIsToldToEnd) {
  std::atomic<int> working = 0;
  LatestQuestion<int, int> questions([this](std::function<void()> call) { ui.push(std::move(call)); },
                                     [&](int question, const std::function<bool()>& goesOn) {
                                       ++working;
                                       while (question == 1 && goesOn()) std::this_thread::yield();
                                       return question;
                                     });
  std::vector<int> answers;
  const auto remember = [&](int answer) { answers.push_back(answer); };
  questions.ask(1, remember);
  while (working == 0) std::this_thread::yield();
  questions.ask(2, remember);
  while (answers.empty()) ui.runNext();
  EXPECT_THAT(answers, ElementsAre(2));
}

app::Result<std::uint64_t> resultOf(const ExportTask& task) {
  while (!task.result()) std::this_thread::yield();
  return *task.result();
}

TEST_F(BackgroundWork, ExportWritesTheFileAndCountsItsMessages) {
  const auto conversation = conversationOf({"cake", "tea"});
  const ExportTask task(conversation, {fake.folder / "out.txt"});
  const auto result = resultOf(task);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(*result, 2U);
  EXPECT_THAT(test::contentOf(fake.folder / "out.txt"), HasSubstr("Ben: tea"));
}

TEST_F(BackgroundWork, ExportSaysWhyItFailed) {
  const auto conversation = conversationOf({"cake"});
  const ExportTask task(conversation, {fake.folder / "no such folder" / "out.txt"});
  EXPECT_FALSE(resultOf(task).ok());
}

TEST_F(BackgroundWork, GoodbyesAreSaidBeforeRetirementEnds) {
  auto farewell = std::make_shared<FakeHost::Record>();
  {
    Retirement retirement;
    retirement.retire(std::make_shared<FakeHost>(farewell));
  }
  EXPECT_TRUE(farewell->destroyed);
}

}  // namespace
}  // namespace earshot::ui

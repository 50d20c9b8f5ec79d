#include "ui/conversation_search.h"

#include <utility>

#include "app/conversation.h"

namespace earshot::ui {

ConversationSearch::ConversationSearch(RunOnUi runOnUi) : runOnUi_(std::move(runOnUi)), worker_([this] { work(); }) {}

ConversationSearch::~ConversationSearch() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  worker_.join();
}

void ConversationSearch::find(const std::filesystem::path& conversation, const std::string& words,
                              OnResults onResults) {
  onResults_ = std::move(onResults);
  {
    const std::lock_guard lock(mutex_);
    next_ = Question{++number_, conversation, words};
  }
  wake_.notify_one();
}

void ConversationSearch::cancel() {
  ++number_;
  onResults_ = nullptr;
}

void ConversationSearch::answer(std::uint64_t number, std::vector<app::Position> results) {
  if (number == number_ && onResults_) onResults_(std::move(results));
}

void ConversationSearch::work() {
  std::filesystem::path open;
  std::unique_ptr<app::ConversationReader> reader;
  const std::weak_ptr<int> alive = alive_;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return ending_ || next_; });
    if (ending_) return;
    const Question question = *std::exchange(next_, std::nullopt);
    lock.unlock();

    if (!reader || open != question.conversation) {
      auto opened = app::ConversationReader::open(question.conversation);
      reader = opened.ok() ? std::move(opened).value() : nullptr;
      open = question.conversation;
    }
    std::vector<app::Position> results;
    if (reader) {
      const auto found = reader->find(question.words, kMaxResults);
      if (found.ok()) {
        for (const app::StoredEvent& stored : *found) results.push_back(stored.position);
      }
    }
    runOnUi_([this, alive, number = question.number, results = std::move(results)] {
      if (!alive.expired()) answer(number, results);
    });
    lock.lock();
  }
}

}  // namespace earshot::ui

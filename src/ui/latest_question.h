#pragma once
// Answers questions on a thread of its own, so that typing stays smooth. Only the newest question is
// answered; work on an older one is told to end. No wx. UI thread.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace earshot::ui {

/// As RoomBackend::runOnUi.
using RunOnUi = std::function<void(std::function<void()>)>;

template <class Question, class Answer>
class LatestQuestion {
 public:
  /// Runs on the thread. goesOn is false as soon as nobody waits for the answer any more.
  using Work = std::function<Answer(const Question& question, const std::function<bool()>& goesOn)>;
  using OnAnswer = std::function<void(Answer)>;

  LatestQuestion(RunOnUi runOnUi, Work work)
      : runOnUi_(std::move(runOnUi)), work_(std::move(work)), worker_([this] { run(); }) {}
  ~LatestQuestion() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      ++number_;
    }
    wake_.notify_one();
    worker_.join();
  }
  LatestQuestion(const LatestQuestion&) = delete;
  LatestQuestion& operator=(const LatestQuestion&) = delete;

  /// onAnswer is called later on the UI thread, unless another question or cancel() came first.
  void ask(Question question, OnAnswer onAnswer) {
    onAnswer_ = std::move(onAnswer);
    {
      const std::lock_guard lock(mutex_);
      next_ = Numbered{++number_, std::move(question)};
    }
    wake_.notify_one();
  }
  void cancel() {
    ++number_;
    onAnswer_ = nullptr;
  }

 private:
  struct Numbered {
    std::uint64_t number;
    Question question;
  };

  void deliver(std::uint64_t number, Answer answer) {
    if (number == number_ && onAnswer_) onAnswer_(std::move(answer));
  }

  void run() {
    const std::weak_ptr<int> alive = alive_;
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return ending_ || next_; });
      if (ending_) return;
      const Numbered asked = *std::exchange(next_, std::nullopt);
      lock.unlock();
      auto answer = work_(asked.question, [this, number = asked.number] { return number == number_; });
      runOnUi_([this, alive, number = asked.number, answer = std::move(answer)]() mutable {
        if (!alive.expired()) deliver(number, std::move(answer));
      });
      lock.lock();
    }
  }

  RunOnUi runOnUi_;
  Work work_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
  std::atomic<std::uint64_t> number_ = 0;
  OnAnswer onAnswer_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Numbered> next_;
  bool ending_ = false;
  std::thread worker_;
};

}  // namespace earshot::ui

#pragma once
// One pending batch between two threads: the producer posts, the consumer is woken once and takes
// everything at the same time. Cutting it is how a window dies before the thread that feeds it.

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace earshot::app {

template <class T>
class Inbox {
 public:
  /// wake runs on the posting thread, at most once per batch; it must not block and must not call
  /// back into this inbox (typically it queues an event to the consumer's own loop).
  explicit Inbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  /// Any thread. Dropped after cut().
  void post(T value) { (void)offer(std::move(value)); }

  /// As post(), for a producer who must know: false when it was dropped.
  bool offer(T value) {
    const std::lock_guard lock(mutex_);
    if (!wake_) return false;
    pending_.push_back(std::move(value));
    if (pending_.size() == 1) wake_();
    return true;
  }

  /// The consumer's thread: everything posted since the last call, in order.
  [[nodiscard]] std::vector<T> takeAll() {
    const std::lock_guard lock(mutex_);
    return std::exchange(pending_, {});
  }

  /// After this returns the wake function will never run again.
  void cut() {
    const std::lock_guard lock(mutex_);
    wake_ = nullptr;
    pending_.clear();
  }

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  std::vector<T> pending_;
};

}  // namespace earshot::app

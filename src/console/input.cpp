#include "console/input.h"

namespace earshot::console {

void ConsoleQueue::post(ConsoleEvent event) {
  {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
  }
  arrived_.notify_one();
}

ConsoleEvent ConsoleQueue::wait() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return !events_.empty(); });
  ConsoleEvent event = std::move(events_.front());
  events_.pop_front();
  return event;
}

}  // namespace earshot::console

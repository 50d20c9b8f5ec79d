#include "net/crew.h"

#include <algorithm>
#include <system_error>

#include "app/log.h"
#include "net/thread_owned.h"

namespace earshot::net {
namespace {

/// Below this, waking somebody takes longer than the work.
constexpr std::size_t kWorthHelp = 24;
/// Taken at a time, so that threads do not meet at the counter for each.
constexpr std::size_t kShare = 4;
constexpr unsigned kMostHelpers = 3;

}  // namespace

unsigned Crew::usualHelpers() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, kMostHelpers + 1) - 1;
}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  begun_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Crew::start() {
  while (threads_.size() < helpers_) {
    try {
      threads_.emplace_back([this] { help(); });
    } catch (const std::system_error& error) {
      app::log::warn(std::string("no more threads: ") + error.what());
      return;
    }
  }
}

void Crew::take(const std::function<void(std::size_t)>& work, std::size_t count) {
  for (;;) {
    const std::size_t from = next_.fetch_add(kShare, std::memory_order_relaxed);
    if (from >= count) return;
    for (std::size_t i = from; i < std::min(count, from + kShare); ++i) work(i);
  }
}

void Crew::run(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (helpers_ == 0 || count < kWorthHelp) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  if (threads_.empty()) start();
  {
    const std::lock_guard lock(mutex_);
    next_.store(0, std::memory_order_relaxed);
    work_ = &work;
    count_ = count;
    ++round_;
  }
  begun_.notify_all();
  take(work, count);
  std::unique_lock lock(mutex_);
  work_ = nullptr;  // whoever wakes only now has come too late
  left_.wait(lock, [this] { return inside_ == 0; });
}

void Crew::help() {
  const ThreadOwner owner;
  unsigned helped = 0;
  std::unique_lock lock(mutex_);
  for (;;) {
    begun_.wait(lock, [&] { return ends_ || (work_ != nullptr && round_ != helped); });
    if (ends_) return;
    helped = round_;
    ++inside_;
    const auto* work = work_;
    const std::size_t count = count_;
    lock.unlock();
    take(*work, count);
    lock.lock();
    if (--inside_ == 0) left_.notify_one();
  }
}

}  // namespace earshot::net

#include "ui/profile_task.h"

#include <utility>

namespace earshot::ui {

ProfileTask::ProfileTask(Work work)
    : thread_([this, work = std::move(work)] {
        auto outcome = work([this](std::uint64_t done, std::uint64_t total) {
          done_ = done;
          total_ = total;
          return !cancelled_;
        });
        const std::lock_guard lock(mutex_);
        outcome_ = std::move(outcome);
      }) {}

ProfileTask::~ProfileTask() {
  cancel();
  thread_.join();
}

std::optional<double> ProfileTask::progress() const {
  const auto total = static_cast<double>(total_.load());
  if (total <= 0) return std::nullopt;
  return static_cast<double>(done_.load()) / total;
}

std::optional<ProfileTask::Outcome> ProfileTask::outcome() const {
  const std::lock_guard lock(mutex_);
  return outcome_;
}

}  // namespace earshot::ui

#pragma once
// Backing up or restoring on a thread of its own. No wx.

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "app/profile_backup.h"

namespace earshot::ui {

class ProfileTask {
 public:
  /// How many files, or why not.
  using Outcome = app::Result<std::uint32_t>;
  using Work = std::function<Outcome(const app::BackupProgress&)>;

  /// Starts at once.
  explicit ProfileTask(Work work);
  /// Cancels what is not done yet.
  ~ProfileTask();
  ProfileTask(const ProfileTask&) = delete;
  ProfileTask& operator=(const ProfileTask&) = delete;

  void cancel() { cancelled_ = true; }
  /// From 0 to 1; nothing as long as that cannot be told.
  [[nodiscard]] std::optional<double> progress() const;
  /// Empty as long as it runs.
  [[nodiscard]] std::optional<Outcome> outcome() const;

 private:
  std::atomic<bool> cancelled_ = false;
  std::atomic<std::uint64_t> done_ = 0;
  std::atomic<std::uint64_t> total_ = 0;
  mutable std::mutex mutex_;
  std::optional<Outcome> outcome_;
  std::thread thread_;
};

}  // namespace earshot::ui

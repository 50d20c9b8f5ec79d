#pragma once
// Two starts of the program with the same profile: the first hears, the second hands over what it was
// asked for.

#include <filesystem>
#include <memory>
#include <thread>

#include "app/profile_lock.h"
#include "app/second_start.h"
#include "net/local_channel.h"

namespace earshot::net {

class StartListener {
 public:
  /// From now on later starts arrive in the inbox, from a thread of this object's own. How they find the
  /// way is left with the lock.
  static app::Result<std::unique_ptr<StartListener>> open(app::ProfileLock& lock, const std::filesystem::path& config,
                                                          std::shared_ptr<app::SecondStartInbox> inbox);
  ~StartListener();
  StartListener(const StartListener&) = delete;
  StartListener& operator=(const StartListener&) = delete;

 private:
  StartListener(std::unique_ptr<LocalListener> listener, std::shared_ptr<app::SecondStartInbox> inbox);
  void run();

  std::unique_ptr<LocalListener> listener_;
  std::shared_ptr<app::SecondStartInbox> inbox_;
  std::thread thread_;
};

/// True when the program that holds the profile has taken it over, so that there is nothing left to do.
[[nodiscard]] bool handOver(const std::filesystem::path& config, const app::SecondStart& start);

}  // namespace earshot::net

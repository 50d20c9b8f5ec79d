#pragma once
// Ctrl+C and being asked to end, on systems that have signals.

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

namespace earshot::console {

/// As long as it lives, SIGINT, SIGTERM and SIGHUP end nothing, but each is a call on a thread of its own. The signals
/// are blocked and waited for, so that nothing is interrupted and no handler runs between two instructions of another
/// thread. Make it before any thread that outlives its making, so that these threads block them as well; one at a time.
class StopSignals {
 public:
  explicit StopSignals(std::function<void()> onStop);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  sigset_t before_{};  ///< what was blocked
  std::atomic<bool> ending_{false};
  std::thread waiting_;
};

}  // namespace earshot::console

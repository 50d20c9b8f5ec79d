#pragma once
// Ctrl+C and being asked to end, on systems that have signals.

#include <array>
#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

namespace earshot::console {

/// As long as it lives, SIGINT, SIGTERM and SIGHUP end nothing, but each is a call on a thread of its own. The signals
/// are blocked and waited for, so that nothing is interrupted and no handler runs between two instructions of another
/// thread. What was ignored when it was made stays so: nohup has SIGHUP ignored. Make it before any thread that
/// outlives its making, so that these threads block them as well; one at a time.
class StopSignals {
 public:
  explicit StopSignals(std::function<void()> onStop);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  static constexpr std::array kNumbers{SIGINT, SIGTERM, SIGHUP};

  std::function<void()> onStop_;
  sigset_t before_{};  ///< what was blocked
  std::array<struct sigaction, kNumbers.size()> actions_{};
  std::atomic<bool> ending_{false};
  std::thread waiting_;
};

}  // namespace earshot::console

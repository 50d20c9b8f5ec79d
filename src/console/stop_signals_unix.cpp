#ifndef _WIN32
#include <algorithm>
#include <utility>

#include "console/stop_signals.h"

namespace earshot::console {
namespace {

/// Never called, since its signals are blocked. A signal that is ignored might not be waited for: POSIX leaves it open.
void nothing(int) {}

}  // namespace

StopSignals::StopSignals(std::function<void()> onStop) : onStop_(std::move(onStop)) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : kNumbers) sigaddset(&signals, number);
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
  struct sigaction waitedFor {};
  waitedFor.sa_handler = nothing;
  for (std::size_t i = 0; i < kNumbers.size(); ++i) sigaction(kNumbers[i], &waitedFor, &actions_[i]);
  waiting_ = std::thread([this, signals] {
    for (int number = 0; sigwait(&signals, &number) == 0 && !ending_;) {
      const auto at = std::find(kNumbers.begin(), kNumbers.end(), number) - kNumbers.begin();
      if (actions_[static_cast<std::size_t>(at)].sa_handler != SIG_IGN) onStop_();
    }
  });
}

StopSignals::~StopSignals() {
  ending_ = true;
  pthread_kill(waiting_.native_handle(), SIGHUP);
  waiting_.join();
  for (std::size_t i = 0; i < kNumbers.size(); ++i) sigaction(kNumbers[i], &actions_[i], nullptr);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace earshot::console
#endif

#ifndef _WIN32
#include <utility>

#include "console/stop_signals.h"

namespace earshot::console {
namespace {

sigset_t stopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, number);
  return signals;
}

}  // namespace

StopSignals::StopSignals(std::function<void()> onStop) {
  const sigset_t signals = stopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
  waiting_ = std::thread([this, signals, onStop = std::move(onStop)] {
    for (int number = 0; sigwait(&signals, &number) == 0 && !ending_;) onStop();
  });
}

StopSignals::~StopSignals() {
  ending_ = true;
  pthread_kill(waiting_.native_handle(), SIGHUP);
  waiting_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace earshot::console
#endif

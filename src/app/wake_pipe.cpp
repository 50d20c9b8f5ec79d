#ifndef _WIN32
#include "app/wake_pipe.h"

#include <fcntl.h>
#include <unistd.h>

namespace earshot::app {

WakePipe::WakePipe() {
  if (::pipe(ends_.data()) != 0) ends_ = {-1, -1};
  for (const int end : ends_) {  // macOS has no pipe2
    if (end < 0) continue;
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(end, F_SETFL, O_NONBLOCK);
  }
}

WakePipe::~WakePipe() {
  for (const int end : ends_) {
    if (end >= 0) ::close(end);
  }
}

void WakePipe::wake() const {
  const char byte = 'w';
  [[maybe_unused]] const auto written = ::write(ends_[1], &byte, 1);
}

}  // namespace earshot::app
#endif

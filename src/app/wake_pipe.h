#pragma once
#ifndef _WIN32
// What ends the poll() of another thread. Not for Windows, which has events.

#include <array>

namespace earshot::app {

class WakePipe {
 public:
  /// When the system has no descriptors left, it is not open, and poll() does not look at its readEnd(), which is -1.
  WakePipe();
  ~WakePipe();
  WakePipe(const WakePipe&) = delete;
  WakePipe& operator=(const WakePipe&) = delete;

  [[nodiscard]] bool isOpen() const { return ends_[0] >= 0; }
  /// Can be read from as soon as wake() was called, and ever after: nobody takes the byte.
  [[nodiscard]] int readEnd() const { return ends_[0]; }
  /// Any thread.
  void wake() const;

 private:
  std::array<int, 2> ends_{-1, -1};
};

}  // namespace earshot::app
#endif

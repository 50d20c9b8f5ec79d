#pragma once
// Which sockets are ready: epoll, kqueue or WSAPoll behind one small interface. One thread, but for
// wake().

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace earshot::net {

struct Interest {
  bool read = false;
  bool write = false;

  bool operator==(const Interest&) const = default;
};

struct Readiness {
  std::uint64_t token;
  bool readable;  ///< also set when the connection broke: a read tells
  bool writable;
};

class Poller {
 public:
  virtual ~Poller() = default;

  /// token comes back in Readiness; unique among the watched, not 0.
  virtual void add(int descriptor, std::uint64_t token, Interest interest) = 0;
  virtual void modify(int descriptor, std::uint64_t token, Interest interest) = 0;
  /// descriptor is -1 when it has been closed already (the system forgot it by itself then; the
  /// number may be somebody else's by now).
  virtual void remove(int descriptor, std::uint64_t token) = 0;

  /// Waits until something is ready, wake() was called or the time is up (none: for ever).
  virtual void wait(std::optional<std::chrono::milliseconds> timeout, std::vector<Readiness>& ready) = 0;

  /// Lets about that time pass, also if something is ready before, and tells what is then: much that comes at short
  /// intervals is cheaper together. Where the system cannot sleep so briefly (Windows), a wait() of a millisecond.
  virtual void rest(std::chrono::microseconds time, std::vector<Readiness>& ready) {
    wait(std::chrono::ceil<std::chrono::milliseconds>(time), ready);
  }

  /// Any thread: ends the current or the next wait().
  virtual void wake() = 0;
};

/// The best one of this system.
[[nodiscard]] std::unique_ptr<Poller> makePoller();

}  // namespace earshot::net

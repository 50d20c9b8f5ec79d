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

  /// Any thread: ends the current or the next wait().
  virtual void wake() = 0;
};

/// The best one of this system.
[[nodiscard]] std::unique_ptr<Poller> makePoller();

}  // namespace earshot::net

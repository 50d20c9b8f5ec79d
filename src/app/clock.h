#pragma once
// Wall-clock time as a value that is handed in, so that rules and tests need no real clock.

#include <chrono>
#include <functional>

namespace earshot::app {

/// Milliseconds since the Unix epoch, UTC. For display and records only: it orders nothing.
using UtcMillis = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where the current time comes from. Called on the thread of whoever holds it.
using Clock = std::function<UtcMillis()>;

inline UtcMillis systemNow() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace earshot::app

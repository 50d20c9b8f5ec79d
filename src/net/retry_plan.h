#pragma once
// When a member whose connection broke tries again. Pure: no clock, no random source of its own.

#include <chrono>

#include "app/limits.h"
#include "app/result.h"

namespace earshot::net {

/// Whether trying again can help without anybody doing something: the network and the host come and
/// go, and others may stand at its address meanwhile; a name that is taken does not.
[[nodiscard]] bool mayComeBack(app::Errc reason);

class RetryPlan {
 public:
  explicit RetryPlan(std::chrono::milliseconds first = app::kFirstRetry) : first_(first) {}

  /// How long to wait before the next attempt. gone: since the connection broke; chance: in [0, 1), so
  /// that not everybody comes at the same moment.
  [[nodiscard]] std::chrono::milliseconds next(std::chrono::milliseconds gone, double chance);
  /// It worked.
  void reset() { attempts_ = 0; }

 private:
  std::chrono::milliseconds first_;
  int attempts_ = 0;
};

}  // namespace earshot::net

#pragma once
// How often something may be done: a few times at once, then at a steady rate. Pure, with the time handed in.

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace earshot::app {

/// Whole numbers, so that what was typed is stored, compared and printed exactly.
struct Rate {
  std::uint32_t burst = 1;
  std::uint32_t perThousandSeconds = 1;

  bool operator==(const Rate&) const = default;
};

/// Starts full. All it remembers is when it will be full again, so a full one need not be kept.
class TokenBucket {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Wait = std::chrono::milliseconds;

  explicit TokenBucket(Rate rate)
      : perToken_(std::chrono::nanoseconds{std::chrono::seconds{1'000}} / std::max(rate.perThousandSeconds, 1U)),
        toFill_(perToken_ * std::max(rate.burst, 1U)) {}

  /// Zero: one was taken. Else how long until there is one; then nothing was taken.
  Wait take(Time now) {
    const Wait needed = wait(now);
    if (needed == Wait::zero()) fullAt_ = std::max(fullAt_, now) + perToken_;
    return needed;
  }
  /// What take would answer.
  [[nodiscard]] Wait wait(Time now) const { return rounded(missing(now) + perToken_ - toFill_); }
  [[nodiscard]] Wait untilFull(Time now) const { return rounded(missing(now)); }

 private:
  [[nodiscard]] std::chrono::nanoseconds missing(Time now) const {
    return std::max<std::chrono::nanoseconds>(fullAt_ - now, std::chrono::nanoseconds::zero());
  }
  static Wait rounded(std::chrono::nanoseconds time) {
    return std::chrono::ceil<Wait>(std::max(time, std::chrono::nanoseconds::zero()));
  }

  std::chrono::nanoseconds perToken_;
  std::chrono::nanoseconds toFill_;  ///< an empty one
  Time fullAt_{};
};

}  // namespace earshot::app

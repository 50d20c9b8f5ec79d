#pragma once
// When a host decides what it was asked. Each time costs every member a write, however much it holds, so a host that
// is busy gathers for a moment, and one that is not never waits. Pure: no clock of its own.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace earshot::net {

/// How much of the time a loop had work to do, over the last window.
class BusyMeter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit BusyMeter(Time now) : start_(now) {}

  /// The loop had nothing to do from `from` until `to`.
  void idled(Time from, Time to) {
    idle_ += to - from;
    const auto elapsed = to - start_;
    if (elapsed < kWindow) return;
    share_ = 1.0 - std::chrono::duration<double>(idle_) / std::chrono::duration<double>(elapsed);
    start_ = to;
    idle_ = {};
  }
  /// 0: it only waited; 1: it never did.
  [[nodiscard]] double share() const { return share_; }

 private:
  static constexpr std::chrono::milliseconds kWindow{100};

  Time start_;
  std::chrono::steady_clock::duration idle_{};
  double share_ = 0;
};

class FlushPace {
 public:
  using Time = BusyMeter::Time;
  /// Between two looks of a loop that gathers: what comes at shorter intervals is read together.
  static constexpr std::chrono::microseconds kRest{100};

  /// How much longer to gather; 0: decide now. Once nothing more comes, nothing is waited for: those who ask may be
  /// waiting for us.
  [[nodiscard]] std::chrono::microseconds left(Time now, double busyShare) const {
    const auto due = std::min(decided_ + interval(demand(busyShare)), asked_ + kQuiet);
    return std::max(std::chrono::microseconds{0}, std::chrono::ceil<std::chrono::microseconds>(due - now));
  }
  void asked() { askedInRound_ = true; }
  /// The loop has handled all that was ready.
  void roundEnds(Time now) {
    if (!std::exchange(askedInRound_, false)) return;
    asked_ = now;
    ++rounds_;
  }
  /// So many requests were decided together.
  void decided(Time now, std::size_t together) {
    constexpr double kWeight = 0.125;
    decided_ = now;
    together_ = together;
    roundsADecision_ += kWeight * (std::max(1.0, static_cast<double>(std::exchange(rounds_, 0U))) - roundsADecision_);
  }

  /// How busy the loop would be if it decided in every round. A loop that gathers is less busy because it does, and
  /// would stop and begin again by turns if it went by that.
  [[nodiscard]] double demand(double busyShare) const { return std::min(1.0, busyShare * roundsADecision_); }
  /// Whether what was decided last had better be with everybody soon than cheaply: little is said, and there is time.
  [[nodiscard]] bool favoursHaste(double busyShare) const { return demand(busyShare) <= kBusy && together_ <= kFew; }
  /// 0 up to half of the time, then 5 to 20 ms.
  [[nodiscard]] static std::chrono::milliseconds interval(double demand) {
    constexpr double kShortestMs = 5;
    constexpr double kLongestMs = 20;
    if (demand <= kBusy) return std::chrono::milliseconds{0};
    const double beyond = (demand - kBusy) / (1 - kBusy);
    return std::chrono::milliseconds{static_cast<int>(kShortestMs + beyond * (kLongestMs - kShortestMs))};
  }

 private:
  static constexpr double kBusy = 0.5;
  static constexpr std::chrono::microseconds kQuiet{300};
  static constexpr std::size_t kFew = 8;

  Time asked_{};  ///< the end of the last round in which something was
  Time decided_{};
  std::size_t together_ = 0;
  bool askedInRound_ = false;
  unsigned rounds_ = 0;         ///< since the last decision, those in which something was asked
  double roundsADecision_ = 1;  ///< of late
};

}  // namespace earshot::net

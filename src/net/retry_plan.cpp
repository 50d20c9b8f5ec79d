#include "net/retry_plan.h"

#include <algorithm>

#include "app/limits.h"

namespace earshot::net {

using std::chrono::milliseconds;

bool mayComeBack(app::Errc reason) {
  switch (reason) {
    case app::Errc::HostUnknown:
    case app::Errc::ConnectionRefused:
    case app::Errc::ConnectTimedOut:
    case app::Errc::NetworkUnreachable:
    case app::Errc::ConnectionLost:
    case app::Errc::NotEarshot:      // something else answered while the host was away
    case app::Errc::HostKeyChanged:  // or another host, to which nothing is said
    case app::Errc::RoomFull:
    case app::Errc::HostClosed:
    case app::Errc::TooSlow:
    case app::Errc::TooFast:
    case app::Errc::HostStorageFull:
    case app::Errc::HostStorageFailed:
      return true;
    default:
      return false;
  }
}

milliseconds RetryPlan::next(milliseconds gone, double chance) {
  constexpr int kDoublings = 10;  // beyond the longest wait
  const auto doubled = first_ * (1 << std::min(attempts_, kDoublings));
  attempts_ = std::min(attempts_ + 1, kDoublings);
  const auto usual = std::min(doubled, milliseconds{app::kLongestRetry});
  const auto spread = milliseconds{static_cast<milliseconds::rep>(static_cast<double>(usual.count()) * (0.5 + chance))};
  return gone < app::kEagerTime ? std::min(spread, milliseconds{app::kEagerRetry}) : spread;
}

}  // namespace earshot::net

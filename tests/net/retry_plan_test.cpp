#include "net/retry_plan.h"

#include <gtest/gtest.h>

#include "app/limits.h"

namespace earshot::net {
namespace {

using namespace std::chrono_literals;
constexpr double kMiddle = 0.5;

TEST(RetryPlan, WaitsLongerEachTimeUpToAMinute) {
  RetryPlan plan;
  const auto gone = 3h;
  for (const auto expected : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) EXPECT_EQ(plan.next(gone, kMiddle), expected);
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(plan.next(gone, kMiddle), 60s);
  plan.reset();
  EXPECT_EQ(plan.next(gone, kMiddle), 1s);
}

TEST(RetryPlan, IsNeverLongerThanFiveSecondsForTheFirstTwoMinutes) {
  RetryPlan plan;
  for (int i = 0; i < 100; ++i) EXPECT_LE(plan.next(119s, 0.999), 5s);
  EXPECT_EQ(plan.next(120s, kMiddle), 60s);
}

TEST(RetryPlan, SpreadsThoseWhoWereCutOffTogether) {
  EXPECT_EQ(RetryPlan().next(1h, 0.0), 500ms);
  EXPECT_NEAR(static_cast<double>(RetryPlan().next(1h, 0.999).count()), 1'499.0, 1.0);
}

TEST(RetryPlan, GoesOnWhereNobodyHasToDoAnything) {
  for (const auto reason :
       {app::Errc::ConnectionLost, app::Errc::HostClosed, app::Errc::ConnectionRefused, app::Errc::NetworkUnreachable,
        app::Errc::HostUnknown, app::Errc::TooSlow, app::Errc::HostKeyChanged}) {
    EXPECT_TRUE(mayComeBack(reason));
  }
  for (const auto reason : {app::Errc::Replaced, app::Errc::NameTaken, app::Errc::JoinCodeNeeded, app::Errc::Cancelled,
                            app::Errc::OtherRoom, app::Errc::VersionMismatch, app::Errc::StorageFull}) {
    EXPECT_FALSE(mayComeBack(reason));
  }
}

}  // namespace
}  // namespace earshot::net

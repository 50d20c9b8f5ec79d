// Short pieces of wording that windows put together.

#include <gtest/gtest.h>

#include "ui/access_dialog.h"
#include "ui/attention.h"
#include "ui/recent_card.h"

namespace earshot::ui {
namespace {

using namespace std::chrono_literals;

app::UtcMillis noon(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) + 12h;
}

TEST(WindowTitle, CountsWhatIsUnread) {
  EXPECT_EQ(windowTitle("Kitchen table", 3).utf8_string(), "(3) Kitchen table – Earshot");
  EXPECT_EQ(windowTitle("Kitchen table", 0).utf8_string(), "Kitchen table – Earshot");
  EXPECT_EQ(windowTitle("", 0), "Earshot");
}

TEST(DayInWords, IsAsExactAsPeopleAre) {
  const auto now = noon(2026, 11, 22);  // a Sunday
  EXPECT_EQ(dayInWords(now, now), "today");
  EXPECT_EQ(dayInWords(noon(2026, 11, 21), now), "yesterday");
  EXPECT_EQ(dayInWords(noon(2026, 11, 16), now), "Monday");
  EXPECT_EQ(dayInWords(noon(2026, 11, 5), now), "5 Nov");
  EXPECT_EQ(dayInWords(noon(2024, 3, 12), now), "12 Mar 2024");
}

TEST(DayInWords, TakesAClockThatIsAheadForToday) {
  EXPECT_EQ(dayInWords(noon(2026, 11, 23), noon(2026, 11, 22)), "today");
}

TEST(TimeLeft, IsRoundedToWhatOneWouldSay) {
  EXPECT_EQ(timeLeftInWords(24h - 3s), "in 24 hours");
  EXPECT_EQ(timeLeftInWords(7 * 24h - 1min), "in 7 days");
  EXPECT_EQ(timeLeftInWords(59min), "in 59 minutes");
  EXPECT_EQ(timeLeftInWords(1h), "in 1 hour");
  EXPECT_EQ(timeLeftInWords(-5s), "in 1 minute") << "what is listed is not over";
}

}  // namespace
}  // namespace earshot::ui

#include "ui/transcript_format.h"

#include <cstdlib>
#include <ctime>
#include <string>

#include <gtest/gtest.h>

#include "ui/transcript_fake_history.h"

namespace earshot::ui {
namespace {

/// Puts the computer into a time zone for one test.
class TranscriptFormat : public testing::Test {
 protected:
#ifndef _WIN32
  TranscriptFormat() {
    if (const char* zone = std::getenv("TZ")) before_ = zone;
    setenv("TZ", "UTC-2", 1);
    tzset();
  }
  ~TranscriptFormat() override {
    before_.empty() ? unsetenv("TZ") : setenv("TZ", before_.c_str(), 1);
    tzset();
  }
  std::string before_;
#endif
  /// 2026-11-22 23:05:09 UTC.
  const app::UtcMillis evening = fake::at(1'795'388'709);
};

#ifndef _WIN32

TEST_F(TranscriptFormat, ShowsTimesOfThisComputer) {
  EXPECT_EQ(clockTime(evening), "01:05");
}

TEST_F(TranscriptFormat, NamesTheDay) {
  EXPECT_EQ(dayName(evening), "Monday, 23 November 2026");
}

TEST_F(TranscriptFormat, ChangesTheDayAtMidnightHere) {
  const auto midnight = fake::at(1'795'384'800);
  EXPECT_FALSE(sameDay(midnight - std::chrono::milliseconds(1), midnight));
  EXPECT_TRUE(sameDay(midnight, evening));
}

TEST_F(TranscriptFormat, SpeaksNameTimeAndText) {
  TranscriptRow row;
  row.senderName = "Anna";
  row.time = evening;
  row.text = "Grüße 🎉 مرحبا 你好";
  EXPECT_EQ(spokenLine(row), "Anna, 01:05: Grüße 🎉 مرحبا 你好");
  row.style = app::TextStyle::Action;
  EXPECT_EQ(spokenLine(row), "Anna, 01:05: Grüße 🎉 مرحبا 你好");
}

TEST_F(TranscriptFormat, SpeaksWhatBecameOfAPrivateText) {
  TranscriptRow row;
  row.senderName = "Anna";
  row.time = evening;
  row.text = "hello";
  row.delivery = Delivery::Kept;
  EXPECT_EQ(spokenLine(row), "Anna, 01:05: hello (sent)");
  row.delivery = Delivery::Delivered;
  EXPECT_EQ(spokenLine(row), "Anna, 01:05: hello (delivered)");
}

TEST_F(TranscriptFormat, SpeaksNoticesWithoutAName) {
  TranscriptRow row;
  row.kind = RowKind::Notice;
  row.senderName = "Anna";
  row.time = evening;
  row.text = "Anna joined";
  EXPECT_EQ(spokenLine(row), "01:05: Anna joined");
}

TEST_F(TranscriptFormat, CopiesWithTimeAndSender) {
  TranscriptRow row;
  row.senderName = "Anna";
  row.time = evening;
  row.text = "waves";
  EXPECT_EQ(copiedLine(row, "waves"), "[01:05] Anna: waves");
  row.style = app::TextStyle::Action;
  EXPECT_EQ(copiedLine(row, shownText(row)), "[01:05] * Anna waves");
  row.kind = RowKind::Notice;
  row.text = "Anna joined";
  EXPECT_EQ(copiedLine(row, shownText(row)), "[01:05] Anna joined");
}

#endif

}  // namespace
}  // namespace earshot::ui

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <string>

#include "app/code_points.h"
#include "app/exporter.h"
#include "app/text.h"

namespace earshot::app {
namespace {

using namespace std::chrono_literals;

const TimeZone kUtc{[](UtcMillis) { return 0min; }, "UTC"};
const TimeZone kCet{[](UtcMillis) { return 60min; }, "CET"};

std::string parsed(const std::string& text, const TimeZone& zone = kUtc) {
  const auto time = parseTime(text, zone);
  return time ? formatRfc3339(*time) : "invalid";
}

TEST(Rfc3339, HasMillisecondsAndIsInUtc) {
  EXPECT_EQ(formatRfc3339(UtcMillis{0ms}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(formatRfc3339(UtcMillis{1'795'354'205'250ms}), "2026-11-22T13:30:05.250Z");
  EXPECT_EQ(formatRfc3339(UtcMillis{-1ms}), "1969-12-31T23:59:59.999Z");
}

TEST(Rfc3339, HasFourDigitsOfYearWhateverTheTime) {
  EXPECT_EQ(formatRfc3339(UtcMillis{std::chrono::milliseconds::max()}).size(), 24U);
  EXPECT_EQ(formatRfc3339(UtcMillis{std::chrono::milliseconds::min()}).size(), 24U);
}

TEST(ParseTime, ReadsLocalDatesAndTimes) {
  EXPECT_EQ(parsed("2026-11-22", kCet), "2026-11-21T23:00:00.000Z");
  EXPECT_EQ(parsed("2026-11-22 14:30", kCet), "2026-11-22T13:30:00.000Z");
  EXPECT_EQ(parsed("2026-11-22T14:30:05", kCet), "2026-11-22T13:30:05.000Z");
  EXPECT_EQ(parsed("  2026-11-22  14:30 ", kCet), "2026-11-22T13:30:00.000Z");
  EXPECT_EQ(parsed("2024-02-29"), "2024-02-29T00:00:00.000Z");
}

TEST(ParseTime, ReadsRfc3339WhateverTheLocalZone) {
  EXPECT_EQ(parsed("2026-11-22T13:30:05.250Z", kCet), "2026-11-22T13:30:05.250Z");
  EXPECT_EQ(parsed("2026-11-22t13:30:05z", kCet), "2026-11-22T13:30:05.000Z");
  EXPECT_EQ(parsed("2026-11-22T14:30:05.2+01:00"), "2026-11-22T13:30:05.200Z");
  EXPECT_EQ(parsed("2026-11-22T14:30:05.123456789-03:30"), "2026-11-22T18:00:05.123Z");
}

TEST(ParseTime, ReadsBackWhatFormatRfc3339Wrote) {
  const UtcMillis time{1'795'354'205'250ms};
  const auto back = parseTime(formatRfc3339(time), kCet);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, time);
}

TEST(ParseTime, RefusesEverythingElse) {
  for (const std::string text : {"",
                                 " ",
                                 "today",
                                 "2026",
                                 "2026-11",
                                 "2026-13-01",
                                 "2026-00-10",
                                 "2026-02-29",
                                 "2026-11-31",
                                 "2026-11-00",
                                 "26-11-22",
                                 "22.11.2026",
                                 "2026/11/22",
                                 "2026-11-22T",
                                 "2026-11-22 14",
                                 "2026-11-22 24:00",
                                 "2026-11-22 14:60",
                                 "2026-11-22 14:30:60",
                                 "2026-11-22 14:30:05.",
                                 "2026-11-22 14:30x",
                                 "2026-11-22Z",
                                 "2026-11-22 14:30+1",
                                 "2026-11-22 14:30+24:00",
                                 "2026-11-22 -4:30",
                                 "+026-11-22",
                                 "2026-11-22 14:30:05,5",
                                 "0000-01-01",
                                 "２０２６-11-22"}) {
    const auto time = parseTime(text, kUtc);
    ASSERT_FALSE(time) << text;
    EXPECT_EQ(time.error(), (Error{Errc::UsageInvalid, text}));
  }
  EXPECT_EQ(parseTime("\xFF", kUtc).error().code, Errc::UsageInvalid);
}

#ifndef _WIN32
/// The computer's zone for one test, as a rule that needs no database of zones.
class LocalZone : public testing::Test {
 protected:
  void use(const char* zone) {
    ::setenv("TZ", zone, 1);
    ::tzset();
  }
  void TearDown() override {
    ::unsetenv("TZ");
    ::tzset();
  }
  static UtcMillis utc(const std::string& text) { return *parseTime(text, kUtc); }
};

TEST_F(LocalZone, KnowsSummerFromWinter) {
  use("CET-1CEST,M3.5.0,M10.5.0/3");
  const TimeZone zone = localTimeZone();
  EXPECT_EQ(zone.offsetAt(utc("2026-01-15")), 60min);
  EXPECT_EQ(zone.offsetAt(utc("2026-07-15")), 120min);
  EXPECT_EQ(zone.offsetAt(utc("2026-10-25T00:59:59Z")), 120min);
  EXPECT_EQ(zone.offsetAt(utc("2026-10-25T01:00:00Z")), 60min);
  EXPECT_EQ(zone.name, "CET/CEST");
}

TEST_F(LocalZone, KnowsTheSouthernSummerToo) {
  use("NZST-12NZDT,M9.5.0,M4.1.0/3");
  const TimeZone zone = localTimeZone();
  EXPECT_EQ(zone.offsetAt(utc("2026-01-15")), 780min);
  EXPECT_EQ(zone.offsetAt(utc("2026-07-15")), 720min);
  EXPECT_EQ(zone.name, "NZST/NZDT");
}

TEST_F(LocalZone, KnowsZonesOfHalfAnHourAndWestOfGreenwich) {
  use("IST-5:30");
  EXPECT_EQ(localTimeZone().offsetAt(utc("2026-01-15")), 330min);
  EXPECT_EQ(localTimeZone().name, "IST");
  use("NST3:30");
  EXPECT_EQ(localTimeZone().offsetAt(utc("2026-01-15")), -210min);
}

TEST_F(LocalZone, HasNoNameWhereItWouldOnlyRepeatTheOffset) {
  use("<+05>-5");
  EXPECT_EQ(localTimeZone().name, "");
}

TEST_F(LocalZone, ReadsAnHourThatHappensTwiceAsTheFirst) {
  use("CET-1CEST,M3.5.0,M10.5.0/3");
  const TimeZone zone = localTimeZone();
  EXPECT_EQ(parsed("2026-10-25 02:30", zone), "2026-10-25T00:30:00.000Z");
  EXPECT_EQ(parsed("2026-10-25 03:00", zone), "2026-10-25T02:00:00.000Z");
  EXPECT_EQ(parsed("2026-10-25 01:59", zone), "2026-10-24T23:59:00.000Z");
}

TEST_F(LocalZone, ReadsAnHourThatNeverHappensAsTheOneAfterIt) {
  use("CET-1CEST,M3.5.0,M10.5.0/3");
  const TimeZone zone = localTimeZone();
  EXPECT_EQ(parsed("2026-03-29 01:59", zone), "2026-03-29T00:59:00.000Z");
  EXPECT_EQ(parsed("2026-03-29 02:30", zone), "2026-03-29T01:30:00.000Z");
  EXPECT_EQ(parsed("2026-03-29 03:00", zone), "2026-03-29T01:00:00.000Z");
}

TEST_F(LocalZone, SurvivesTimesNoCalendarHas) {
  use("CET-1");
  const TimeZone zone = localTimeZone();
  EXPECT_EQ(zone.offsetAt(UtcMillis{std::chrono::milliseconds::max()}), 60min);
  EXPECT_EQ(zone.offsetAt(UtcMillis{std::chrono::milliseconds::min()}), 60min);
}
#endif

std::string fileName(const std::string& room) {
  return suggestedFileName(room, UtcMillis{1'795'354'205'250ms}, kUtc, ExportFormat::Text);
}

TEST(ExportFileName, IsTheRoomAndTheLocalDay) {
  EXPECT_EQ(fileName("Kitchen table"), "Kitchen table 2026-11-22.txt");
  EXPECT_EQ(fileName("Küche 🎉 你好"), "Küche 🎉 你好 2026-11-22.txt");
  const TimeZone far{[](UtcMillis) { return 780min; }, ""};
  EXPECT_EQ(suggestedFileName("R", UtcMillis{1'795'354'205'250ms}, far, ExportFormat::Text), "R 2026-11-23.txt");
}

TEST(ExportFileName, HasNoCharacterThatSomeSystemForbids) {
  EXPECT_EQ(fileName("a<b>c:d\"e/f\\g|h?i*j"), "a_b_c_d_e_f_g_h_i_j 2026-11-22.txt");
  EXPECT_EQ(fileName("../../etc/passwd"), "_.._etc_passwd 2026-11-22.txt");
  EXPECT_EQ(fileName("a\nb\tc\x01"), "a b c 2026-11-22.txt");
  EXPECT_EQ(fileName("gpj.\u202Eexe"), "gpj.exe 2026-11-22.txt");
  EXPECT_EQ(fileName("a\xFF"
                     "b"),
            "a_b 2026-11-22.txt");
}

TEST(ExportFileName, HidesNothingAndEndsInNothingThatVanishes) {
  EXPECT_EQ(fileName(".hidden"), "hidden 2026-11-22.txt");
  EXPECT_EQ(fileName("-rf"), "rf 2026-11-22.txt");
  EXPECT_EQ(fileName("dots... . "), "dots 2026-11-22.txt");
  for (const auto* nothing : {"", "...", "   ", "\u200B", "\x01"}) {
    EXPECT_EQ(fileName(nothing), "Conversation 2026-11-22.txt") << nothing;
  }
}

TEST(ExportFileName, IsNeverADeviceOfWindows) {
  for (const std::string device : {"CON", "prn", "Aux.chat", "NUL.tar.gz", "com1.x", "LPT9.y", "con .z"}) {
    const std::string name = fileName(device);
    EXPECT_TRUE(name.starts_with("_")) << name;
  }
  EXPECT_EQ(fileName("Console"), "Console 2026-11-22.txt");
  EXPECT_EQ(fileName("com10"), "com10 2026-11-22.txt");
}

TEST(ExportFileName, IsShortEnoughForEveryFileSystem) {
  std::string room;
  for (int i = 0; i < 500; ++i) room += "👩‍👩‍👧‍👦";
  EXPECT_LE(fileName(room).size(), 200U);
  EXPECT_TRUE(isValidText(fileName(room)));
  EXPECT_LE(fileName(std::string(5000, 'x')).size(), 200U);
}

}  // namespace
}  // namespace earshot::app

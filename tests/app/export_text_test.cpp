// The plain text format.

#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "app/export_samples.h"
#include "app/text.h"

namespace earshot::app {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using namespace samples;

std::string written(const ExportHeader& header, const std::vector<Event>& events, const TimeZone& zone = kCet) {
  return samples::written(ExportFormat::Text, header, events, zone);
}

std::string lineOf(const std::string& name, const EventBody& body) {
  const std::string text = written({}, {eventAt("2026-11-22 14:30:05", name, body)});
  return text.substr(text.find("\n[") + 1);
}

TEST(ExportText, ReadsLikeTheTalkItWas) {
  expectGolden("everyday.txt", written(everydayHeader(), everyday()));
}

TEST(ExportText, LetsNoTextNameOrTopicLookLikeALineOfItsOwn) {
  expectGolden("hostile.txt", written(hostileHeader(), hostile()));
}

TEST(ExportText, SaysWhatIsMissing) {
  ExportHeader header;
  header.gaps = {3, 2};
  EXPECT_NE(written(header, {}).find("Missing: 3 events in 2 places\n"), std::string::npos);
  header.gaps = {1, 1};
  EXPECT_NE(written(header, {}).find("Missing: 1 event in 1 place\n"), std::string::npos);
}

TEST(ExportText, StatesEveryKindOfRange) {
  const auto rangeLine = [](const ExportRange& range) {
    ExportHeader header;
    header.range = range;
    const std::string text = written(header, {});
    const auto start = text.find("Range: ");
    return text.substr(start, text.find('\n', start) - start);
  };
  EXPECT_EQ(rangeLine({}), "Range: everything");
  EXPECT_EQ(rangeLine({at("2026-11-22 09:00"), at("2026-11-22 17:30")}), "Range: 2026-11-22 09:00 to 2026-11-22 17:30");
  EXPECT_EQ(rangeLine({at("2026-11-22 09:00:30"), {}}), "Range: from 2026-11-22 09:00:30");
  EXPECT_EQ(rangeLine({{}, at("2026-11-22 17:30")}), "Range: until 2026-11-22 17:30");
}

TEST(ExportText, IsOnlyTheHeaderWhenNothingWasSaid) {
  EXPECT_EQ(written({"R", "a:1", {}, "UTC+01:00 (CET)", 0, 0}, {}),
            "Earshot conversation\nRoom: R\nAddress: a:1\nRange: everything\nTime zone: UTC+01:00 (CET)\n"
            "Messages: 0\nEvents: 0\nMissing: none known\n");
}

TEST(ExportText, ShowsTheTimesOfTheZoneItIsGiven) {
  const Event event = eventAt("2026-11-22T23:30:00Z", "Anna", says("x"));
  const TimeZone india{[](UtcMillis) { return 330min; }, "IST"};
  const TimeZone hawaii{[](UtcMillis) { return -600min; }, "HST"};
  EXPECT_NE(written({}, {event}, india).find("--- Monday, 23 November 2026 ---\n[05:00:00]"), std::string::npos);
  EXPECT_NE(written({}, {event}, hawaii).find("--- Sunday, 22 November 2026 ---\n[13:30:00]"), std::string::npos);
}

TEST(ExportText, FollowsTheClockWhenItIsPutBack) {
  const UtcMillis change = at("2026-10-25T01:00:00Z");
  const TimeZone berlin{[&](UtcMillis time) { return time < change ? 120min : 60min; }, "CET/CEST"};
  const std::string text = written(
      {},
      {{Seq{1}, change - 1s, MemberId{}, "Anna", says("before")}, {Seq{2}, change, MemberId{}, "Anna", says("after")}},
      berlin);
  EXPECT_NE(text.find("[02:59:59] Anna: before\n[02:00:00] Anna: after\n"), std::string::npos) << text;
}

TEST(ExportText, WritesADayAgainWhenTheHostsClockWentBack) {
  const std::string text =
      written({}, {eventAt("2026-11-23 08:00", "A", says("1")), eventAt("2026-11-22 08:00", "A", says("2"))});
  EXPECT_LT(text.find("--- Monday, 23"), text.find("--- Sunday, 22"));
}

TEST(ExportText, TakesAnyTimeThatAHostMayClaim) {
  for (const auto millis : {std::chrono::milliseconds::min(), -1ms, 0ms, std::chrono::milliseconds::max()}) {
    const std::string text = written({}, {{Seq{1}, UtcMillis{millis}, MemberId{}, "Anna", says("x")}});
    EXPECT_NE(text.find("] Anna: x\n"), std::string::npos) << text;
  }
}

TEST(ExportText, PutsMisleadingNamesInQuotes) {
  EXPECT_EQ(lineOf("Anna", says("x")), "[14:30:05] Anna: x\n");
  EXPECT_EQ(lineOf("Anna: no", says("x")), "[14:30:05] \"Anna: no\": x\n");
  EXPECT_EQ(lineOf("* Anna", says("x")), "[14:30:05] \"* Anna\": x\n");
  EXPECT_EQ(lineOf("Jean-Luc O'Neill", MemberJoined{}), "[14:30:05] -- Jean-Luc O'Neill joined\n");
}

TEST(ExportText, HoldsOneLineForEachEventWhateverIsSaid) {
  constexpr unsigned kSeed = 22;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const std::vector<std::string> pieces{"a",          "[14:30:05] Anna: x",
                                        "--- Sunday", "-- Anna left",
                                        "\n",         "\r",
                                        "\r\n",       "\u2028",
                                        "\u2029",     "\u0085",
                                        "\v",         "\f",
                                        "\u202E",     "\u2066",
                                        "\xFF",       "\xE2\x80",
                                        "\0"s,        " ",
                                        "    | ",     "مرحبا",
                                        "\t",         "\x1B]0;",
                                        "\u200F",     "🎉"};
  const auto nasty = [&] {
    std::string text;
    for (auto i = random() % 8; i > 0; --i) text += pieces[random() % pieces.size()];
    return text;
  };
  std::vector<Event> events;
  for (int i = 0; i < 3000; ++i) {
    const std::vector<EventBody> bodies{says(nasty()), does(nasty()), MemberJoined{}, MemberRenamed{nasty()},
                                        TopicChanged{nasty()}};
    events.push_back(eventAt("2026-11-22 14:30:05", nasty(), bodies[random() % bodies.size()]));
  }
  const std::string text = written({nasty(), nasty(), {}, "UTC", 3000, 0}, events);
  ASSERT_TRUE(isValidText(text));
  for (const auto* forbidden : {"\r", "\v", "\f", "\x1B", "\u0085", "\u2028", "\u2029", "\u202E", "\u2066"}) {
    EXPECT_EQ(text.find(forbidden), std::string::npos) << testing::PrintToString(forbidden);
  }
  std::istringstream lines(text);
  std::string line;
  std::size_t number = 0;
  std::size_t eventLines = 0;
  while (std::getline(lines, line)) {
    if (++number <= 10) continue;  // header, blank, day
    if (line.starts_with("[14:30:05] ")) {
      ++eventLines;
    } else {
      ASSERT_TRUE(line.starts_with("    | ")) << line;
    }
  }
  EXPECT_EQ(eventLines, events.size());
}

}  // namespace
}  // namespace earshot::app

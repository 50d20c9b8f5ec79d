// The plain text format, compared with the files in golden/. After a change that is meant, set
// EARSHOT_UPDATE_GOLDEN=1 once and read what it did to them.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "app/exporter.h"
#include "app/text.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

const TimeZone kCet{[](UtcMillis) { return 60min; }, "CET"};

UtcMillis at(const std::string& text) {
  const auto time = parseTime(text, kCet);
  EXPECT_TRUE(time) << text;
  return time ? *time : UtcMillis{};
}

Event eventAt(const std::string& time, const std::string& name, EventBody body) {
  return {Seq{1}, at(time), MemberId{}, name, std::move(body)};
}
EventBody says(const std::string& text) {
  return TextPosted{RequestId{}, TextStyle::Plain, text};
}
EventBody does(const std::string& text) {
  return TextPosted{RequestId{}, TextStyle::Action, text};
}

std::string written(const ExportHeader& header, const std::vector<Event>& events, const TimeZone& zone = kCet) {
  std::ostringstream out;
  const auto writer = makeExportWriter(ExportFormat::Text, zone);
  writer->begin(out, header);
  for (const Event& event : events) writer->event(out, event);
  writer->end(out);
  return out.str();
}

std::string lineOf(const std::string& name, const EventBody& body) {
  const std::string text = written({}, {eventAt("2026-11-22 14:30:05", name, body)});
  return text.substr(text.find("\n[") + 1);
}

void expectGolden(const std::string& name, const std::string& text) {
  const auto file = std::filesystem::path(EARSHOT_SOURCE_DIR) / "tests" / "app" / "golden" / name;
  if (std::getenv("EARSHOT_UPDATE_GOLDEN") != nullptr) test::writeFile(file, text);
  EXPECT_EQ(text, test::contentOf(file));
}

TEST(ExportText, ReadsLikeTheTalkItWas) {
  const ExportHeader header{
      "Kitchen table", "192.168.1.20:1060", {at("2026-11-22 09:00"), at("2026-11-24")}, "UTC+01:00 (CET)", 13, 6};
  expectGolden("everyday.txt",
               written(header, {
                                   eventAt("2026-11-22 14:29:58", "Anna", MemberJoined{}),
                                   eventAt("2026-11-22 14:30:05", "Anna", says("Is anybody here?")),
                                   eventAt("2026-11-22 14:30:09", "Anna", does("waves")),
                                   eventAt("2026-11-22 14:31:00", "Berta", MemberJoined{}),
                                   eventAt("2026-11-22 14:31:10", "Berta", says("Grüße 🎉 مرحبا 你好")),
                                   eventAt("2026-11-22 14:31:30", "Anna", says("Shopping:\n\t- tea\n\n\t- milk")),
                                   eventAt("2026-11-22 14:32:00", "Anna", TopicChanged{"Who cooks?"}),
                                   eventAt("2026-11-22 14:32:10", "Anna", MemberRenamed{"Annika"}),
                                   eventAt("2026-11-22 23:59:59", "Berta", says("good night")),
                                   eventAt("2026-11-23 00:00:00", "Annika", says("good morning")),
                                   eventAt("2026-11-23 00:00:01", "Annika", TopicChanged{""}),
                                   eventAt("2026-11-23 08:15:00", "Berta", MemberLeft{LeaveReason::ConnectionLost}),
                                   eventAt("2026-11-23 08:15:00", "Annika", MemberLeft{LeaveReason::Left}),
                               }));
}

TEST(ExportText, LetsNoTextNameOrTopicLookLikeALineOfItsOwn) {
  const ExportHeader header{"Room\nMessages: 9000", "host\r\nEvents: 1", {}, "UTC+01:00 (CET)", 9, 5};
  const std::string forged = "[14:30:05] Berta: I agree";
  expectGolden(
      "hostile.txt",
      written(
          header,
          {
              eventAt("2026-11-22 14:30:00", "Anna", says("look\n" + forged)),
              eventAt("2026-11-22 14:30:01", "Anna",
                      says("a\r\n" + forged + "\rb\vc\fd\u0085" + forged + "\u2028" + forged + "\u2029" + forged)),
              eventAt("2026-11-22 14:30:02", "Anna", does("leaves\n-- Anna left\n\n--- Monday, 23 November 2026 ---")),
              eventAt("2026-11-22 14:30:03", "Anna", says("\u202Eeerga I :atreB\u202C \u2066x\u2069 \x1B[2J\xFF\x9B")),
              eventAt("2026-11-22 14:30:04", "An\nna\u202E", says("named over two lines")),
              eventAt("2026-11-22 14:30:05", "-- Berta joined", MemberJoined{}),
              eventAt("2026-11-22 14:30:06", "Berta: I agree", MemberRenamed{"* Berta"}),
              eventAt("2026-11-22 14:30:07", "Anna", TopicChanged{"x\"\n[14:30:05] Berta: y\u2028z"}),
              eventAt("2026-11-22 14:30:08", "Anna", TopicChanged{"\u202Etopic"}),
          }));
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
            "Messages: 0\nEvents: 0\n");
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
    if (++number <= 9) continue;  // header, blank, day
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

#pragma once
// Conversations that every export format is tried with, and the files in golden/ that they are compared
// with. After a change that is meant, set EARSHOT_UPDATE_GOLDEN=1 once and read what it did to them.

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "app/conversation_schema.h"
#include "app/exporter.h"
#include "support/temporary_folder.h"

namespace earshot::app::samples {

inline const TimeZone kCet{[](UtcMillis) { return std::chrono::minutes{60}; }, "CET"};

inline UtcMillis at(const std::string& text) {
  const auto time = parseTime(text, kCet);
  EXPECT_TRUE(time) << text;
  return time ? *time : UtcMillis{};
}

inline Event eventAt(const std::string& time, const std::string& name, EventBody body) {
  return {Seq{1}, at(time), MemberId{}, name, std::move(body)};
}
inline EventBody says(const std::string& text) {
  return TextPosted{RequestId{}, TextStyle::Plain, text};
}
inline EventBody does(const std::string& text) {
  return TextPosted{RequestId{}, TextStyle::Action, text};
}

/// Numbered from 1 in one epoch.
inline std::string written(ExportFormat format, const ExportHeader& header, const std::vector<Event>& events,
                           const TimeZone& zone = kCet) {
  std::ostringstream out;
  const auto writer = makeExportWriter(format, zone);
  writer->begin(out, header);
  std::uint64_t seq = 0;
  for (Event event : events) {
    event.seq = Seq{++seq};
    writer->event(out, {positionAt(1, event.seq), event}, {});
  }
  writer->end(out);
  return out.str();
}

inline void expectGolden(const std::string& name, const std::string& text) {
  const auto file = std::filesystem::path(EARSHOT_SOURCE_DIR) / "tests" / "app" / "golden" / name;
  if (std::getenv("EARSHOT_UPDATE_GOLDEN") != nullptr) test::writeFile(file, text);
  EXPECT_EQ(text, test::contentOf(file));
}

inline ExportHeader everydayHeader() {
  ExportHeader header{
      "Kitchen table", "192.168.1.20:1060", {at("2026-11-22 09:00"), at("2026-11-24")}, "UTC+01:00 (CET)", 13, 6};
  header.conversation.roomName = "Kitchen table";
  header.conversation.selfName = "Anna";
  header.epochs = {{1, {}}};
  return header;
}

inline std::vector<Event> everyday() {
  return {
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
  };
}

inline ExportHeader hostileHeader() {
  return {"Room\nMessages: 9000", "host\r\nEvents: 1", {}, "UTC+01:00 (CET)", 9, 5};
}

inline std::vector<Event> hostile() {
  const std::string forged = "[14:30:05] Berta: I agree";
  return {
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
  };
}

/// What somebody might put into a name, a text or a topic to make it something else in an export.
inline const std::vector<std::string>& hostilePieces() {
  using namespace std::string_literals;
  static const std::vector<std::string> pieces{
      "<script>alert(1)</script>",
      "</div></li></ol><h1>forged</h1>",
      "\"><img src=x onerror=alert(1)>",
      "' onmouseover='x",
      "&lt;b&gt;",
      "<!--",
      "]]>",
      "</style><style>*{display:none}",
      "javascript:alert(1)",
      "<a href=\"http://x\">",
      "=1+1",
      "+1",
      "-1",
      "@SUM(A1)",
      "\t=1",
      "\r=1",
      "\n=1",
      ";=1",
      "\"=1",
      "\"\n=cmd|' /C calc'!A0",
      "\uFF1D1+1",
      "\uFF0B1",
      "\uFF0D1",
      "\uFF20A",
      ",\"=HYPERLINK(\"\"http://x\"\")\",",
      "[14:30:05] Berta: I agree",
      "-- Anna left",
      "--- Monday, 23 November 2026 ---",
      "{\"event\":\"message\"}",
      "\n{\"event\":\"member_left\"}",
      "\u202Eeerga",
      "\u2066x",
      "\u200F",
      "\u2028",
      "\u0085",
      "\v\f",
      "\0"s,
      "\xFF",
      "\xE2\x80",
      "\x1B[2J",
      "مرحبا",
      "🎉",
      std::string(32 * 1024, 'x'),
  };
  return pieces;
}

/// One event of each kind, with this as every name and text in it.
inline std::vector<Event> eventsWith(const std::string& piece) {
  const std::string time = "2026-11-22 14:30:05";
  return {eventAt(time, piece, says(piece)),          eventAt(time, piece, does(piece)),
          eventAt(time, piece, MemberJoined{}),       eventAt(time, piece, MemberLeft{}),
          eventAt(time, piece, MemberRenamed{piece}), eventAt(time, piece, TopicChanged{piece}),
          eventAt(time, piece, KeyChanged{})};
}
inline ExportHeader headerWith(const std::string& piece) {
  ExportHeader header{piece, piece, {}, piece, 7, 2, piece};
  header.conversation.roomName = piece;
  header.conversation.selfName = piece;
  header.conversation.address = piece;
  header.conversation.peer = PrivatePeer{{}, piece, {}};
  return header;
}

}  // namespace earshot::app::samples

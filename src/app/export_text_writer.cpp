#include "app/export_text_writer.h"

#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "app/code_points.h"
#include "app/error_text.h"
#include "app/local_time.h"

namespace earshot::app {

namespace {

constexpr std::string_view kContinuation = "\n    | ";

void appendVisibly(std::string& out, CodePoint codePoint) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  if (codePoint < 0) {
    appendCodePoint(out, 0xFFFD);
  } else if (isBidiControl(codePoint) || (isControl(codePoint) && codePoint != '\t')) {
    out += "<U+";
    for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(static_cast<unsigned>(codePoint) >> shift) & 0xFU];
    out += '>';
  } else {
    appendCodePoint(out, codePoint);
  }
}

/// Every line break, whichever way it is written, becomes this.
std::string withLineBreaksAs(std::string_view lineBreak, std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint codePoint = takeCodePoint(text);
    if (codePoint >= 0 && isLineBreak(codePoint)) {
      if (codePoint == '\r' && text.starts_with('\n')) text.remove_prefix(1);
      out += lineBreak;
    } else {
      appendVisibly(out, codePoint);
    }
  }
  return out;
}

std::string oneLine(std::string_view text) {
  return withLineBreaksAs(" ", text);
}

/// Names that could be taken for another kind of line, or for a name and a text, stand in quotes.
std::string nameOf(std::string_view name) {
  std::string shown = oneLine(name);
  const bool misleading = shown.find(':') != std::string::npos || shown.find('"') != std::string::npos ||
                          shown.starts_with("*") || shown.starts_with("--") || shown.starts_with("[");
  return misleading ? "\"" + shown + "\"" : shown;
}

struct LineOf {
  const std::string& name;

  std::string operator()(const TextPosted& posted) const {
    const std::string text = withLineBreaksAs(kContinuation, posted.text);
    return posted.style == TextStyle::Action ? "* " + name + " " + text : name + ": " + text;
  }
  std::string operator()(const MemberJoined&) const { return "-- " + name + " joined"; }
  std::string operator()(const MemberLeft& left) const { return "-- " + name + " " + describe(left.reason); }
  std::string operator()(const MemberRenamed& renamed) const {
    return "-- " + name + " is now called " + nameOf(renamed.newName);
  }
  std::string operator()(const TopicChanged& changed) const {
    if (changed.topic.empty()) return "-- " + name + " cleared the topic";
    return "-- " + name + " changed the topic to \"" + oneLine(changed.topic) + "\"";
  }
  std::string operator()(const KeyChanged&) const {
    return "-- " + name + " uses another key than the one that you knew by this name";
  }
};

std::string describe(const ExportRange& range, const TimeZone& zone) {
  if (range.from && range.to) return shortDateTime(*range.from, zone) + " to " + shortDateTime(*range.to, zone);
  if (range.from) return "from " + shortDateTime(*range.from, zone);
  if (range.to) return "until " + shortDateTime(*range.to, zone);
  return "everything";
}

}  // namespace

ExportTextWriter::ExportTextWriter(TimeZone zone) : zone_(std::move(zone)) {}

void ExportTextWriter::begin(std::ostream& out, const ExportHeader& header) {
  out << "Earshot conversation\n"
      << "Room: " << oneLine(header.roomName) << '\n';
  if (!header.privateWith.empty()) out << "Private chat with: " << oneLine(header.privateWith) << '\n';
  out << "Address: " << oneLine(header.address) << '\n'
      << "Range: " << describe(header.range, zone_) << '\n'
      << "Time zone: " << oneLine(header.timeZone) << '\n'
      << "Messages: " << std::to_string(header.messageCount) << '\n'
      << "Events: " << std::to_string(header.eventCount) << '\n';
}

void ExportTextWriter::event(std::ostream& out, const Event& event) {
  const LocalTime time = localTime(event.time, zone_);
  if (day_ != time.day) {
    out << "\n--- " << longDate(time.day) << " ---\n";
    day_ = time.day;
  }
  const std::string name = nameOf(event.actorName);
  out << '[' << clockTime(time) << "] " << std::visit(LineOf{name}, event.body) << '\n';
}

void ExportTextWriter::end(std::ostream&) {}

}  // namespace earshot::app

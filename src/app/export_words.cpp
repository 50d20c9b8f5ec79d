#include "app/export_words.h"

#include <variant>

#include "app/code_points.h"
#include "app/error_text.h"
#include "app/local_time.h"

namespace earshot::app {
namespace {

constexpr std::size_t kQuotedGraphemes = 80;

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

std::string numberOf(Seq seq) {
  return std::to_string(toNumber(seq));
}

struct Deed {
  std::string (*quoteName)(std::string_view);

  std::string operator()(const TextPosted& posted) const {
    return posted.deleted ? "wrote a message that was deleted" : onOneLine(posted.text);
  }
  std::string operator()(const TextEdited& edited) const { return "edited message " + numberOf(edited.target); }
  std::string operator()(const TextDeleted& deleted) const { return "deleted message " + numberOf(deleted.target); }
  std::string operator()(const Reacted& reacted) const {
    return (reacted.on ? "reacted to message " : "took back a reaction to message ") + numberOf(reacted.target) +
           " with " + onOneLine(reacted.emoji);
  }
  std::string operator()(const MemberJoined&) const { return "joined"; }
  std::string operator()(const MemberLeft& left) const { return describe(left.reason); }
  std::string operator()(const MemberRenamed& renamed) const { return "is now called " + quoteName(renamed.newName); }
  std::string operator()(const TopicChanged& changed) const {
    if (changed.topic.empty()) return "cleared the topic";
    return "changed the topic to \"" + onOneLine(changed.topic) + "\"";
  }
  std::string operator()(const KeyChanged&) const { return "uses another key than the one that you knew by this name"; }
};

}  // namespace

std::string visibly(std::string_view text, std::string_view lineBreak) {
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

std::string onOneLine(std::string_view text) {
  return visibly(text, " ");
}

std::string describe(const ExportRange& range, const TimeZone& zone) {
  if (range.from && range.to) return shortDateTime(*range.from, zone) + " to " + shortDateTime(*range.to, zone);
  if (range.from) return "from " + shortDateTime(*range.from, zone);
  if (range.to) return "until " + shortDateTime(*range.to, zone);
  return "everything";
}

std::string describe(const ExportGaps& gaps) {
  if (gaps.events == 0) return "none known";
  return std::to_string(gaps.events) + (gaps.events == 1 ? " event in " : " events in ") + std::to_string(gaps.places) +
         (gaps.places == 1 ? " place" : " places");
}

std::vector<std::pair<std::string, std::string>> statementsOf(const ExportHeader& header, const TimeZone& zone) {
  std::vector<std::pair<std::string, std::string>> statements{{"Room", onOneLine(header.roomName)}};
  if (!header.privateWith.empty()) statements.emplace_back("Private chat with", onOneLine(header.privateWith));
  statements.emplace_back("Address", onOneLine(header.address));
  statements.emplace_back("Range", describe(header.range, zone));
  statements.emplace_back("Time zone", onOneLine(header.timeZone));
  statements.emplace_back("Messages", std::to_string(header.messageCount));
  statements.emplace_back("Events", std::to_string(header.eventCount));
  statements.emplace_back("Missing", describe(header.gaps));
  return statements;
}

std::string firstWords(std::string_view text) {
  const std::string line = onOneLine(text);
  const std::string_view start = firstGraphemes(line, kQuotedGraphemes, line.size());
  return start.size() == line.size() ? line : std::string(start) + "…";
}

std::string describe(const Reaction& reaction, std::string (*quoteName)(std::string_view)) {
  std::string line = onOneLine(reaction.emoji);
  for (std::size_t i = 0; i < reaction.people.size(); ++i) {
    line += (i == 0 ? " " : ", ") + quoteName(reaction.people[i].name);
  }
  return line;
}

std::string deedOf(const EventBody& body, std::string (*quoteName)(std::string_view)) {
  return std::visit(Deed{quoteName}, body);
}

}  // namespace earshot::app

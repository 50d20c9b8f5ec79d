#include "app/export_csv_writer.h"

#include <initializer_list>
#include <ostream>
#include <string_view>
#include <utility>

#include "app/code_points.h"
#include "app/export_words.h"
#include "app/local_time.h"

namespace earshot::app {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kRowEnd = "\r\n";

/// Full-width ones count for spreadsheets of Chinese, Japanese and Korean systems.
bool beginsFormula(CodePoint codePoint) {
  switch (codePoint) {
    case '=':
    case '+':
    case '-':
    case '@':
    case 0xFF1D:
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF20:
      return true;
    default:
      return false;
  }
}

/// Where another separator than the comma, or a program that knows no quotes, would begin a cell.
bool mayEndCell(CodePoint codePoint) {
  return codePoint == '\n' || codePoint == '\t' || codePoint == ';';
}

bool isPassedOver(CodePoint codePoint) {
  return codePoint == '"' || codePoint == '\'' || isWhiteSpace(codePoint) || isFormat(codePoint);
}

void writeRow(std::ostream& out, std::initializer_list<std::string_view> cells) {
  std::string_view separator;
  for (const std::string_view cell : cells) {
    out << separator << csvCell(cell);
    separator = ",";
  }
  out << kRowEnd;
}

struct Kind {
  std::string_view operator()(const TextPosted& posted) const {
    if (posted.deleted) return "deleted_message";
    return posted.style == TextStyle::Action ? "action" : "message";
  }
  std::string_view operator()(const MemberJoined&) const { return "joined"; }
  std::string_view operator()(const MemberLeft&) const { return "left"; }
  std::string_view operator()(const MemberRenamed&) const { return "renamed"; }
  std::string_view operator()(const TopicChanged&) const { return "topic"; }
  std::string_view operator()(const KeyChanged&) const { return "key_changed"; }
  std::string_view operator()(const TextEdited&) const { return "edited"; }
  std::string_view operator()(const TextDeleted&) const { return "deleted"; }
  std::string_view operator()(const Reacted& reacted) const { return reacted.on ? "reacted" : "reaction_taken_back"; }
};

std::string textOfBody(const EventBody& body) {
  if (const auto* posted = std::get_if<TextPosted>(&body)) return posted->text;
  if (const auto* renamed = std::get_if<MemberRenamed>(&body)) return renamed->newName;
  if (const auto* changed = std::get_if<TopicChanged>(&body)) return changed->topic;
  if (const auto* edited = std::get_if<TextEdited>(&body)) return edited->text;
  if (const auto* reacted = std::get_if<Reacted>(&body)) return reacted->emoji;
  if (std::holds_alternative<MemberJoined>(body) || std::holds_alternative<TextDeleted>(body)) return {};
  return deedOf(body, nullptr);
}

/// The number of the message that it answers or changes.
std::string aboutOf(const EventBody& body) {
  auto target = targetOf(body);
  if (const auto* posted = std::get_if<TextPosted>(&body); posted != nullptr && toNumber(posted->replyTo) != 0) {
    target = posted->replyTo;
  }
  return target ? std::to_string(toNumber(*target)) : std::string{};
}

}  // namespace

std::string csvCell(std::string_view text) {
  const std::string shown = visibly(text, "\n");
  std::string out = "\"";
  // A tab, a line break or a carriage return at the start is passed over by some programs.
  const bool beginsWithSpace = shown.starts_with('\t') || shown.starts_with('\n');
  if (beginsWithSpace) out += '\'';
  bool atStart = true;
  for (std::string_view rest = shown; !rest.empty();) {
    const std::string_view before = rest;
    const CodePoint codePoint = takeCodePoint(rest);
    const std::string_view letter = before.substr(0, before.size() - rest.size());
    if (atStart && beginsFormula(codePoint)) out += '\'';
    atStart = mayEndCell(codePoint) || (atStart && isPassedOver(codePoint));
    if (codePoint == '"') out += '"';
    out += letter;
  }
  return out + '"';
}

ExportCsvWriter::ExportCsvWriter(TimeZone zone) : zone_(std::move(zone)) {}

void ExportCsvWriter::begin(std::ostream& out, const ExportHeader& header) {
  out << kByteOrderMark;
  writeRow(out, {"time", "name", "kind", "text", "number", "about"});
  for (const auto& [name, value] : statementsOf(header, zone_)) writeRow(out, {"", name, "about", value, "", ""});
}

void ExportCsvWriter::event(std::ostream& out, const StoredEvent& stored, const TextContext&) {
  const Event& event = stored.event;
  const LocalTime time = localTime(event.time, zone_);
  writeRow(out, {isoDate(time.day) + " " + clockTime(time), event.actorName, std::visit(Kind{}, event.body),
                 textOfBody(event.body), std::to_string(toNumber(event.seq)), aboutOf(event.body)});
}

void ExportCsvWriter::end(std::ostream&) {}

}  // namespace earshot::app

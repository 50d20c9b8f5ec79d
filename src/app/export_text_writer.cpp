#include "app/export_text_writer.h"

#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "app/export_words.h"
#include "app/local_time.h"

namespace earshot::app {

namespace {

constexpr std::string_view kContinuation = "\n    | ";
const std::string kReaction = "\n    + ";

/// Names that could be taken for another kind of line, or for a name and a text, stand in quotes.
std::string unmistakable(std::string_view name) {
  std::string shown = onOneLine(name);
  const bool misleading = shown.find(':') != std::string::npos || shown.find('"') != std::string::npos ||
                          shown.starts_with("*") || shown.starts_with("--") || shown.starts_with("[") ||
                          shown.find(" (") != std::string::npos;
  return misleading ? "\"" + shown + "\"" : shown;
}

/// `(to Anna, "Is anybody here?"; edited) `: a name with a quotation mark in it would itself stand in some.
std::string remarksOn(const TextPosted& posted, const TextContext& context) {
  std::string remarks;
  if (context.answers) {
    const auto& answered = std::get<TextPosted>(context.answers->body);
    remarks = "to " + unmistakable(context.answers->actorName) + ", " +
              (answered.deleted ? "deleted" : "\"" + firstWords(answered.text) + "\"");
  }
  if (posted.edited) remarks += remarks.empty() ? "edited" : "; edited";
  return remarks.empty() ? remarks : " (" + remarks + ")";
}

std::string lineOf(const std::string& name, const EventBody& body, const TextContext& context) {
  const auto* posted = std::get_if<TextPosted>(&body);
  if (posted == nullptr || posted->deleted) return "-- " + name + " " + deedOf(body, unmistakable);
  const std::string text = visibly(posted->text, kContinuation);
  const std::string remarks = remarksOn(*posted, context);
  std::string line =
      posted->style == TextStyle::Action ? "* " + name + remarks + " " + text : name + remarks + ": " + text;
  for (const Reaction& reaction : context.reactions) line += kReaction + describe(reaction, unmistakable);
  return line;
}

}  // namespace

ExportTextWriter::ExportTextWriter(TimeZone zone) : zone_(std::move(zone)) {}

void ExportTextWriter::begin(std::ostream& out, const ExportHeader& header) {
  out << "Earshot conversation\n";
  for (const auto& [name, value] : statementsOf(header, zone_)) out << name << ": " << value << '\n';
}

void ExportTextWriter::event(std::ostream& out, const StoredEvent& stored, const TextContext& context) {
  const Event& event = stored.event;
  // Texts are written as these left them.
  if (targetOf(event.body)) return;
  const LocalTime time = localTime(event.time, zone_);
  if (day_ != time.day) {
    out << "\n--- " << longDate(time.day) << " ---\n";
    day_ = time.day;
  }
  out << '[' << clockTime(time) << "] " << lineOf(unmistakable(event.actorName), event.body, context) << '\n';
}

void ExportTextWriter::end(std::ostream&) {}

}  // namespace earshot::app

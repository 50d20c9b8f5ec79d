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

/// Names that could be taken for another kind of line, or for a name and a text, stand in quotes.
std::string unmistakable(std::string_view name) {
  std::string shown = onOneLine(name);
  const bool misleading = shown.find(':') != std::string::npos || shown.find('"') != std::string::npos ||
                          shown.starts_with("*") || shown.starts_with("--") || shown.starts_with("[");
  return misleading ? "\"" + shown + "\"" : shown;
}

std::string lineOf(const std::string& name, const EventBody& body) {
  const auto* posted = std::get_if<TextPosted>(&body);
  if (posted == nullptr) return "-- " + name + " " + deedOf(body, unmistakable);
  const std::string text = visibly(posted->text, kContinuation);
  return posted->style == TextStyle::Action ? "* " + name + " " + text : name + ": " + text;
}

}  // namespace

ExportTextWriter::ExportTextWriter(TimeZone zone) : zone_(std::move(zone)) {}

void ExportTextWriter::begin(std::ostream& out, const ExportHeader& header) {
  out << "Earshot conversation\n";
  for (const auto& [name, value] : statementsOf(header, zone_)) out << name << ": " << value << '\n';
}

void ExportTextWriter::event(std::ostream& out, const StoredEvent& stored) {
  const Event& event = stored.event;
  const LocalTime time = localTime(event.time, zone_);
  if (day_ != time.day) {
    out << "\n--- " << longDate(time.day) << " ---\n";
    day_ = time.day;
  }
  out << '[' << clockTime(time) << "] " << lineOf(unmistakable(event.actorName), event.body) << '\n';
}

void ExportTextWriter::end(std::ostream&) {}

}  // namespace earshot::app

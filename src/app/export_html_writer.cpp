#include "app/export_html_writer.h"

#include <sodium.h>

#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "app/crypto/sha256.h"
#include "app/export_words.h"
#include "app/local_time.h"

namespace earshot::app {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --page: #fff; --text: #1c1e21; --muted: #5d636b; --line: #d9dce1; }
@media (prefers-color-scheme: dark) {
  :root { --page: #17191c; --text: #e6e8eb; --muted: #9aa1aa; --line: #363a40; }
}
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; color: var(--muted);
  font-size: .9rem; }
dd { margin: 0; overflow-wrap: anywhere; }
ol { list-style: none; margin: 0; padding: 0; }
li { margin: .5rem 0; }
.who { font-weight: 600; }
time { color: var(--muted); font-size: .85rem; font-variant-numeric: tabular-nums; margin-inline-end: .5rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
div.text { border-inline-start: 3px solid var(--line); padding-inline-start: .6rem; }
.deed { color: var(--muted); }
.deed .who { font-weight: 400; }
blockquote { margin: .2rem 0 0; padding-inline-start: .6rem; border-inline-start: 3px solid var(--line);
  color: var(--muted); font-size: .9rem; overflow-wrap: anywhere; }
.reaction { display: inline-block; margin: .2rem .4rem 0 0; padding: 0 .5rem; border: 1px solid var(--line);
  border-radius: 1rem; font-size: .85rem; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10pt; }
  li { break-inside: avoid; }
  h2 { break-after: avoid; }
}
)";

/// The one way of anything that somebody wrote into the page.
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : visibly(text, "\n")) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string escapedLine(std::string_view text) {
  return escaped(onOneLine(text));
}

std::string inQuotes(std::string_view name) {
  return "\"" + onOneLine(name) + "\"";
}

/// The line above a reply.
std::string answered(const TextContext& context) {
  if (!context.answers) return {};
  const auto& text = std::get<TextPosted>(context.answers->body);
  return "<blockquote><bdi class=\"who\">" + escapedLine(context.answers->actorName) + "</bdi> <bdi>" +
         (text.deleted ? "deleted" : escaped(firstWords(text.text))) + "</bdi></blockquote>";
}

/// What the policy names the one style sheet by.
std::string hashOfStyle() {
  const auto hash = crypto::sha256(crypto::bytesOf(kStyle));
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_ORIGINAL)> text{};
  sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(), sodium_base64_VARIANT_ORIGINAL);
  return text.data();
}

}  // namespace

ExportHtmlWriter::ExportHtmlWriter(TimeZone zone) : zone_(std::move(zone)) {}

void ExportHtmlWriter::begin(std::ostream& out, const ExportHeader& header) {
  const std::string title = escapedLine(header.roomName);
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'sha256-"
      << hashOfStyle() << "'; base-uri 'none'; form-action 'none'\">\n"
      << "<meta name=\"referrer\" content=\"no-referrer\">\n"
      << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      << "<meta name=\"generator\" content=\"Earshot\">\n"
      << "<title>" << title << "</title>\n<style>" << kStyle << "</style>\n</head>\n<body>\n"
      << "<h1 dir=\"auto\">" << title << "</h1>\n<dl>\n";
  for (const auto& [name, value] : statementsOf(header, zone_)) {
    out << "<dt>" << name << "</dt><dd dir=\"auto\">" << escaped(value) << "</dd>\n";
  }
  out << "</dl>\n<ol>\n";
}

void ExportHtmlWriter::event(std::ostream& out, const StoredEvent& stored, const TextContext& context) {
  const Event& event = stored.event;
  // Texts are written as these left them.
  if (targetOf(event.body)) return;
  const LocalTime time = localTime(event.time, zone_);
  if (day_ != time.day) {
    out << "</ol>\n<h2>" << longDate(time.day) << "</h2>\n<ol>\n";
    day_ = time.day;
  }
  const std::string when = "<time datetime=\"" + formatRfc3339(event.time) + "\">" + clockTime(time) + "</time>";
  const std::string who = "<bdi class=\"who\">" + escapedLine(event.actorName) + "</bdi>";
  const auto* posted = std::get_if<TextPosted>(&event.body);
  if (posted == nullptr || posted->deleted) {
    out << "<li class=\"deed\">" << when << who << " <bdi>" << escaped(deedOf(event.body, inQuotes)) << "</bdi></li>\n";
    return;
  }
  const std::string edited = posted->edited ? " <span class=\"deed\">(edited)</span>" : "";
  if (posted->style == TextStyle::Action) {
    out << "<li>" << when << "* " << who << edited << answered(context) << " <bdi class=\"text\">"
        << escaped(posted->text) << "</bdi>";
  } else {
    out << "<li>" << when << who << edited << answered(context) << "<div class=\"text\" dir=\"auto\">"
        << escaped(posted->text) << "</div>";
  }
  for (const Reaction& reaction : context.reactions) {
    out << "<span class=\"reaction\"><bdi>" << escaped(describe(reaction, onOneLine)) << "</bdi></span>";
  }
  out << "</li>\n";
}

void ExportHtmlWriter::end(std::ostream& out) {
  out << "</ol>\n</body>\n</html>\n";
}

}  // namespace earshot::app

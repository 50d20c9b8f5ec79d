#pragma once
// What the exports for people have in common: hostile text made harmless, and the words for what
// happened. English and the same in every locale. Pure; any thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/exporter.h"

namespace earshot::app {

/// Well-formed UTF-8 in which nothing hides: every line break, whichever way it is written, becomes
/// lineBreak; malformed bytes U+FFFD; other controls (but tabs), and marks that reorder text, "<U+202E>".
[[nodiscard]] std::string visibly(std::string_view text, std::string_view lineBreak);
[[nodiscard]] std::string onOneLine(std::string_view text);

/// "everything", "from 2026-11-22 09:00", "2026-11-22 09:00 to 2026-11-24 00:00".
[[nodiscard]] std::string describe(const ExportRange& range, const TimeZone& zone);
/// "none known", "3 events in 2 places".
[[nodiscard]] std::string describe(const ExportGaps& gaps);

/// What every export states at its top, as names and values of one line each.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> statementsOf(const ExportHeader& header,
                                                                            const TimeZone& zone);

/// The first words of a text on one line, for a quote: "Is anybody here…".
[[nodiscard]] std::string firstWords(std::string_view text);
/// "👍 Anna, Ben": names as quote makes them.
[[nodiscard]] std::string describe(const Reaction& reaction, std::string (*quoteName)(std::string_view));

/// "joined", "is now called Annika": what the actor of an event did that is no text. Newer names and
/// topics as quote makes them.
[[nodiscard]] std::string deedOf(const EventBody& body, std::string (*quoteName)(std::string_view));

}  // namespace earshot::app

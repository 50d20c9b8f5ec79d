#pragma once
// A conversation as JSON Lines: a header, then one object for each event. What is written here is read
// here, and means the same again; docs/EXPORTS.md describes it for others. Pure; any thread.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/exporter.h"

namespace earshot::app {

inline constexpr std::string_view kConversationFormat = "earshot-conversation";
inline constexpr int kConversationFormatVersion = 1;

using OrderedJson = nlohmann::ordered_json;

[[nodiscard]] OrderedJson headerJson(const ExportHeader& header);
/// epoch: which one of the header's, from 1.
[[nodiscard]] OrderedJson eventJson(const Event& event, std::size_t epoch);
/// On one line, without its end. What is no text (malformed bytes, U+0000) becomes U+FFFD.
[[nodiscard]] std::string lineOf(const OrderedJson& object);

/// One event as it was read.
struct JsonEvent {
  std::size_t epoch = 0;
  Event event;
};

/// StorageNewer for a version to come, ImportInvalid for what is no header of ours.
Result<ExportHeader> headerFromLine(std::string_view line);
/// Nothing for what eventJson() would not have written of an event that a room can have decided: missing
/// or other types of fields, numbers out of range, texts and names that are too long or no text.
[[nodiscard]] std::optional<JsonEvent> eventFromLine(std::string_view line);

}  // namespace earshot::app

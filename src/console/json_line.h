#pragma once
// One JSON object a line, as bots and tests read and write it.

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "app/result.h"

namespace earshot::console {

using Json = nlohmann::ordered_json;

/// Writes and flushes. Malformed UTF-8 can't occur in what the program knows, but would become
/// U+FFFD rather than end it.
void writeLine(std::ostream& out, const Json& line);

/// {"event":"error","code":…,"text":…}; a taken name adds "suggestion".
[[nodiscard]] Json errorLine(const app::Error& error);

}  // namespace earshot::console

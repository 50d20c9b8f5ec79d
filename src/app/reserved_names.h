#pragma once
// Names that people would take for the program's own voice. Pure; any thread.

#include <string_view>

namespace earshot::app {

/// Whether the name is "server", "system", "host", "admin", "moderator", "everyone", "here" or
/// "earshot", or looks like one of them, whatever signs, numbers and words such as "the" or "message"
/// stand around it. Words that only contain one ("Hosteen") and names beside one ("Anna Host") are
/// people's. Precondition: isValidText, in the form NFKC.
[[nodiscard]] bool isReservedName(std::string_view name);

}  // namespace earshot::app

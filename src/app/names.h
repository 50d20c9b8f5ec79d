#pragma once
// What may be a person's or a room's name, and when two names are the same. Pure; any thread.

#include <functional>
#include <string>
#include <string_view>

#include "app/result.h"

namespace earshot::app {

/// The name as it will be shown: NFKC, single inner spaces, trimmed. Refused: malformed UTF-8,
/// control, format (bidi, zero-width), private-use and unassigned code points, more than two
/// combining marks in a row, reserved words (NameForbidden); nothing left (NameEmpty); over
/// kMaxNameGraphemes or kMaxNameBytes (NameTooLong).
[[nodiscard]] Result<std::string> normalizeName(std::string_view typed);

/// The same rules with a room's length and without reserved words.
[[nodiscard]] Result<std::string> normalizeRoomName(std::string_view typed);

/// Two names with the same key count as one name. Precondition: came from normalizeName.
[[nodiscard]] std::string nameKey(std::string_view name);

/// "Anna (2)", "Anna (3)" …: the first for which taken(nameKey) is false, within the length limits.
[[nodiscard]] std::string freeVariant(std::string_view name, const std::function<bool(const std::string&)>& taken);

}  // namespace earshot::app

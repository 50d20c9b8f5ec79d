#pragma once
// What may be a person's or a room's name, and when two names are the same. Pure; any thread.

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "app/result.h"

namespace earshot::app {

/// The name as it will be shown: NFKC, single inner spaces, trimmed. Refused: malformed UTF-8,
/// control, format (bidi, zero-width; joiners only where a spelling needs them), private-use and
/// unassigned code points, piles of combining marks, letters of writing systems that do not go
/// together, reserved names (NameForbidden); nothing left (NameEmpty); over kMaxNameGraphemes or
/// kMaxNameBytes (NameTooLong).
[[nodiscard]] Result<std::string> normalizeName(std::string_view typed);

/// The same rules with a room's length; reserved names and any writing systems are a room's choice.
[[nodiscard]] Result<std::string> normalizeRoomName(std::string_view typed);

/// Two people's names that share a key are taken for each other and count as one (skeleton.h).
/// Precondition: came from normalizeName.
[[nodiscard]] std::array<std::string, 2> nameKeys(std::string_view name);

/// Two rooms' names with the same key count as one name. Precondition: came from normalizeRoomName.
[[nodiscard]] std::string roomNameKey(std::string_view name);

/// "Anna (2)", "Anna (3)" …: the first that is not taken, within the length limits.
[[nodiscard]] std::string freeVariant(std::string_view name, const std::function<bool(const std::string&)>& taken);

}  // namespace earshot::app

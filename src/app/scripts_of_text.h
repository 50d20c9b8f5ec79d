#pragma once
// Which writing systems a text mixes. Pure; any thread.

#include <string_view>

namespace earshot::app {

/// UTS 39 "highly restrictive": one writing system, or Latin letters with Chinese, Japanese or Korean
/// ones; signs and marks of all writing go with any. False also for characters that Unicode had not
/// assigned when our tables were made. Precondition: isValidText.
[[nodiscard]] bool usesScriptsThatGoTogether(std::string_view utf8);

}  // namespace earshot::app

#pragma once
// Zero-width joiners and non-joiners, which some spellings need and which are hidden anywhere else.
// Pure; any thread.

#include <string>
#include <string_view>

#include "app/code_points.h"

namespace earshot::app {

[[nodiscard]] bool isJoiner(CodePoint codePoint);

/// Whether the spelling needs this joiner (RFC 5892, A.1 and A.2): after a virama, or a non-joiner
/// between two letters that would join. A letter follows in any case.
[[nodiscard]] bool isWantedJoiner(std::string_view before, CodePoint joiner, std::string_view after);

/// The old way of typing a consonant without a vowel (letter, virama, joiner) as the one letter that
/// Unicode has for it, in Malayalam and Bengali.
[[nodiscard]] std::string withSingleConsonants(std::string_view utf8);

}  // namespace earshot::app

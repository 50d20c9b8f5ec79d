#pragma once
// Join codes: three words and two digits, "amber-tiger-lake-42", that a host shows and a person types
// or hears. A made one is of 1,295 words of the EFF's short list and 100 numbers: 37.6 bits. Pure; any
// thread.

#include <cstddef>
#include <string>
#include <string_view>

#include "app/result.h"

namespace earshot::app::crypto {

/// How many words a code may be made of.
[[nodiscard]] std::size_t joinCodeWordCount();

/// A new code, each with the same probability, from the system's random source.
[[nodiscard]] std::string makeJoinCode();

/// What a person typed as makeJoinCode writes it: case, width, spaces and dashes do not matter, nor
/// that they are missing where that can be read in one way only. A host may choose its own words, of 3 to 12
/// letters from a to z; those need something between them. JoinCodeInvalid names the first part that
/// no code has, or nothing when parts are missing.
Result<std::string> parseJoinCode(std::string_view typed);

}  // namespace earshot::app::crypto

#pragma once
// Finds web addresses, and links into rooms, in what people write. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "ui/transcript_range.h"

namespace earshot::ui {

/// http://…, https://…, www.… and earshot://…, where a word may begin. Punctuation that closes the sentence and a
/// closing bracket without its opening one are left out.
[[nodiscard]] std::vector<TextRange> findLinks(std::string_view utf8);

/// What to open for a found link: www.… gets https://.
[[nodiscard]] std::string linkTarget(std::string_view link);

}  // namespace earshot::ui

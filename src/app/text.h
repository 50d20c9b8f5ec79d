#pragma once
// UTF-8 text from people: validity, counting, cleaning. Unicode's own tables come from utf8proc.
// Pure functions; any thread.

#include <cstddef>
#include <string>
#include <string_view>

namespace earshot::app {

/// Well-formed UTF-8 without surrogates, overlong forms and U+0000.
[[nodiscard]] bool isValidText(std::string_view utf8);

/// Number of code points. Precondition: isValidText.
[[nodiscard]] std::size_t countCodePoints(std::string_view utf8);
/// Number of grapheme clusters (what people see as one letter, UAX 29). Precondition: isValidText.
[[nodiscard]] std::size_t countGraphemes(std::string_view utf8);

/// A message as it is stored: CR LF and CR become LF, tabs stay, other C0/C1 controls are removed,
/// white space at the very end is trimmed. Precondition: isValidText.
[[nodiscard]] std::string cleanMessage(std::string_view utf8);
/// A one-line text (topic): as cleanMessage, with every run of white space one space, trimmed.
[[nodiscard]] std::string cleanLine(std::string_view utf8);
/// Any bytes made printable: malformed sequences become U+FFFD, controls a space. For log lines.
[[nodiscard]] std::string sanitizeForDisplay(std::string_view bytes);

/// Full Unicode case folding after NFKC, for comparing. Precondition: isValidText.
[[nodiscard]] std::string foldCase(std::string_view utf8);

}  // namespace earshot::app

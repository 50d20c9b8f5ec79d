#pragma once
// Below text.h: walking over UTF-8, asking what a character is, mapping by Unicode's tables. Pure;
// any thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace earshot::app {

using CodePoint = std::int32_t;

/// Takes the first code point off the text. Negative when the bytes there are malformed (one byte
/// is taken off then). Precondition: not empty.
[[nodiscard]] CodePoint takeCodePoint(std::string_view& utf8);
/// Precondition: a code point from takeCodePoint, not negative.
void appendCodePoint(std::string& out, CodePoint codePoint);

/// The same text where it is well-formed; malformed bytes and U+0000 become U+FFFD.
[[nodiscard]] std::string withoutMalformed(std::string_view bytes);

/// C0, C1 and DEL (general category Cc).
[[nodiscard]] bool isControl(CodePoint codePoint);
/// Unicode's White_Space property.
[[nodiscard]] bool isWhiteSpace(CodePoint codePoint);
/// Characters that some viewer shows as the end of a line: LF, VT, FF, CR, NEL, LS, PS.
[[nodiscard]] bool isLineBreak(CodePoint codePoint);
/// Embeddings, overrides and isolates: the marks that can make a line read in another order.
[[nodiscard]] bool isBidiControl(CodePoint codePoint);
/// General category Cf: marks of direction, joiners, soft hyphens and other characters without a shape.
[[nodiscard]] bool isFormat(CodePoint codePoint);

/// The longest beginning that ends between two grapheme clusters and keeps both limits.
/// Precondition: isValidText.
[[nodiscard]] std::string_view firstGraphemes(std::string_view utf8, std::size_t maxGraphemes, std::size_t maxBytes);
[[nodiscard]] bool isAscii(std::string_view text);
/// utf8proc_map with some of UTF8PROC_STABLE, COMPOSE, DECOMPOSE, COMPAT, CASEFOLD and IGNORE; empty when the text
/// cannot be mapped.
[[nodiscard]] std::optional<std::string> mapText(std::string_view utf8, unsigned options);

}  // namespace earshot::app

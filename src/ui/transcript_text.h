#pragma once
// What a transcript has to know of Unicode: where a text may be cut, broken and selected. Sizes and
// offsets are bytes of UTF-8. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ui/transcript_range.h"

namespace earshot::ui {

/// What decides where a line may break. Wide: the CJK forms, which allow a break on the far side.
enum class ClusterKind : std::uint8_t {
  Word,
  Space,
  Newline,
  Ideograph,
  Emoji,
  Hyphen,
  Opening,
  Closing,
  WideOpening,
  WideClosing
};

/// What people see as one letter (UAX 29); ends at this byte.
struct Cluster {
  std::uint32_t end = 0;
  ClusterKind kind = ClusterKind::Word;
};

/// The text as it is drawn: explicit bidi embeddings, overrides and isolates are taken out (they
/// could show a text as something it is not), line ends become LF, malformed bytes U+FFFD.
[[nodiscard]] std::string displayText(std::string_view utf8);

[[nodiscard]] std::vector<Cluster> clustersOf(std::string_view text);
/// Whether a line may end before clusters[at]. Precondition: 0 < at < size.
[[nodiscard]] bool mayBreakBefore(const std::vector<Cluster>& clusters, std::size_t at);

/// Direction of a paragraph: its first strong character (UAX 9, P2 and P3).
[[nodiscard]] bool isRightToLeft(std::string_view paragraph);
/// One to six emoji and nothing else but spaces.
[[nodiscard]] bool isEmojiOnly(const std::vector<Cluster>& clusters);

/// The word (or the run of spaces or signs) around a byte.
[[nodiscard]] TextRange wordAt(std::string_view text, std::size_t at);
/// Every place where one of the words (separated by white space) begins, ignoring case and accents; in
/// order, overlaps merged. Scripts without spaces have words everywhere.
[[nodiscard]] std::vector<TextRange> findWords(std::string_view text, std::string_view words);

}  // namespace earshot::ui

#pragma once
// What counts as a word when people search, in any script. Text and question become tokens in one way:
// letters lose case and accents; a run of a script that is written without spaces (Chinese, Japanese,
// Korean, Thai, Lao, Burmese, Khmer; also emoji) becomes every pair of neighbours and its last sign
// alone, so that any part of a sentence is found without a dictionary. SQLite sees only the finished
// tokens, separated by spaces: every SQLite can read such an index, and nothing that is typed can be
// syntax. Pure; any thread.

#include <string>
#include <string_view>
#include <vector>

#include "app/code_points.h"

namespace earshot::app {

/// The tokens of a text, separated by single spaces: "Café, 下午茶" is "cafe 下午 午茶 茶". Empty for
/// malformed text.
[[nodiscard]] std::string searchTokens(std::string_view text);

/// Tokens that must follow each other.
struct SearchPhrase {
  std::string tokens;
  bool isBeginning = false;  ///< of its last token it is only how it begins

  bool operator==(const SearchPhrase&) const = default;
};

/// What a text must have to be found, all of them; the last word is a beginning, since people are still
/// typing. Empty when nothing typed can be searched for.
[[nodiscard]] std::vector<SearchPhrase> searchPhrases(std::string_view typed);

/// Whether tokens, as searchTokens makes them, hold every phrase.
[[nodiscard]] bool holdsAll(std::string_view tokens, const std::vector<SearchPhrase>& phrases);

/// The same question for one column of an FTS5 table. Precondition: not empty.
[[nodiscard]] std::string matchExpression(std::string_view column, const std::vector<SearchPhrase>& phrases);

/// foldCase without the accents of alphabets: "É" is "e", "が" stays. Precondition: isValidText.
[[nodiscard]] std::string foldForSearch(std::string_view utf8);
/// A letter, digit or mark of a script that separates its words, after foldForSearch.
[[nodiscard]] bool isPartOfWord(CodePoint codePoint);

}  // namespace earshot::app

#include "app/search_words.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "app/text.h"

namespace earshot::app {
namespace {

struct Block {
  CodePoint first;
  CodePoint last;
};

/// Blocks of Unicode whose writing does not separate words, or (Hangul) adds endings to them.
constexpr std::array kUnspacedBlocks{
    Block{0x0E00, 0x0EFF},    // Thai, Lao
    Block{0x1000, 0x109F},    // Myanmar
    Block{0x1100, 0x11FF},    // Hangul Jamo
    Block{0x1780, 0x17FF},    // Khmer
    Block{0x2E80, 0x2FDF},    // radicals
    Block{0x3005, 0x3007},    // ideographic signs of repetition and zero
    Block{0x3021, 0x3029},    // numerals
    Block{0x3040, 0x318F},    // Hiragana, Katakana, Bopomofo, Hangul
    Block{0x31A0, 0x31FF},    // their extensions
    Block{0x3400, 0x4DBF},    // Han
    Block{0x4E00, 0x9FFF},    //
    Block{0xA960, 0xA97F},    // Hangul
    Block{0xAA60, 0xAA7F},    // Myanmar
    Block{0xAC00, 0xD7FF},    // Hangul
    Block{0xF900, 0xFAFF},    // Han
    Block{0x1B000, 0x1B16F},  // Kana
    Block{0x20000, 0x3FFFF}   // Han
};

/// Accents, points and vowel signs that people leave out when they type.
constexpr std::array kAccentBlocks{Block{0x0300, 0x036F}, Block{0x0591, 0x05BD}, Block{0x05BF, 0x05C7},
                                   Block{0x0610, 0x061A}, Block{0x064B, 0x065F}, Block{0x0670, 0x0670}};
/// Letters whose stroke is no mark of its own to Unicode.
constexpr std::array kStruckLetters{std::pair<CodePoint, char>{0x0111, 'd'}, std::pair<CodePoint, char>{0x00F8, 'o'},
                                    std::pair<CodePoint, char>{0x0142, 'l'}, std::pair<CodePoint, char>{0x0131, 'i'},
                                    std::pair<CodePoint, char>{0x0127, 'h'}, std::pair<CodePoint, char>{0x0167, 't'}};
constexpr CodePoint kTatweel = 0x0640;  // lengthens an Arabic word for the eye
constexpr Block kVariationSelectors{0xFE00, 0xFE0F};

bool isIn(const Block& block, CodePoint codePoint) {
  return codePoint >= block.first && codePoint <= block.last;
}

template <std::size_t N>
bool isInOne(const std::array<Block, N>& blocks, CodePoint codePoint) {
  return std::ranges::any_of(blocks, [&](const Block& block) { return isIn(block, codePoint); });
}

enum class Kind : std::uint8_t { Separator, Ignored, Mark, Word, Unspaced };

Kind kindOf(CodePoint codePoint) {
  if (codePoint < 0x80) {
    const bool isWord = (codePoint >= 'a' && codePoint <= 'z') || (codePoint >= '0' && codePoint <= '9');
    return isWord ? Kind::Word : Kind::Separator;
  }
  if (codePoint == kTatweel || isIn(kVariationSelectors, codePoint)) return Kind::Ignored;
  switch (utf8proc_category(codePoint)) {
    case UTF8PROC_CATEGORY_CF:
      return Kind::Ignored;
    case UTF8PROC_CATEGORY_SO:
      return Kind::Unspaced;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return isInOne(kUnspacedBlocks, codePoint) ? Kind::Unspaced : Kind::Mark;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return isInOne(kUnspacedBlocks, codePoint) ? Kind::Unspaced : Kind::Word;
    default:
      return Kind::Separator;
  }
}

/// One word, or one run of an unspaced script.
struct Run {
  bool unspaced = false;
  bool followsDirectly = false;  ///< only signs, no white space, stand before it
  std::string text;
  std::vector<std::size_t> ends;  ///< of the signs of an unspaced run
};

/// Precondition: folded.
std::vector<Run> runsOf(std::string_view folded) {
  std::vector<Run> runs;
  bool inRun = false;
  bool afterSpace = true;
  while (!folded.empty()) {
    const CodePoint codePoint = takeCodePoint(folded);
    const Kind kind = kindOf(codePoint);
    if (kind == Kind::Ignored) continue;
    if (kind == Kind::Separator) {
      inRun = false;
      afterSpace = afterSpace || isWhiteSpace(codePoint);
      continue;
    }
    const bool unspaced = kind == Kind::Unspaced;
    const bool goesOn = inRun && (kind == Kind::Mark || runs.back().unspaced == unspaced);
    if (!goesOn) runs.push_back({unspaced, !afterSpace, {}, {}});
    Run& run = runs.back();
    appendCodePoint(run.text, codePoint);
    if (run.unspaced && kind == Kind::Mark) run.ends.pop_back();
    if (run.unspaced) run.ends.push_back(run.text.size());
    inRun = true;
    afterSpace = false;
  }
  return runs;
}

void appendToken(std::string& out, std::string_view token) {
  if (!out.empty()) out += ' ';
  out += token;
}

void appendPairs(std::string& out, const Run& run) {
  std::size_t begin = 0;
  for (std::size_t i = 1; i < run.ends.size(); ++i) {
    appendToken(out, std::string_view(run.text).substr(begin, run.ends[i] - begin));
    begin = run.ends[i - 1];
  }
}

std::string_view lastSign(const Run& run) {
  const std::size_t begin = run.ends.size() < 2 ? 0 : run.ends[run.ends.size() - 2];
  return std::string_view(run.text).substr(begin);
}

/// Most messages of many people; the same as the long way.
std::string asciiTokens(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (kindOf(c) == Kind::Word) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

std::string foldForSearch(std::string_view utf8) {
  std::string folded = foldCase(utf8);
  if (isAscii(folded)) return folded;
  const auto apart = mapText(folded, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
  if (!apart) return folded;
  std::string plain;
  plain.reserve(apart->size());
  for (std::string_view rest = *apart; !rest.empty();) {
    const CodePoint codePoint = takeCodePoint(rest);
    if (isInOne(kAccentBlocks, codePoint)) continue;
    const auto struck = std::ranges::find(kStruckLetters, codePoint, &std::pair<CodePoint, char>::first);
    appendCodePoint(plain, struck == kStruckLetters.end() ? codePoint : CodePoint{struck->second});
  }
  return mapText(plain, UTF8PROC_STABLE | UTF8PROC_COMPOSE).value_or(plain);
}

bool isPartOfWord(CodePoint codePoint) {
  const Kind kind = kindOf(codePoint);
  return kind == Kind::Word || kind == Kind::Mark;
}

std::string searchTokens(std::string_view text) {
  if (isAscii(text)) return asciiTokens(text);
  if (!isValidText(text)) return {};
  std::string out;
  for (const Run& run : runsOf(foldForSearch(text))) {
    if (run.unspaced) {
      appendPairs(out, run);
      appendToken(out, lastSign(run));
    } else {
      appendToken(out, run.text);
    }
  }
  return out;
}

std::vector<SearchPhrase> searchPhrases(std::string_view typed) {
  std::vector<SearchPhrase> phrases;
  if (!isValidText(typed)) return phrases;
  const auto runs = runsOf(foldForSearch(typed));
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    if (run.unspaced) {
      std::string pairs;
      appendPairs(pairs, run);
      // Every sign begins a token, so that one alone is found as the beginning of them.
      const bool alone = pairs.empty();
      phrases.push_back({alone ? std::string(lastSign(run)) : std::move(pairs), alone});
    } else if (run.followsDirectly && i > 0 && !runs[i - 1].unspaced) {
      appendToken(phrases.back().tokens, run.text);  // the parts of "don't" or of an address
    } else {
      phrases.push_back({run.text, false});
    }
  }
  if (!runs.empty() && !runs.back().unspaced) phrases.back().isBeginning = true;
  return phrases;
}

bool holdsAll(std::string_view tokens, const std::vector<SearchPhrase>& phrases) {
  std::string hay;
  hay.reserve(tokens.size() + 2);
  hay.append(" ").append(tokens).append(" ");
  return std::ranges::all_of(phrases, [&](const SearchPhrase& phrase) {
    return hay.find(' ' + phrase.tokens + (phrase.isBeginning ? "" : " ")) != std::string::npos;
  });
}

std::string matchExpression(std::string_view column, const std::vector<SearchPhrase>& phrases) {
  std::string out(column);
  out += " : (";
  for (const SearchPhrase& phrase : phrases) {
    out += " \"" + phrase.tokens + '"';
    if (phrase.isBeginning) out += " *";
  }
  return out + " )";
}

}  // namespace earshot::app

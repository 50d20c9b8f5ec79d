#include "app/reserved_names.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include "app/code_points.h"
#include "app/skeleton.h"

namespace earshot::app {

namespace {

using Looks = std::set<std::string>;

Looks looksOf(std::initializer_list<std::string_view> words, std::initializer_list<std::string_view> endings) {
  Looks out;
  for (const std::string_view word : words) {
    for (const std::string_view ending : endings) {
      const std::string lower = std::string(word) + std::string(ending);
      std::string upper = lower;
      for (char& letter : upper) letter = static_cast<char>(letter - 'a' + 'A');
      for (const std::string& text : {lower, upper, upper.substr(0, 1) + lower.substr(1)}) {
        for (const std::string& look : skeletonsOfAnyCase(text)) out.insert(look);
      }
    }
  }
  return out;
}

struct Vocabulary {
  /// With the plural, and with what a trade mark sign becomes.
  Looks longer =
      looksOf({"server", "system", "admin", "administrator", "moderator", "everyone", "earshot"}, {"", "s", "tm"});
  /// Short enough to come about by chance from two names, or with an accent.
  Looks shorter = looksOf({"host", "here"}, {"", "s", "tm"});
  Looks filler = looksOf({"the", "a", "an", "this", "your", "our", "room", "chat", "message", "notice", "info", "bot",
                          "team", "support", "real", "group", "network", "local", "official"},
                         {"", "s"});
};

const Vocabulary& vocabulary() {
  static const Vocabulary words;
  return words;
}

bool isNumber(CodePoint codePoint) {
  const auto category = utf8proc_category(codePoint);
  return category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
}

bool isLetter(CodePoint codePoint) {
  const auto category = utf8proc_category(codePoint);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool isMark(CodePoint codePoint) {
  const auto category = utf8proc_category(codePoint);
  return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/// "Admin 2" and "2admin" as "Admin": numbers are kept between two letters only.
std::string withoutOuterNumbers(std::string_view name) {
  std::string out;
  std::string numbers;
  bool afterLetter = false;
  while (!name.empty()) {
    const CodePoint codePoint = takeCodePoint(name);
    if (isNumber(codePoint)) {
      if (afterLetter) appendCodePoint(numbers, codePoint);
      continue;
    }
    afterLetter = isLetter(codePoint) || isMark(codePoint);
    if (afterLetter) out += numbers;
    numbers.clear();
    appendCodePoint(out, codePoint);
  }
  return out;
}

/// "S3rver" and "@dmin" as they are read; confusables.txt knows 0, 1 and | only.
std::string withSignsRead(std::string_view name) {
  constexpr std::string_view kSigns = "@$0134578";
  constexpr std::string_view kLetters = "asoieastb";
  std::string out(name);
  for (char& letter : out) {
    if (const auto at = kSigns.find(letter); at != std::string_view::npos) letter = kLetters[at];
  }
  return out;
}

/// The words of letters alone; marks are left out when they do not count.
std::vector<std::string> wordsOf(std::string_view look, bool withMarks) {
  std::vector<std::string> out;
  bool inWord = false;
  while (!look.empty()) {
    const CodePoint codePoint = takeCodePoint(look);
    if (isMark(codePoint) && !withMarks) continue;
    const bool belongs = isLetter(codePoint) || (isMark(codePoint) && inWord);
    if (belongs && !inWord) out.emplace_back();
    if (belongs) appendCodePoint(out.back(), codePoint);
    inWord = belongs;
  }
  return out;
}

bool areReserved(const std::vector<std::string>& words, bool shortOnesToo) {
  const Vocabulary& known = vocabulary();
  bool found = false;
  bool nothingElse = true;
  bool spelled = true;
  std::string joined;
  for (const std::string& word : words) {
    const bool reserved = known.longer.contains(word) || (shortOnesToo && known.shorter.contains(word));
    found = found || reserved;
    nothingElse = nothingElse && (reserved || known.filler.contains(word));
    spelled = spelled && word.size() == 1;
    joined += word;
  }
  if (found && nothingElse) return true;
  return known.longer.contains(joined) || (shortOnesToo && spelled && known.shorter.contains(joined));
}

}  // namespace

bool isReservedName(std::string_view name) {
  const std::string inner = withoutOuterNumbers(name);
  for (const std::string& reading : std::set{std::string(name), inner, withSignsRead(name), withSignsRead(inner)}) {
    for (const std::string& look : skeletonsOfAnyCase(reading)) {
      if (areReserved(wordsOf(look, true), true) || areReserved(wordsOf(look, false), false)) return true;
    }
  }
  return false;
}

}  // namespace earshot::app

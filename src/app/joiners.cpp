#include "app/joiners.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "app/unicode_tables.h"

namespace earshot::app {

namespace {

constexpr CodePoint kNonJoiner = 0x200C;
constexpr CodePoint kJoiner = 0x200D;
constexpr int kViramaClass = 9;

std::vector<CodePoint> codePointsOf(std::string_view utf8) {
  std::vector<CodePoint> out;
  while (!utf8.empty()) out.push_back(takeCodePoint(utf8));
  return out;
}

/// Joining_Type; 0 for what joins nothing.
char joiningType(CodePoint codePoint) {
  const auto code = static_cast<std::uint32_t>(codePoint);
  const auto after =
      std::upper_bound(unicode::kJoiningTypes.begin(), unicode::kJoiningTypes.end(), code,
                       [](std::uint32_t value, const unicode::Range& range) { return value < range.first; });
  if (after == unicode::kJoiningTypes.begin() || code > (after - 1)->last) return 0;
  return static_cast<char>((after - 1)->value);
}

bool isLetter(CodePoint codePoint) {
  const auto category = utf8proc_category(codePoint);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

/// The joining type of the first that is not transparent; joiners are, but one is enough.
template <class Iterator>
char typeOfNeighbour(Iterator from, Iterator end) {
  const auto found = std::find_if(from, end, [](CodePoint code) { return isJoiner(code) || joiningType(code) != 'T'; });
  return found == end || isJoiner(*found) ? char{0} : joiningType(*found);
}

}  // namespace

bool isJoiner(CodePoint codePoint) {
  return codePoint == kNonJoiner || codePoint == kJoiner;
}

bool isWantedJoiner(std::string_view before, CodePoint joiner, std::string_view after) {
  const auto left = codePointsOf(before);
  const auto right = codePointsOf(after);
  if (left.empty() || right.empty()) return false;
  if (utf8proc_get_property(left.back())->combining_class == kViramaClass) return isLetter(right.front());
  if (joiner != kNonJoiner) return false;
  const char leftType = typeOfNeighbour(left.rbegin(), left.rend());
  const char rightType = typeOfNeighbour(right.begin(), right.end());
  return (leftType == 'L' || leftType == 'D') && (rightType == 'R' || rightType == 'D');
}

std::string withSingleConsonants(std::string_view utf8) {
  // Unicode 15.0, chapter 12: Bengali khanda ta and Malayalam chillus.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSpellings{
      {{"\u09A4\u09CD\u200D", "\u09CE"},
       {"\u0D23\u0D4D\u200D", "\u0D7A"},
       {"\u0D28\u0D4D\u200D", "\u0D7B"},
       {"\u0D30\u0D4D\u200D", "\u0D7C"},
       {"\u0D32\u0D4D\u200D", "\u0D7D"},
       {"\u0D33\u0D4D\u200D", "\u0D7E"},
       {"\u0D15\u0D4D\u200D", "\u0D7F"}}};
  std::string out(utf8);
  for (const auto& [old, single] : kSpellings) {
    for (auto at = out.find(old); at != std::string::npos; at = out.find(old, at + single.size())) {
      out.replace(at, old.size(), single);
    }
  }
  return out;
}

}  // namespace earshot::app

#include "app/mentions.h"

#include <utf8proc.h>

#include <algorithm>
#include <optional>

#include "app/code_points.h"
#include "app/text.h"

namespace earshot::app {
namespace {

constexpr std::string_view kEveryone = "everyone";

bool isPartOfWord(CodePoint codePoint) {
  if (codePoint == '_') return true;
  switch (codePoint < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(codePoint)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:
      return false;
  }
}

bool wordEndsAt(std::string_view rest) {
  return rest.empty() || !isPartOfWord(takeCodePoint(rest));
}

/// How many bytes of the text are this name, whatever the case; nothing when it begins with another word.
std::optional<std::size_t> lengthOfName(std::string_view text, std::string_view name) {
  std::string_view rest = text;
  for (std::string_view left = name; !left.empty(); (void)takeCodePoint(left)) {
    if (rest.empty()) return std::nullopt;
    (void)takeCodePoint(rest);
  }
  const std::string_view start = text.substr(0, text.size() - rest.size());
  if (!wordEndsAt(rest) || !isValidText(start) || foldCase(start) != foldCase(name)) return std::nullopt;
  return start.size();
}

std::optional<Mention> mentionAt(std::string_view text, std::size_t at, std::span<const std::string> names) {
  const std::string_view after = text.substr(at + 1);
  std::optional<Mention> longest;
  const auto consider = [&](std::string_view name, bool isEveryone) {
    const auto length = lengthOfName(after, name);
    if (!length || (longest && longest->end >= at + 1 + *length)) return;
    longest = Mention{at, at + 1 + *length, std::string(name), isEveryone};
  };
  consider(kEveryone, true);
  for (const std::string& name : names) consider(name, false);
  return longest;
}

}  // namespace

std::vector<Mention> mentionsIn(std::string_view text, std::span<const std::string> names) {
  std::vector<Mention> found;
  CodePoint before = -1;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t at = text.size() - rest.size();
    const CodePoint codePoint = takeCodePoint(rest);
    auto mention = codePoint == '@' && !isPartOfWord(before) ? mentionAt(text, at, names) : std::nullopt;
    before = codePoint;
    if (!mention) continue;
    // What follows a name at once, as in an address, does not begin a word.
    before = '_';
    rest = text.substr(mention->end);
    found.push_back(*std::move(mention));
  }
  return found;
}

bool mentions(std::string_view text, const std::string& name, std::span<const std::string> others) {
  if (text.find('@') == std::string_view::npos) return false;
  std::vector<std::string> names(others.begin(), others.end());
  names.push_back(name);
  const auto found = mentionsIn(text, names);
  return std::ranges::any_of(found, [&](const Mention& mention) { return mention.isEveryone || mention.name == name; });
}

}  // namespace earshot::app

#include "app/names.h"

#include <utf8proc.h>

#include "app/code_points.h"
#include "app/joiners.h"
#include "app/limits.h"
#include "app/reserved_names.h"
#include "app/scripts_of_text.h"
#include "app/skeleton.h"
#include "app/text.h"

namespace earshot::app {

namespace {

/// Longer than any name that could pass; keeps the work for a hostile one small.
constexpr std::size_t kMaxTypedBytes = std::size_t{4} * 1024;

constexpr CodePoint kEmojiStyle = 0xFE0F;
constexpr CodePoint kKeycap = 0x20E3;

/// One space for every run of white space, none at the ends. Control characters are kept, so that
/// they can be refused.
std::string withSingleSpaces(std::string_view utf8) {
  std::string out;
  bool spacePending = false;
  while (!utf8.empty()) {
    const CodePoint codePoint = takeCodePoint(utf8);
    if (isWhiteSpace(codePoint) && !isControl(codePoint)) {
      spacePending = !out.empty();
      continue;
    }
    if (spacePending) out += ' ';
    spacePending = false;
    appendCodePoint(out, codePoint);
  }
  return out;
}

/// Marks of no writing system in particular, which pile up on any letter: overlays, those with a
/// general place above or below, and enclosing ones.
bool pilesUp(const utf8proc_property_t& mark) {
  return mark.category == UTF8PROC_CATEGORY_ME || mark.combining_class == 1 ||
         (mark.combining_class >= 200 && mark.combining_class < 240);
}

/// Whether marks stand as writing systems use them and not as decoration. Of those that pile up,
/// two are enough for every language; of all together there are at most four in a row and never the
/// same twice (UTS 39, 5.4), which Hebrew, Burmese and Tibetan names need.
bool hasOnlyUsualMarks(std::string_view decomposed) {
  bool hasBase = false;
  int inRow = 0;
  int piled = 0;
  for (CodePoint previous = -1; !decomposed.empty();) {
    const CodePoint codePoint = takeCodePoint(decomposed);
    const utf8proc_property_t& property = *utf8proc_get_property(codePoint);
    if (property.category < UTF8PROC_CATEGORY_MN || property.category > UTF8PROC_CATEGORY_ME) {
      hasBase = codePoint != ' ';
      inRow = piled = 0;
    } else {
      ++inRow;
      if (pilesUp(property)) ++piled;
      if (!hasBase || inRow > 4 || piled > 2 || codePoint == previous) return false;
    }
    previous = codePoint;
  }
  return true;
}

/// Emoji style makes a pictograph colourful or a digit a keycap; anywhere else it is invisible.
bool isWantedEmojiStyle(CodePoint previous, std::string_view rest) {
  if (previous < 0) return false;
  const bool pictograph = utf8proc_get_property(previous)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
  return pictograph || (!rest.empty() && takeCodePoint(rest) == kKeycap);
}

bool isForbidden(CodePoint codePoint, const utf8proc_property_t& property) {
  switch (property.category) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
      return true;
    default:
      break;
  }
  // Letters and symbols that show nothing: the Hangul fillers and the like, the empty Braille
  // pattern, and the placeholders for what could not be decoded.
  return property.ignorable || codePoint == 0x2800 || codePoint == 0xFFFC || codePoint == 0xFFFD;
}

bool hasOnlyAllowedCharacters(std::string_view utf8) {
  CodePoint previous = -1;
  for (std::string_view rest = utf8; !rest.empty();) {
    const std::string_view before = utf8.substr(0, utf8.size() - rest.size());
    const CodePoint codePoint = takeCodePoint(rest);
    if (codePoint == kEmojiStyle) {
      if (!isWantedEmojiStyle(previous, rest)) return false;
    } else if (isJoiner(codePoint)) {
      if (!isWantedJoiner(before, codePoint, rest)) return false;
    } else if (isForbidden(codePoint, *utf8proc_get_property(codePoint))) {
      return false;
    }
    previous = codePoint;
  }
  return true;
}

Result<std::string> normalized(std::string_view typed, std::size_t maxGraphemes, std::size_t maxBytes) {
  if (typed.size() > kMaxTypedBytes) return Error{Errc::NameTooLong};
  if (!isValidText(typed)) return Error{Errc::NameForbidden};
  const auto composed = mapText(typed, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  if (!composed) return Error{Errc::NameForbidden};
  std::string name = withSingleSpaces(withSingleConsonants(*composed));
  if (name.empty()) return Error{Errc::NameEmpty};
  if (name.size() > maxBytes || countGraphemes(name) > maxGraphemes) return Error{Errc::NameTooLong};
  if (!hasOnlyAllowedCharacters(name)) return Error{Errc::NameForbidden};
  const auto decomposed = mapText(name, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
  if (!decomposed || !hasOnlyUsualMarks(*decomposed)) return Error{Errc::NameForbidden};
  return name;
}

/// "Anna (2)" -> "Anna", so that its variant is "Anna (3)" and not "Anna (2) (2)".
std::string_view withoutNumber(std::string_view name) {
  if (!name.ends_with(')')) return name;
  const auto open = name.rfind(" (");
  if (open == std::string_view::npos || open == 0) return name;
  const std::string_view digits = name.substr(open + 2, name.size() - open - 3);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return name;
  return name.substr(0, open);
}

}  // namespace

Result<std::string> normalizeName(std::string_view typed) {
  auto name = normalized(typed, kMaxNameGraphemes, kMaxNameBytes);
  if (name && (!usesScriptsThatGoTogether(*name) || isReservedName(*name))) return Error{Errc::NameForbidden};
  return name;
}

Result<std::string> normalizeRoomName(std::string_view typed) {
  return normalized(typed, kMaxRoomNameGraphemes, kMaxRoomNameBytes);
}

std::array<std::string, 2> nameKeys(std::string_view name) {
  const std::string seen(name);
  return skeletonsOfAnyCase(mapText(seen, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_IGNORE).value_or(seen));
}

std::string roomNameKey(std::string_view name) {
  const std::string folded = foldCase(name);
  // Two names that differ only in what nobody sees are one name.
  return mapText(folded, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_IGNORE).value_or(folded);
}

std::string freeVariant(std::string_view name, const std::function<bool(const std::string&)>& taken) {
  const std::string_view base = withoutNumber(name);
  for (unsigned number = 2;; ++number) {
    const std::string suffix = " (" + std::to_string(number) + ")";
    std::string candidate(firstGraphemes(base, kMaxNameGraphemes - suffix.size(), kMaxNameBytes - suffix.size()));
    if (candidate.ends_with(' ')) candidate.pop_back();
    candidate += suffix;
    if (!taken(candidate)) return candidate;
  }
}

}  // namespace earshot::app

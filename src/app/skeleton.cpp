#include "app/skeleton.h"

#include <utf8proc.h>

#include <algorithm>

#include "app/code_points.h"
#include "app/text.h"
#include "app/unicode_tables.h"

namespace earshot::app {

namespace {

std::string decomposed(std::string_view utf8) {
  return mapText(utf8, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE).value_or(std::string(utf8));
}

/// Folding can make letters that look like others, and those can have a case again (0, then O, then o).
std::string foldedSkeleton(std::string text) {
  for (int i = 0; i < 2; ++i) text = skeleton(foldCase(text));
  return text;
}

}  // namespace

std::string skeleton(std::string_view utf8) {
  const std::string letters = decomposed(utf8);
  std::string out;
  out.reserve(letters.size());
  for (std::string_view rest = letters; !rest.empty();) {
    const CodePoint codePoint = takeCodePoint(rest);
    const auto code = static_cast<std::uint32_t>(codePoint);
    const auto found =
        std::lower_bound(unicode::kLookAlikes.begin(), unicode::kLookAlikes.end(), code,
                         [](const unicode::LookAlike& entry, std::uint32_t value) { return entry.source() < value; });
    if (found == unicode::kLookAlikes.end() || found->source() != code) {
      appendCodePoint(out, codePoint);
      continue;
    }
    for (std::uint32_t i = 0; i < found->length(); ++i) {
      appendCodePoint(out, static_cast<CodePoint>(unicode::kTargets.at(found->offset + i)));
    }
  }
  return decomposed(out);
}

std::array<std::string, 2> skeletonsOfAnyCase(std::string_view utf8) {
  return {foldedSkeleton(std::string(utf8)), foldedSkeleton(skeleton(utf8))};
}

}  // namespace earshot::app

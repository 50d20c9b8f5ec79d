#include "app/emoji.h"

#include <utf8proc.h>

#include "app/code_points.h"
#include "app/limits.h"

namespace earshot::app {
namespace {

constexpr CodePoint kJoiner = 0x200D;
constexpr CodePoint kEmojiStyle = 0xFE0F;
constexpr CodePoint kKeycap = 0x20E3;

bool isPictograph(CodePoint codePoint) {
  const auto bound = utf8proc_get_property(codePoint)->boundclass;
  return bound == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC || bound == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR;
}

/// Skin tones, the letters of the flags of regions, and what holds a sequence together.
bool isPart(CodePoint codePoint) {
  return (codePoint >= 0x1F3FB && codePoint <= 0x1F3FF) || (codePoint >= 0xE0020 && codePoint <= 0xE007F) ||
         codePoint == kJoiner || codePoint == kEmojiStyle;
}

bool isKeycap(std::string_view utf8) {
  const CodePoint key = takeCodePoint(utf8);
  if (!((key >= '0' && key <= '9') || key == '#' || key == '*') || utf8.empty()) return false;
  CodePoint second = takeCodePoint(utf8);
  if (second == kEmojiStyle && !utf8.empty()) second = takeCodePoint(utf8);
  return second == kKeycap && utf8.empty();
}

}  // namespace

bool isOneEmoji(std::string_view utf8) {
  if (utf8.empty() || utf8.size() > kMaxEmojiBytes) return false;
  if (isKeycap(utf8)) return true;
  if (firstGraphemes(utf8, 1, kMaxEmojiBytes) != utf8) return false;
  std::string_view rest = utf8;
  if (!isPictograph(takeCodePoint(rest))) return false;
  while (!rest.empty()) {
    const CodePoint codePoint = takeCodePoint(rest);
    if (codePoint < 0 || (!isPictograph(codePoint) && !isPart(codePoint))) return false;
  }
  return true;
}

}  // namespace earshot::app

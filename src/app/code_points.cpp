#include "app/code_points.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace earshot::app {

CodePoint takeCodePoint(std::string_view& utf8) {
  if (const auto first = static_cast<unsigned char>(utf8.front()); first < 0x80) {
    utf8.remove_prefix(1);
    return first;
  }
  utf8proc_int32_t codePoint = -1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(utf8.data());
  const auto used = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(utf8.size()), &codePoint);
  if (used <= 0) {
    utf8.remove_prefix(1);
    return -1;
  }
  utf8.remove_prefix(static_cast<std::size_t>(used));
  return codePoint;
}

void appendCodePoint(std::string& out, CodePoint codePoint) {
  if (codePoint >= 0 && codePoint < 0x80) {
    out += static_cast<char>(codePoint);
    return;
  }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto used = utf8proc_encode_char(codePoint, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(used));
}

std::string withoutMalformed(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const CodePoint codePoint = takeCodePoint(bytes);
    appendCodePoint(out, codePoint <= 0 ? 0xFFFD : codePoint);
  }
  return out;
}

bool isControl(CodePoint codePoint) {
  return codePoint < 0x20 || (codePoint >= 0x7F && codePoint < 0xA0);
}

bool isWhiteSpace(CodePoint codePoint) {
  if (codePoint < 0x80) return codePoint == ' ' || (codePoint >= '\t' && codePoint <= '\r');
  if (codePoint == 0x85) return true;
  const auto category = utf8proc_category(codePoint);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

bool isLineBreak(CodePoint codePoint) {
  return (codePoint >= '\n' && codePoint <= '\r') || codePoint == 0x85 || codePoint == 0x2028 || codePoint == 0x2029;
}

bool isBidiControl(CodePoint codePoint) {
  return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
}

bool isFormat(CodePoint codePoint) {
  return utf8proc_category(codePoint) == UTF8PROC_CATEGORY_CF;
}

std::string_view firstGraphemes(std::string_view utf8, std::size_t maxGraphemes, std::size_t maxBytes) {
  if (utf8.empty() || maxGraphemes == 0) return {};
  std::size_t boundary = 0;
  std::size_t graphemes = 0;
  utf8proc_int32_t state = 0;
  std::string_view rest = utf8;
  for (CodePoint previous = takeCodePoint(rest); graphemes < maxGraphemes;) {
    const std::size_t position = utf8.size() - rest.size();
    if (position > maxBytes) break;
    const CodePoint current = rest.empty() ? -1 : takeCodePoint(rest);
    if (current >= 0 && !utf8proc_grapheme_break_stateful(previous, current, &state)) {
      previous = current;
      continue;
    }
    boundary = position;
    ++graphemes;
    if (current < 0) break;
    previous = current;
  }
  return utf8.substr(0, boundary);
}

bool isAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

std::optional<std::string> mapText(std::string_view utf8, unsigned options) {
  if (isAscii(utf8)) {  // of all that is mapped, ASCII only has case
    std::string out(utf8);
    if ((options & UTF8PROC_CASEFOLD) == 0) return out;
    for (char& letter : out) {
      if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return out;
  }
  utf8proc_uint8_t* buffer = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()), static_cast<utf8proc_ssize_t>(utf8.size()),
                   &buffer, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(buffer, &std::free);
  if (length < 0) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length));
}

}  // namespace earshot::app

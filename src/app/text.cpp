#include "app/text.h"

#include <utf8proc.h>

#include <cstdint>
#include <cstring>

#include "app/code_points.h"

namespace earshot::app {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

/// Length of the text without the white space at its end.
std::size_t lengthWithoutTrailingSpace(std::string_view utf8) {
  // Nearly always, the end needs no look from the beginning.
  if (!utf8.empty() && static_cast<unsigned char>(utf8.back()) < 0x80 && !isWhiteSpace(utf8.back())) return utf8.size();
  std::size_t end = 0;
  for (std::string_view rest = utf8; !rest.empty();) {
    if (!isWhiteSpace(takeCodePoint(rest))) end = utf8.size() - rest.size();
  }
  return end;
}

bool isPlain(char byte) {
  return (byte >= ' ' && byte < 0x7F) || byte == '\n' || byte == '\t';
}

constexpr std::size_t kWord = sizeof(std::uint64_t);

/// Whether the next kWord bytes are all from ' ' to '~', by one look at them together: none has its highest bit set,
/// nor gets it when ' ' is taken away (what is less) or one is added (DEL).
bool isPlainWord(const char* bytes) {
  constexpr auto inEach = [](std::uint64_t byte) { return byte * 0x0101'0101'0101'0101U; };
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, kWord);
  return ((word | (word - inEach(' ')) | (word + inEach(1))) & inEach(0x80)) == 0;
}

/// The beginning that is ASCII and no control but a line's end and a tab: most messages have no other.
std::string_view takePlain(std::string_view& utf8) {
  const char* end = utf8.data();
  const char* const last = end + utf8.size();
  while (end != last) {
    if (static_cast<std::size_t>(last - end) >= kWord && isPlainWord(end)) {
      end += kWord;
    } else if (isPlain(*end)) {
      ++end;
    } else {
      break;
    }
  }
  const auto plain = utf8.substr(0, static_cast<std::size_t>(end - utf8.data()));
  utf8.remove_prefix(plain.size());
  return plain;
}

}  // namespace

bool isValidText(std::string_view utf8) {
  for (takePlain(utf8); !utf8.empty(); takePlain(utf8)) {
    if (takeCodePoint(utf8) <= 0) return false;
  }
  return true;
}

std::size_t countCodePoints(std::string_view utf8) {
  std::size_t count = 0;
  for (const char byte : utf8) {
    if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) ++count;
  }
  return count;
}

std::size_t countGraphemes(std::string_view utf8) {
  if (utf8.empty()) return 0;
  std::size_t count = 1;
  utf8proc_int32_t state = 0;
  for (CodePoint previous = takeCodePoint(utf8); !utf8.empty();) {
    const CodePoint current = takeCodePoint(utf8);
    if (utf8proc_grapheme_break_stateful(previous, current, &state)) ++count;
    previous = current;
  }
  return count;
}

std::string cleanMessage(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (out += takePlain(utf8); !utf8.empty(); out += takePlain(utf8)) {
    const CodePoint codePoint = takeCodePoint(utf8);
    if (codePoint == '\r') {
      if (!utf8.starts_with('\n')) out += '\n';
    } else if (!isControl(codePoint) || codePoint == '\n' || codePoint == '\t') {
      appendCodePoint(out, codePoint);
    }
  }
  out.resize(lengthWithoutTrailingSpace(out));
  return out;
}

std::string cleanLine(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  bool spacePending = false;
  while (!utf8.empty()) {
    const CodePoint codePoint = takeCodePoint(utf8);
    if (isWhiteSpace(codePoint)) {
      spacePending = !out.empty();
    } else if (!isControl(codePoint)) {
      if (spacePending) out += ' ';
      spacePending = false;
      appendCodePoint(out, codePoint);
    }
  }
  return out;
}

std::string sanitizeForDisplay(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  bool inMalformed = false;
  while (!bytes.empty()) {
    const CodePoint codePoint = takeCodePoint(bytes);
    if (codePoint < 0) {
      if (!inMalformed) out += kReplacement;
    } else if (isControl(codePoint) || isLineBreak(codePoint) || isBidiControl(codePoint)) {
      out += ' ';
    } else {
      appendCodePoint(out, codePoint);
    }
    inMalformed = codePoint < 0;
  }
  return out;
}

std::string foldCase(std::string_view utf8) {
  constexpr unsigned kNormalize = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT;
  constexpr unsigned kFold = kNormalize | UTF8PROC_CASEFOLD;
  // Folding can undo the normal form (U+0345 and its relatives), so it is done twice (UAX 15).
  std::string out(utf8);
  for (const unsigned options : {kNormalize, kFold, kFold}) out = mapText(out, options).value_or(out);
  return out;
}

}  // namespace earshot::app

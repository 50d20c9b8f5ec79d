#include "app/crypto/join_code.h"

#include <sodium.h>

#include <algorithm>
#include <vector>

#include "app/code_points.h"
#include "app/crypto/secret.h"
#include "app/text.h"
#include "embedded/wordlists.h"

namespace earshot::app::crypto {
namespace {

constexpr std::size_t kWords = 3;
constexpr std::uint32_t kNumbers = 100;
/// Of a word that a host chose itself.
constexpr std::size_t kMinWordLetters = 3;
constexpr std::size_t kMaxWordLetters = 12;
/// Longer than any code however it is typed; what is longer is not looked at.
constexpr std::size_t kMaxTypedBytes = 256;

bool isLetter(char c) {
  return c >= 'a' && c <= 'z';
}
bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isWord(std::string_view part) {
  return part.size() >= kMinWordLetters && part.size() <= kMaxWordLetters &&
         std::all_of(part.begin(), part.end(), isLetter);
}
bool isNumber(std::string_view part) {
  return part.size() == 2 && std::all_of(part.begin(), part.end(), isDigit);
}

/// Without the one word that has a hyphen, which stands between the words of a code.
const std::vector<std::string_view>& words() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> out;
    std::string_view rest = wordlists::eff_short_wordlist_1_txt;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
      const std::string_view word = rest.substr(0, end);
      if (!word.empty() && std::all_of(word.begin(), word.end(), isLetter)) out.push_back(word);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
  }();
  return all;
}

/// Runs of letters and runs of digits; anything that is neither and no separator is a part by itself.
std::vector<std::string> partsOf(std::string_view folded) {
  std::vector<std::string> parts;
  char kind = ' ';
  while (!folded.empty()) {
    const std::size_t before = folded.size();
    const std::string_view whole = folded;
    const CodePoint codePoint = takeCodePoint(folded);
    const std::string_view bytes = whole.substr(0, before - folded.size());
    const bool dash =
        codePoint == '-' || codePoint == '_' || codePoint == 0x2212 || (codePoint >= 0x2010 && codePoint <= 0x2015);
    if (dash || codePoint == ' ' || codePoint == '\t' || codePoint == '\n' || codePoint == '\r') {
      kind = ' ';
      continue;
    }
    const char now = bytes.size() == 1 && isDigit(bytes[0]) ? '0' : 'a';
    if (now != kind) parts.emplace_back();
    parts.back() += bytes;
    kind = now;
  }
  return parts;
}

/// The ways to read letters as that many words of the list; the search ends at the second one.
void findReadings(std::string_view letters, std::size_t count, std::vector<std::string>& current,
                  std::vector<std::vector<std::string>>& found) {
  if (found.size() > 1) return;
  if (count == 0) {
    if (letters.empty()) found.push_back(current);
    return;
  }
  for (const std::string_view word : words()) {
    if (!letters.starts_with(word)) continue;
    current.emplace_back(word);
    findReadings(letters.substr(word.size()), count - 1, current, found);
    current.pop_back();
  }
}

/// "ambertiger", "lake", "42" as they were meant; as they are when that is not the only way to read them.
std::vector<std::string> takenApart(std::vector<std::string> parts) {
  const bool endsInNumber = !parts.empty() && isNumber(parts.back());
  if (!endsInNumber || parts.size() < 2 || parts.size() > kWords) return parts;
  std::string letters;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) letters += parts[i];
  std::vector<std::string> current;
  std::vector<std::vector<std::string>> found;
  if (letters.size() <= kWords * kMaxWordLetters) findReadings(letters, kWords, current, found);
  if (found.size() != 1) return parts;
  found.front().push_back(std::move(parts.back()));
  return std::move(found.front());
}

}  // namespace

std::size_t joinCodeWordCount() {
  return words().size();
}

std::string makeJoinCode() {
  prepare();
  std::string code;
  for (std::size_t i = 0; i < kWords; ++i) {
    code += words()[randombytes_uniform(static_cast<std::uint32_t>(words().size()))];
    code += '-';
  }
  const std::uint32_t number = randombytes_uniform(kNumbers);
  code += static_cast<char>('0' + number / 10);
  code += static_cast<char>('0' + number % 10);
  return code;
}

Result<std::string> parseJoinCode(std::string_view typed) {
  if (typed.size() > kMaxTypedBytes || !isValidText(typed)) return Error{Errc::JoinCodeInvalid};
  const std::vector<std::string> parts = takenApart(partsOf(foldCase(typed)));
  std::string code;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string& part = parts[i];
    const bool fits = i < kWords ? isWord(part) : i == kWords && isNumber(part);
    if (!fits) return Error{Errc::JoinCodeInvalid, sanitizeForDisplay(part)};
    if (i > 0) code += '-';
    code += part;
  }
  if (parts.size() != kWords + 1) return Error{Errc::JoinCodeInvalid};
  return code;
}

}  // namespace earshot::app::crypto

#include "ui/link_finder.h"

#include <algorithm>
#include <array>

#include <utf8proc.h>

namespace earshot::ui {
namespace {

constexpr std::array<std::string_view, 4> kPrefixes = {"https://", "http://", "www.", "earshot://"};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool startsWith(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char p, char t) { return p == lower(t); });
}

bool isAsciiWord(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '_';
}

/// Quotes, angle brackets and CJK punctuation end an address; so does every kind of space.
bool endsAddress(utf8proc_int32_t c) {
  if (c <= ' ' || c == 0x7F) return true;
  if (c == '"' || c == '<' || c == '>' || c == '`' || c == '{' || c == '}' || c == '|' || c == '\\') return true;
  const auto category = utf8proc_category(c);
  if (category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
      category == UTF8PROC_CATEGORY_CF) {
    return true;
  }
  return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0x2018 && c <= 0x201F) || c == 0xAB ||
         c == 0xBB;
}

std::size_t addressEnd(std::string_view text, std::size_t from) {
  std::size_t at = from;
  while (at < text.size()) {
    utf8proc_int32_t c = 0;
    const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &c);
    if (used <= 0 || endsAddress(c)) break;
    at += static_cast<std::size_t>(used);
  }
  return at;
}

/// Whether the last character is a closing bracket that nothing inside the address opened.
bool closesTooMuch(std::string_view address) {
  const char close = address.back();
  const char open = close == ')' ? '(' : close == ']' ? '[' : '\0';
  return open != '\0' &&
         std::count(address.begin(), address.end(), close) > std::count(address.begin(), address.end(), open);
}

std::size_t withoutTrailing(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view kSentenceEnd = ".,;:!?'*_~";
  while (end > begin) {
    const std::string_view address = text.substr(begin, end - begin);
    constexpr std::string_view kEllipsis = "…";
    if (kSentenceEnd.find(address.back()) != std::string_view::npos || closesTooMuch(address)) {
      --end;
    } else if (address.ends_with(kEllipsis)) {
      end -= kEllipsis.size();
    } else {
      break;
    }
  }
  return end;
}

/// "http://" and "www." alone are no addresses; the host has to begin with a letter or digit.
bool hasHost(std::string_view text, std::size_t hostBegin, std::size_t end, bool bare) {
  if (hostBegin >= end) return false;
  const char first = text[hostBegin];
  const bool plausible = isAsciiWord(first) || first == '[' || static_cast<unsigned char>(first) >= 0x80;
  const std::string_view host = text.substr(hostBegin, end - hostBegin);
  return plausible && (!bare || host.find('.') != std::string_view::npos);
}

}  // namespace

std::vector<TextRange> findLinks(std::string_view utf8) {
  std::vector<TextRange> links;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::string_view rest = utf8.substr(at);
    const bool wordBegins = at == 0 || !isAsciiWord(utf8[at - 1]);
    const auto* prefix =
        wordBegins ? std::find_if(kPrefixes.begin(), kPrefixes.end(), [&](auto p) { return startsWith(rest, p); })
                   : kPrefixes.end();
    if (prefix == kPrefixes.end()) {
      ++at;
      continue;
    }
    const std::size_t hostBegin = at + prefix->size();
    const std::size_t end = withoutTrailing(utf8, at, addressEnd(utf8, hostBegin));
    if (hasHost(utf8, hostBegin, end, *prefix == "www.")) {
      links.push_back({at, end});
      at = end;
    } else {
      at = hostBegin;
    }
  }
  return links;
}

std::string linkTarget(std::string_view link) {
  return startsWith(link, "www.") ? "https://" + std::string(link) : std::string(link);
}

}  // namespace earshot::ui

#include "ui/transcript_text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include <utf8proc.h>

#include "app/search_words.h"

namespace earshot::ui {
namespace {

using CodePoint = utf8proc_int32_t;

struct Decoded {
  CodePoint value = 0xFFFD;
  std::size_t size = 1;
  bool valid = false;
};

Decoded decode(std::string_view text, std::size_t at) {
  CodePoint value = 0;
  const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  if (used <= 0) return {};
  return {value, static_cast<std::size_t>(used), true};
}

void encode(CodePoint value, std::string& out) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto used = utf8proc_encode_char(value, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(used));
}

bool isExplicitBidi(CodePoint c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}
bool isLineEnd(CodePoint c) {
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/// Characters that must not begin a line in Chinese and Japanese (JIS X 4051, the common part).
bool isWideClosing(CodePoint c) {
  constexpr std::u32string_view kClosing =
      U"、。，．・：；？！ー々ゝゞヽヾ」』）】〉》〕］｝〙〗〟’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％…‥〜";
  return kClosing.find(static_cast<char32_t>(c)) != std::u32string_view::npos && c > 0xFF;
}
bool isWideOpening(CodePoint c) {
  constexpr std::u32string_view kOpening = U"「『（【〈《〔［｛〘〖〝";
  return kOpening.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}
bool isIdeograph(CodePoint c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xA000 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

/// Shown as a picture: by default, or because a variation selector or keycap asks for it.
bool isEmoji(std::string_view cluster, CodePoint first) {
  const auto boundary = utf8proc_get_property(first)->boundclass;
  if (boundary == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR) return true;
  constexpr std::string_view kPictureSelector = "\xEF\xB8\x8F";
  constexpr std::string_view kKeycap = "\xE2\x83\xA3";
  if (cluster.find(kKeycap) != std::string_view::npos) return true;
  if (boundary != UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC) return false;
  const bool byDefault = first >= 0x1F000 || (first >= 0x2600 && first <= 0x27BF) || first == 0x2B50 ||
                         first == 0x2B55 || first == 0x231A || first == 0x231B || (first >= 0x23E9 && first <= 0x23F3);
  return byDefault || cluster.find(kPictureSelector) != std::string_view::npos;
}

ClusterKind kindOf(std::string_view cluster, CodePoint first) {
  if (isLineEnd(first)) return ClusterKind::Newline;
  if (first == '\t' || first == 0x200B) return ClusterKind::Space;
  if (utf8proc_category(first) == UTF8PROC_CATEGORY_ZS) {
    const bool glue = first == 0xA0 || first == 0x202F || first == 0x2007;
    return glue ? ClusterKind::Word : ClusterKind::Space;
  }
  if (isEmoji(cluster, first)) return ClusterKind::Emoji;
  if (isWideClosing(first)) return first == 0x2019 || first == 0x201D ? ClusterKind::Closing : ClusterKind::WideClosing;
  if (isWideOpening(first)) return ClusterKind::WideOpening;
  if (isIdeograph(first)) return ClusterKind::Ideograph;
  if (first == '-' || first == 0x2010 || first == 0x2013 || first == 0x2014) return ClusterKind::Hyphen;
  switch (utf8proc_category(first)) {
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PI:
      return ClusterKind::Opening;
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PF:
      return ClusterKind::Closing;
    default:
      break;
  }
  constexpr std::string_view kClosing = "!,.:;?%";
  return first < 0x80 && kClosing.find(static_cast<char>(first)) != std::string_view::npos ? ClusterKind::Closing
                                                                                           : ClusterKind::Word;
}

enum class WordClass { Letters, Spaces, Signs };

WordClass wordClassOf(std::string_view cluster) {
  switch (utf8proc_category(decode(cluster, 0).value)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
    case UTF8PROC_CATEGORY_PC:
      return WordClass::Letters;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
      return WordClass::Spaces;
    default:
      return WordClass::Signs;
  }
}

std::vector<std::string> splitWords(std::string_view words) {
  std::vector<std::string> out;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) out.push_back(app::foldForSearch(std::exchange(word, {})));
  };
  for (std::size_t at = 0; at < words.size();) {
    const Decoded d = decode(words, at);
    const auto piece = words.substr(at, d.size);
    if (wordClassOf(piece) == WordClass::Spaces) {
      finish();
    } else {
      word += piece;
    }
    at += d.size;
  }
  finish();
  return out;
}

/// Words are searched for from where they begin. Precondition: folded.
bool isInsideWord(std::string_view text, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && (static_cast<unsigned char>(text[--before]) & 0xC0U) == 0x80U) continue;
  return before < at && app::isPartOfWord(decode(text, before).value) && app::isPartOfWord(decode(text, at).value);
}

void mergeRanges(std::vector<TextRange>& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::vector<TextRange> merged;
  for (const auto& range : ranges) {
    if (!merged.empty() && range.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, range.end);
    } else {
      merged.push_back(range);
    }
  }
  ranges = std::move(merged);
}

}  // namespace

std::string displayText(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const Decoded d = decode(utf8, at);
    if (isLineEnd(d.value)) {
      if (!(d.value == '\n' && at > 0 && utf8[at - 1] == '\r')) out += '\n';
    } else if (!d.valid || d.value == 0) {
      encode(0xFFFD, out);
    } else if (!isExplicitBidi(d.value)) {
      out.append(utf8.substr(at, d.size));
    }
    at += d.size;
  }
  return out;
}

std::vector<Cluster> clustersOf(std::string_view text) {
  std::vector<Cluster> clusters;
  clusters.reserve(text.size());
  std::size_t begin = 0;
  CodePoint first = 0;
  CodePoint previous = 0;
  utf8proc_int32_t state = 0;
  const auto finish = [&](std::size_t end) {
    if (end > begin)
      clusters.push_back({static_cast<std::uint32_t>(end), kindOf(text.substr(begin, end - begin), first)});
    begin = end;
  };
  for (std::size_t at = 0; at < text.size();) {
    const Decoded d = decode(text, at);
    if (at == 0 || utf8proc_grapheme_break_stateful(previous, d.value, &state)) {
      finish(at);
      first = d.value;
      state = 0;
    }
    previous = d.value;
    at += d.size;
  }
  finish(text.size());
  return clusters;
}

bool mayBreakBefore(const std::vector<Cluster>& clusters, std::size_t at) {
  using enum ClusterKind;
  const ClusterKind before = clusters[at - 1].kind;
  const ClusterKind after = clusters[at].kind;
  if (after == Space || after == Closing || after == WideClosing) return false;
  if (before == Space) return true;
  if (before == Opening || before == WideOpening) return false;
  const auto free = [](ClusterKind kind) { return kind == Ideograph || kind == Emoji; };
  if (free(before) || free(after) || before == WideClosing || after == WideOpening) return true;
  return before == Hyphen && after == Word && at >= 2 && clusters[at - 2].kind == Word;
}

bool isRightToLeft(std::string_view paragraph) {
  for (std::size_t at = 0; at < paragraph.size();) {
    const Decoded d = decode(paragraph, at);
    switch (utf8proc_get_property(d.value)->bidi_class) {
      case UTF8PROC_BIDI_CLASS_L:
        return false;
      case UTF8PROC_BIDI_CLASS_R:
      case UTF8PROC_BIDI_CLASS_AL:
        return true;
      default:
        at += d.size;
    }
  }
  return false;
}

bool isEmojiOnly(const std::vector<Cluster>& clusters) {
  constexpr int kMostEmoji = 6;
  int emoji = 0;
  for (const Cluster& cluster : clusters) {
    if (cluster.kind == ClusterKind::Emoji) {
      ++emoji;
    } else if (cluster.kind != ClusterKind::Space) {
      return false;
    }
  }
  return emoji >= 1 && emoji <= kMostEmoji;
}

TextRange wordAt(std::string_view text, std::size_t at) {
  const auto clusters = clustersOf(text);
  if (clusters.empty()) return {};
  const auto beginOf = [&](std::size_t i) { return i == 0 ? std::size_t{0} : std::size_t{clusters[i - 1].end}; };
  const auto classOf = [&](std::size_t i) {
    return wordClassOf(text.substr(beginOf(i), clusters[i].end - beginOf(i)));
  };
  std::size_t hit = 0;
  while (hit + 1 < clusters.size() && clusters[hit].end <= at) ++hit;
  const WordClass wanted = classOf(hit);
  std::size_t first = hit;
  std::size_t last = hit;
  while (first > 0 && classOf(first - 1) == wanted && clusters[first - 1].kind != ClusterKind::Newline) --first;
  while (last + 1 < clusters.size() && classOf(last + 1) == wanted && clusters[last + 1].kind != ClusterKind::Newline) {
    ++last;
  }
  return {beginOf(first), clusters[last].end};
}

std::vector<TextRange> findWords(std::string_view text, std::string_view words) {
  std::vector<TextRange> found;
  const auto wanted = splitWords(words);
  if (wanted.empty()) return found;
  const auto clusters = clustersOf(text);
  std::string haystack;
  std::vector<TextRange> origin;  // for each byte of haystack, the cluster it came from
  std::size_t begin = 0;
  for (const Cluster& cluster : clusters) {
    haystack += app::foldForSearch(text.substr(begin, cluster.end - begin));
    origin.resize(haystack.size(), TextRange{begin, cluster.end});
    begin = cluster.end;
  }
  for (const auto& word : wanted) {
    if (word.empty()) continue;  // an accent alone
    for (std::size_t at = haystack.find(word); at != std::string::npos; at = haystack.find(word, at + word.size())) {
      if (isInsideWord(haystack, at)) continue;
      found.push_back({origin[at].begin, origin[at + word.size() - 1].end});
    }
  }
  mergeRanges(found);
  return found;
}

}  // namespace earshot::ui

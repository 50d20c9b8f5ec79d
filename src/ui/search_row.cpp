#include "ui/search_row.h"

#include "app/text.h"
#include "ui/transcript_text.h"

namespace earshot::ui {
namespace {

// In letters. What stands before a hit may be long; it must not push the hit out of a narrow window.
constexpr std::size_t kMostBefore = 24;
constexpr std::size_t kMost = 240;
constexpr std::string_view kCut = "\u2026 ";

}  // namespace

SearchExcerpt excerptOf(std::string_view message, std::string_view words) {
  const std::string line = app::cleanLine(displayText(message));
  const auto found = findWords(line, words);
  const auto clusters = clustersOf(line);
  std::size_t first = 0;
  if (!found.empty()) {
    while (first < clusters.size() && clusters[first].end <= found.front().begin) ++first;
  }
  first = first > kMostBefore ? first - kMostBefore : 0;
  const std::size_t begin = first == 0 ? 0 : std::size_t{clusters[first - 1].end};
  const std::size_t end = first + kMost < clusters.size() ? std::size_t{clusters[first + kMost - 1].end} : line.size();

  SearchExcerpt excerpt;
  if (begin > 0) excerpt.text = kCut;
  const std::size_t shift = excerpt.text.size();
  excerpt.text += line.substr(begin, end - begin);
  for (const TextRange& range : found) {
    if (range.end <= end) excerpt.found.push_back({range.begin - begin + shift, range.end - begin + shift});
  }
  return excerpt;
}

}  // namespace earshot::ui

#pragma once

#include <cstddef>

namespace earshot::ui {

/// Bytes [begin, end) of a UTF-8 text; both stand between grapheme clusters.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] bool empty() const { return end <= begin; }
  [[nodiscard]] bool contains(std::size_t at) const { return at >= begin && at < end; }
  bool operator==(const TextRange&) const = default;
};

}  // namespace earshot::ui

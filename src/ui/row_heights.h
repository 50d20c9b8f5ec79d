#pragma once
// Heights of the rows of a list, and where each row begins: a Fenwick tree (P. M. Fenwick, "A new
// data structure for cumulative frequency tables", 1994). Changing a height and finding a row take
// O(log n); inserting and removing inside take O(n). Pure.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace earshot::ui {

class RowHeights {
 public:
  void assign(std::vector<int> heights);
  void insert(std::size_t at, std::span<const int> heights);
  void erase(std::size_t first, std::size_t count);
  void set(std::size_t row, int height);

  [[nodiscard]] std::size_t size() const { return heights_.size(); }
  [[nodiscard]] int operator[](std::size_t row) const { return heights_[row]; }
  /// Sum of the heights of the rows before this one; row may be size().
  [[nodiscard]] std::int64_t top(std::size_t row) const;
  [[nodiscard]] std::int64_t total() const { return top(size()); }
  /// The row that covers y; the first above, the last below everything. Precondition: size() > 0.
  [[nodiscard]] std::size_t rowAt(std::int64_t y) const;

 private:
  void append(int height);
  void rebuild();

  std::vector<int> heights_;
  std::vector<std::int64_t> tree_{0};  ///< 1-based; tree_[i] sums the lowbit(i) heights that end at i
};

}  // namespace earshot::ui

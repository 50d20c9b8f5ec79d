#include "ui/row_heights.h"

#include <algorithm>
#include <bit>

namespace earshot::ui {
namespace {

constexpr std::size_t lowBit(std::size_t i) {
  return i & (~i + 1);
}

}  // namespace

void RowHeights::assign(std::vector<int> heights) {
  heights_ = std::move(heights);
  rebuild();
}

void RowHeights::insert(std::size_t at, std::span<const int> heights) {
  if (at == heights_.size()) {
    for (const int height : heights) append(height);
    return;
  }
  heights_.insert(heights_.begin() + static_cast<std::ptrdiff_t>(at), heights.begin(), heights.end());
  rebuild();
}

void RowHeights::erase(std::size_t first, std::size_t count) {
  const auto begin = heights_.begin() + static_cast<std::ptrdiff_t>(first);
  heights_.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
  rebuild();
}

void RowHeights::set(std::size_t row, int height) {
  const int change = height - heights_[row];
  heights_[row] = height;
  for (std::size_t i = row + 1; i < tree_.size(); i += lowBit(i)) tree_[i] += change;
}

std::int64_t RowHeights::top(std::size_t row) const {
  std::int64_t sum = 0;
  for (std::size_t i = row; i > 0; i -= lowBit(i)) sum += tree_[i];
  return sum;
}

std::size_t RowHeights::rowAt(std::int64_t y) const {
  std::size_t row = 0;
  std::int64_t rest = std::max<std::int64_t>(y, 0);
  for (std::size_t step = std::bit_floor(size()); step > 0; step /= 2) {
    if (row + step < tree_.size() && tree_[row + step] <= rest) {
      row += step;
      rest -= tree_[row];
    }
  }
  return std::min(row, size() - 1);
}

void RowHeights::append(int height) {
  heights_.push_back(height);
  const std::size_t i = heights_.size();
  std::int64_t sum = height;
  for (std::size_t j = i - 1; j > i - lowBit(i); j -= lowBit(j)) sum += tree_[j];
  tree_.push_back(sum);
}

void RowHeights::rebuild() {
  tree_.assign(heights_.size() + 1, 0);
  for (std::size_t i = 1; i < tree_.size(); ++i) {
    tree_[i] += heights_[i - 1];
    if (const std::size_t parent = i + lowBit(i); parent < tree_.size()) tree_[parent] += tree_[i];
  }
}

}  // namespace earshot::ui

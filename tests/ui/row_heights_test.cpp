#include "ui/row_heights.h"

#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace earshot::ui {
namespace {

std::int64_t naiveTop(const std::vector<int>& heights, std::size_t row) {
  return std::accumulate(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(row), std::int64_t{0});
}

std::size_t naiveRowAt(const std::vector<int>& heights, std::int64_t y) {
  std::int64_t bottom = 0;
  for (std::size_t row = 0; row < heights.size(); ++row) {
    bottom += heights[row];
    if (y < bottom) return row;
  }
  return heights.size() - 1;
}

void expectSame(const RowHeights& rows, const std::vector<int>& naive) {
  ASSERT_EQ(rows.size(), naive.size());
  for (std::size_t row = 0; row <= naive.size(); ++row) ASSERT_EQ(rows.top(row), naiveTop(naive, row)) << row;
  for (std::size_t row = 0; row < naive.size(); ++row) ASSERT_EQ(rows[row], naive[row]);
}

TEST(RowHeights, AreEmptyAtFirst) {
  const RowHeights rows;
  EXPECT_EQ(rows.size(), 0u);
  EXPECT_EQ(rows.total(), 0);
}

TEST(RowHeights, FindTheRowThatCoversAHeight) {
  RowHeights rows;
  rows.assign({10, 20, 5});
  EXPECT_EQ(rows.rowAt(-7), 0u);
  EXPECT_EQ(rows.rowAt(0), 0u);
  EXPECT_EQ(rows.rowAt(9), 0u);
  EXPECT_EQ(rows.rowAt(10), 1u);
  EXPECT_EQ(rows.rowAt(29), 1u);
  EXPECT_EQ(rows.rowAt(30), 2u);
  EXPECT_EQ(rows.rowAt(1'000), 2u);
}

TEST(RowHeights, AgreeWithANaiveSumAfterRandomChanges) {
  std::mt19937 random(20261122);
  const auto below = [&](std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random); };
  RowHeights rows;
  std::vector<int> naive;
  for (int step = 0; step < 2'000; ++step) {
    const std::size_t action = below(10);
    if (action < 5 || naive.empty()) {
      std::vector<int> added(1 + below(4));
      for (int& height : added) height = 1 + static_cast<int>(below(90));
      const std::size_t at = action < 3 ? naive.size() : below(naive.size() + 1);
      rows.insert(at, added);
      naive.insert(naive.begin() + static_cast<std::ptrdiff_t>(at), added.begin(), added.end());
    } else if (action < 8) {
      const std::size_t row = below(naive.size());
      naive[row] = static_cast<int>(below(90));
      rows.set(row, naive[row]);
    } else {
      const std::size_t first = below(naive.size());
      const std::size_t count = 1 + below(std::min<std::size_t>(naive.size() - first, 5));
      rows.erase(first, count);
      naive.erase(naive.begin() + static_cast<std::ptrdiff_t>(first),
                  naive.begin() + static_cast<std::ptrdiff_t>(first + count));
    }
    if (naive.empty()) continue;
    const auto y = static_cast<std::int64_t>(below(static_cast<std::size_t>(rows.total()) + 20));
    ASSERT_EQ(rows.rowAt(y), naiveRowAt(naive, y)) << "step " << step;
    if (step % 50 == 0) expectSame(rows, naive);
  }
  expectSame(rows, naive);
}

}  // namespace
}  // namespace earshot::ui

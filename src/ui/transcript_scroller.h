#pragma once
// What part of a long list is on screen. The place is kept as "this row, so many pixels scrolled
// out", so that nothing jumps when heights become known or rows come and go elsewhere. Pure: heights
// are estimates until the measuring function was asked.

#include <functional>
#include <span>
#include <vector>

#include "ui/row_heights.h"

namespace earshot::ui {

class TranscriptScroller {
 public:
  /// The exact height of a row.
  using Measure = std::function<int(std::size_t row)>;
  explicit TranscriptScroller(Measure measure) : measure_(std::move(measure)) {}

  // --- rows ---
  /// Forgets everything and goes to the end.
  void reset(std::vector<int> estimates);
  /// The same rows at other heights (after a change of width); the place is kept.
  void reestimate(std::vector<int> estimates);
  void inserted(std::size_t first, std::span<const int> estimates);
  void removed(std::size_t first, std::size_t count);
  /// The row's height has to be measured again.
  void changed(std::size_t row);

  // --- place; takes effect with the next settle() ---
  /// bottomMargin: space kept free below the last row.
  void setViewport(int height, int bottomMargin);
  void scrollBy(int pixels);
  void scrollTo(std::int64_t y);
  /// This row, scrolled out at the top by offset pixels (negative: below the top).
  void showAt(std::size_t row, int offset);
  /// As little as needed to have the row on screen.
  void reveal(std::size_t row);
  void showEnd() { following_ = true; }
  /// Stays where it is although rows are added at the end.
  void stopFollowing() { following_ = false; }
  /// Measures what is on screen; after it the questions below have exact answers.
  void settle();

  // --- what is on screen ---
  [[nodiscard]] std::size_t size() const { return heights_.size(); }
  /// The end is on screen, and stays there when rows are added.
  [[nodiscard]] bool following() const { return following_; }
  [[nodiscard]] std::size_t topRow() const { return row_; }
  [[nodiscard]] int topOffset() const { return offset_; }
  /// First and one past the last row that is at least partly on screen.
  [[nodiscard]] std::size_t firstVisible() const { return row_; }
  [[nodiscard]] std::size_t endVisible() const { return endVisible_; }
  /// Where the row begins, from the top of the viewport. Exact for visible rows.
  [[nodiscard]] std::int64_t rowTop(std::size_t row) const;
  [[nodiscard]] int rowHeight(std::size_t row) const { return heights_[row]; }
  /// The row at this height of the viewport; precondition: size() > 0.
  [[nodiscard]] std::size_t rowAt(int y) const;
  [[nodiscard]] std::int64_t position() const;
  [[nodiscard]] std::int64_t total() const { return heights_.total() + margin_; }

  [[nodiscard]] bool isMeasured(std::size_t row) const { return measured_[row]; }
  int measured(std::size_t row);

 private:
  void settleFromEnd();
  void settleFromRow();
  [[nodiscard]] int room() const { return viewport_ - margin_; }

  Measure measure_;
  RowHeights heights_;
  std::vector<bool> measured_;
  int viewport_ = 0;
  int margin_ = 0;
  bool following_ = true;
  std::size_t row_ = 0;
  int offset_ = 0;  ///< negative only when the list is shorter than the viewport
  std::size_t endVisible_ = 0;
};

}  // namespace earshot::ui

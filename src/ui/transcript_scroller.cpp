#include "ui/transcript_scroller.h"

#include <algorithm>
#include <limits>

namespace earshot::ui {
namespace {

int toInt(std::int64_t value) {
  constexpr std::int64_t kMost = std::numeric_limits<int>::max() / 2;
  return static_cast<int>(std::clamp<std::int64_t>(value, -kMost, kMost));
}

}  // namespace

void TranscriptScroller::reset(std::vector<int> estimates) {
  measured_.assign(estimates.size(), false);
  heights_.assign(std::move(estimates));
  following_ = true;
  row_ = 0;
  offset_ = 0;
  endVisible_ = 0;
}

void TranscriptScroller::reestimate(std::vector<int> estimates) {
  const int before = row_ < size() ? heights_[row_] : 0;
  measured_.assign(estimates.size(), false);
  heights_.assign(std::move(estimates));
  if (row_ < size() && before > 0 && offset_ > 0) {
    offset_ = toInt(static_cast<std::int64_t>(offset_) * measured(row_) / before);
  }
}

void TranscriptScroller::inserted(std::size_t first, std::span<const int> estimates) {
  const bool wasEmpty = size() == 0;
  heights_.insert(first, estimates);
  measured_.insert(measured_.begin() + static_cast<std::ptrdiff_t>(first), estimates.size(), false);
  if (!wasEmpty && first <= row_) row_ += estimates.size();
}

void TranscriptScroller::removed(std::size_t first, std::size_t count) {
  heights_.erase(first, count);
  const auto begin = measured_.begin() + static_cast<std::ptrdiff_t>(first);
  measured_.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
  if (row_ >= first + count) {
    row_ -= count;
  } else if (row_ >= first) {
    row_ = size() == 0 ? 0 : std::min(first, size() - 1);
    offset_ = 0;
  }
  endVisible_ = std::min(endVisible_, size());
}

void TranscriptScroller::changed(std::size_t row) {
  measured_[row] = false;
}

void TranscriptScroller::setViewport(int height, int bottomMargin) {
  viewport_ = height;
  margin_ = bottomMargin;
}

void TranscriptScroller::scrollBy(int pixels) {
  if (pixels == 0 || size() == 0) return;
  following_ = false;
  offset_ = toInt(static_cast<std::int64_t>(offset_) + pixels);
}

void TranscriptScroller::scrollTo(std::int64_t y) {
  if (size() == 0) return;
  following_ = false;
  row_ = heights_.rowAt(y);
  offset_ = toInt(std::max<std::int64_t>(y, 0) - heights_.top(row_));
}

void TranscriptScroller::showAt(std::size_t row, int offset) {
  following_ = false;
  row_ = std::min(row, size() == 0 ? 0 : size() - 1);
  offset_ = offset;
}

void TranscriptScroller::reveal(std::size_t row) {
  if (row >= size()) return;
  const int height = measured(row);
  const std::int64_t top = rowTop(row);
  if (row < row_ || top < 0) {
    showAt(row, 0);
  } else if (row >= endVisible_ || top + height > room()) {
    showAt(row, std::min(0, height - room()));
  }
}

int TranscriptScroller::measured(std::size_t row) {
  if (!measured_[row]) {
    heights_.set(row, measure_(row));
    measured_[row] = true;
  }
  return heights_[row];
}

void TranscriptScroller::settle() {
  if (size() == 0) {
    row_ = endVisible_ = 0;
    offset_ = 0;
    return;
  }
  if (!following_) settleFromRow();
  if (following_) settleFromEnd();
}

void TranscriptScroller::settleFromEnd() {
  std::int64_t filled = 0;
  std::size_t row = size();
  while (row > 0 && filled < room()) filled += measured(--row);
  row_ = row;
  offset_ = toInt(filled - room());
  endVisible_ = size();
}

void TranscriptScroller::settleFromRow() {
  while (offset_ < 0 && row_ > 0) offset_ += measured(--row_);
  offset_ = std::max(offset_, 0);
  while (row_ + 1 < size() && offset_ >= measured(row_)) offset_ -= heights_[row_++];
  std::int64_t filled = -static_cast<std::int64_t>(offset_);
  std::size_t end = row_;
  while (end < size() && filled < viewport_) filled += measured(end++);
  endVisible_ = end;
  following_ = end == size() && filled <= room();
}

std::int64_t TranscriptScroller::rowTop(std::size_t row) const {
  return heights_.top(row) - heights_.top(row_) - offset_;
}

std::size_t TranscriptScroller::rowAt(int y) const {
  return heights_.rowAt(position() + y);
}

std::int64_t TranscriptScroller::position() const {
  return size() == 0 ? 0 : heights_.top(row_) + offset_;
}

}  // namespace earshot::ui

#include "ui/transcript_unread.h"

#include <algorithm>

namespace earshot::ui {

bool isTextOfOthers(const TranscriptRow& row) {
  return row.kind == RowKind::Text && !row.own;
}

std::size_t countTextsOfOthers(const TranscriptRows& rows, app::Position after) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].position && *rows[i].position > after && isTextOfOthers(rows[i])) ++count;
  }
  return count;
}

void TranscriptUnread::reset(app::Position last) {
  *this = {};
  readUpTo_ = last;
}

void TranscriptUnread::setReadUpTo(app::Position position, std::size_t count) {
  readUpTo_ = position;
  lineAfter_ = position;
  lineSeen_ = textsSinceSeen_ = false;
  count_ = std::min(count, kMostCounted);
}

void TranscriptUnread::textArrived(app::Position position, bool own) {
  if (lineSeen_) textsSinceSeen_ = true;
  if (!own && position > readUpTo_) count_ = std::min(count_ + 1, kMostCounted);
}

void TranscriptUnread::markRead(app::Position last) {
  const bool over = lineSeen_ ? textsSinceSeen_ : count_ == 0;
  readUpTo_ = last;
  count_ = 0;
  if (over) {
    lineAfter_.reset();
    lineSeen_ = textsSinceSeen_ = false;
  } else {
    lineSeen_ = true;
  }
}

void TranscriptUnread::rowsInserted(std::size_t first, std::size_t count) {
  if (mark_ && *mark_ >= first) *mark_ += count;
}

void TranscriptUnread::rowsRemoved(std::size_t first, std::size_t count) {
  if (!mark_ || *mark_ < first) return;
  mark_ = *mark_ >= first + count ? std::optional(*mark_ - count) : std::nullopt;
}

bool TranscriptUnread::locate(const TranscriptRows& rows, bool hasOlder) {
  const auto found = find(rows, hasOlder);
  if (found == mark_) return false;
  mark_ = found;
  return true;
}

std::optional<std::size_t> TranscriptUnread::find(const TranscriptRows& rows, bool hasOlder) const {
  if (!lineAfter_) return std::nullopt;
  bool readRowsLoaded = !hasOlder;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].position) continue;
    if (*rows[i].position <= *lineAfter_) {
      readRowsLoaded = true;
    } else if (isTextOfOthers(rows[i])) {
      return readRowsLoaded ? std::optional(i) : std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace earshot::ui

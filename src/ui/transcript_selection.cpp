#include "ui/transcript_selection.h"

#include <algorithm>

namespace earshot::ui {

void TranscriptSelection::start(PlaceRange range) {
  anchor_ = head_ = range;
  started_ = true;
}

void TranscriptSelection::extendTo(PlaceRange range) {
  if (started_) head_ = range;
}

std::optional<TextRange> TranscriptSelection::inRow(std::size_t row, std::size_t textSize) const {
  const TextPlace begin = from();
  const TextPlace end = to();
  if (begin == end || row < begin.row || row > end.row) return std::nullopt;
  const std::size_t first = row == begin.row ? std::min(begin.byte, textSize) : 0;
  const std::size_t last = row == end.row ? std::min(end.byte, textSize) : textSize;
  return TextRange{first, last};
}

void TranscriptSelection::rowsInserted(std::size_t first, std::size_t count) {
  for (TextPlace* place : {&anchor_.from, &anchor_.to, &head_.from, &head_.to}) {
    if (started_ && place->row >= first) place->row += count;
  }
}

void TranscriptSelection::rowsRemoved(std::size_t first, std::size_t count) {
  for (TextPlace* place : {&anchor_.from, &anchor_.to, &head_.from, &head_.to}) {
    if (place->row >= first + count) {
      place->row -= count;
    } else if (place->row >= first) {
      *place = {first, 0};
    }
  }
}

}  // namespace earshot::ui

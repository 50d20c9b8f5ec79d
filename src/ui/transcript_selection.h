#pragma once
// What part of a transcript is selected, across rows. Pure.

#include <compare>
#include <cstddef>
#include <optional>

#include "ui/transcript_range.h"

namespace earshot::ui {

/// A byte boundary in the shown text of a row.
struct TextPlace {
  std::size_t row = 0;
  std::size_t byte = 0;

  auto operator<=>(const TextPlace&) const = default;
};

/// from <= to.
struct PlaceRange {
  TextPlace from;
  TextPlace to;
};

class TranscriptSelection {
 public:
  /// Begins with a place, a word or a row; extending keeps all of it selected.
  void start(PlaceRange range);
  void start(TextPlace place) { start({place, place}); }
  /// No-op before start().
  void extendTo(PlaceRange range);
  void extendTo(TextPlace place) { extendTo({place, place}); }
  void clear() { *this = {}; }

  [[nodiscard]] bool started() const { return started_; }
  [[nodiscard]] bool empty() const { return from() == to(); }
  [[nodiscard]] TextPlace from() const { return anchor_.from < head_.from ? anchor_.from : head_.from; }
  [[nodiscard]] TextPlace to() const { return anchor_.to < head_.to ? head_.to : anchor_.to; }
  /// The end that moves.
  [[nodiscard]] TextPlace head() const { return head_.from < anchor_.from ? head_.from : head_.to; }
  /// Which bytes of a row are selected; nothing for rows outside.
  [[nodiscard]] std::optional<TextRange> inRow(std::size_t row, std::size_t textSize) const;

  void rowsInserted(std::size_t first, std::size_t count);
  /// Ends that were in removed rows move to where the rows were.
  void rowsRemoved(std::size_t first, std::size_t count);

 private:
  PlaceRange anchor_;
  PlaceRange head_;
  bool started_ = false;
};

}  // namespace earshot::ui

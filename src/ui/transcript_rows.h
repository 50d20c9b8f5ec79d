#pragma once
// The loaded rows of a transcript and where the next one belongs. Part of TranscriptModel; no
// observer, no paging. UI thread.

#include <deque>
#include <optional>
#include <vector>

#include "ui/transcript_model.h"

namespace earshot::ui {

/// Invariant: rows with a position are in the order of their positions.
class TranscriptRows {
 public:
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] const TranscriptRow& operator[](std::size_t index) const { return rows_[index]; }
  TranscriptRow& operator[](std::size_t index) { return rows_[index]; }

  [[nodiscard]] std::optional<std::size_t> indexOf(app::Position position) const;
  /// Our text that has no position yet.
  [[nodiscard]] std::optional<std::size_t> pending(const app::RequestId& id) const;
  [[nodiscard]] std::optional<std::size_t> textAt(const app::RequestId& id) const;
  [[nodiscard]] bool holdsText(const app::RequestId& id) const { return textAt(id).has_value(); }
  [[nodiscard]] std::optional<app::Position> firstPosition() const;
  [[nodiscard]] std::optional<app::Position> lastPosition() const;

  /// Where a row with this position belongs: above texts that are still being sent.
  [[nodiscard]] std::size_t placeFor(app::Position position) const;
  /// Above texts that are still being sent, below all else.
  [[nodiscard]] std::size_t placeForNotice() const;
  /// Whether the row at this index may take the position without breaking the order.
  [[nodiscard]] bool fits(std::size_t index, app::Position position) const;

  void insert(std::size_t at, std::vector<TranscriptRow> rows);
  void erase(std::size_t first, std::size_t count);
  void assign(std::vector<TranscriptRow> rows);

  /// The rows from `first` on that are stored nowhere else: texts without a position, and notices
  /// of the program's own with nothing after them.
  [[nodiscard]] std::vector<TranscriptRow> unsavedFrom(std::size_t first) const;

 private:
  std::deque<TranscriptRow> rows_;
};

[[nodiscard]] TranscriptRow rowOf(const app::StoredEvent& stored, const app::MemberId& self);
[[nodiscard]] TranscriptRow rowOf(const app::OutgoingText& text, const app::MemberId& self,
                                  const std::string& selfName);

}  // namespace earshot::ui

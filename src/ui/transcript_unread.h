#pragma once
// What somebody has not read yet: how many texts, and where the line above them stands. Part of
// TranscriptModel; pure.

#include <optional>

#include "ui/transcript_rows.h"

namespace earshot::ui {

class TranscriptUnread {
 public:
  /// Texts are counted up to here; people see "99+" long before.
  static constexpr std::size_t kMostCounted = 1'000;

  /// All is read, no line.
  void reset(app::Position last);
  /// count: texts of others after the position, loaded or not.
  void setReadUpTo(app::Position position, std::size_t count);
  void textArrived(app::Position position, bool own);
  void markRead(app::Position last);

  [[nodiscard]] std::size_t count() const { return count_; }
  /// The row below the line.
  [[nodiscard]] std::optional<std::size_t> mark() const { return mark_; }

  void rowsInserted(std::size_t first, std::size_t count);
  void rowsRemoved(std::size_t first, std::size_t count);
  /// Looks for the row below the line; true when it is another one than before. hasOlder: the first
  /// loaded row is not the first of all.
  bool locate(const TranscriptRows& rows, bool hasOlder);

 private:
  [[nodiscard]] std::optional<std::size_t> find(const TranscriptRows& rows, bool hasOlder) const;

  app::Position readUpTo_{};
  std::size_t count_ = 0;
  std::optional<app::Position> lineAfter_;
  std::optional<std::size_t> mark_;
  bool lineSeen_ = false;
  bool textsSinceSeen_ = false;
};

[[nodiscard]] bool isTextOfOthers(const TranscriptRow& row);
/// How many texts of others lie after the position among these rows.
[[nodiscard]] std::size_t countTextsOfOthers(const TranscriptRows& rows, app::Position after);

}  // namespace earshot::ui

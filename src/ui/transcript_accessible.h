#pragma once
// What a screen reader sees of the transcript: a list with one item per row, made when asked for.
// UI thread.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include <wx/gdicmn.h>

class wxWindow;

namespace earshot::ui {

/// The view, as the screen reader's side asks it.
class AccessibleRows {
 public:
  virtual ~AccessibleRows() = default;
  [[nodiscard]] virtual std::size_t rowCount() const = 0;
  /// What is spoken. Precondition for all: row < rowCount().
  [[nodiscard]] virtual std::string rowName(std::size_t row) const = 0;
  /// In the window's client coordinates; an estimate for rows that are not on screen.
  [[nodiscard]] virtual wxRect rowRect(std::size_t row) const = 0;
  [[nodiscard]] virtual std::optional<std::size_t> focusedRow() const = 0;
  virtual void focusRow(std::size_t row) = 0;
};

/// Gives the window its accessible list. Both must outlive this; objects that a screen reader still
/// holds afterwards answer as defunct.
class TranscriptAccessible {
 public:
  [[nodiscard]] static std::unique_ptr<TranscriptAccessible> create(wxWindow& window, AccessibleRows& rows);
  virtual ~TranscriptAccessible() = default;

  virtual void rowsReset() = 0;
  virtual void rowsInserted(std::size_t first, std::size_t count) = 0;
  virtual void rowsRemoved(std::size_t first, std::size_t count) = 0;
  virtual void rowChanged(std::size_t row) = 0;
  virtual void rowFocused(std::size_t row) = 0;
  /// After a burst of the above: tells listeners once.
  virtual void updated() = 0;
  /// Speaks a line, politely.
  virtual void announce(const std::string& line) = 0;
};

}  // namespace earshot::ui

#pragma once
// The inside of TranscriptView, for its own .cpp files only: state (this file), the model that is
// shown (transcript_view_impl.cpp), painting and timing (transcript_view_update.cpp), mouse
// and menu (transcript_view_input.cpp), keys and focus (transcript_view_keys.cpp). UI thread.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <wx/timer.h>

#include "ui/theme.h"
#include "ui/transcript_accessible.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_scroller.h"
#include "ui/transcript_selection.h"
#include "ui/transcript_text_engine.h"
#include "ui/transcript_view.h"

class wxContextMenuEvent;
class wxKeyEvent;
class wxMouseEvent;
class wxScrollWinEvent;

namespace earshot::ui {

class CallbackTimer final : public wxTimer {
 public:
  explicit CallbackTimer(std::function<void()> callback) : callback_(std::move(callback)) {}
  void Notify() override { callback_(); }

 private:
  std::function<void()> callback_;
};

struct TranscriptView::Impl final : public AccessibleRows {
  using SteadyTime = std::chrono::steady_clock::time_point;

  explicit Impl(TranscriptView& owner);
  ~Impl() override;

  // --- model and metrics (transcript_view_impl.cpp) ---
  void setModel(TranscriptModel* next);
  void savePlace();
  void restorePlace();
  void reloadRows();
  void resized();
  void restyle();
  void makeMetrics();
  [[nodiscard]] std::vector<int> estimates(std::size_t first, std::size_t count) const;
  [[nodiscard]] RowContext contextOf(std::size_t row) const;
  void invalidate(std::size_t row);
  void noteNewRows(std::size_t first, std::size_t count);

  // --- layout, timing and painting (transcript_view_update.cpp) ---
  const RowLayout& layoutOf(std::size_t row);
  void dropFarLayouts();
  void scheduleUpdate();
  void update();
  void syncScrollbar();
  void pageIfNeeded();
  void notifyAtEnd();
  void announceNewRows();
  void measureSome();
  void paint();
  [[nodiscard]] bool isAtEnd() const;
  [[nodiscard]] wxRect jumpButton() const;
  [[nodiscard]] double flashStrength(std::size_t row) const;

  // --- input (transcript_view_input.cpp) ---
  struct Hit {
    TextPlace place;
    std::optional<TextRange> link;
    bool onText = false;
    bool onRetry = false;
    bool onQuote = false;
    std::optional<std::size_t> reaction;  ///< which of the row's
  };
  void bindInput();
  [[nodiscard]] std::optional<Hit> hitTest(const wxPoint& point);
  [[nodiscard]] std::optional<TextRange> linkAt(const RowLayout& layout, const PlacedLine& line, int x);
  [[nodiscard]] PlaceRange unitAt(const TextPlace& place);
  void mouseDown(wxMouseEvent& event);
  void mouseUp(wxMouseEvent& event);
  void mouseMoved(const wxPoint& point);
  void dragTo(const wxPoint& point);
  void dragOver();
  void wheel(const wxMouseEvent& event);
  void scrolled(const wxScrollWinEvent& event);
  void contextMenu(wxContextMenuEvent& event);
  /// A press and its release were both here.
  void clicked(const Hit& hit);
  [[nodiscard]] TranscriptView::Offers offersFor(std::size_t row) const;
  void react(std::size_t row, const std::string& emoji);
  void choose(std::size_t row, int menuItem);
  void scrollBy(int pixels);

  // --- keys and focus (transcript_view_keys.cpp) ---
  void key(wxKeyEvent& event);
  bool moveFocus(int key, bool extend);
  void activateFocused();
  void setFocusedRow(std::size_t row, bool byKeyboard);
  [[nodiscard]] std::optional<std::size_t> rowOnPage(int direction);

  // --- text ---
  [[nodiscard]] std::string selectedText() const;
  void copy();
  void openLink(std::size_t row, const TextRange& link);

  // --- AccessibleRows ---
  [[nodiscard]] std::size_t rowCount() const override;
  [[nodiscard]] std::string rowName(std::size_t row) const override;
  [[nodiscard]] wxRect rowRect(std::size_t row) const override;
  [[nodiscard]] std::optional<std::size_t> focusedRow() const override;
  void focusRow(std::size_t row) override;

  TranscriptView& view;
  TranscriptModel* model = nullptr;
  std::unique_ptr<TranscriptAccessible> accessible;

  Theme theme;
  std::unique_ptr<TextEngine> engine;
  TranscriptMetrics metrics;
  TranscriptScroller scroller;
  std::vector<std::unique_ptr<RowLayout>> layouts;  ///< one per row; null: not laid out
  std::size_t layoutCount = 0;
  std::string highlight;

  TranscriptSelection selection;
  int clicks = 0;  ///< 1 selects by letters, 2 by words, 3 by messages
  bool dragging = false;
  SteadyTime lastDoubleClick;
  std::optional<Hit> pressed;
  std::optional<std::size_t> hovered;
  bool jumpHovered = false;
  std::optional<std::size_t> focused;
  bool ringVisible = false;  ///< the keyboard moves the focus, so it has to be seen
  double wheelRest = 0;

  std::optional<std::size_t> flashed;
  SteadyTime flashStart;
  bool updatePending = false;
  SteadyTime lastUpdate;
  bool wasAtEnd = true;
  bool paging = false;
  std::vector<std::string> newLines;  ///< waiting to be announced

  CallbackTimer updateTimer;
  CallbackTimer dragTimer;
  CallbackTimer flashTimer;
  CallbackTimer measureTimer;
  CallbackTimer announceTimer;
  CallbackTimer slowTimer;  ///< shows "sending…" where it takes long
};

}  // namespace earshot::ui

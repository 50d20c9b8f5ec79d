// Layout on demand, one update per burst, painting.

#include <algorithm>
#include <cmath>

#include <wx/dcclient.h>
#include <wx/graphics.h>

#include "ui/transcript_format.h"
#include "ui/transcript_painter.h"
#include "ui/transcript_view_impl.h"

namespace earshot::ui {
namespace {

using namespace std::chrono_literals;

/// A flood of messages repaints 30 times a second.
constexpr auto kFrame = 33ms;
constexpr auto kFlash = 1'400ms;
constexpr std::size_t kMostLayouts = 400;
/// Rows beside the visible ones whose layout is kept, and at which more history is loaded.
constexpr std::size_t kNearRows = 40;

}  // namespace

const RowLayout& TranscriptView::Impl::layoutOf(std::size_t row) {
  auto& layout = layouts[row];
  if (!layout) {
    layout = std::make_unique<RowLayout>(layoutRow(contextOf(row), metrics, *engine));
    ++layoutCount;
  }
  return *layout;
}

void TranscriptView::Impl::dropFarLayouts() {
  if (layoutCount <= kMostLayouts) return;
  const std::size_t first = scroller.firstVisible() - std::min(kNearRows, scroller.firstVisible());
  const std::size_t end = scroller.endVisible() + kNearRows;
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    if ((i < first || i >= end) && layouts[i]) {
      layouts[i].reset();
      --layoutCount;
    }
  }
}

void TranscriptView::Impl::scheduleUpdate() {
  if (updatePending) return;
  updatePending = true;
  const auto since = std::chrono::steady_clock::now() - lastUpdate;
  if (since >= kFrame) {
    view.CallAfter([this] {
      if (updatePending) update();
    });
  } else {
    const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(kFrame - since);
    updateTimer.StartOnce(static_cast<int>(wait.count()) + 1);
  }
}

void TranscriptView::Impl::update() {
  updatePending = false;
  updateTimer.Stop();
  lastUpdate = std::chrono::steady_clock::now();
  constexpr int kBottomMarginDip = 12;
  scroller.setViewport(view.GetClientSize().y, view.FromDIP(kBottomMarginDip));
  scroller.settle();
  syncScrollbar();
  if (model && rowCount() > 0)
    model->setVisibleRows(scroller.firstVisible(), std::max<std::size_t>(scroller.endVisible(), 1) - 1);
  pageIfNeeded();
  notifyAtEnd();
  dropFarLayouts();
  if (accessible) accessible->updated();
  constexpr int kMeasureEveryMs = 15;
  if (!measureTimer.IsRunning()) measureTimer.StartOnce(kMeasureEveryMs);
  view.Refresh(false);
}

void TranscriptView::Impl::syncScrollbar() {
  const int thumb = std::max(1, view.GetClientSize().y);
  // A range below the thumb makes GTK draw its "pulled too far" shade.
  const int range = static_cast<int>(std::max<std::int64_t>(thumb, scroller.total()));
  const int position = static_cast<int>(std::clamp<std::int64_t>(scroller.position(), 0, std::max(0, range - thumb)));
  if (view.GetScrollPos(wxVERTICAL) == position && view.GetScrollThumb(wxVERTICAL) == thumb &&
      view.GetScrollRange(wxVERTICAL) == range) {
    return;
  }
  view.SetScrollbar(wxVERTICAL, position, thumb, range);
}

void TranscriptView::Impl::pageIfNeeded() {
  if (!model || paging || rowCount() == 0) return;
  const bool older = model->hasOlder() && scroller.firstVisible() < kNearRows;
  const bool newer = model->hasNewer() && scroller.endVisible() + kNearRows > rowCount();
  if (!older && !newer) return;
  paging = true;
  view.CallAfter([this, older] {
    const std::size_t before = rowCount();
    if (model && model->hasNewer()) scroller.stopFollowing();
    if (model && older) {
      model->loadOlder();
    } else if (model) {
      model->loadNewer();
    }
    paging = false;
    if (rowCount() != before) update();
  });
}

bool TranscriptView::Impl::isAtEnd() const {
  return scroller.following() && !(model && model->hasNewer());
}

void TranscriptView::Impl::notifyAtEnd() {
  const bool atEnd = isAtEnd();
  if (atEnd == wasAtEnd) return;
  wasAtEnd = atEnd;
  if (view.onAtEndChanged) view.onAtEndChanged(atEnd);
}

void TranscriptView::Impl::announceNewRows() {
  constexpr std::size_t kMostLines = 4;
  const auto lines = std::exchange(newLines, {});
  if (lines.empty()) return;
  std::string text;
  if (lines.size() > kMostLines) {
    text = std::to_string(lines.size()) + " new messages. " + lines.back();
  } else {
    for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
  }
  accessible->announce(text);
}

/// Replaces estimates by exact heights while nothing else happens, so that the scroll bar is right
/// and dragging it does not jump.
void TranscriptView::Impl::measureSome() {
  const auto until = std::chrono::steady_clock::now() + 4ms;
  bool measured = false;
  std::size_t row = rowCount();
  while (row > 0 && std::chrono::steady_clock::now() < until) {
    --row;
    if (scroller.isMeasured(row)) continue;
    const bool keep = layouts[row] != nullptr;
    scroller.measured(row);
    measured = true;
    if (!keep && (row < scroller.firstVisible() || row >= scroller.endVisible())) {
      layouts[row].reset();
      --layoutCount;
    }
  }
  if (measured) scheduleUpdate();  // not the scroll bar alone: GTK paints everything anew for it
  constexpr int kMeasureEveryMs = 15;
  if (row > 0) measureTimer.StartOnce(kMeasureEveryMs);
}

wxRect TranscriptView::Impl::jumpButton() const {
  if (isAtEnd() || rowCount() == 0) return {};
  const wxSize client = view.GetClientSize();
  const int size = view.FromDIP(40);
  const int gap = view.FromDIP(18);
  return {client.x - size - gap, client.y - size - gap, size, size};
}

double TranscriptView::Impl::flashStrength(std::size_t row) const {
  if (flashed != row) return 0;
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - flashStart;
  const double done = since / std::chrono::duration<double>(kFlash);
  return std::clamp(1.6 * (1 - done), 0.0, 1.0);
}

void TranscriptView::Impl::paint() {
  wxPaintDC dc(&view);
  dc.SetBackground(wxBrush(theme.surface));
  dc.Clear();
  const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(dc));
  if (!gc) return;
  TranscriptPainter painter(*gc, *engine, theme, metrics, view.FromDIP(100) / 100.0);
  if (rowCount() == 0) {
    if (model) painter.emptyHint("No messages yet", view.GetClientSize());
    return;
  }
  scroller.settle();
  const bool hasFocus = view.HasFocus();
  for (std::size_t i = scroller.firstVisible(); i < scroller.endVisible(); ++i) {
    const RowLayout& layout = layoutOf(i);
    RowPaint row{.row = model->row(i), .layout = layout};
    row.top = static_cast<int>(scroller.rowTop(i));
    row.selected = selection.inRow(i, layout.text.size());
    row.hovered = hovered == i && !dragging;
    row.ring = hasFocus && ringVisible && focused == i;
    row.flash = flashStrength(i);
    painter.row(row);
  }
  if (const wxRect button = jumpButton(); !button.IsEmpty()) {
    painter.jumpButton(button, model->unreadCount(), jumpHovered);
  }
  if (flashed && flashStrength(*flashed) <= 0) {
    flashed.reset();
    flashTimer.Stop();
  }
}

}  // namespace earshot::ui

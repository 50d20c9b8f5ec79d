// The keyboard, and the row that it moves; screen readers share that row.

#include <algorithm>

#include "ui/transcript_format.h"
#include "ui/transcript_view_impl.h"

namespace earshot::ui {

void TranscriptView::Impl::key(wxKeyEvent& event) {
  const int code = event.GetKeyCode();
  if (code == WXK_TAB && !event.ControlDown()) {
    view.Navigate(event.ShiftDown() ? wxNavigationKeyEvent::IsBackward : wxNavigationKeyEvent::IsForward);
  } else if (event.ControlDown() && (code == 'C' || code == WXK_INSERT)) {
    copy();
  } else if (event.ControlDown() && code == 'A') {
    view.selectAll();
  } else if (code == WXK_ESCAPE && !selection.empty()) {
    selection.clear();
    view.Refresh(false);
  } else if ((code == WXK_RETURN || code == WXK_NUMPAD_ENTER) && !event.HasAnyModifiers()) {
    activateFocused();
  } else if (event.AltDown() || !moveFocus(code, event.ShiftDown())) {
    event.Skip();
  }
}

/// The row that the page keys go to: a screenful further, at the edge that they move to.
std::optional<std::size_t> TranscriptView::Impl::rowOnPage(int direction) {
  const int page = view.GetClientSize().y * 9 / 10;
  scrollBy(direction * page);
  if (rowCount() == 0) return std::nullopt;
  const bool partlyAbove = scroller.topOffset() > 0 && scroller.firstVisible() + 1 < scroller.endVisible();
  return direction < 0 ? scroller.firstVisible() + (partlyAbove ? 1 : 0) : scroller.endVisible() - 1;
}

bool TranscriptView::Impl::moveFocus(int code, bool extend) {
  const std::size_t count = rowCount();
  if (count == 0) return false;
  const std::size_t from = focused.value_or(std::max<std::size_t>(scroller.endVisible(), 1) - 1);
  std::size_t to = from;
  switch (code) {
    case WXK_UP:
    case WXK_NUMPAD_UP:
      to = ringVisible && from > 0 ? from - 1 : from;
      break;
    case WXK_DOWN:
    case WXK_NUMPAD_DOWN:
      to = ringVisible ? std::min(from + 1, count - 1) : from;
      break;
    case WXK_PAGEUP:
    case WXK_NUMPAD_PAGEUP:
      to = rowOnPage(-1).value_or(from);
      break;
    case WXK_PAGEDOWN:
    case WXK_NUMPAD_PAGEDOWN:
      to = rowOnPage(1).value_or(from);
      break;
    case WXK_HOME:
    case WXK_NUMPAD_HOME:
      to = 0;
      break;
    case WXK_END:
    case WXK_NUMPAD_END:
      view.scrollToEnd();
      to = rowCount() - 1;
      break;
    default:
      return false;
  }
  if (extend) {
    clicks = 3;
    if (!selection.started() || selection.empty()) selection.start(unitAt({from, 0}));
    selection.extendTo(unitAt({to, 0}));
  }
  setFocusedRow(to, true);
  return true;
}

void TranscriptView::Impl::setFocusedRow(std::size_t row, bool byKeyboard) {
  focused = row;
  ringVisible = ringVisible || byKeyboard;
  scroller.reveal(row);
  update();
  accessible->rowFocused(row);
}

void TranscriptView::Impl::activateFocused() {
  if (!focused) return;
  const TranscriptRow& row = model->row(*focused);
  if (row.delivery == Delivery::Failed) {
    if (view.onRetry) view.onRetry(TranscriptRow(row));
    return;
  }
  const RowLayout& layout = layoutOf(*focused);
  if (!layout.links.empty()) openLink(*focused, layout.links.front());
}

// --- AccessibleRows --------------------------------------------------------------------------------

std::size_t TranscriptView::Impl::rowCount() const {
  return model ? model->size() : 0;
}
std::string TranscriptView::Impl::rowName(std::size_t row) const {
  return spokenLine(model->row(row));
}

wxRect TranscriptView::Impl::rowRect(std::size_t row) const {
  return {0, static_cast<int>(scroller.rowTop(row)), metrics.width, scroller.rowHeight(row)};
}

std::optional<std::size_t> TranscriptView::Impl::focusedRow() const {
  return view.HasFocus() ? focused : std::nullopt;
}

void TranscriptView::Impl::focusRow(std::size_t row) {
  view.SetFocus();
  setFocusedRow(row, true);
}

}  // namespace earshot::ui

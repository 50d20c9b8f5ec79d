#include "ui/transcript_view.h"

#include <algorithm>
#include <iterator>

#include <wx/dcclient.h>

#include "ui/transcript_format.h"
#include "ui/transcript_view_impl.h"

namespace earshot::ui {
namespace {

void shiftForInsert(std::optional<std::size_t>& row, std::size_t first, std::size_t count) {
  if (row && *row >= first) *row += count;
}
void shiftForRemove(std::optional<std::size_t>& row, std::size_t first, std::size_t count) {
  if (!row || *row < first) return;
  row = *row < first + count ? std::nullopt : std::optional(*row - count);
}

}  // namespace

// --- the window ------------------------------------------------------------------------------------

TranscriptView::TranscriptView(wxWindow* parent) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
         wxVSCROLL | wxWANTS_CHARS | wxFULL_REPAINT_ON_RESIZE | wxBORDER_NONE);
  impl_ = std::make_unique<Impl>(*this);
  impl_->restyle();
  impl_->accessible = TranscriptAccessible::create(*this, *impl_);
  impl_->bindInput();
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { impl_->paint(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    impl_->resized();
    event.Skip();
  });
  Bind(wxEVT_SYS_COLOUR_CHANGED, [this](wxSysColourChangedEvent& event) {
    impl_->restyle();
    event.Skip();
  });
  Bind(wxEVT_DPI_CHANGED, [this](wxDPIChangedEvent& event) {
    impl_->restyle();
    event.Skip();
  });
}

TranscriptView::~TranscriptView() = default;

void TranscriptView::setModel(TranscriptModel* model) {
  impl_->setModel(model);
}

void TranscriptView::setHighlight(const std::string& words) {
  impl_->highlight = words;
  // The marks are part of the layouts; heights stay as they are.
  for (auto& layout : impl_->layouts) layout.reset();
  impl_->layoutCount = 0;
  Refresh(false);
}

void TranscriptView::revealRow(std::size_t index) {
  Impl& s = *impl_;
  if (index >= s.rowCount()) return;
  const int height = GetClientSize().y;
  const auto top = s.scroller.rowTop(index);
  const int rowHeight = s.scroller.measured(index);
  const bool onScreen =
      index >= s.scroller.firstVisible() && index < s.scroller.endVisible() && top >= 0 && top + rowHeight <= height;
  if (!onScreen) s.scroller.showAt(index, -std::max(0, (height - rowHeight) / 3));
  s.focused = index;
  s.flashed = index;
  s.flashStart = std::chrono::steady_clock::now();
  constexpr int kFrameMs = 33;
  s.flashTimer.Start(kFrameMs);
  s.update();
}

void TranscriptView::scrollToEnd() {
  if (impl_->model) impl_->model->showNewest();
  impl_->scroller.showEnd();
  impl_->update();
}

bool TranscriptView::isAtEnd() const {
  return impl_->isAtEnd();
}
void TranscriptView::copySelection() {
  impl_->copy();
}
bool TranscriptView::hasSelection() const {
  return !impl_->selection.empty();
}
wxString TranscriptView::selectedText() const {
  return wxString::FromUTF8(impl_->selectedText());
}

void TranscriptView::selectAll() {
  Impl& s = *impl_;
  if (s.rowCount() == 0) return;
  const std::size_t last = s.rowCount() - 1;
  s.selection.start({{0, 0}, {last, shownText(s.model->row(last)).size()}});
  Refresh(false);
}

wxString TranscriptView::allText() const {
  std::string text;
  for (std::size_t i = 0; i < impl_->rowCount(); ++i) {
    const TranscriptRow& row = impl_->model->row(i);
    if (i == 0 || !sameDay(impl_->model->row(i - 1).time, row.time)) {
      if (i > 0) text += '\n';
      text += dayName(row.time);
      text += '\n';
    }
    text += displayText(spokenLine(row));
    text += '\n';
  }
  return wxString::FromUTF8(text);
}

// --- what the model reports ------------------------------------------------------------------------

void TranscriptView::rowsReset() {
  impl_->reloadRows();
  impl_->scheduleUpdate();
}

void TranscriptView::rowsInserted(std::size_t first, std::size_t count) {
  Impl& s = *impl_;
  s.scroller.inserted(first, s.estimates(first, count));
  std::vector<std::unique_ptr<RowLayout>> fresh(count);
  s.layouts.insert(s.layouts.begin() + static_cast<std::ptrdiff_t>(first), std::make_move_iterator(fresh.begin()),
                   std::make_move_iterator(fresh.end()));
  s.invalidate(first + count);
  s.selection.rowsInserted(first, count);
  for (auto* row : {&s.hovered, &s.focused, &s.flashed}) shiftForInsert(*row, first, count);
  s.accessible->rowsInserted(first, count);
  s.noteNewRows(first, count);
  s.scheduleUpdate();
}

void TranscriptView::rowsRemoved(std::size_t first, std::size_t count) {
  Impl& s = *impl_;
  s.scroller.removed(first, count);
  const auto begin = s.layouts.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = begin + static_cast<std::ptrdiff_t>(count);
  s.layoutCount -=
      static_cast<std::size_t>(std::count_if(begin, end, [](const auto& layout) { return layout != nullptr; }));
  s.layouts.erase(begin, end);
  s.invalidate(first);
  s.selection.rowsRemoved(first, count);
  for (auto* row : {&s.hovered, &s.focused, &s.flashed}) shiftForRemove(*row, first, count);
  s.accessible->rowsRemoved(first, count);
  s.scheduleUpdate();
}

void TranscriptView::rowChanged(std::size_t index) {
  impl_->invalidate(index);
  impl_->invalidate(index + 1);
  impl_->accessible->rowChanged(index);
  impl_->scheduleUpdate();
}

void TranscriptView::unreadMarkChanged() {
  for (std::size_t i = 0; i < impl_->layouts.size(); ++i) {
    const bool marked = impl_->model->unreadMark() == i;
    if (marked || (impl_->layouts[i] && impl_->layouts[i]->unreadLine)) impl_->invalidate(i);
  }
  impl_->scheduleUpdate();
}

}  // namespace earshot::ui

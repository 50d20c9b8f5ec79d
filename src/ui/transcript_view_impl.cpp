// The model that is shown, and the sizes it is shown with.

#include "ui/transcript_view_impl.h"

#include <algorithm>

#include "ui/transcript_format.h"

namespace earshot::ui {
namespace {

/// Wider text is tiring to read.
constexpr int kMostTextDip = 900;
constexpr int kNarrowDip = 420;
constexpr auto kSlowSending = std::chrono::milliseconds(600);

}  // namespace

TranscriptView::Impl::Impl(TranscriptView& owner)
    : view(owner),
      scroller([this](std::size_t row) { return layoutOf(row).height; }),
      updateTimer([this] { update(); }),
      dragTimer([this] { dragOver(); }),
      flashTimer([this] { view.Refresh(false); }),
      measureTimer([this] { measureSome(); }),
      announceTimer([this] { announceNewRows(); }),
      slowTimer([this] {
        for (std::size_t i = 0; i < rowCount(); ++i) {
          if (model->row(i).delivery == Delivery::Sending) invalidate(i);
        }
        scheduleUpdate();
      }) {}

TranscriptView::Impl::~Impl() {
  if (!model) return;
  savePlace();
  model->setObserver(nullptr);
}

void TranscriptView::Impl::setModel(TranscriptModel* next) {
  if (next == model) return;
  if (model) {
    savePlace();
    model->setObserver(nullptr);
  }
  model = next;
  if (model) model->setObserver(&view);
  newLines.clear();
  reloadRows();
  restorePlace();
  wasAtEnd = true;
  update();
}

void TranscriptView::Impl::savePlace() {
  ReadingPlace place;
  place.atEnd = isAtEnd();
  for (std::size_t i = scroller.firstVisible(); i < scroller.endVisible() && !place.top; ++i) {
    place.top = model->row(i).position;
    place.offset = static_cast<int>(-scroller.rowTop(i));
  }
  model->setReadingPlace(place);
}

void TranscriptView::Impl::restorePlace() {
  if (!model) return;
  const ReadingPlace& place = model->readingPlace();
  if (place.atEnd || !place.top) return;
  if (const auto row = model->indexOf(*place.top)) scroller.showAt(*row, place.offset);
}

void TranscriptView::Impl::reloadRows() {
  const std::size_t count = rowCount();
  layouts.clear();
  layouts.resize(count);
  layoutCount = 0;
  scroller.reset(estimates(0, count));
  selection.clear();
  hovered.reset();
  focused.reset();
  flashed.reset();
  if (accessible) accessible->rowsReset();
}

void TranscriptView::Impl::resized() {
  if (view.GetClientSize().x != metrics.width) {
    makeMetrics();
    layouts.clear();
    layouts.resize(rowCount());
    layoutCount = 0;
    scroller.reestimate(estimates(0, rowCount()));
  }
  update();
}

void TranscriptView::Impl::restyle() {
  theme = Theme::current();
  engine = TextEngine::create(view);
  metrics.width = -1;
  resized();
}

void TranscriptView::Impl::makeMetrics() {
  const auto dip = [this](int dips) { return view.FromDIP(dips); };
  TranscriptMetrics m;
  m.width = view.GetClientSize().x;
  const bool narrow = m.width < dip(kNarrowDip);
  const int edge = dip(narrow ? 10 : 16);
  const int right = dip(narrow ? 12 : 24);
  m.avatarSize = dip(narrow ? 30 : 36);
  const int textOffset = edge + m.avatarSize + dip(narrow ? 10 : 12);
  m.columnWidth = std::clamp(m.width, dip(160), textOffset + dip(kMostTextDip) + right);
  m.columnLeft = std::max(0, (m.width - m.columnWidth) / 2);
  m.avatarLeft = m.columnLeft + edge;
  m.textLeft = m.columnLeft + textOffset;
  m.textWidth = m.columnWidth - textOffset - right;
  m.bodyLine = engine->faceHeight(TextFace::Body) + dip(3);
  m.nameLine = engine->faceHeight(TextFace::Name) + dip(3);
  m.smallLine = engine->faceHeight(TextFace::Small) + dip(3);
  m.chipHeight = m.smallLine + dip(4);
  m.emojiLine = engine->faceHeight(TextFace::Emoji) + dip(2);
  m.dayHeight = dip(40);
  m.unreadHeight = dip(28);
  m.groupGap = dip(12);
  m.gap = dip(4);
  constexpr std::string_view kSample = "the quick brown fox jumps over";
  m.letter = engine->width(kSample, TextFace::Body) / static_cast<double>(kSample.size());
  metrics = m;
}

std::vector<int> TranscriptView::Impl::estimates(std::size_t first, std::size_t count) const {
  std::vector<int> heights(count);
  for (std::size_t i = 0; i < count; ++i) heights[i] = estimateHeight(contextOf(first + i), metrics);
  return heights;
}

RowContext TranscriptView::Impl::contextOf(std::size_t row) const {
  const TranscriptRow& shown = model->row(row);
  RowContext context{.row = shown};
  context.previous = row > 0 ? &model->row(row - 1) : nullptr;
  context.unreadLine = model->unreadMark() == row;
  context.slow = shown.delivery == Delivery::Sending && app::systemNow() - shown.time >= kSlowSending;
  context.found = highlight;
  return context;
}

void TranscriptView::Impl::invalidate(std::size_t row) {
  if (row >= layouts.size()) return;
  if (layouts[row]) --layoutCount;
  layouts[row].reset();
  scroller.changed(row);
}

/// Rows that arrived live: people want to see their own, and hear those of others.
void TranscriptView::Impl::noteNewRows(std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    const TranscriptRow& row = model->row(i);
    if (row.delivery == Delivery::Sending) {
      if (i + 1 == rowCount()) scroller.showEnd();
      slowTimer.StartOnce(static_cast<int>(kSlowSending.count()) + 50);
    } else if (!row.own && !paging) {
      newLines.push_back(spokenLine(row));
    }
  }
  constexpr int kAnnounceAfterMs = 400;
  if (!newLines.empty() && !announceTimer.IsRunning()) announceTimer.StartOnce(kAnnounceAfterMs);
}

}  // namespace earshot::ui

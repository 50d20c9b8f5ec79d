#include "ui/transcript_model_state.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace earshot::ui {

// --- rows ------------------------------------------------------------------------------------------

void TranscriptModel::State::insert(std::size_t at, std::vector<TranscriptRow> added) {
  if (added.empty()) return;
  const std::size_t count = added.size();
  rows.insert(at, std::move(added));
  if (visibleFirst >= at) visibleFirst += count;
  if (visibleLast >= at) visibleLast += count;
  const auto mark = unread.mark();
  unread.rowsInserted(at, count);
  if (observer) observer->rowsInserted(at, count);
  if (!mark || *mark >= at) locateMark();
}

void TranscriptModel::State::insert(std::size_t at, TranscriptRow row) {
  std::vector<TranscriptRow> one;
  one.push_back(std::move(row));
  insert(at, std::move(one));
}

void TranscriptModel::State::erase(std::size_t first, std::size_t count) {
  if (count == 0) return;
  rows.erase(first, count);
  const auto shift = [&](std::size_t& index) {
    if (index >= first + count) {
      index -= count;
    } else if (index > first) {
      index = first;
    }
  };
  shift(visibleFirst);
  shift(visibleLast);
  unread.rowsRemoved(first, count);
  if (observer) observer->rowsRemoved(first, count);
  locateMark();
}

void TranscriptModel::State::reset(std::vector<TranscriptRow> fresh) {
  rows.assign(std::move(fresh));
  visibleFirst = visibleLast = rows.size();
  unread.locate(rows, older);
  if (observer) observer->rowsReset();
}

void TranscriptModel::State::trim() {
  if (rows.size() <= kMaxLoadedRows + kPageRows) return;
  const std::size_t excess = rows.size() - kMaxLoadedRows;
  if (!history || following || visibleFirst >= excess + kAroundRows) {
    older = older || history != nullptr;
    erase(0, excess);
  } else {
    unloadTail(kMaxLoadedRows);
  }
}

void TranscriptModel::State::unloadTail(std::size_t keep) {
  auto unsaved = rows.unsavedFrom(keep);
  parked.insert(parked.begin(), std::make_move_iterator(unsaved.begin()), std::make_move_iterator(unsaved.end()));
  newer = true;
  erase(keep, rows.size() - keep);
}

void TranscriptModel::State::goLive() {
  newer = false;
  auto waiting = std::exchange(parked, {});
  std::erase_if(waiting, [&](const auto& row) { return row.kind == RowKind::Text && rows.holdsText(row.request); });
  insert(rows.size(), std::move(waiting));
}

// --- what arrives ----------------------------------------------------------------------------------

bool TranscriptModel::State::replacePending(const TranscriptRow& row) {
  if (row.kind != RowKind::Text || !row.own) return false;
  const auto waiting = rows.pending(row.request);
  if (!waiting) {
    std::erase_if(parked, [&](const auto& r) { return r.kind == RowKind::Text && r.request == row.request; });
    return false;
  }
  if (!rows.indexOf(*row.position) && rows.fits(*waiting, *row.position)) {
    rows[*waiting] = row;
    if (observer) observer->rowChanged(*waiting);
    return true;
  }
  erase(*waiting, 1);
  return false;
}

void TranscriptModel::State::store(const app::StoredEvent& stored) {
  TranscriptRow row = rowOf(stored);
  if (const auto* renamed = std::get_if<app::MemberRenamed>(&stored.event.body); renamed && row.own) {
    selfName = renamed->newName;
  }
  const bool replaced = replacePending(row);
  const bool known = !replaced && (rows.indexOf(stored.position) || (newer && stored.position <= last));
  if (known) return;
  noteArrival(row);
  if (replaced || newer) return;
  insert(rows.placeFor(stored.position), std::move(row));
  trim();
}

void TranscriptModel::State::noteArrival(const TranscriptRow& row) {
  last = std::max(last, *row.position);
  if (row.kind == RowKind::Text) unread.textArrived(*row.position, row.own);
}

// --- unread ----------------------------------------------------------------------------------------

void TranscriptModel::State::locateMark() {
  if (unread.locate(rows, older) && observer) observer->unreadMarkChanged();
}

std::size_t TranscriptModel::State::countUnread(app::Position after) const {
  const auto first = rows.firstPosition();
  const bool allLoaded = !newer && (!older || (first && *first <= after));
  if (allLoaded || !history) return countTextsOfOthers(rows, after);
  const auto events = history->after(after, TranscriptUnread::kMostCounted);
  if (!events.ok()) return countTextsOfOthers(rows, after);
  const auto unreadRows = rowsOf(events.value());
  return static_cast<std::size_t>(std::count_if(unreadRows.begin(), unreadRows.end(), isTextOfOthers));
}

TranscriptRow TranscriptModel::State::rowOf(const app::StoredEvent& stored) const {
  TranscriptRow row = ui::rowOf(stored, self);
  if (undelivered && row.own && row.kind == RowKind::Text) {
    row.delivery = undelivered->contains(row.request) ? Delivery::Kept : Delivery::Delivered;
  }
  return row;
}

std::vector<TranscriptRow> TranscriptModel::State::rowsOf(const std::vector<app::StoredEvent>& events) const {
  std::vector<TranscriptRow> out;
  out.reserve(events.size());
  for (const auto& stored : events) out.push_back(rowOf(stored));
  return out;
}

}  // namespace earshot::ui

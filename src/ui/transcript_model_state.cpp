#include "ui/transcript_model_state.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/export_words.h"
#include "app/mentions.h"

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
  if (const auto target = app::targetOf(stored.event.body)) {
    last = std::max(last, stored.position);
    return refresh(app::placeBeside(stored.position, *target));
  }
  TranscriptRow row = rowOf(stored, true);
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

// --- texts that are about others -------------------------------------------------------------------

void TranscriptModel::State::refresh(app::Position position) {
  if (!history) return;
  const auto index = rows.indexOf(position);
  const auto stored = index ? history->at(position) : app::Result<std::optional<app::StoredEvent>>(std::nullopt);
  if (stored.ok() && stored.value()) {
    rows[*index] = rowOf(*stored.value());
    if (observer) observer->rowChanged(*index);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& quote = rows[i].quote;
    if (!quote || quote->position != position) continue;
    RowQuote now = quoteOf(position);
    if (now == *quote) continue;
    quote = std::move(now);
    if (observer) observer->rowChanged(i);
  }
}

RowQuote TranscriptModel::State::quoteOf(app::Position position) const {
  RowQuote quote{position, {}, {}};
  if (const auto index = rows.indexOf(position); index && rows[*index].kind == RowKind::Text) {
    quote.name = rows[*index].senderName;
    quote.text = app::firstWords(rows[*index].text);
    return quote;
  }
  const auto stored = history ? history->at(position) : app::Result<std::optional<app::StoredEvent>>(std::nullopt);
  const auto* text =
      stored.ok() && stored.value() ? std::get_if<app::TextPosted>(&stored.value()->event.body) : nullptr;
  if (text == nullptr) return quote;
  quote.name = stored.value()->event.actorName;
  quote.text = app::firstWords(text->text);
  return quote;
}

void TranscriptModel::State::addReactions(TranscriptRow& row) const {
  if (!history || row.deleted) return;
  const auto reactions = history->reactionsTo(*row.position);
  if (!reactions.ok()) return;
  for (const app::Reaction& reaction : reactions.value()) {
    RowReaction shown{reaction.emoji, {}, false};
    for (const auto& person : reaction.people) {
      shown.names.push_back(person.name);
      shown.own = shown.own || person.id == self;
    }
    row.reactions.push_back(std::move(shown));
  }
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

TranscriptRow TranscriptModel::State::rowOf(const app::StoredEvent& stored, bool isNew) const {
  TranscriptRow row = ui::rowOf(stored, self);
  if (const auto* text = std::get_if<app::TextPosted>(&stored.event.body)) {
    if (app::toNumber(text->replyTo) != 0) row.quote = quoteOf(app::placeBeside(stored.position, text->replyTo));
    if (!isNew) addReactions(row);
    const bool mayMean = !row.own && row.text.find('@') != std::string::npos;
    row.mentioned =
        mayMean && app::mentions(row.text, selfName, otherNames ? otherNames() : std::vector<std::string>{});
  }
  if (undelivered && row.own && row.kind == RowKind::Text) {
    row.delivery = undelivered->contains(row.request) ? Delivery::Kept : Delivery::Delivered;
  }
  return row;
}

TranscriptRow TranscriptModel::State::rowOf(const app::OutgoingText& text) const {
  TranscriptRow row = ui::rowOf(text, self, selfName);
  if (app::toNumber(text.replyTo) != 0) row.quote = quoteOf(app::placeBeside(last, text.replyTo));
  return row;
}

std::vector<TranscriptRow> TranscriptModel::State::rowsOf(const std::vector<app::StoredEvent>& events) const {
  std::vector<TranscriptRow> out;
  out.reserve(events.size());
  for (const auto& stored : events) out.push_back(rowOf(stored));
  return out;
}

}  // namespace earshot::ui

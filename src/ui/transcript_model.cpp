#include "ui/transcript_model.h"

#include <algorithm>
#include <utility>

#include "ui/transcript_model_state.h"

namespace earshot::ui {

using app::Position;

TranscriptModel::TranscriptModel() : state_(std::make_unique<State>()) {}
TranscriptModel::~TranscriptModel() = default;

void TranscriptModel::setObserver(TranscriptObserver* observer) {
  state_->observer = observer;
}

app::Status TranscriptModel::openHistory(std::unique_ptr<app::ConversationReader> history, const app::MemberId& self) {
  return openHistory(historyOf(std::move(history)), self);
}

void TranscriptModel::setSelf(const app::MemberId& self, const std::string& name) {
  state_->self = self;
  state_->selfName = name;
}

app::Status TranscriptModel::openHistory(std::unique_ptr<HistorySource> history, const app::MemberId& self) {
  State& s = *state_;
  const auto page = history->before(std::nullopt, kPageRows);
  if (!page.ok()) return page.error();
  const auto outbox = history->outbox();
  if (!outbox.ok()) return outbox.error();
  const auto undelivered = history->undelivered();
  if (!undelivered.ok()) return undelivered.error();

  auto unsent = s.history ? std::vector<TranscriptRow>{} : s.rows.unsavedFrom(0);
  std::erase_if(unsent, [](const TranscriptRow& row) { return row.kind != RowKind::Text; });

  s.self = self;
  s.selfName = history->selfName();
  s.history = std::move(history);
  s.undelivered.reset();
  if (undelivered.value()) s.undelivered.emplace(undelivered.value()->begin(), undelivered.value()->end());
  s.parked.clear();
  s.older = page.value().size() == kPageRows;
  s.last = page.value().empty() ? Position{} : page.value().back().position;
  for (const auto& text : outbox.value()) {
    s.parked.push_back(s.rowOf(text));
    std::erase_if(unsent, [&](const TranscriptRow& row) { return row.request == text.id; });
  }
  s.parked.insert(s.parked.begin(), std::make_move_iterator(unsent.begin()), std::make_move_iterator(unsent.end()));
  s.unread.reset(s.last);
  s.reset(s.rowsOf(page.value()));
  s.goLive();
  return app::Done{};
}

void TranscriptModel::setOtherNames(std::function<std::vector<std::string>()> otherNames) {
  state_->otherNames = std::move(otherNames);
}

std::size_t TranscriptModel::size() const {
  return state_->rows.size();
}
const TranscriptRow& TranscriptModel::row(std::size_t index) const {
  return state_->rows[index];
}
std::optional<std::size_t> TranscriptModel::indexOf(Position position) const {
  return state_->rows.indexOf(position);
}
std::optional<std::size_t> TranscriptModel::unreadMark() const {
  return state_->unread.mark();
}
bool TranscriptModel::hasOlder() const {
  return state_->older || (state_->askOlder && !state_->olderAsked && state_->rows.firstPosition());
}

void TranscriptModel::setOlderElsewhere(AskOlder ask) {
  state_->askOlder = std::move(ask);
  state_->olderAsked = false;
}

void TranscriptModel::olderArrived(bool nothingLeft) {
  State& s = *state_;
  if (nothingLeft) s.askOlder = nullptr;
  if (!std::exchange(s.olderAsked, false)) return;
  s.older = true;
  loadOlder();
}
bool TranscriptModel::hasNewer() const {
  return state_->newer;
}
const ReadingPlace& TranscriptModel::readingPlace() const {
  return state_->place;
}
void TranscriptModel::setReadingPlace(const ReadingPlace& place) {
  state_->place = place;
}
std::size_t TranscriptModel::unreadCount() const {
  return state_->unread.count();
}
Position TranscriptModel::lastPosition() const {
  return state_->last;
}

void TranscriptModel::setVisibleRows(std::size_t first, std::size_t last) {
  state_->visibleFirst = first;
  state_->visibleLast = last;
  state_->following = last + 1 >= state_->rows.size();
}

void TranscriptModel::loadOlder() {
  State& s = *state_;
  if (!s.older && s.askOlder && !s.olderAsked && s.rows.firstPosition()) {
    s.olderAsked = true;
    return s.askOlder(*s.rows.firstPosition());
  }
  if (!s.older || !s.history) return;
  const auto page = s.history->before(s.rows.firstPosition(), kPageRows);
  s.older = page.ok() && page.value().size() == kPageRows;
  if (page.ok()) s.insert(0, s.rowsOf(page.value()));
  s.locateMark();
  if (s.rows.size() > kMaxLoadedRows) s.unloadTail(std::max(kMaxLoadedRows, s.visibleLast + 1));
}

void TranscriptModel::loadNewer() {
  State& s = *state_;
  if (!s.newer || !s.history) return;
  const auto page = s.history->after(s.rows.lastPosition().value_or(Position{}), kPageRows);
  if (!page.ok()) return;
  s.insert(s.rows.size(), s.rowsOf(page.value()));
  if (page.value().size() < kPageRows) {
    if (!page.value().empty()) s.last = std::max(s.last, page.value().back().position);
    s.goLive();
  }
  if (s.rows.size() > kMaxLoadedRows) {
    s.older = true;
    s.erase(0, std::min(s.rows.size() - kMaxLoadedRows, s.visibleFirst));
  }
}

void TranscriptModel::showNewest() {
  State& s = *state_;
  if (!s.newer || !s.history) return;
  const auto page = s.history->before(std::nullopt, kPageRows);
  if (!page.ok()) return;
  s.older = page.value().size() == kPageRows;
  if (!page.value().empty()) s.last = std::max(s.last, page.value().back().position);
  s.reset(s.rowsOf(page.value()));
  s.goLive();
}

std::optional<std::size_t> TranscriptModel::showAround(Position position) {
  State& s = *state_;
  if (const auto loaded = s.rows.indexOf(position)) return loaded;
  if (!s.history) return std::nullopt;
  const auto above = s.history->before(position, kAroundRows);
  // Positions are numbers, so "after the one before" begins with the row itself.
  const auto below = s.history->after(Position{app::toNumber(position) - 1}, kAroundRows);
  if (!above.ok() || !below.ok() || below.value().empty() || below.value().front().position != position) {
    return std::nullopt;
  }
  if (!s.newer) s.parked = s.rows.unsavedFrom(0);
  s.older = above.value().size() == kAroundRows;
  s.newer = true;
  auto rows = s.rowsOf(above.value());
  for (const auto& stored : below.value()) rows.push_back(s.rowOf(stored));
  s.reset(std::move(rows));
  if (below.value().size() < kAroundRows) s.goLive();
  return above.value().size();
}

void TranscriptModel::received(const app::StoredEvent& stored) {
  state_->store(stored);
}
void TranscriptModel::sent(const app::StoredEvent& stored) {
  const auto* text = std::get_if<app::TextPosted>(&stored.event.body);
  if (state_->undelivered && text != nullptr) state_->undelivered->insert(text->id);
  if (text != nullptr) state_->wasAnswered(text->id);
  state_->store(stored);
}

void TranscriptModel::delivered(const app::RequestId& id) {
  State& s = *state_;
  if (!s.undelivered) return;
  s.undelivered->erase(id);
  const auto at = s.rows.textAt(id);
  if (!at || s.rows[*at].delivery != Delivery::Kept) return;
  s.rows[*at].delivery = Delivery::Delivered;
  if (s.observer) s.observer->rowChanged(*at);
}

void TranscriptModel::asked(app::OutgoingText text) {
  state_->asked.push_back(std::move(text));
}

void TranscriptModel::queued(const app::OutgoingText& text) {
  State& s = *state_;
  s.wasAnswered(text.id);
  showNewest();
  if (const auto waiting = s.rows.pending(text.id)) {
    if (s.rows[*waiting].delivery == Delivery::Sending) return;
    s.erase(*waiting, 1);
  } else if (s.rows.holdsText(text.id)) {
    return;
  }
  s.insert(s.rows.size(), s.rowOf(text));
  s.trim();
}

void TranscriptModel::refused(const app::RequestId& id) {
  State& s = *state_;
  const auto isIt = [&](const app::OutgoingText& text) { return text.id == id; };
  if (const auto at = std::find_if(s.asked.begin(), s.asked.end(), isIt); at != s.asked.end()) {
    queued(app::OutgoingText(*at));
  }
  for (auto& row : s.parked) {
    if (row.kind == RowKind::Text && row.request == id) row.delivery = Delivery::Failed;
  }
  const auto waiting = s.rows.pending(id);
  if (!waiting) return;
  s.rows[*waiting].delivery = Delivery::Failed;
  if (s.observer) s.observer->rowChanged(*waiting);
}

void TranscriptModel::linkEnded() {
  State& s = *state_;
  for (const app::OutgoingText& text : std::exchange(s.asked, {})) queued(text);
  for (auto& row : s.parked) {
    if (row.delivery == Delivery::Sending) row.delivery = Delivery::Failed;
  }
  for (std::size_t i = 0; i < s.rows.size(); ++i) {
    if (s.rows[i].delivery != Delivery::Sending) continue;
    s.rows[i].delivery = Delivery::Failed;
    if (s.observer) s.observer->rowChanged(i);
  }
}

void TranscriptModel::dismiss(const app::RequestId& id) {
  State& s = *state_;
  const auto failed = [&](const TranscriptRow& row) {
    return row.kind == RowKind::Text && row.request == id && row.delivery == Delivery::Failed;
  };
  std::erase_if(s.parked, failed);
  const auto waiting = s.rows.pending(id);
  if (waiting && failed(s.rows[*waiting])) s.erase(*waiting, 1);
}

void TranscriptModel::addNotice(const std::string& line, app::UtcMillis time) {
  TranscriptRow row;
  row.kind = RowKind::Notice;
  row.time = time;
  row.text = line;
  if (state_->newer) {
    state_->parked.push_back(std::move(row));
    return;
  }
  state_->insert(state_->rows.placeForNotice(), std::move(row));
  state_->trim();
}

void TranscriptModel::setReadUpTo(Position position) {
  state_->unread.setReadUpTo(position, state_->countUnread(position));
  state_->locateMark();
}

void TranscriptModel::markRead() {
  state_->unread.markRead(state_->last);
  state_->locateMark();
}

}  // namespace earshot::ui

#include "ui/transcript_rows.h"

#include <algorithm>
#include <iterator>

namespace earshot::ui {

TranscriptRow rowOf(const app::StoredEvent& stored, const app::MemberId& self) {
  TranscriptRow row;
  row.position = stored.position;
  row.sender = stored.event.actor;
  row.senderName = stored.event.actorName;
  row.time = stored.event.time;
  row.own = stored.event.actor == self;
  if (const auto* posted = std::get_if<app::TextPosted>(&stored.event.body)) {
    row.kind = RowKind::Text;
    row.request = posted->id;
    row.style = posted->style;
    row.text = posted->text;
    row.edited = posted->edited;
    row.deleted = posted->deleted;
  } else {
    row.kind = RowKind::Notice;
    row.text = noticeText(stored.event, self);
  }
  return row;
}

TranscriptRow rowOf(const app::OutgoingText& text, const app::MemberId& self, const std::string& selfName) {
  TranscriptRow row;
  row.request = text.id;
  row.sender = self;
  row.senderName = selfName;
  row.time = text.time;
  row.style = text.style;
  row.delivery = Delivery::Sending;
  row.own = true;
  row.text = text.text;
  return row;
}

std::optional<std::size_t> TranscriptRows::indexOf(app::Position position) const {
  for (std::size_t i = rows_.size(); i-- > 0;) {
    if (!rows_[i].position) continue;
    if (*rows_[i].position == position) return i;
    if (*rows_[i].position < position) break;
  }
  return std::nullopt;
}

std::optional<std::size_t> TranscriptRows::pending(const app::RequestId& id) const {
  for (std::size_t i = rows_.size(); i-- > 0;) {
    const TranscriptRow& row = rows_[i];
    if (row.kind == RowKind::Text && !row.position && row.request == id) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> TranscriptRows::textAt(const app::RequestId& id) const {
  const auto found = std::find_if(rows_.rbegin(), rows_.rend(), [&](const TranscriptRow& row) {
    return row.kind == RowKind::Text && row.request == id;
  });
  if (found == rows_.rend()) return std::nullopt;
  return static_cast<std::size_t>(rows_.rend() - found) - 1;
}

std::optional<app::Position> TranscriptRows::firstPosition() const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [](const auto& row) { return row.position.has_value(); });
  return found == rows_.end() ? std::nullopt : found->position;
}

std::optional<app::Position> TranscriptRows::lastPosition() const {
  const auto found =
      std::find_if(rows_.rbegin(), rows_.rend(), [](const auto& row) { return row.position.has_value(); });
  return found == rows_.rend() ? std::nullopt : found->position;
}

std::size_t TranscriptRows::placeForNotice() const {
  std::size_t place = rows_.size();
  while (place > 0 && rows_[place - 1].delivery == Delivery::Sending) --place;
  return place;
}

std::size_t TranscriptRows::placeFor(app::Position position) const {
  std::size_t place = rows_.size();
  while (place > 0 && (!rows_[place - 1].position || *rows_[place - 1].position > position)) --place;
  const bool newest = std::none_of(rows_.begin() + static_cast<std::ptrdiff_t>(place), rows_.end(),
                                   [](const auto& row) { return row.position.has_value(); });
  return newest ? placeForNotice() : place;
}

bool TranscriptRows::fits(std::size_t index, app::Position position) const {
  for (std::size_t i = index; i-- > 0;) {
    if (!rows_[i].position) continue;
    if (*rows_[i].position >= position) return false;
    break;
  }
  for (std::size_t i = index + 1; i < rows_.size(); ++i) {
    if (rows_[i].position) return *rows_[i].position > position;
  }
  return true;
}

void TranscriptRows::insert(std::size_t at, std::vector<TranscriptRow> rows) {
  rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(at), std::make_move_iterator(rows.begin()),
               std::make_move_iterator(rows.end()));
}

void TranscriptRows::erase(std::size_t first, std::size_t count) {
  const auto begin = rows_.begin() + static_cast<std::ptrdiff_t>(first);
  rows_.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
}

void TranscriptRows::assign(std::vector<TranscriptRow> rows) {
  rows_.assign(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}

std::vector<TranscriptRow> TranscriptRows::unsavedFrom(std::size_t first) const {
  std::vector<TranscriptRow> unsaved;
  bool newest = true;
  for (std::size_t i = rows_.size(); i-- > first;) {
    if (rows_[i].position) newest = false;
    if (!rows_[i].position && (rows_[i].kind == RowKind::Text || newest)) unsaved.push_back(rows_[i]);
  }
  std::reverse(unsaved.begin(), unsaved.end());
  return unsaved;
}

}  // namespace earshot::ui

// The past, as far as it is asked for: from what is saved here, and from the host where that is too little.
#include <algorithm>

#include "app/conversation.h"
#include "app/limits.h"
#include "console/talk.h"

namespace earshot::console {

/// The last texts before the place that are saved, oldest first, and what is the oldest event of all those
/// that were looked at.
app::Result<Talk::Past> Talk::savedPast(const AskHistory& asked) const {
  auto reader = app::ConversationReader::open(conversation_);
  if (!reader) return reader.error();
  Past past;
  std::optional<app::Position> before;
  if (asked.before) {
    // The number need not be one that is here: the place is what counts.
    const auto place = (*reader)->placeOf(*asked.before);
    if (!place) return place.error();
    before = past.oldest = *place;
  }
  while (past.texts.size() < asked.limit) {
    const auto page = (*reader)->before(before, app::kHistoryPageEvents);
    if (!page) return page.error();
    if (page->empty()) break;
    for (auto event = page->rbegin(); event != page->rend() && past.texts.size() < asked.limit; ++event) {
      if (std::holds_alternative<app::TextPosted>(event->event.body)) past.texts.push_back(event->event);
    }
    before = past.oldest = page->front().position;
  }
  std::reverse(past.texts.begin(), past.texts.end());
  return past;
}

void Talk::askHistory(AskHistory asked) {
  historyAsked_.push_back(std::move(asked));
  if (historyAsked_.size() == 1) answerNextHistory();
}

void Talk::answerNextHistory() {
  historyEvents_ = 0;
  while (!historyAsked_.empty() && answerHistory(historyAsked_.front())) historyAsked_.pop_front();
}

bool Talk::answerHistory(const AskHistory& asked) {
  const auto past = savedPast(asked);
  if (!past) {
    dialect_.error(past.error(), {}, asked.ref);
  } else if (past->texts.size() >= asked.limit || !past->oldest) {
    tellPast(*past, false, asked);
  } else {
    link_.askHistory(*past->oldest, app::kHistoryPageEvents);
    return false;
  }
  return true;
}

void Talk::tellHistory(const app::LinkHistory& history) {
  if (historyAsked_.empty()) return;
  const AskHistory& asked = historyAsked_.front();
  historyEvents_ += history.events.size();
  // A page of people who came and went holds no text.
  const bool mayHoldMore = !history.failed && !history.complete && !history.events.empty();
  if (mayHoldMore && historyEvents_ < app::kMaxHistoryEvents) {
    if (!answerHistory(asked)) return;
  } else if (const auto past = savedPast(asked); !past) {  // without the host, what is here has to do
    dialect_.error(past.error(), {}, asked.ref);
  } else if (history.failed && past->texts.empty()) {
    dialect_.error(*history.failed, {}, asked.ref);
  } else {
    tellPast(*past, history.complete && past->texts.size() < asked.limit, asked);
  }
  historyAsked_.pop_front();
  answerNextHistory();
}

void Talk::tellPast(const Past& past, bool complete, const AskHistory& asked) {
  for (const app::Event& text : past.texts) tellPast(text);
  dialect_.historyEnd(complete, asked.ref);
}

}  // namespace earshot::console

// The past, as far as it is asked for: from what is saved here, then from the host.
#include "app/conversation.h"
#include "app/limits.h"
#include "console/talk.h"

namespace earshot::console {

void Talk::askHistory(AskHistory asked) {
  auto reader = app::ConversationReader::open(conversation_);
  if (!reader) return dialect_.error(reader.error(), {}, asked.ref);
  std::optional<app::Position> before;
  if (asked.before) {
    // The number need not be one that is here: the place is what counts.
    const auto place = (*reader)->placeOf(*asked.before);
    if (!place) return dialect_.error(place.error(), {}, asked.ref);
    before = *place;
  }
  const auto page = (*reader)->before(before, asked.limit);
  if (!page) return dialect_.error(page.error(), {}, asked.ref);
  if (!page->empty() || !before) {
    for (const app::StoredEvent& stored : *page) tellPast(stored.event);
    return dialect_.historyEnd(false, asked.ref);
  }
  historyAsked_.push_back(asked);
  link_.askHistory(*before, asked.limit);
}

void Talk::tellHistory(const app::LinkHistory& history) {
  if (historyAsked_.empty()) return;
  const AskHistory asked = std::move(historyAsked_.front());
  historyAsked_.pop_front();
  if (history.failed) return dialect_.error(*history.failed, {}, asked.ref);
  for (const app::StoredEvent& stored : history.events) tellPast(stored.event);
  dialect_.historyEnd(history.complete, asked.ref);
}

}  // namespace earshot::console

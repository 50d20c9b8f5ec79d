// Older messages: from the conversation as far as it goes, then from the host.
#include "app/limits.h"
#include "app/log.h"
#include "net/member_client.h"

namespace earshot::net {

void MemberClient::askHistory(app::Position before, std::size_t limit) {
  const auto seq = conversation_ ? conversation_->seqAt(before) : std::nullopt;
  if (phase_ != Phase::Live || !seq) {
    inbox_.post(app::LinkHistory{{}, false, app::Error{app::Errc::NotAMember, {}}});
    return;
  }
  sendHistoryGet(*seq, std::min(limit, app::kHistoryPageEvents));
}

void MemberClient::sendHistoryGet(app::Seq before, std::size_t limit) {
  wire::HistoryGet get;
  get.set_before_seq(app::toNumber(before));
  get.set_limit(static_cast<std::uint32_t>(limit));
  session_->send(frame(FrameType::HistoryGet, get));
}

bool MemberClient::onHistoryPage(const Frame& received) {
  wire::HistoryPage page;
  if (!parse(received.body, page)) return violated();
  const auto events = eventsFromWire(page.events(), app::kHistoryPageEvents);
  if (!events) return violated();
  app::Seq last{};
  bool changesOnly = !events->empty() && !page.complete();
  for (const app::Event& event : *events) {
    // Only what is older than what we have: everything else comes by itself, in order.
    if (event.seq <= last || event.seq > arrived_) return violated();
    last = event.seq;
    changesOnly = changesOnly && app::targetOf(event.body).has_value();
  }
  if (!saveReceived()) return false;
  auto recorded = conversation_->record(*events, self_);
  if (!recorded) {
    closeWith(recorded.error());
    return false;
  }
  // A text of ours that is in the host's history was never acknowledged, but was said.
  for (app::StoredEvent& sent : recorded->sent) inbox_.post(app::LinkSent{std::move(sent)});
  // Nobody sees these by themselves; what they are about is older.
  if (changesOnly) {
    sendHistoryGet(events->front().seq, app::kHistoryPageEvents);
    return true;
  }
  inbox_.post(app::LinkHistory{std::move(recorded->received), page.complete(), {}});
  return true;
}

}  // namespace earshot::net

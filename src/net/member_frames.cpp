// What a member does with the host's frames.
#include <algorithm>

#include "app/limits.h"
#include "app/log.h"
#include "app/names.h"
#include "net/mail_codec.h"
#include "net/member_client.h"

namespace earshot::net {

using app::Errc;

std::optional<std::size_t> MemberClient::frameLimit(Session&, FrameType type) {
  const bool greeted = isGreeted();
  const bool inRoom = phase_ == Phase::Live || phase_ == Phase::Closing;
  switch (type) {
    case FrameType::Welcome:
      return greeted ? std::nullopt : std::optional(app::kMaxGreetingFrameBytes);
    case FrameType::AuthStep:
    case FrameType::AuthOk:
    case FrameType::AuthFail:
      return phase_ == Phase::Proving ? std::optional(app::kMaxGreetingFrameBytes) : std::nullopt;
    case FrameType::Joined:
      return phase_ == Phase::Joining ? std::optional(app::kMaxGreetingFrameBytes) : std::nullopt;
    case FrameType::Members:
      return phase_ == Phase::Listing ? std::optional(app::kMaxControlFrameBytes) : std::nullopt;
    case FrameType::Events:
    case FrameType::Ack:
    case FrameType::Nack:
      return inRoom ? std::optional(app::kMaxControlFrameBytes) : std::nullopt;
    case FrameType::HistoryPage:
      return inRoom ? std::optional(app::kMaxHistoryFrameBytes) : std::nullopt;
    case FrameType::Typing:
      return inRoom ? std::optional(app::kMaxGreetingFrameBytes) : std::nullopt;
    case FrameType::Ping:
    case FrameType::Pong:
      return 64;
    case FrameType::Error:
    case FrameType::Goodbye:
      return app::kMaxGreetingFrameBytes;
    default:
      return inRoom ? mailNewsLimit(type) : std::nullopt;
  }
}

bool MemberClient::onFrame(Session&, const Frame& received) {
  switch (received.type) {
    case FrameType::Welcome:
      return onWelcome(received);
    case FrameType::AuthStep:
      return onAuthStep(received);
    case FrameType::AuthOk:
      return onAuthOk(received);
    case FrameType::AuthFail:
      return onAuthFail(received);
    case FrameType::Joined:
      return onJoined(received);
    case FrameType::Members:
      return onMembers(received);
    case FrameType::Events:
      return onEvents(received);
    case FrameType::HistoryPage:
      return onHistoryPage(received);
    case FrameType::Typing:
      return onTyping(received);
    case FrameType::Ack:
      return onAck(received);
    case FrameType::Nack:
      return onNack(received);
    case FrameType::Error:
      return onError(received);
    case FrameType::Goodbye:
      return onGoodbye(received);
    case FrameType::Ping: {
      wire::Ping ping;
      if (!parse(received.body, ping)) return violated();
      wire::Pong pong;
      pong.set_token(ping.token());
      session_->send(frame(FrameType::Pong, pong));
      return true;
    }
    case FrameType::Pong:
      return true;
    default:
      return onMail(received);
  }
}

bool MemberClient::violated() {
  closeWith({isGreeted() ? Errc::ProtocolViolation : Errc::NotEarshot, address_});
  return false;
}

bool MemberClient::onWelcome(const Frame& received) {
  wire::Welcome welcome;
  if (!parse(received.body, welcome)) return violated();
  const auto room = app::RoomId::fromView(welcome.room_id());
  const auto epoch = app::Epoch::fromView(welcome.epoch());
  const auto name = app::normalizeRoomName(welcome.room_name());
  if (!room || !epoch || !name) return violated();
  app::log::debug("member: the host has " + welcome.program().substr(0, app::kMaxProgramBytes));
  room_ = *room;
  epoch_ = *epoch;
  roomName_ = *name;
  return judge(welcome.door());
}

bool MemberClient::onJoined(const Frame& received) {
  wire::Joined joined;
  if (!parse(received.body, joined)) return violated();
  const bool plausible = joined.snapshot_seq() <= app::kMaxSeq && joined.first_seq() >= 1 &&
                         joined.first_seq() <= joined.snapshot_seq() + 1 && joined.oldest_seq() <= joined.first_seq();
  if (!plausible || (joined.resumed() && joined.first_seq() != app::toNumber(lastSeen_.seq) + 1)) return violated();
  if (joined.roster_known() && !wasLive_) return violated();
  const auto name = app::normalizeName(joined.name());
  if (!name) return violated();
  selfName_ = *name;
  topic_ = displayText(joined.topic(), 4 * app::kMaxTopicCodePoints);
  snapshotSeq_ = app::Seq{joined.snapshot_seq()};
  firstSeq_ = app::Seq{joined.first_seq()};
  oldestSeq_ = app::Seq{joined.oldest_seq()};
  arrived_ = app::Seq{joined.first_seq() - 1};
  phase_ = Phase::Listing;
  members_.clear();

  if (!conversation_) {
    auto conversation = app::Conversation::open(options_.conversations, room_);
    if (!conversation) {
      closeWith(conversation.error());
      return false;
    }
    conversation_ = std::move(*conversation);
  }
  app::ConversationInfo info;
  info.room = room_;
  info.roomName = roomName_;
  info.address = address_;
  info.selfName = selfName_;
  info.self = self_;
  info.hostedHere = options_.hostedHere;
  info.lastActivity = clock_();
  // A host that does not know what we have seen numbers anew, under the same epoch.
  const bool anew = lastSeen_.seq != app::Seq{} && !joined.resumed();
  auto saved = conversation_->admitted(epoch_, info, anew);
  if (saved) saved = rememberHost();
  if (!saved) {
    closeWith(saved.error());
    return false;
  }
  if (joined.roster_known()) goLive();
  return phase_ != Phase::Closed;
}

bool MemberClient::onMembers(const Frame& received) {
  wire::Members page;
  if (!parse(received.body, page)) return violated();
  for (const auto& listed : page.members()) {
    auto member = fromWire(listed);
    if (!member || members_.size() >= app::kMaxMembers) return violated();
    members_.push_back(std::move(*member));
  }
  if (page.last()) {
    roster_ = app::Roster(std::exchange(members_, {}));
    goLive();
  }
  return phase_ != Phase::Closed;
}

void MemberClient::goLive() {
  if (admissionDeadline_) loop_.cancel(*admissionDeadline_);
  admissionDeadline_.reset();
  phase_ = Phase::Live;
  retries_.reset();
  lostAt_.reset();
  roomClosed_ = false;
  app::LinkAdmitted admitted;
  admitted.room = room_;
  admitted.epoch = epoch_;
  admitted.roomName = roomName_;
  admitted.topic = topic_;
  admitted.address = address_;
  admitted.self = self_;
  admitted.selfName = selfName_;
  admitted.members = roster_.members();
  admitted.conversation = conversation_->path();
  admitted.hostKey = hostKey_;
  admitted.proof = proof_;
  admitted.again = std::exchange(wasLive_, true);
  admitted.snapshot = conversation_->positionOf(snapshotSeq_);
  admitted.hasOlder = firstSeq_ > oldestSeq_ && conversation_->firstSeq().value_or(firstSeq_) > oldestSeq_;
  inbox_.post(std::move(admitted));
  admittedBy_ = hostKey_;
  // What let us in has done its work; coming back, our key is enough.
  options_.joinCode.clear();
  options_.invite.reset();
  options_.room = room_;
  sendOutbox();
  if (phase_ != Phase::Live) return;
  if (auto ready = private_->admitted(selfName_); !ready) return closeWith(ready.error());
  planPing();
}

// --- in the room -------------------------------------------------------------------------------

bool MemberClient::onEvents(const Frame& received) {
  wire::Events message;
  if (!parse(received.body, message)) return violated();
  auto events = eventsFromWire(message.events(), app::kMaxEventsOfAFrame);
  if (!events) return violated();
  return std::all_of(events->begin(), events->end(), [this](app::Event& event) { return onEvent(std::move(event)); });
}

bool MemberClient::onEvent(app::Event event) {
  if (event.seq <= arrived_) return violated();
  if (event.seq != next(arrived_) && gapAccepted_ != arrived_) {
    // Asked for once more; if it is still missing then, the host does not have it.
    app::log::warn("member: events are missing after " + std::to_string(app::toNumber(arrived_)));
    gapAccepted_ = arrived_;
    closeWith({Errc::ConnectionLost, address_});
    return false;
  }
  if (!keepRoster(event)) return violated();
  arrived_ = event.seq;
  received_.push_back(std::move(event));
  return true;
}

/// False when a room would hold more people than any may.
bool MemberClient::keepRoster(const app::Event& event) {
  if (event.seq <= snapshotSeq_) return true;
  roster_.apply(event);
  return roster_.size() <= app::kMaxMembers;
}

void MemberClient::tellTyping() {
  const auto now = NetLoop::now();
  if (phase_ != Phase::Live || roster_.size() > app::kTypingRoom) return;
  if (toldTyping_ && now < *toldTyping_ + app::kTypingInterval) return;
  toldTyping_ = now;
  session_->send(frame(FrameType::Typing, wire::Typing{}));
}

bool MemberClient::onTyping(const Frame& received) {
  wire::Typing message;
  if (!parse(received.body, message)) return violated();
  app::LinkTyping typing;
  for (const std::string& bytes : message.who()) {
    const auto who = app::MemberId::fromView(bytes);
    if (!who) return violated();
    if (*who != self_) typing.who.push_back(*who);
  }
  // What they said before came first and must be told first, too.
  if (typing.who.empty()) return true;
  if (!saveReceived()) return false;
  inbox_.post(std::move(typing));
  return true;
}

bool MemberClient::saveReceived() {
  if (received_.empty()) return true;
  const auto events = std::exchange(received_, {});
  for (const app::Event& event : events) {
    const auto* renamed = std::get_if<app::MemberRenamed>(&event.body);
    if (renamed != nullptr && event.actor == self_ && event.seq > snapshotSeq_) selfName_ = renamed->newName;
  }
  auto recorded = conversation_->record(events, self_);
  if (!recorded) {
    closeWith(recorded.error());
    return false;
  }
  report(std::move(recorded->received), recorded->sent);
  return true;
}

bool MemberClient::onAck(const Frame& received) {
  wire::Ack ack;
  const bool parsed = parse(received.body, ack);
  const auto id = app::RequestId::fromView(ack.request_id());
  if (!parsed || !id || ack.seq() > app::kMaxSeq) return violated();
  const app::UtcMillis time{std::chrono::milliseconds{ack.time_ms()}};
  asked_.erase(*id);
  onTheirWay_.erase(*id);
  if (private_ && private_->onAck(*id, time)) return true;
  // The events of the same tick came first; they must be saved first, too.
  if (!saveReceived()) return false;
  if (app::Seq{ack.seq()} > arrived_) {
    // We are still catching up. Saved now, it would look as if we had all that is before it; its event
    // comes in its turn.
    const auto waiting = conversation_->isWaiting(*id);
    if (!waiting) {
      closeWith(waiting.error());
      return false;
    }
    if (*waiting) return true;
  }
  auto stored = conversation_->acknowledge(*id, app::Seq{ack.seq()}, time, self_, selfName_);
  if (!stored) {
    closeWith(stored.error());
    return false;
  }
  if (*stored) {
    inbox_.post(app::LinkSent{std::move(**stored)});
  } else {
    inbox_.post(app::LinkDone{*id});
  }
  return true;
}

bool MemberClient::onNack(const Frame& received) {
  wire::Nack nack;
  const bool parsed = parse(received.body, nack);
  const auto id = app::RequestId::fromView(nack.request_id());
  if (!parsed || !id) return violated();
  asked_.erase(*id);
  onTheirWay_.erase(*id);
  const Errc code = fromWire(nack.code());
  const std::chrono::milliseconds retry{nack.retry_ms()};
  if (private_ && private_->onNack(*id, code, retry)) return true;
  if (!saveReceived()) return false;
  const auto isText = conversation_->isWaiting(*id);
  const bool forNow = retry > retry.zero() && isText && *isText;
  if (forNow) {
    holdTexts(code, retry);
    refusedForNow_.insert(*id);
  } else if (retry == retry.zero()) {
    // For good: it would be refused every time.
    if (auto discarded = conversation_->discard(*id); !discarded) app::log::warn("outbox row could not be removed");
  }
  app::Error why{code, displayText(nack.detail(), app::kMaxNameBytes)};
  if (code == Errc::TooFast) why.detail = forNow ? "" : secondsOf(nack.retry_ms());
  inbox_.post(app::LinkRefused{*id, std::move(why), forNow});
  return true;
}

bool MemberClient::onError(const Frame& received) {
  wire::Error error;
  if (!parse(received.body, error)) return violated();
  const Errc code = !isGreeted() && error.code() != wire::CODE_VERSION ? Errc::NotEarshot : fromWire(error.code());
  closeWith(
      {code, code == Errc::TooFast ? secondsOf(error.retry_ms()) : displayText(error.detail(), app::kMaxNameBytes)});
  return false;
}

bool MemberClient::onGoodbye(const Frame& received) {
  wire::Goodbye goodbye;
  if (!parse(received.body, goodbye)) return violated();
  switch (fromWire(goodbye.reason())) {
    case app::LeaveReason::Replaced:
      closeWith({Errc::Replaced, {}});
      break;
    case app::LeaveReason::TooSlow:
      closeWith({Errc::TooSlow, {}});
      break;
    case app::LeaveReason::Left:
      closeWith({Errc::Cancelled, {}});
      break;
    default:
      closeWith({Errc::HostClosed, {}});
  }
  return false;
}

}  // namespace earshot::net

#include "net/host_batch.h"

#include <algorithm>

namespace earshot::net {

using app::Event;

namespace {

/// What the member is told to wait before it asks again after the host's disk failed.
constexpr auto kStorageRetry = std::chrono::seconds{2};

bool isStorageError(app::Errc code) {
  using app::Errc;
  return code == Errc::StorageFull || code == Errc::StorageReadOnly || code == Errc::StorageFailed ||
         code == Errc::StorageCorrupt || code == Errc::StorageGone || code == Errc::NotFound;
}

Outcome::Refused tooFast(std::chrono::milliseconds wait) {
  return {{app::Errc::TooFast, {}}, wait};
}

void apply(app::Subject& subject, const Event& event, const app::MemberId& from, const app::React* react) {
  if (const auto* edited = std::get_if<app::TextEdited>(&event.body)) {
    subject.text->text = edited->text;
  } else if (std::holds_alternative<app::TextDeleted>(event.body)) {
    subject.text->deleted = true;
  } else if (const auto* reacted = std::get_if<app::Reacted>(&event.body)) {
    if (react != nullptr && event.actor == from && reacted->emoji == react->emoji) subject.reacted = reacted->on;
  }
}

}  // namespace

Outcome::Refused refusalFor(app::Error error) {
  if (!isStorageError(error.code)) return {std::move(error)};
  error.detail.clear();  // a path of this computer is nobody's business
  return {std::move(error), kStorageRetry};
}

void HostBatch::decide(const std::vector<PendingRequest>& requests, app::UtcMillis now, app::FloodGuard::Time steady) {
  steady_ = steady;
  outcomes_.reserve(requests.size());
  events_.reserve(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) outcomes_.push_back({i, decideOne(requests[i], now)});
}

app::Result<const Event*> HostBatch::take(const app::MemberId& from, const app::Request& request, app::UtcMillis now) {
  const auto subject = subjectOf(from, request.command);
  if (!subject) return subject.error();
  auto proposed = room_.decide(from, request, now, *subject);
  if (!proposed) return proposed.error();
  if (!*proposed) return static_cast<const Event*>(nullptr);
  Event& event = events_.emplace_back(*std::move(*proposed));
  room_.apply(event);
  if (std::holds_alternative<app::TextPosted>(event.body)) greatestId_ = std::max(greatestId_, request.id);
  return &event;
}

app::Result<app::Subject> HostBatch::subjectOf(const app::MemberId& from, const app::Command& command) {
  auto target = app::targetOf(command);
  if (const auto* text = std::get_if<app::SendText>(&command); text != nullptr && app::toNumber(text->replyTo) != 0) {
    target = text->replyTo;
  }
  if (!target) return app::Subject{};
  const auto* react = std::get_if<app::React>(&command);
  auto subject = log_.subjectOf(*target, from, react != nullptr ? react->emoji : std::string{});
  if (!subject) return subject.error();
  for (const Event& event : events_) {
    if (subject->text && app::targetOf(event.body) == target) apply(*subject, event, from, react);
  }
  return subject;
}

app::Result<std::optional<Event>> HostBatch::earlier(const app::MemberId& sender, const app::RequestId& id) {
  const Event* text = textOfThisBatch(sender, id);
  return text != nullptr ? std::optional<Event>{*text} : log_.findText(sender, id);
}

/// The ids of one sender rise, and those of all nearly do, so that hardly ever has one to look.
const Event* HostBatch::textOfThisBatch(const app::MemberId& sender, const app::RequestId& id) {
  if (id > greatestId_) return nullptr;
  for (; indexed_ < events_.size(); ++indexed_) {
    const auto* text = std::get_if<app::TextPosted>(&events_[indexed_].body);
    if (text != nullptr) textsOfThisBatch_.emplace(text->id, indexed_);
  }
  const auto [first, last] = textsOfThisBatch_.equal_range(id);
  const auto found = std::find_if(first, last, [&](const auto& text) { return events_[text.second].actor == sender; });
  return found == last ? nullptr : &events_[found->second];
}

decltype(Outcome::what) HostBatch::join(const PendingRequest& pending, const app::Join& join, app::UtcMillis now) {
  // Whoever has proven that they may come in need not do it again, also when the name is taken.
  const auto admitted = access_.admit(pending.member, pending.proof, now);
  if (!admitted) return refusalFor(admitted.error());
  // Before it is known by its key, which would let it pass the next time.
  const bool isNew = room_.find(pending.member) == nullptr && !access_.isKnown(pending.member);
  if (isNew) {
    const auto wait = flood_.wait(app::FloodKind::Joins, pending.member, pending.source, steady_);
    if (wait > wait.zero()) return tooFast(wait);
  }
  if (*admitted) {
    access_.apply(**admitted);
    accessChanges_.push_back(**admitted);
  }
  if (room_.find(pending.member) != nullptr) {
    // The same member on a new connection: it takes its own place, and that is no event.
    auto renamed = take(pending.member, {pending.request.id, app::Rename{join.name}}, now);
    if (!renamed) return refusalFor(renamed.error());
    return Outcome::Admitted{app::Seq{}, room_.find(pending.member)->name};
  }
  auto joined = take(pending.member, pending.request, now);
  if (!joined) return refusalFor(joined.error());
  if (isNew) (void)flood_.take(app::FloodKind::Joins, pending.member, pending.source, steady_);
  return Outcome::Admitted{(*joined)->seq, (*joined)->actorName};
}

decltype(Outcome::what) HostBatch::accept(const PendingRequest& pending, app::UtcMillis now) {
  auto done = take(pending.member, pending.request, now);
  if (!done) return refusalFor(done.error());
  return *done ? Outcome::Accepted{(*done)->seq, (*done)->time, false} : Outcome::Accepted{};
}

Outcome::Refused HostBatch::tooManyTexts(const PendingRequest& pending) {
  const auto refusal = flood_.refuseText(pending.member, pending.source, steady_);
  auto refused = tooFast(refusal.wait);
  refused.endsConnection = refusal.isTheEnd;
  return refused;
}

decltype(Outcome::what) HostBatch::newText(const PendingRequest& pending, app::UtcMillis now) {
  auto known = earlier(pending.member, pending.request.id);
  if (!known) return refusalFor(known.error());
  if (*known) return Outcome::Accepted{(*known)->seq, (*known)->time, true};
  const auto wait = flood_.take(app::FloodKind::Texts, pending.member, pending.source, steady_);
  if (wait > wait.zero()) return tooManyTexts(pending);
  return accept(pending, now);
}

decltype(Outcome::what) HostBatch::text(const PendingRequest& pending, bool isAnew, app::UtcMillis now) {
  if (const auto wait = flood_.muted(pending.member, steady_); wait > wait.zero()) {
    return held_.insert_or_assign(pending.member, tooFast(wait)).first->second;
  }
  if (isAnew) held_.erase(pending.member);
  if (const auto held = held_.find(pending.member); held != held_.end()) {
    if (held->second.error.code == app::Errc::TooFast) return tooManyTexts(pending);
    return held->second;
  }
  auto outcome = newText(pending, now);
  const auto* refused = std::get_if<Outcome::Refused>(&outcome);
  if (refused != nullptr && refused->isForNow()) held_.insert_or_assign(pending.member, *refused);
  return outcome;
}

decltype(Outcome::what) HostBatch::decideOne(const PendingRequest& pending, app::UtcMillis now) {
  const auto& command = pending.request.command;
  if (const auto* asked = std::get_if<app::Join>(&command)) return join(pending, *asked, now);
  if (const auto* leave = std::get_if<app::Leave>(&command)) {
    auto left = take(pending.member, pending.request, now);
    if (!left) return refusalFor(left.error());
    return Outcome::Left{leave->reason, (*left)->actorName};
  }
  if (const auto* send = std::get_if<app::SendText>(&command)) return text(pending, send->anew, now);
  const bool isRename = std::holds_alternative<app::Rename>(command);
  const auto wait = flood_.take(isRename ? app::FloodKind::Renames : app::FloodKind::Changes, pending.member,
                                pending.source, steady_);
  if (wait > wait.zero()) return tooFast(wait);
  return accept(pending, now);
}

}  // namespace earshot::net

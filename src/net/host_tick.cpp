// The end of a tick of the host: decide, commit, then tell.
#include <algorithm>
#include <iterator>

#include "app/error_text.h"
#include "app/guess_throttle.h"
#include "app/limits.h"
#include "app/log.h"
#include "net/host_server.h"

namespace earshot::net {
namespace {

using namespace std::chrono_literals;
using app::ConnectionKind;
using app::Error;

constexpr auto kStorageRetry = 1s;
constexpr std::size_t kUsualRequests = 64;

}  // namespace

bool HostServer::gathersOn() {
  const auto now = NetLoop::now();
  pace_.roundEnds(now);
  if (pending_.empty()) return false;
  const auto left = pace_.left(now, loop_.busyShare());
  if (left == left.zero()) return false;
  loop_.rest(std::min(left, FlushPace::kRest));
  return true;
}

void HostServer::tickEnd() {
  passTypingOn();  // before what was written
  if (stopping_ || !gathersOn()) decidePending();
  private_.tickEnd();
  loop_.readClock();  // letters were saved as well
  writeAll();
  for (HostConnection* connection : toFlush_) {
    connection->flushPlanned = false;
    Session& session = connection->session();
    session.settle();
    const bool behind = !connection->live || !connection->historyAsked.empty();
    if (behind && session.queuedBytes() < app::kRefillQueuedBytes) {
      loop_.post([this, id = connection->id()] {
        if (HostConnection* lagging = find(id)) refill(*lagging);
      });
    }
    private_.drained(*connection);
  }
  toFlush_.clear();
  checkpoint();
}

/// Most of what a host does, and each connection's is its own: helpers halve what the last of many waits for. But each
/// of them makes the others slower, so that a host with much to do does the most alone.
void HostServer::writeAll() {
  const auto write = [this](std::size_t i) { toFlush_[i]->session().write(); };
  if (pace_.favoursHaste(loop_.busyShare())) return crew_.run(toFlush_.size(), write);
  for (std::size_t i = 0; i < toFlush_.size(); ++i) write(i);
}

/// Once everybody has what was said.
void HostServer::checkpoint() {
  const auto before = NetLoop::now();
  log_->checkpointIfDue();
  loop_.noteWait(before, NetLoop::now());
}

void HostServer::decidePending() {
  if (pending_.empty() && records_.empty()) return;
  pace_.decided(NetLoop::now(), pending_.size());
  auto requests = std::exchange(pending_, {});
  pending_.reserve(std::min(requests.size(), kUsualRequests));  // who has much to do has as much the next time
  std::erase_if(requests, [this](const PendingRequest& pending) {
    // Whoever hung up before the tick was over has not joined; and a farewell that had to wait for
    // the disk is void when the member is back by then.
    if (std::holds_alternative<app::Join>(pending.request.command)) return find(pending.connection) == nullptr;
    if (!std::holds_alternative<app::Leave>(pending.request.command)) return false;
    const auto current = connectionOf_.find(pending.member);
    return current != connectionOf_.end() && current->second != pending.connection;
  });
  HostBatch batch(room_, access_, *log_, heldTexts_, flood_);
  {
    const auto reading = log_->readTogether();
    batch.decide(requests, clock_(), NetLoop::now());
  }
  const std::size_t happened = records_.size();
  for (const Outcome& outcome : batch.outcomes()) {
    HostConnection* connection = find(requests[outcome.index].connection);
    if (const auto* left = std::get_if<Outcome::Left>(&outcome.what)) {
      records_.push_back({clock_(), ConnectionKind::Left, left->name, connection ? connection->address() : "",
                          left->reason == app::LeaveReason::Left ? "" : app::describe(left->reason)});
    } else if (const auto* admitted = std::get_if<Outcome::Admitted>(&outcome.what)) {
      if (connection == nullptr) continue;
      connection->name = admitted->name;
      note(ConnectionKind::Joined, *connection);
    }
  }
  for (const app::Event& event : batch.events()) {
    const auto* renamed = std::get_if<app::MemberRenamed>(&event.body);
    const auto who = connectionOf_.find(event.actor);
    if (renamed == nullptr || who == connectionOf_.end()) continue;
    if (HostConnection* connection = find(who->second)) connection->name = renamed->newName;
  }
  const auto before = NetLoop::now();
  const auto committed = log_->commit(batch.events(), records_, batch.accessChanges());
  loop_.noteWait(before, NetLoop::now());
  if (!committed) {
    noteSaving(DiskTrouble::Part::Log, committed.error());
    rejectAll(requests, happened, committed.error());
    return;
  }
  if (!batch.events().empty() || !records_.empty()) noteSaving(DiskTrouble::Part::Log, std::nullopt);
  publishRecords();
  deliver(batch, requests);
}

void HostServer::noteSaving(DiskTrouble::Part part, std::optional<Error> failed) {
  trouble_.note(part, std::move(failed));
  if (trouble_.isIn(part)) retrySavingLater();
}

void HostServer::retrySavingLater() {
  if (std::exchange(savingRetryPlanned_, true)) return;
  loop_.after(kStorageRetry, [this] {
    savingRetryPlanned_ = false;
    if (!stopping_) retrySaving();
  });
}

/// The tick that ends after this writes down what waited. Where nothing did, whether the disk is well again shows
/// before somebody says something.
void HostServer::retrySaving() {
  using enum DiskTrouble::Part;
  trouble_.release(pending_, records_);
  const auto failure = [](const app::Status& status) {
    return status.ok() ? std::nullopt : std::optional(status.error());
  };
  if (trouble_.isIn(Log) && pending_.empty() && records_.empty()) noteSaving(Log, failure(log_->trySaving()));
  if (trouble_.isIn(Mail)) noteSaving(Mail, failure(private_.trySaving()));
  // Perhaps nothing of what waited has to be written any more.
  if (trouble_.isIn(Log)) retrySavingLater();
}

void HostServer::publishRecords() {
  for (auto& record : records_) inbox_.post(app::HostConnection{std::move(record)});
  records_.clear();
}

void HostServer::rejectAll(const std::vector<PendingRequest>& requests, std::size_t happened, const Error& error) {
  // No phantom join or rename: the room is again what the log says it is.
  records_.resize(happened);
  trouble_.hold(std::exchange(records_, {}));
  auto state = log_->loadState();
  if (!state) return fail(state.error());
  state->owner = owner_;
  room_ = app::Room(std::move(*state));
  listing_.changed();
  auto access = log_->loadAccess();
  if (!access) return fail(access.error());
  access_ = app::RoomAccess(*access, owner_);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (std::holds_alternative<app::Leave>(requests[i].request.command)) {
      trouble_.hold(requests[i]);
    } else {
      const auto refused = refusalFor(error);
      const bool isText = std::holds_alternative<app::SendText>(requests[i].request.command);
      if (isText && refused.isForNow()) heldTexts_.insert_or_assign(requests[i].member, refused);
      tell(requests[i], {i, refused});
    }
  }
}

void HostServer::deliver(const HostBatch& batch, const std::vector<PendingRequest>& requests) {
  const auto touchesRoster = [](const app::Event& event) { return app::Roster::isTouchedBy(event); };
  if (std::any_of(batch.events().begin(), batch.events().end(), touchesRoster)) listing_.changed();
  if (!batch.events().empty()) broadcast(eventsFrames(batch.events()), batch.events().back().seq);
  std::span<const Outcome> untold = batch.outcomes();
  while (!untold.empty()) {
    const std::size_t told = acknowledge(untold, requests);
    if (told == 0) tell(requests[untold.front().index], untold.front());
    untold = untold.subspan(std::max<std::size_t>(told, 1));
  }
}

/// What was accepted of one connection in a row is one piece to send.
std::size_t HostServer::acknowledge(std::span<const Outcome> outcomes, const std::vector<PendingRequest>& requests) {
  const auto id = requests[outcomes.front().index].connection;
  if (id == kOwnRequest) return 0;
  const auto last = std::find_if_not(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) {
    return requests[outcome.index].connection == id && std::holds_alternative<Outcome::Accepted>(outcome.what);
  });
  const auto count = static_cast<std::size_t>(last - outcomes.begin());
  HostConnection* connection = find(id);
  if (count == 0 || connection == nullptr || !connection->session().isOpen()) return count;
  auto frames = std::make_shared<Bytes>();
  wire::Ack ack;
  for (const Outcome& outcome : outcomes.first(count)) {
    const auto& accepted = std::get<Outcome::Accepted>(outcome.what);
    ack.mutable_request_id()->assign(requests[outcome.index].request.id.view());
    ack.set_seq(app::toNumber(accepted.seq));
    ack.set_time_ms(accepted.time.time_since_epoch().count());
    ack.set_duplicate(accepted.duplicate);
    appendFrame(*frames, FrameType::Ack, ack);
  }
  connection->session().send(std::move(frames));
  onQueued(*connection);
  return count;
}

void HostServer::broadcast(const SharedBytes& frames, app::Seq last) {
  for (const auto& [id, connection] : connections_) {
    if (connection->phase() != HostConnection::Phase::Member || !connection->live) continue;
    const auto bound = isCrowded() ? app::kRefillQueuedBytes : app::kMaxQueuedBytes;
    if (connection->session().queuedBytes() > bound) {
      connection->live = false;  // it is served from the log from now on, see catchUp
      continue;
    }
    connection->session().send(frames);
    connection->sentUpTo = last;
    onQueued(*connection);
  }
}

void HostServer::tell(const PendingRequest& request, const Outcome& outcome) {
  const auto* removed = std::get_if<app::DeleteText>(&request.request.command);
  if (removed != nullptr && request.connection == kOwnRequest) {
    const auto* refused = std::get_if<Outcome::Refused>(&outcome.what);
    return inbox_.post(app::HostDeleted{removed->target, refused ? std::optional(refused->error) : std::nullopt});
  }
  HostConnection* connection = find(request.connection);
  if (connection == nullptr || !connection->session().isOpen()) return;
  if (const auto* admitted = std::get_if<Outcome::Admitted>(&outcome.what)) return admit(*connection, *admitted);
  if (std::holds_alternative<Outcome::Left>(outcome.what)) {
    const auto current = connectionOf_.find(request.member);
    if (current != connectionOf_.end() && current->second == connection->id()) connectionOf_.erase(current);
    if (!connection->session().isFinishing()) connection->sayGoodbye(app::LeaveReason::Left);
    return;
  }
  refuse(*connection, request, std::get<Outcome::Refused>(outcome.what));
}

void HostServer::refuse(HostConnection& connection, const PendingRequest& request, const Outcome::Refused& refused) {
  if (std::holds_alternative<app::Join>(request.request.command))
    return connection.refuse(refused.error, refused.retry);
  if (refused.endsConnection && !connection.session().isFinishing()) {
    lost(connection);
    connection.farewell = "wrote too much and did not stop";
    connection.refuse(refused.error, refused.retry);
    return onQueued(connection);
  }
  wire::Nack nack;
  nack.set_request_id(std::string(request.request.id.view()));
  nack.set_code(toWire(refused.error.code));
  nack.set_retry_ms(static_cast<std::uint32_t>(refused.retry.count()));
  nack.set_detail(refused.error.detail);
  connection.session().send(frame(FrameType::Nack, nack));
  onQueued(connection);
}

void HostServer::admit(HostConnection& connection, const Outcome::Admitted& admitted) {
  if (const auto before = connectionOf_.find(connection.memberId()); before != connectionOf_.end()) {
    HostConnection* old = find(before->second);
    connectionOf_.erase(before);
    if (old != nullptr && old != &connection) old->sayGoodbye(app::LeaveReason::Replaced);
  }
  connectionOf_[connection.memberId()] = connection.id();
  away_.erase(connection.memberId());
  heldTexts_.erase(connection.memberId());
  flood_.cameIn(connection.memberId());
  connection.admit();
  gate_.noteKnown(app::guessSource(connection.address()));

  const auto beginning = beginningFor(connection, admitted.joinedAs);
  if (!beginning) return fail(beginning.error());
  wire::Joined joined;
  joined.set_name(admitted.name);
  joined.set_snapshot_seq(app::toNumber(room_.lastSeq()));
  joined.set_topic(room_.topic());
  joined.set_member_count(static_cast<std::uint32_t>(room_.roster().size()));
  joined.set_first_seq(app::toNumber(next(beginning->after)));
  joined.set_resumed(beginning->resumed);
  joined.set_oldest_seq(app::toNumber(next(beginning->oldestAfter)));
  const bool knowsAll = connection.rosterKnown && listing_.isKnownAs(*connection.rosterKnown, room_.roster());
  joined.set_roster_known(knowsAll);
  connection.session().send(frame(FrameType::Joined, joined));
  if (!knowsAll) connection.session().send(listing_.frames(room_.roster()));
  connection.oldestSeen = next(beginning->oldestAfter);
  connection.sentUpTo = beginning->after;
  connection.live = false;
  catchUp(connection);
  onQueued(connection);
  private_.admitted(connection);
}

app::Result<HostServer::Beginning> HostServer::beginningFor(const HostConnection& connection, app::Seq joinedAs) {
  const auto& allowed = log_->settings().history;
  Beginning beginning;
  // Its own arrival, at least; who only changed the connection was there for all of it.
  const app::Seq arrival = joinedAs == app::Seq{} ? room_.lastSeq() : app::Seq{app::toNumber(joinedAs) - 1};
  if (allowed) {
    auto oldest = log_->beforeLastTexts(*allowed, app::kMaxHistoryEvents);
    if (!oldest) return oldest.error();
    beginning.oldestAfter = std::min(*oldest, arrival);
  }
  const auto seen = seenBy(connection);
  if (!seen) return seen.error();
  if (*seen) {
    beginning.resumed = true;
    beginning.after = **seen;
    beginning.oldestAfter = std::min(beginning.oldestAfter, **seen);
    return beginning;
  }
  const auto texts = std::min<std::size_t>(allowed.value_or(app::kHistoryAtOnce), app::kHistoryAtOnce);
  const auto after = log_->beforeLastTexts(texts, app::kHistoryEventsAtOnce);
  if (!after) return after.error();
  beginning.after = std::min(*after, arrival);
  return beginning;
}

app::Result<std::optional<app::Seq>> HostServer::seenBy(const HostConnection& connection) {
  using Seen = std::optional<app::Seq>;
  const auto& seen = connection.lastSeen;
  if (!seen || seen->epoch != log_->identity().epoch) return Seen{};
  const auto event = log_->eventAt(seen->seq);
  if (!event) return event.error();
  if (!*event || (*event)->time != seen->time || (*event)->actor != seen->actor) return Seen{};
  return Seen{seen->seq};
}

void HostServer::refill(HostConnection& connection) {
  catchUp(connection);
  answerHistory(connection);
}

void HostServer::answerHistory(HostConnection& connection) {
  if (connection.phase() != HostConnection::Phase::Member) return;
  if (connection.historyPlanned) return;
  while (!connection.historyAsked.empty() && connection.session().queuedBytes() < app::kRefillQueuedBytes) {
    const auto wait = flood_.take(app::FloodKind::History, connection.memberId(), connection.source(), NetLoop::now());
    if (wait > wait.zero()) return answerHistoryLater(connection, wait);
    const auto [before, limit] = connection.historyAsked.front();
    connection.historyAsked.erase(connection.historyAsked.begin());
    const app::Seq after{app::toNumber(connection.oldestSeen) - 1};
    auto page = log_->eventsBefore(before, after, limit, app::kHistoryPageBytes);
    if (!page) return app::log::warn("host: older messages could not be read: " + app::codeName(page.error().code));
    const bool complete = page->empty() || page->front().seq <= connection.oldestSeen;
    connection.session().send(historyFrame(*page, complete));
    onQueued(connection);
  }
}

void HostServer::answerHistoryLater(HostConnection& connection, std::chrono::milliseconds wait) {
  connection.historyPlanned = true;
  loop_.after(wait, [this, id = connection.id()] {
    HostConnection* patient = find(id);
    if (patient == nullptr) return;
    patient->historyPlanned = false;
    answerHistory(*patient);
  });
}

void HostServer::catchUp(HostConnection& connection) {
  if (connection.live || connection.phase() != HostConnection::Phase::Member) return;
  if (connection.sentUpTo == room_.lastSeq()) {
    connection.live = true;
    return;
  }
  if (isCrowded() && connection.session().queuedBytes() > 0) return;  // called again when it has taken that
  const auto pageBytes = isCrowded() ? app::kCrowdedPageBytes : app::kCatchUpPageBytes;
  auto page = log_->eventsAfter(connection.sentUpTo, app::kCatchUpPageEvents, pageBytes);
  if (!page) return fail(page.error());
  if (page->empty()) {
    connection.live = true;
    return;
  }
  connection.sentUpTo = page->back().seq;
  connection.live = connection.sentUpTo == room_.lastSeq();
  connection.session().send(eventsFrames(*page));
  onQueued(connection);
}

}  // namespace earshot::net

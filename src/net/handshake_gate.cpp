#include "net/handshake_gate.h"

#include <algorithm>

#include "app/limits.h"

namespace earshot::net {

bool HandshakeGate::isYoung(const Waiting& waiting, NetLoop::Time now) const {
  return now - waiting.since < app::kHandshakeYouth;
}

bool HandshakeGate::isFull(NetLoop::Time now) const {
  return waiting_.size() >= app::kMaxHandshakes && isYoung(waiting_.front(), now);
}

std::optional<HandshakeGate::Id> HandshakeGate::arrived(Id id, const std::string& source, bool exempt,
                                                        NetLoop::Time now) {
  const bool known = exempt || known_.contains(source);
  std::optional<Id> evicted;
  const auto evict = [&](const auto& fits) {
    const auto found = std::find_if(waiting_.begin(), waiting_.end(), fits);
    if (found != waiting_.end()) evicted = found->id;
  };
  if (!exempt && perSource_[source] >= app::kMaxHandshakesPerAddress) {
    // Of many that begin at the same moment behind one address (a class, a terminal server) each is done
    // in a few milliseconds; only those that linger are in the way.
    evict([&](const Waiting& waiting) { return waiting.source == source && !isYoung(waiting, now); });
  }
  if (!evicted && !known && strangers_ >= app::kMaxHandshakes - app::kHandshakesForKnown) {
    evict([](const Waiting& waiting) { return !waiting.known; });
  }
  if (!evicted && waiting_.size() >= app::kMaxHandshakes) {
    evict([](const Waiting& waiting) { return !waiting.known; });
    if (!evicted) evicted = waiting_.front().id;
  }
  if (evicted) left(*evicted);
  ++perSource_[source];
  if (!known) ++strangers_;
  places_[id] = waiting_.insert(waiting_.end(), {id, source, known, now});
  return evicted;
}

void HandshakeGate::left(Id id) {
  const auto found = places_.find(id);
  if (found == places_.end()) return;
  const Waiting& waiting = *found->second;
  const auto count = perSource_.find(waiting.source);
  if (--count->second == 0) perSource_.erase(count);
  if (!waiting.known) --strangers_;
  waiting_.erase(found->second);
  places_.erase(found);
}

void HandshakeGate::noteKnown(const std::string& source) {
  // As many as a room has members; beyond that the oldest knowledge is worth no more than a new one's.
  if (known_.size() >= app::kMaxMembers) known_.clear();
  known_.insert(source);
}

}  // namespace earshot::net

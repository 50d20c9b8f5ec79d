#include "net/handshake_gate.h"

#include "app/limits.h"

namespace earshot::net {

bool HandshakeGate::lingers(const Waiting& waiting, NetLoop::Time now) {
  return now - waiting.since >= (waiting.begun ? app::kHandshakeYouth : app::kSilentYouth);
}

/// Of those in silent_ who could linger there, who has begun goes where it belongs.
void HandshakeGate::sortOut(NetLoop::Time now) {
  for (auto it = silent_.begin(); it != silent_.end() && lingers(*it, now);) {
    const auto current = it++;
    current->begun = hasBegun_(current->id);
    if (current->begun) begun_.splice(begun_.end(), silent_, current);
  }
}

bool HandshakeGate::isFull(NetLoop::Time now) {
  if (size() < app::kMaxHandshakes) return false;
  sortOut(now);
  const auto givesWay = [&](const Queue& queue) { return !queue.empty() && lingers(queue.front(), now); };
  return !givesWay(silent_) && !givesWay(begun_);
}

template <class Fits>
std::optional<HandshakeGate::Id> HandshakeGate::oldest(const Fits& fits) const {
  for (const Queue* queue : {&silent_, &begun_}) {
    for (const Waiting& waiting : *queue) {
      if (fits(waiting)) return waiting.id;
    }
  }
  return std::nullopt;
}

std::optional<HandshakeGate::Id> HandshakeGate::arrived(Id id, const std::string& source, bool exempt,
                                                        NetLoop::Time now) {
  const bool known = exempt || known_.contains(source);
  const bool manyOfSource = !exempt && perSource_[source] >= app::kMaxHandshakesPerAddress;
  const bool manyStrangers = !known && strangers_ >= app::kMaxHandshakes - app::kHandshakesForKnown;
  const bool noSlot = size() >= app::kMaxHandshakes;
  if (manyOfSource || manyStrangers || noSlot) sortOut(now);

  std::optional<Id> evicted;
  const auto evict = [&](const auto& fits) {
    if (!evicted) evicted = oldest(fits);
  };
  // Of many that begin at the same moment behind one address (a class, a terminal server) each is done
  // in a few milliseconds; only those that linger are in the way.
  if (manyOfSource) evict([&](const Waiting& each) { return each.source == source && lingers(each, now); });
  if (manyStrangers || noSlot) {
    evict([&](const Waiting& each) { return !each.known && lingers(each, now); });
    if (noSlot) evict([&](const Waiting& each) { return lingers(each, now); });
    evict([](const Waiting& each) { return !each.known; });
  }
  if (noSlot) evict([](const Waiting&) { return true; });
  if (evicted) left(*evicted);
  ++perSource_[source];
  if (!known) ++strangers_;
  places_[id] = silent_.insert(silent_.end(), {id, source, known, now});
  return evicted;
}

void HandshakeGate::left(Id id) {
  const auto found = places_.find(id);
  if (found == places_.end()) return;
  const Waiting& waiting = *found->second;
  const auto count = perSource_.find(waiting.source);
  if (--count->second == 0) perSource_.erase(count);
  if (!waiting.known) --strangers_;
  (waiting.begun ? begun_ : silent_).erase(found->second);
  places_.erase(found);
}

void HandshakeGate::noteKnown(const std::string& source) {
  // As many as a room has members; beyond that the oldest knowledge is worth no more than a new one's.
  if (known_.size() >= app::kMaxMembers) known_.clear();
  known_.insert(source);
}

}  // namespace earshot::net

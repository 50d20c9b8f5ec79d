#include "net/handshake_gate.h"

#include <algorithm>

#include "app/limits.h"
#include "net/socket_api.h"

namespace earshot::net {

std::string addressGroup(std::string_view numericHost) {
  const std::string host(numericHost.substr(0, numericHost.find('%')));
  in6_addr six{};
  if (inet_pton(AF_INET6, host.c_str(), &six) != 1) return host;
  const auto* bytes = reinterpret_cast<const unsigned char*>(&six);
  static constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  char text[INET6_ADDRSTRLEN] = {};
  if (std::equal(std::begin(kMapped), std::end(kMapped), bytes)) {
    inet_ntop(AF_INET, bytes + 12, text, sizeof text);
    return text;
  }
  in6_addr network{};
  std::copy_n(bytes, 8, reinterpret_cast<unsigned char*>(&network));
  inet_ntop(AF_INET6, &network, text, sizeof text);
  return std::string(text) + "/64";
}

bool HandshakeGate::isYoung(const Waiting& waiting, NetLoop::Time now) const {
  return now - waiting.since < app::kHandshakeYouth;
}

bool HandshakeGate::isFull(NetLoop::Time now) const {
  return waiting_.size() >= app::kMaxHandshakes && isYoung(waiting_.front(), now);
}

std::optional<HandshakeGate::Id> HandshakeGate::arrived(Id id, const std::string& group, bool exempt,
                                                        NetLoop::Time now) {
  const bool known = exempt || known_.contains(group);
  std::optional<Id> evicted;
  const auto evict = [&](const auto& fits) {
    const auto found = std::find_if(waiting_.begin(), waiting_.end(), fits);
    if (found != waiting_.end()) evicted = found->id;
  };
  if (!exempt && perGroup_[group] >= app::kMaxHandshakesPerAddress) {
    // Of many that begin at the same moment behind one address (a class, a terminal server) each is done
    // in a few milliseconds; only those that linger are in the way.
    evict([&](const Waiting& waiting) { return waiting.group == group && !isYoung(waiting, now); });
  }
  if (!evicted && !known && strangers_ >= app::kMaxHandshakes - app::kHandshakesForKnown) {
    evict([](const Waiting& waiting) { return !waiting.known; });
  }
  if (!evicted && waiting_.size() >= app::kMaxHandshakes) {
    evict([](const Waiting& waiting) { return !waiting.known; });
    if (!evicted) evicted = waiting_.front().id;
  }
  if (evicted) left(*evicted);
  ++perGroup_[group];
  if (!known) ++strangers_;
  places_[id] = waiting_.insert(waiting_.end(), {id, group, known, now});
  return evicted;
}

void HandshakeGate::left(Id id) {
  const auto found = places_.find(id);
  if (found == places_.end()) return;
  const Waiting& waiting = *found->second;
  const auto count = perGroup_.find(waiting.group);
  if (--count->second == 0) perGroup_.erase(count);
  if (!waiting.known) --strangers_;
  waiting_.erase(found->second);
  places_.erase(found);
}

void HandshakeGate::noteKnown(const std::string& group) {
  // As many as a room has members; beyond that the oldest knowledge is worth no more than a new one's.
  if (known_.size() >= app::kMaxMembers) known_.clear();
  known_.insert(group);
}

}  // namespace earshot::net

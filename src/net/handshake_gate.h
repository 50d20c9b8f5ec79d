#pragma once
// Which connections may still be strangers: those between "accepted" and "secure" cost memory before
// anybody has proven anything, so their number is bounded, for all and for each address. One that says
// nothing is in the way sooner than one that has begun. Pure, with the time handed in; the host's network
// thread.

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "net/net_loop.h"

namespace earshot::net {

class HandshakeGate {
 public:
  using Id = std::uint64_t;

  /// hasBegun: whether this one has sent the beginning of a handshake. Asked rarely, and never of one that left.
  explicit HandshakeGate(std::function<bool(Id)> hasBegun) : hasBegun_(std::move(hasBegun)) {}

  /// True while no slot is free and nobody in one lingers: newcomers wait in the system's queue.
  [[nodiscard]] bool isFull(NetLoop::Time now);

  /// A connection was accepted. Returns the one that has to go for it, if one has to: one of the same address
  /// where that has too many that linger, else one of the addresses that are not known; of these the oldest that
  /// has said nothing, or else the oldest.
  /// source: see guessSource. exempt: this computer itself, which has as many as it likes.
  std::optional<Id> arrived(Id id, const std::string& source, bool exempt, NetLoop::Time now);
  /// It is secure, or gone. Unknown ids are ignored.
  void left(Id id);

  /// Somebody of this address was let in: it keeps some slots from strangers from now on.
  void noteKnown(const std::string& source);
  [[nodiscard]] std::size_t size() const { return places_.size(); }

 private:
  struct Waiting {
    Id id;
    std::string source;
    bool known;
    NetLoop::Time since;
    bool begun = false;
  };
  using Queue = std::list<Waiting>;
  [[nodiscard]] static bool lingers(const Waiting& waiting, NetLoop::Time now);
  void sortOut(NetLoop::Time now);
  template <class Fits>
  [[nodiscard]] std::optional<Id> oldest(const Fits& fits) const;

  std::function<bool(Id)> hasBegun_;
  Queue silent_;  ///< the oldest first; those who have begun a moment ago may still be here
  Queue begun_;   ///< the oldest first
  std::unordered_map<Id, Queue::iterator> places_;
  std::unordered_map<std::string, std::size_t> perSource_;
  std::size_t strangers_ = 0;
  std::unordered_set<std::string> known_;
};

}  // namespace earshot::net

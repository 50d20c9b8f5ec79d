#pragma once
// Which connections may still be strangers: those between "accepted" and "secure" cost memory before
// anybody has proven anything, so their number is bounded, for all and for each address. Pure, with
// the time handed in; the host's network thread.

#include <cstdint>
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

  /// True while no slot is free and nobody in one is old enough to have to give it up: newcomers wait
  /// in the system's queue.
  [[nodiscard]] bool isFull(NetLoop::Time now) const;

  /// A connection was accepted. Returns the one that has to go for it, if one has to: the oldest of the
  /// same address where that has too many, else the oldest of the addresses that are not known.
  /// source: see guessSource. exempt: this computer itself, which has as many as it likes.
  std::optional<Id> arrived(Id id, const std::string& source, bool exempt, NetLoop::Time now);
  /// It is secure, or gone. Unknown ids are ignored.
  void left(Id id);

  /// Somebody of this address was let in: it keeps some slots from strangers from now on.
  void noteKnown(const std::string& source);
  [[nodiscard]] std::size_t size() const { return waiting_.size(); }

 private:
  struct Waiting {
    Id id;
    std::string source;
    bool known;
    NetLoop::Time since;
  };
  using Place = std::list<Waiting>::iterator;
  [[nodiscard]] bool isYoung(const Waiting& waiting, NetLoop::Time now) const;

  std::list<Waiting> waiting_;  ///< the oldest first
  std::unordered_map<Id, Place> places_;
  std::unordered_map<std::string, std::size_t> perSource_;
  std::size_t strangers_ = 0;
  std::unordered_set<std::string> known_;
};

}  // namespace earshot::net

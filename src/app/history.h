#pragma once
// Values of a person's saved conversation: where an event stands in it, and what waits to be sent.

#include <cstdint>
#include <string>
#include <vector>

#include "app/event.h"
#include "app/limits.h"

namespace earshot::app {

/// Where an event stands in a conversation: epochs in the order they were met, then seq. 0 is
/// before everything. Stable for ever, so that views and searches can keep it.
enum class Position : std::int64_t {};
constexpr std::int64_t toNumber(Position position) {
  return static_cast<std::int64_t>(position);
}

/// Whether two places belong to one unbroken numbering, so that one can be meant by its number beside the other.
constexpr bool inOneEpoch(Position a, Position b) {
  return toNumber(a) >> 48 == toNumber(b) >> 48;
}
/// Where the event with this number stands in the epoch of the other.
constexpr Position placeBeside(Position other, Seq seq) {
  return Position{(toNumber(other) >> 48 << 48) | static_cast<std::int64_t>(toNumber(seq))};
}
/// The number of the event that stands there.
constexpr Seq numberAt(Position position) {
  return Seq{static_cast<std::uint64_t>(toNumber(position)) & kMaxSeq};
}

/// The newest event of a room that somebody has: what is asked for is everything after it. Time and
/// author are those of the event, so that a host whose log was replaced notices.
struct LastSeen {
  Epoch epoch;
  Seq seq{};
  UtcMillis time{};
  MemberId actor;

  bool operator==(const LastSeen&) const = default;
};

struct StoredEvent {
  Position position{};
  Event event;

  bool operator==(const StoredEvent&) const = default;
};

/// An emoji that some have added to a text, in the order in which they did.
struct Reaction {
  struct Person {
    MemberId id;
    std::string name;  ///< when they did
    bool operator==(const Person&) const = default;
  };
  std::string emoji;
  std::vector<Person> people;

  bool operator==(const Reaction&) const = default;
};

/// A text that is stored in the outbox and not yet acknowledged.
struct OutgoingText {
  RequestId id;
  UtcMillis time{};  ///< when it was written, by this computer's clock
  TextStyle style = TextStyle::Plain;
  std::string text;
  Seq replyTo{};  ///< 0: none

  bool operator==(const OutgoingText&) const = default;
};

}  // namespace earshot::app

#pragma once
// Values of a person's saved conversation: where an event stands in it, and what waits to be sent.

#include <cstdint>
#include <string>

#include "app/event.h"

namespace earshot::app {

/// Where an event stands in a conversation: epochs in the order they were met, then seq. 0 is
/// before everything. Stable for ever, so that views and searches can keep it.
enum class Position : std::int64_t {};
constexpr std::int64_t toNumber(Position position) {
  return static_cast<std::int64_t>(position);
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

/// A text that is stored in the outbox and not yet acknowledged.
struct OutgoingText {
  RequestId id;
  UtcMillis time{};  ///< when it was written, by this computer's clock
  TextStyle style = TextStyle::Plain;
  std::string text;

  bool operator==(const OutgoingText&) const = default;
};

}  // namespace earshot::app

#pragma once
// What a room decided and numbered. Values that are stored, sent and shown as they are.

#include <string>
#include <variant>

#include "app/clock.h"
#include "app/command.h"
#include "app/ids.h"

namespace earshot::app {

struct TextPosted {
  RequestId id;
  TextStyle style = TextStyle::Plain;
  std::string text;
  bool operator==(const TextPosted&) const = default;
};
struct MemberJoined {
  bool operator==(const MemberJoined&) const = default;
};
struct MemberLeft {
  LeaveReason reason = LeaveReason::Left;
  bool operator==(const MemberLeft&) const = default;
};
struct MemberRenamed {
  std::string newName;
  bool operator==(const MemberRenamed&) const = default;
};
struct TopicChanged {
  std::string topic;
  bool operator==(const TopicChanged&) const = default;
};

/// In a private chat: the actor uses a name by which somebody else was known. Never sent by anybody.
struct KeyChanged {
  bool operator==(const KeyChanged&) const = default;
};

using EventBody = std::variant<TextPosted, MemberJoined, MemberLeft, MemberRenamed, TopicChanged, KeyChanged>;

/// actorName is the actor's name when it happened (before a rename), so that history reads right
/// without a list of members. time is the host's and orders nothing.
struct Event {
  Seq seq{};
  UtcMillis time{};
  MemberId actor;
  std::string actorName;
  EventBody body;

  bool operator==(const Event&) const = default;
};

}  // namespace earshot::app

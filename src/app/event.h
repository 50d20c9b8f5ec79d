#pragma once
// What a room decided and numbered. Values that are stored, sent and shown as they are.

#include <optional>
#include <string>
#include <variant>

#include "app/clock.h"
#include "app/command.h"
#include "app/ids.h"

namespace earshot::app {

/// A text as it is now: edits and a deletion change it wherever it is stored, so that whoever reads it later
/// reads no older state of it.
struct TextPosted {
  RequestId id;
  TextStyle style = TextStyle::Plain;
  std::string text;
  Seq replyTo{};  ///< the text that it answers; 0: none
  bool edited = false;
  bool deleted = false;  ///< text is empty then
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
/// target got this text. Empty: it was deleted since, and the words are gone everywhere.
struct TextEdited {
  Seq target{};
  std::string text;
  bool operator==(const TextEdited&) const = default;
};
struct TextDeleted {
  Seq target{};
  bool operator==(const TextDeleted&) const = default;
};
struct Reacted {
  Seq target{};
  std::string emoji;
  bool on = true;  ///< false: taken back
  bool operator==(const Reacted&) const = default;
};

/// In a private chat: the actor uses a name by which somebody else was known. Never sent by anybody.
struct KeyChanged {
  bool operator==(const KeyChanged&) const = default;
};

using EventBody = std::variant<TextPosted, MemberJoined, MemberLeft, MemberRenamed, TopicChanged, KeyChanged,
                               TextEdited, TextDeleted, Reacted>;

/// The earlier text that such an event changes or adds to; nothing for what stands by itself.
[[nodiscard]] std::optional<Seq> targetOf(const EventBody& body);
[[nodiscard]] std::optional<Seq> targetOf(const Command& command);

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

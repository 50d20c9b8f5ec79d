#pragma once
// What a member asks of a room. Values; nothing here has happened yet.

#include <string>
#include <variant>

#include "app/ids.h"

namespace earshot::app {

/// Action is what "/me waves" makes: the client words it as "* Anna waves".
enum class TextStyle : std::uint8_t { Plain = 0, Action = 1 };

/// Why a member is no longer in the room.
enum class LeaveReason : std::uint8_t { Left = 0, ConnectionLost = 1, HostClosed = 2, Replaced = 3, TooSlow = 4 };

struct Join {
  std::string name;
};
struct SendText {
  TextStyle style = TextStyle::Plain;
  std::string text;
  Seq replyTo{};  ///< the text that it answers; 0: none
  /// The first of everything that waits to be sent, sent once more: whatever was refused for a while comes again
  /// behind it, in its order.
  bool anew = false;
};
/// Changes an own text.
struct EditText {
  Seq target{};
  std::string text;
};
/// Takes back an own text; the room's owner may take back any.
struct DeleteText {
  Seq target{};
};
/// Adds an emoji to a text, or takes back one that the member had added.
struct React {
  Seq target{};
  std::string emoji;
  bool on = true;
};
struct Rename {
  std::string name;
};
struct SetTopic {
  std::string topic;
};
struct Leave {
  LeaveReason reason = LeaveReason::Left;
};

using Command = std::variant<Join, SendText, Rename, SetTopic, Leave, EditText, DeleteText, React>;

/// A command with the id its answer will carry. A text's request id becomes its message id.
struct Request {
  RequestId id;
  Command command;
};

}  // namespace earshot::app

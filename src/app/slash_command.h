#pragma once
// What a typed line asks for: a text to send, a "/command" for the room, or one for this program
// alone. Pure; any thread.

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "app/command.h"

namespace earshot::app {

/// Local commands: they concern this window or terminal and are never sent.
struct SlashHelp {
  bool operator==(const SlashHelp&) const = default;
};
struct SlashLeave {
  bool operator==(const SlashLeave&) const = default;
};
struct SlashQuit {
  bool operator==(const SlashQuit&) const = default;
};
struct SlashExport {
  std::string target;  ///< as typed, trimmed; empty: ask or propose
  bool operator==(const SlashExport&) const = default;
};
/// Something privately with one person, whom line begins with (addressee.h).
struct SlashPrivate {
  enum class What { Message, Accept, Safety, Verify };
  What what = What::Message;
  std::string line;  ///< "NAME" or "NAME TEXT", trimmed, never empty
  bool operator==(const SlashPrivate&) const = default;
};
/// The line is not to be sent; sentence says why, plainly.
struct SlashError {
  std::string sentence;
  bool operator==(const SlashError&) const = default;
};

/// Command is SendText, Rename or SetTopic.
using TypedLine = std::variant<Command, SlashHelp, SlashLeave, SlashQuit, SlashExport, SlashPrivate, SlashError>;

/// Command words ignore case. "//x" is the text "/x"; "/" followed by white space or nothing is a
/// plain text; an unknown command is a SlashError.
[[nodiscard]] TypedLine parseTypedLine(std::string_view line);

/// For help texts, in the order to show.
struct SlashCommandInfo {
  std::string_view usage;    ///< "/nick NAME"
  std::string_view meaning;  ///< "change your name"
};
[[nodiscard]] std::span<const SlashCommandInfo> slashCommands();

}  // namespace earshot::app

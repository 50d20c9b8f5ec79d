#pragma once
// What is typed to a headless host: words for people, JSON for programs. Pure.

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

#include "app/ids.h"
#include "app/invite.h"

namespace earshot::console {

struct HostQuit {};
/// Tell who may come in.
struct HostShowAccess {};
struct HostMakeInvite {
  std::chrono::milliseconds validFor;
  std::uint32_t uses;
};
struct HostRevokeInvite {
  app::InviteId id;
};
struct HostNewJoinCode {};
struct HostOpenToAll {};
struct HostDeleteText {
  app::Seq target;
};
struct HostHelp {};
struct HostNothing {};
/// Not understood, and why.
struct HostWrong {
  std::string sentence;
};
using HostCommand = std::variant<HostQuit, HostShowAccess, HostMakeInvite, HostRevokeInvite, HostNewJoinCode,
                                 HostOpenToAll, HostDeleteText, HostHelp, HostNothing, HostWrong>;

/// json: an object, or one of the words that quit; else a line for people.
[[nodiscard]] HostCommand readHostCommand(const std::string& line, bool json);

/// What people can type, a line each.
[[nodiscard]] std::string hostCommandHelp();

}  // namespace earshot::console

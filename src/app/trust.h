#pragma once
// How sure a member can be of who hosts a room, and by what it will be recognized next time. Values.

#include <cstdint>

namespace earshot::app {

/// How the host of a room proved itself when this computer first joined it, weakest first; stored.
enum class HostProof : std::uint8_t {
  FirstUse = 0,  ///< not at all: an open room, recognized from now on
  JoinCode = 1,  ///< it knew the join code
  Invite = 2,    ///< its key is the one in the invite
  Own = 3,       ///< this very program hosts it
};

}  // namespace earshot::app

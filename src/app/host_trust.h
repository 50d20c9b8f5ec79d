#pragma once
// Whether the computer that answered hosts the room that a person means, and what has to be proven
// before they are in it. Pure functions; any thread.

#include <optional>
#include <string>
#include <vector>

#include "app/clock.h"
#include "app/crypto/signing_key.h"
#include "app/ids.h"
#include "app/invite.h"
#include "app/result.h"
#include "app/trust.h"

namespace earshot::app {

/// A host that let this person in before: its key is what it is recognized by (pinned).
struct KnownHost {
  RoomId room;
  crypto::PublicKey key;
  HostProof proof = HostProof::FirstUse;
  std::string roomName;  ///< came from normalizeRoomName
  /// Where it was reached last: what the person typed or the invite says, in one spelling, with port.
  std::string address;
  UtcMillis since{};     ///< first known by this key
  UtcMillis lastUsed{};  ///< let us in last

  bool operator==(const KnownHost&) const = default;
};

/// What this computer remembers that bears on one attempt to get in.
struct HostMemory {
  std::optional<KnownHost> room;           ///< the host of the room that answered
  std::vector<KnownHost> othersAtAddress;  ///< hosts of other rooms reached there, the last used first
};

/// What the host asks of us before it lets us in.
enum class HostDoor : std::uint8_t {
  Open,       ///< nothing: the room is open to all
  KnowsUs,    ///< nothing: it let our key in before
  WantsProof  ///< the join code or an invite
};

/// Who answered, and what it says.
struct HostSeen {
  RoomId room;
  std::string roomName;   ///< came from normalizeRoomName
  crypto::PublicKey key;  ///< of its TLS certificate
  HostDoor door = HostDoor::Open;
};

/// What the person brings along.
struct JoinIntent {
  std::optional<RoomId> room{};            ///< this room and no other
  std::optional<crypto::PublicKey> key{};  ///< this host and no other: it runs in this program
  std::optional<InviteLink> invite{};
  bool joinCode = false;  ///< typed just now
};

/// How to get in. proof is what to remember once we are; it is never weaker than what was known.
struct HostTrust {
  enum class Next : std::uint8_t {
    Enter,        ///< nothing is left to be proven
    ProveInvite,  ///< both sides prove the invite; the host has proven itself by its key
    ProveCode,    ///< both sides prove the join code; until then the host is nobody
  };
  Next next = Next::Enter;
  HostProof proof = HostProof::FirstUse;

  bool operator==(const HostTrust&) const = default;
};

/// HostKeyChanged (detail: the room that is known): stop, and only a new invite or the join code leads on.
/// HostNotTrusted: it is not who the invite or the code was for. OtherRoom (detail: its name).
/// JoinCodeNeeded (detail: the room's name): ask the person for it and try again.
[[nodiscard]] Result<HostTrust> judgeHost(const HostSeen& seen, const HostMemory& memory, const JoinIntent& intent);

}  // namespace earshot::app

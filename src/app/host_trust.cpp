#include "app/host_trust.h"

#include <algorithm>

#include "app/names.h"

namespace earshot::app {
namespace {

using Next = HostTrust::Next;

HostProof stronger(HostProof left, HostProof right) {
  return std::max(left, right);
}

/// The host has shown that it is the right one; what is left is that it may want us to prove something.
Result<HostTrust> enter(const HostSeen& seen, const JoinIntent& intent, HostProof proof) {
  if (seen.door != HostDoor::WantsProof) return HostTrust{Next::Enter, proof};
  if (intent.joinCode) return HostTrust{Next::ProveCode, stronger(proof, HostProof::JoinCode)};
  return Error{Errc::JoinCodeNeeded, seen.roomName};
}

Result<HostTrust> judgeByInvite(const HostSeen& seen, const HostMemory& memory, const JoinIntent& intent) {
  if (crypto::hashOf(seen.key) != intent.invite->hostKey) return Error{Errc::HostNotTrusted};
  if (seen.room != intent.invite->room) return Error{Errc::OtherRoom, seen.roomName};
  const bool known = memory.room && memory.room->key == seen.key;
  const HostProof proof = known ? stronger(memory.room->proof, HostProof::Invite) : HostProof::Invite;
  return HostTrust{seen.door == HostDoor::WantsProof ? Next::ProveInvite : Next::Enter, proof};
}

/// Another host stands where one that we know stood, and has the same room's name or lets everybody in
/// where we last had to prove something: that is what a fake host would look like.
const KnownHost* replacedBy(const HostSeen& seen, const std::vector<KnownHost>& atAddress) {
  const auto isAnother = [&](const KnownHost& known) { return known.key != seen.key; };
  const auto sameName = std::find_if(atAddress.begin(), atAddress.end(), [&](const KnownHost& known) {
    return isAnother(known) && roomNameKey(known.roomName) == roomNameKey(seen.roomName);
  });
  if (sameName != atAddress.end()) return &*sameName;
  if (atAddress.empty() || seen.door != HostDoor::Open || !isAnother(atAddress.front())) return nullptr;
  const HostProof last = atAddress.front().proof;
  return last == HostProof::JoinCode || last == HostProof::Invite ? &atAddress.front() : nullptr;
}

/// A key that nobody here knows yet for this room. instead: the host that it has taken the place of.
Result<HostTrust> judgeNewKey(const HostSeen& seen, const KnownHost* instead, const JoinIntent& intent) {
  // An open room has no code. Who typed one means another room: a fake host that claims to be open must
  // not get them in, so neither here nor below does a code make an open door good enough.
  if (instead != nullptr) {
    if (!intent.joinCode || seen.door == HostDoor::Open) return Error{Errc::HostKeyChanged, instead->roomName};
    return HostTrust{Next::ProveCode, HostProof::JoinCode};
  }
  if (intent.room && *intent.room != seen.room) return Error{Errc::OtherRoom, seen.roomName};
  if (intent.joinCode) {
    if (seen.door == HostDoor::Open) return Error{Errc::HostNotTrusted};
    return HostTrust{Next::ProveCode, HostProof::JoinCode};
  }
  if (seen.door == HostDoor::Open) return HostTrust{Next::Enter, HostProof::FirstUse};
  // Also when it says that it knows us: we do not know it, and saying so proves nothing.
  return Error{Errc::JoinCodeNeeded, seen.roomName};
}

/// The key that this room had before.
Result<HostTrust> judgeKnownKey(const HostSeen& seen, const KnownHost& known, const JoinIntent& intent) {
  if (intent.room && *intent.room != seen.room) return Error{Errc::OtherRoom, seen.roomName};
  // The code was typed to be sure of a host that has never proven anything.
  if (intent.joinCode && known.proof == HostProof::FirstUse) {
    if (seen.door == HostDoor::Open) return Error{Errc::HostNotTrusted};
    return HostTrust{Next::ProveCode, HostProof::JoinCode};
  }
  // Otherwise the keys are enough for both sides: a code is checked only where the host wants it, so
  // that who is known gets in however many wrong codes others have tried.
  return enter(seen, intent, known.proof);
}

}  // namespace

Result<HostTrust> judgeHost(const HostSeen& seen, const HostMemory& memory, const JoinIntent& intent) {
  if (intent.key) {
    if (*intent.key != seen.key) return Error{Errc::HostNotTrusted};
    return enter(seen, intent, HostProof::Own);
  }
  if (intent.invite) return judgeByInvite(seen, memory, intent);
  if (memory.room && memory.room->key == seen.key) return judgeKnownKey(seen, *memory.room, intent);
  const KnownHost* instead = memory.room ? &*memory.room : replacedBy(seen, memory.othersAtAddress);
  return judgeNewKey(seen, instead, intent);
}

}  // namespace earshot::app

#pragma once
// Who may come into a hosted room: whoever knows its join code or holds an invite, and whoever was let
// in before. A pure state machine like Room: it decides on changes, apply() makes them true, HostLog
// keeps them. Owned by the host's network thread.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <variant>
#include <vector>

#include "app/clock.h"
#include "app/hosting.h"
#include "app/ids.h"
#include "app/invite.h"
#include "app/result.h"

namespace earshot::app {

/// A new join code, or none: the room is open. Whoever was let in before is asked again.
struct JoinCodeSet {
  std::string code;
  bool operator==(const JoinCodeSet&) const = default;
};
struct InviteMade {
  Invite invite;
  bool operator==(const InviteMade&) const = default;
};
struct InviteRevoked {
  InviteId id;
  bool operator==(const InviteRevoked&) const = default;
};
/// From now on this member's key is enough; a use of the invite is spent.
struct MemberAdmitted {
  MemberId member;
  std::optional<InviteId> invite;
  UtcMillis time{};
  bool operator==(const MemberAdmitted&) const = default;
};
using AccessChange = std::variant<JoinCodeSet, InviteMade, InviteRevoked, MemberAdmitted>;

/// As it is kept.
struct AccessState {
  /// Empty: open. Nothing: never decided (a new room, or one made before there were join codes).
  std::optional<std::string> joinCode;
  std::vector<Invite> invites;    ///< in the order they were made
  std::vector<MemberId> members;  ///< let in since the join code was set
};

/// What a member has proven to know when it asks to be let in: one of them, or nothing.
struct AccessProof {
  std::string joinCode{};
  std::optional<InviteId> invite{};
};

class RoomAccess {
 public:
  /// The owner is always let in.
  RoomAccess(const AccessState& state, std::optional<MemberId> owner);

  [[nodiscard]] bool isOpen() const { return joinCode_.empty(); }
  [[nodiscard]] const std::string& joinCode() const { return joinCode_; }
  /// The owner, and who was let in since the join code was set; in an open room nobody is remembered.
  [[nodiscard]] bool isKnown(const MemberId& member) const;
  /// False for the owner, for who was let in before, and in an open room.
  [[nodiscard]] bool needsProof(const MemberId& member) const;
  /// Those that still let somebody in, the newest first.
  [[nodiscard]] std::vector<Invite> invites(UtcMillis now) const;
  /// What a proof of this invite is checked with. InviteExpired when it lets nobody in (any more).
  [[nodiscard]] Result<InviteToken> tokenOf(const InviteId& id, UtcMillis now) const;

  /// Whether the member may be let in, and what changes when it is. Nothing changes for who needs no
  /// proof. JoinCodeNeeded without a proof, JoinCodeWrong for a code that was changed meanwhile,
  /// InviteExpired for an invite of which somebody else took the last use.
  [[nodiscard]] Result<std::optional<AccessChange>> admit(const MemberId& member, const AccessProof& proof,
                                                          UtcMillis now) const;

  /// What has to change when the room is opened for others. JoinCodeInvalid for an ill-formed code.
  [[nodiscard]] Result<std::vector<AccessChange>> atStart(Access wanted, std::string_view typedCode) const;
  [[nodiscard]] static AccessChange newJoinCode();
  [[nodiscard]] static AccessChange openToAll() { return JoinCodeSet{}; }
  /// The new invite comes last; terms outside the limits are brought within them.
  [[nodiscard]] std::vector<AccessChange> makeInvite(std::chrono::milliseconds validFor, std::uint32_t uses,
                                                     UtcMillis now) const;

  /// The only way anything changes. A revoked invite that is not there changes nothing.
  void apply(const AccessChange& change);

 private:
  struct Known {
    InviteId id;
    Invite invite;
  };
  [[nodiscard]] const Known* find(const InviteId& id) const;

  bool decided_;
  std::string joinCode_;
  std::vector<Known> invites_;
  std::unordered_set<MemberId> members_;
  std::optional<MemberId> owner_;
};

}  // namespace earshot::app

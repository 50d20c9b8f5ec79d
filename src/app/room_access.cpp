#include "app/room_access.h"

#include <algorithm>

#include "app/crypto/join_code.h"
#include "app/limits.h"

namespace earshot::app {
namespace {

bool isGood(const Invite& invite, UtcMillis now) {
  return invite.usesLeft > 0 && now < invite.expires;
}

template <class... Cases>
struct Overload : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overload(Cases...) -> Overload<Cases...>;

}  // namespace

RoomAccess::RoomAccess(const AccessState& state, std::optional<MemberId> owner)
    : decided_(state.joinCode.has_value()),
      joinCode_(state.joinCode.value_or("")),
      members_(state.members.begin(), state.members.end()),
      owner_(owner) {
  for (const Invite& invite : state.invites) invites_.push_back({idOf(invite.token), invite});
}

bool RoomAccess::needsProof(const MemberId& member) const {
  return !isOpen() && !isKnown(member);
}

bool RoomAccess::isKnown(const MemberId& member) const {
  return member == owner_ || members_.contains(member);
}

const RoomAccess::Known* RoomAccess::find(const InviteId& id) const {
  const auto found = std::find_if(invites_.begin(), invites_.end(), [&](const Known& known) { return known.id == id; });
  return found == invites_.end() ? nullptr : &*found;
}

std::vector<Invite> RoomAccess::invites(UtcMillis now) const {
  std::vector<Invite> good;
  for (auto known = invites_.rbegin(); known != invites_.rend(); ++known) {
    if (isGood(known->invite, now)) good.push_back(known->invite);
  }
  return good;
}

Result<InviteToken> RoomAccess::tokenOf(const InviteId& id, UtcMillis now) const {
  const Known* known = find(id);
  if (known == nullptr || !isGood(known->invite, now)) return Error{Errc::InviteExpired};
  return known->invite.token;
}

Result<std::optional<AccessChange>> RoomAccess::admit(const MemberId& member, const AccessProof& proof,
                                                      UtcMillis now) const {
  if (!needsProof(member)) return std::optional<AccessChange>{};
  if (proof.invite) {
    if (auto token = tokenOf(*proof.invite, now); !token) return token.error();
  } else if (proof.joinCode != joinCode_) {
    return Error{proof.joinCode.empty() ? Errc::JoinCodeNeeded : Errc::JoinCodeWrong};
  }
  return std::optional<AccessChange>{MemberAdmitted{member, proof.invite, now}};
}

Result<std::vector<AccessChange>> RoomAccess::atStart(Access wanted, std::string_view typedCode) const {
  std::vector<AccessChange> changes;
  if (!typedCode.empty()) {
    auto code = crypto::parseJoinCode(typedCode);
    if (!code) return code.error();
    if (!decided_ || *code != joinCode_) changes.emplace_back(JoinCodeSet{std::move(*code)});
  } else if (wanted == Access::Open) {
    if (!decided_ || !isOpen()) changes.push_back(openToAll());
  } else if (!decided_ || (wanted == Access::JoinCode && isOpen())) {
    changes.push_back(newJoinCode());
  }
  return changes;
}

AccessChange RoomAccess::newJoinCode() {
  return JoinCodeSet{crypto::makeJoinCode()};
}

std::vector<AccessChange> RoomAccess::makeInvite(std::chrono::milliseconds validFor, std::uint32_t uses,
                                                 UtcMillis now) const {
  std::vector<AccessChange> changes;
  std::size_t good = invites(now).size();
  for (const Known& known : invites_) {
    if (isGood(known.invite, now)) {
      if (good < kMaxInvites) continue;
      --good;
    }
    changes.emplace_back(InviteRevoked{known.id});
  }
  const auto life = std::clamp<std::chrono::milliseconds>(validFor, kMinInviteValidFor, kMaxInviteValidFor);
  changes.emplace_back(
      InviteMade{{makeRandom<InviteToken>(), now, now + life, std::clamp(uses, std::uint32_t{1}, kMaxInviteUses)}});
  return changes;
}

void RoomAccess::apply(const AccessChange& change) {
  const auto forget = [this](const InviteId& id) {
    std::erase_if(invites_, [&](const Known& known) { return known.id == id; });
  };
  std::visit(Overload{[&](const JoinCodeSet& set) {
                        decided_ = true;
                        joinCode_ = set.code;
                        members_.clear();
                      },
                      [&](const InviteMade& made) {
                        invites_.push_back({idOf(made.invite.token), made.invite});
                      },
                      [&](const InviteRevoked& revoked) { forget(revoked.id); },
                      [&](const MemberAdmitted& admitted) {
                        members_.insert(admitted.member);
                        for (Known& known : invites_) {
                          if (known.id == admitted.invite && known.invite.usesLeft > 0) --known.invite.usesLeft;
                        }
                      }},
             change);
}

}  // namespace earshot::app

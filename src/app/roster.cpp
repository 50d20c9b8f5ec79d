#include "app/roster.h"

#include <utility>

#include "app/crypto/sha256.h"

namespace earshot::app {
namespace {

template <class Number>
void appendBigEndian(crypto::Bytes& out, Number number) {
  for (int shift = 8 * (static_cast<int>(sizeof number) - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(number >> shift));
  }
}

}  // namespace

Roster::Roster(std::vector<Member> members) {
  for (Member& member : members) members_.insert_or_assign(member.id, std::move(member));
}

bool Roster::isTouchedBy(const Event& event) {
  return std::holds_alternative<MemberJoined>(event.body) || std::holds_alternative<MemberLeft>(event.body) ||
         std::holds_alternative<MemberRenamed>(event.body);
}

void Roster::apply(const Event& event) {
  if (std::holds_alternative<MemberJoined>(event.body)) {
    members_.insert_or_assign(event.actor, Member{event.actor, event.actorName, event.time});
  } else if (std::holds_alternative<MemberLeft>(event.body)) {
    members_.erase(event.actor);
  } else if (const auto* renamed = std::get_if<MemberRenamed>(&event.body)) {
    const auto member = members_.find(event.actor);
    if (member != members_.end()) member->second.name = renamed->newName;
  }
}

const Member* Roster::find(const MemberId& id) const {
  const auto found = members_.find(id);
  return found == members_.end() ? nullptr : &found->second;
}

std::vector<Member> Roster::members() const {
  std::vector<Member> out;
  out.reserve(members_.size());
  for (const auto& [id, member] : members_) out.push_back(member);
  return out;
}

RosterDigest Roster::digest() const {
  crypto::Bytes all;
  for (const auto& [id, member] : members_) {
    all.insert(all.end(), id.bytes.begin(), id.bytes.end());
    appendBigEndian(all, static_cast<std::uint64_t>(member.since.time_since_epoch().count()));
    appendBigEndian(all, static_cast<std::uint32_t>(member.name.size()));
    all.insert(all.end(), member.name.begin(), member.name.end());
  }
  return {crypto::sha256(all)};
}

}  // namespace earshot::app

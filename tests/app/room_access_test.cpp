#include "app/room_access.h"

#include <gmock/gmock.h>

#include "app/crypto/join_code.h"
#include "app/limits.h"

namespace earshot::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr UtcMillis kNow{std::chrono::milliseconds{1'700'000'000'000}};
const std::string kCode = "amber-tiger-lake-42";

class RoomAccessTest : public ::testing::Test {
 protected:
  RoomAccess room(std::optional<std::string> code = kCode) const { return {{std::move(code), {}, {}}, owner_}; }

  static void applyAll(RoomAccess& access, const std::vector<AccessChange>& changes) {
    for (const AccessChange& change : changes) access.apply(change);
  }
  /// Makes an invite and lets it be known.
  static Invite invite(RoomAccess& access, std::uint32_t uses = 2, UtcMillis now = kNow) {
    const auto changes = access.makeInvite(kInviteValidFor, uses, now);
    applyAll(access, changes);
    return std::get<InviteMade>(changes.back()).invite;
  }
  /// Lets the member in, if it may come in.
  static Errc admit(RoomAccess& access, const MemberId& member, const AccessProof& proof, UtcMillis now = kNow) {
    const auto change = access.admit(member, proof, now);
    if (!change) return change.error().code;
    if (*change) access.apply(**change);
    return Errc::Cancelled;
  }
  static constexpr Errc kAdmitted = Errc::Cancelled;

  const MemberId owner_ = makeRandom<MemberId>();
  const MemberId anna_ = makeRandom<MemberId>();
  const MemberId berta_ = makeRandom<MemberId>();
  const MemberId carl_ = makeRandom<MemberId>();
};

TEST_F(RoomAccessTest, LetsInWhoKnowsTheCodeAndFromThenOnTheKeyIsEnough) {
  RoomAccess access = room();
  EXPECT_TRUE(access.needsProof(anna_));
  EXPECT_EQ(admit(access, anna_, {}), Errc::JoinCodeNeeded);
  EXPECT_EQ(admit(access, anna_, {.joinCode = kCode}), kAdmitted);
  EXPECT_FALSE(access.needsProof(anna_));
  EXPECT_EQ(admit(access, anna_, {}), kAdmitted);
  EXPECT_TRUE(access.needsProof(berta_));
}

TEST_F(RoomAccessTest, AlwaysLetsTheOwnerIn) {
  RoomAccess access = room();
  EXPECT_FALSE(access.needsProof(owner_));
  access.apply(RoomAccess::newJoinCode());
  EXPECT_FALSE(access.needsProof(owner_));
  EXPECT_EQ(*access.admit(owner_, {}, kNow), std::nullopt);
}

TEST_F(RoomAccessTest, AsksEverybodyAgainAfterANewCode) {
  RoomAccess access = room();
  admit(access, anna_, {.joinCode = kCode});
  access.apply(RoomAccess::newJoinCode());
  EXPECT_NE(access.joinCode(), kCode);
  EXPECT_TRUE(access.needsProof(anna_));
  EXPECT_EQ(admit(access, anna_, {.joinCode = kCode}), Errc::JoinCodeWrong) << "proven just before the change";
}

TEST_F(RoomAccessTest, AsksNobodyInAnOpenRoomAndEverybodyWhenItGetsACode) {
  RoomAccess access = room();
  admit(access, anna_, {.joinCode = kCode});
  access.apply(RoomAccess::openToAll());
  EXPECT_TRUE(access.isOpen());
  EXPECT_FALSE(access.needsProof(berta_));
  EXPECT_EQ(*access.admit(berta_, {}, kNow), std::nullopt) << "nothing to remember";
  access.apply(RoomAccess::newJoinCode());
  EXPECT_TRUE(access.needsProof(anna_));
  EXPECT_TRUE(access.needsProof(berta_));
}

TEST_F(RoomAccessTest, TakesNoEmptyCodeForAProof) {
  RoomAccess access = room();
  EXPECT_EQ(admit(access, anna_, {.joinCode = ""}), Errc::JoinCodeNeeded);
}

TEST_F(RoomAccessTest, SpendsAUseOfAnInviteForEveryNewMember) {
  RoomAccess access = room();
  const InviteId id = idOf(invite(access).token);
  EXPECT_EQ(admit(access, anna_, {.invite = id}), kAdmitted);
  EXPECT_EQ(admit(access, anna_, {.invite = id}), kAdmitted) << "once more, and not counted";
  ASSERT_EQ(access.invites(kNow).size(), 1U);
  EXPECT_EQ(access.invites(kNow)[0].usesLeft, 1U);
  EXPECT_EQ(admit(access, berta_, {.invite = id}), kAdmitted);
  EXPECT_EQ(admit(access, carl_, {.invite = id}), Errc::InviteExpired);
  EXPECT_FALSE(access.tokenOf(id, kNow).ok());
  EXPECT_THAT(access.invites(kNow), IsEmpty());
  EXPECT_FALSE(access.needsProof(anna_)) << "who is in stays in";
}

TEST_F(RoomAccessTest, GivesTheLastUseToOneOfTwoThatProvedTheInviteTogether) {
  RoomAccess access = room();
  const InviteId id = idOf(invite(access, 1).token);
  ASSERT_TRUE(access.tokenOf(id, kNow).ok());
  ASSERT_TRUE(access.tokenOf(id, kNow).ok());
  EXPECT_EQ(admit(access, anna_, {.invite = id}), kAdmitted);
  EXPECT_EQ(admit(access, berta_, {.invite = id}), Errc::InviteExpired);
}

TEST_F(RoomAccessTest, LetsNobodyInByAnInviteThatIsTooOldRevokedOrUnknown) {
  RoomAccess access = room();
  const Invite made = invite(access);
  const InviteId id = idOf(made.token);
  EXPECT_EQ(*access.tokenOf(id, made.expires - std::chrono::milliseconds{1}), made.token);
  EXPECT_EQ(access.tokenOf(id, made.expires).error().code, Errc::InviteExpired);
  EXPECT_EQ(admit(access, anna_, {.invite = id}, made.expires), Errc::InviteExpired);
  access.apply(InviteRevoked{id});
  EXPECT_EQ(access.tokenOf(id, kNow).error().code, Errc::InviteExpired);
  EXPECT_EQ(access.tokenOf(makeRandom<InviteId>(), kNow).error().code, Errc::InviteExpired);
  access.apply(InviteRevoked{id});
}

TEST_F(RoomAccessTest, ShowsTheNewestInviteFirst) {
  RoomAccess access = room();
  const Invite first = invite(access);
  const Invite second = invite(access);
  EXPECT_NE(first.token, second.token);
  EXPECT_THAT(access.invites(kNow), ElementsAre(second, first));
}

TEST_F(RoomAccessTest, BringsTheTermsOfAnInviteWithinTheLimits) {
  const RoomAccess access = room();
  const auto terms = [&](std::chrono::milliseconds validFor, std::uint32_t uses) {
    return std::get<InviteMade>(access.makeInvite(validFor, uses, kNow).back()).invite;
  };
  EXPECT_EQ(terms(std::chrono::milliseconds::min(), 0).expires, kNow + kMinInviteValidFor);
  EXPECT_EQ(terms(std::chrono::milliseconds::max(), 0).expires, kNow + kMaxInviteValidFor);
  EXPECT_EQ(terms(1h, 0).usesLeft, 1U);
  EXPECT_EQ(terms(1h, 4'000'000'000U).usesLeft, kMaxInviteUses);
}

TEST_F(RoomAccessTest, KeepsABoundedNumberOfInvites) {
  RoomAccess access = room();
  const Invite old = invite(access, 2, kNow - 2 * kInviteValidFor);
  const Invite first = invite(access);
  for (std::size_t i = 1; i < kMaxInvites; ++i) invite(access);
  EXPECT_TRUE(access.tokenOf(idOf(first.token), kNow).ok());
  const auto changes = access.makeInvite(kInviteValidFor, 1, kNow);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0], AccessChange{InviteRevoked{idOf(first.token)}});
  applyAll(access, changes);
  EXPECT_EQ(access.invites(kNow).size(), kMaxInvites);
  EXPECT_FALSE(access.tokenOf(idOf(old.token), kNow - 2 * kInviteValidFor).ok()) << "tidied away";
}

TEST_F(RoomAccessTest, GivesANewRoomAJoinCodeUnlessItIsWantedOpen) {
  for (const Access wanted : {Access::AsBefore, Access::JoinCode}) {
    RoomAccess access = room(std::nullopt);
    applyAll(access, *access.atStart(wanted, ""));
    EXPECT_TRUE(crypto::parseJoinCode(access.joinCode()).ok()) << access.joinCode();
  }
  RoomAccess access = room(std::nullopt);
  const auto changes = access.atStart(Access::Open, "");
  ASSERT_EQ(changes->size(), 1U) << "that it is open is remembered";
  applyAll(access, *changes);
  EXPECT_TRUE(access.isOpen());
}

TEST_F(RoomAccessTest, StartsAsItWas) {
  EXPECT_THAT(*room().atStart(Access::AsBefore, ""), IsEmpty());
  EXPECT_THAT(*room().atStart(Access::JoinCode, ""), IsEmpty()) << "its own code";
  EXPECT_THAT(*room().atStart(Access::JoinCode, " AMBER tiger lake 42 "), IsEmpty()) << "the same code";
  EXPECT_THAT(*room("").atStart(Access::AsBefore, ""), IsEmpty());
  EXPECT_THAT(*room("").atStart(Access::Open, ""), IsEmpty());
}

TEST_F(RoomAccessTest, StartsWithWhatIsWanted) {
  EXPECT_THAT(*room().atStart(Access::Open, ""), ElementsAre(JoinCodeSet{""}));
  EXPECT_THAT(*room().atStart(Access::JoinCode, "acid acorn zebra 07"),
              ElementsAre(JoinCodeSet{"acid-acorn-zebra-07"}));
  EXPECT_THAT(*room().atStart(Access::AsBefore, "acid acorn zebra 07"),
              ElementsAre(JoinCodeSet{"acid-acorn-zebra-07"}));
  EXPECT_EQ(room("").atStart(Access::JoinCode, "")->size(), 1U) << "an open room gets a code";
  EXPECT_EQ(room().atStart(Access::JoinCode, "secret").error().code, Errc::JoinCodeInvalid);
}

}  // namespace
}  // namespace earshot::app

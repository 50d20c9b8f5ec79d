#include "app/host_trust.h"

#include <gtest/gtest.h>

namespace earshot::app {
namespace {

using Next = HostTrust::Next;

crypto::PublicKey keyOf(std::uint8_t byte) {
  crypto::PublicKey key;
  key.bytes.fill(byte);
  return key;
}
RoomId roomOf(std::uint8_t byte) {
  RoomId room;
  room.bytes.fill(byte);
  return room;
}

const RoomId kKitchen = roomOf(1);
const RoomId kOtherRoom = roomOf(2);
const crypto::PublicKey kKey = keyOf(1);
const crypto::PublicKey kOtherKey = keyOf(2);

KnownHost known(HostProof proof, const RoomId& room = kKitchen, const std::string& name = "Kitchen") {
  return {room, kKey, proof, name, "10.0.0.1:1060", {}, {}};
}
HostSeen seen(HostDoor door, const crypto::PublicKey& key = kKey, const RoomId& room = kKitchen,
              const std::string& name = "Kitchen") {
  return {room, name, key, door};
}
JoinIntent invited(const crypto::PublicKey& key = kKey, const RoomId& room = kKitchen) {
  return {.invite = InviteLink{"10.0.0.1:1060", room, crypto::hashOf(key), {}, {}, "Kitchen"}};
}
const JoinIntent kNothing{};
const JoinIntent kCode{.joinCode = true};
const HostMemory kNobody{};

std::string text(const Result<HostTrust>& trust) {
  if (!trust) return "error " + std::to_string(static_cast<int>(trust.error().code)) + " " + trust.error().detail;
  return "next " + std::to_string(static_cast<int>(trust->next)) + " proof " +
         std::to_string(static_cast<int>(trust->proof));
}
void expect(const HostSeen& host, const HostMemory& memory, const JoinIntent& intent, Next next, HostProof proof) {
  EXPECT_EQ(text(judgeHost(host, memory, intent)), text(HostTrust{next, proof}));
}
void expect(const HostSeen& host, const HostMemory& memory, const JoinIntent& intent, Errc code,
            const std::string& detail = "") {
  EXPECT_EQ(text(judgeHost(host, memory, intent)), text(Error{code, detail}));
}

// --- nobody is known ----------------------------------------------------------------------------

TEST(HostTrust, EntersAnOpenRoomOnFirstUse) {
  expect(seen(HostDoor::Open), kNobody, kNothing, Next::Enter, HostProof::FirstUse);
}

TEST(HostTrust, AsksForTheCodeOfARoomThatWantsOne) {
  expect(seen(HostDoor::WantsProof), kNobody, kNothing, Errc::JoinCodeNeeded, "Kitchen");
  expect(seen(HostDoor::WantsProof), kNobody, kCode, Next::ProveCode, HostProof::JoinCode);
}

TEST(HostTrust, DoesNotBelieveAStrangerThatClaimsToKnowUs) {
  expect(seen(HostDoor::KnowsUs), kNobody, kNothing, Errc::JoinCodeNeeded, "Kitchen");
  expect(seen(HostDoor::KnowsUs), kNobody, kCode, Next::ProveCode, HostProof::JoinCode);
}

TEST(HostTrust, GivesNobodyWhoTypedACodeToAnOpenRoom) {
  expect(seen(HostDoor::Open), kNobody, kCode, Errc::HostNotTrusted);
}

// --- invites ------------------------------------------------------------------------------------

TEST(HostTrust, RecognizesTheHostThatAnInviteNames) {
  expect(seen(HostDoor::WantsProof), kNobody, invited(), Next::ProveInvite, HostProof::Invite);
  expect(seen(HostDoor::KnowsUs), kNobody, invited(), Next::Enter, HostProof::Invite);
  expect(seen(HostDoor::Open), kNobody, invited(), Next::Enter, HostProof::Invite);
}

TEST(HostTrust, RefusesAnyOtherHostThanTheInvites) {
  for (const HostDoor door : {HostDoor::Open, HostDoor::KnowsUs, HostDoor::WantsProof}) {
    expect(seen(door, kOtherKey), kNobody, invited(), Errc::HostNotTrusted);
    JoinIntent both = invited();
    both.joinCode = true;
    expect(seen(door, kOtherKey), kNobody, both, Errc::HostNotTrusted);
    expect(seen(door), {known(HostProof::Own), {}}, invited(kOtherKey), Errc::HostNotTrusted);
  }
  expect(seen(HostDoor::Open, kKey, kOtherRoom, "Garden"), kNobody, invited(), Errc::OtherRoom, "Garden");
}

TEST(HostTrust, LetsAnInviteReplaceTheKnownKey) {
  expect(seen(HostDoor::WantsProof, kOtherKey), {known(HostProof::JoinCode), {}}, invited(kOtherKey), Next::ProveInvite,
         HostProof::Invite);
  expect(seen(HostDoor::Open, kOtherKey), {{}, {known(HostProof::JoinCode, kOtherRoom)}}, invited(kOtherKey),
         Next::Enter, HostProof::Invite);
}

// --- the room is known --------------------------------------------------------------------------

TEST(HostTrust, RecognizesAKnownHostAsWhatItProvedToBe) {
  for (const HostProof proof : {HostProof::FirstUse, HostProof::JoinCode, HostProof::Invite}) {
    for (const HostDoor door : {HostDoor::Open, HostDoor::KnowsUs}) {
      expect(seen(door), {known(proof), {}}, kNothing, Next::Enter, proof);
    }
  }
  expect(seen(HostDoor::Open), {known(HostProof::JoinCode), {}}, kCode, Next::Enter, HostProof::JoinCode);
  expect(seen(HostDoor::KnowsUs), {known(HostProof::Invite), {}}, kCode, Next::Enter, HostProof::Invite);
}

TEST(HostTrust, AsksAgainWhenAKnownHostHasANewCode) {
  expect(seen(HostDoor::WantsProof), {known(HostProof::Invite), {}}, kNothing, Errc::JoinCodeNeeded, "Kitchen");
  expect(seen(HostDoor::WantsProof), {known(HostProof::Invite), {}}, kCode, Next::ProveCode, HostProof::Invite);
  expect(seen(HostDoor::WantsProof), {known(HostProof::FirstUse), {}}, kCode, Next::ProveCode, HostProof::JoinCode);
}

TEST(HostTrust, ChecksATypedCodeWithAHostThatNeverProvedAnything) {
  expect(seen(HostDoor::Open), {known(HostProof::FirstUse), {}}, kCode, Errc::HostNotTrusted);
  expect(seen(HostDoor::KnowsUs), {known(HostProof::FirstUse), {}}, kCode, Next::ProveCode, HostProof::JoinCode);
}

TEST(HostTrust, StopsWhenTheKeyOfAKnownRoomHasChanged) {
  for (const HostProof proof : {HostProof::FirstUse, HostProof::JoinCode, HostProof::Invite, HostProof::Own}) {
    for (const HostDoor door : {HostDoor::Open, HostDoor::KnowsUs, HostDoor::WantsProof}) {
      expect(seen(door, kOtherKey, kKitchen, "Renamed"), {known(proof), {}}, kNothing, Errc::HostKeyChanged, "Kitchen");
    }
    expect(seen(HostDoor::Open, kOtherKey), {known(proof), {}}, kCode, Errc::HostKeyChanged, "Kitchen");
    expect(seen(HostDoor::WantsProof, kOtherKey), {known(proof), {}}, kCode, Next::ProveCode, HostProof::JoinCode);
    expect(seen(HostDoor::KnowsUs, kOtherKey), {known(proof), {}}, kCode, Next::ProveCode, HostProof::JoinCode);
  }
}

// --- the address is known -----------------------------------------------------------------------

HostMemory at(HostProof proof, const std::string& name = "Kitchen") {
  return {std::nullopt, {known(proof, kOtherRoom, name)}};
}

TEST(HostTrust, StopsWhenARoomOfTheSameNameHasAnotherKeyThere) {
  for (const HostDoor door : {HostDoor::Open, HostDoor::KnowsUs, HostDoor::WantsProof}) {
    expect(seen(door, kOtherKey, kKitchen, "KITCHEN"), at(HostProof::FirstUse), kNothing, Errc::HostKeyChanged,
           "Kitchen");
  }
  expect(seen(HostDoor::WantsProof, kOtherKey), at(HostProof::FirstUse), kCode, Next::ProveCode, HostProof::JoinCode);
  expect(seen(HostDoor::Open, kOtherKey), at(HostProof::FirstUse), kCode, Errc::HostKeyChanged, "Kitchen");
}

TEST(HostTrust, TakesNoWeakerWayInThanLastTime) {
  for (const HostProof proof : {HostProof::JoinCode, HostProof::Invite}) {
    expect(seen(HostDoor::Open, kOtherKey, kKitchen, "Party"), at(proof), kNothing, Errc::HostKeyChanged, "Kitchen");
    expect(seen(HostDoor::WantsProof, kOtherKey, kKitchen, "Party"), at(proof), kNothing, Errc::JoinCodeNeeded,
           "Party");
    expect(seen(HostDoor::WantsProof, kOtherKey, kKitchen, "Party"), at(proof), kCode, Next::ProveCode,
           HostProof::JoinCode);
  }
  for (const HostProof proof : {HostProof::FirstUse, HostProof::Own}) {
    expect(seen(HostDoor::Open, kOtherKey, kKitchen, "Party"), at(proof), kNothing, Next::Enter, HostProof::FirstUse);
  }
}

TEST(HostTrust, LooksAtAllNamesButOnlyAtTheLastWayIn) {
  HostMemory memory = at(HostProof::FirstUse, "Party");
  memory.othersAtAddress.push_back(known(HostProof::JoinCode, roomOf(3)));
  expect(seen(HostDoor::Open, kOtherKey, kKitchen, "Garden"), memory, kNothing, Next::Enter, HostProof::FirstUse);
  expect(seen(HostDoor::Open, kOtherKey), memory, kNothing, Errc::HostKeyChanged, "Kitchen");
}

TEST(HostTrust, TakesAnotherRoomOfTheSameHostForANewRoom) {
  expect(seen(HostDoor::Open), at(HostProof::JoinCode), kNothing, Next::Enter, HostProof::FirstUse);
}

// --- a certain room or host is meant ------------------------------------------------------------

TEST(HostTrust, JoinsNoOtherRoomThanTheOneThatIsMeant) {
  const JoinIntent kitchen{.room = kKitchen};
  expect(seen(HostDoor::KnowsUs), {known(HostProof::JoinCode), {}}, kitchen, Next::Enter, HostProof::JoinCode);
  expect(seen(HostDoor::Open, kOtherKey, kOtherRoom, "Garden"), kNobody, kitchen, Errc::OtherRoom, "Garden");
  expect(seen(HostDoor::Open, kKey, kOtherRoom, "Garden"), {known(HostProof::FirstUse, kOtherRoom), {}}, kitchen,
         Errc::OtherRoom, "Garden");
  expect(seen(HostDoor::Open, kOtherKey, kOtherRoom), {{}, {known(HostProof::FirstUse)}}, kitchen, Errc::HostKeyChanged,
         "Kitchen");
}

TEST(HostTrust, RecognizesItsOwnRoomByTheKeyItWasGiven) {
  const JoinIntent own{.key = kKey};
  expect(seen(HostDoor::KnowsUs), kNobody, own, Next::Enter, HostProof::Own);
  expect(seen(HostDoor::Open), {known(HostProof::FirstUse), {}}, own, Next::Enter, HostProof::Own);
  expect(seen(HostDoor::Open, kOtherKey), kNobody, own, Errc::HostNotTrusted);
  expect(seen(HostDoor::WantsProof), kNobody, own, Errc::JoinCodeNeeded, "Kitchen");
}

}  // namespace
}  // namespace earshot::app

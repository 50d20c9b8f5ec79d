#include "ui/hosted_access.h"

#include <gmock/gmock.h>

#include "ui/room_fakes.h"

namespace earshot::ui {
namespace {

app::HostListening listening(std::string joinCode) {
  app::HostListening opened;
  opened.room = idOf<app::RoomId>(7);
  opened.roomName = "Kitchen";
  opened.port = 1061;
  opened.addresses = {"192.0.2.9", "192.0.2.10"};
  opened.hostKey = idOf<app::crypto::PublicKey>(3);
  opened.joinCode = std::move(joinCode);
  opened.invite = "earshot://usual";
  return opened;
}

app::Invite invite(std::uint8_t number) {
  return {idOf<app::InviteToken>(number), {}, app::UtcMillis{std::chrono::hours(number)}, number};
}

TEST(HostedAccess, IsUnknownUntilTheRoomIsOpenedAndAfterItWasClosed) {
  HostedAccess access;
  access.changed({"amber-tiger-lake-42", {}, {}});
  EXPECT_FALSE(access.isKnown()) << "a late answer of a room that is gone";
  access.opened(listening("amber-tiger-lake-42"));
  EXPECT_TRUE(access.isKnown());
  EXPECT_EQ(access.joinCode(), "amber-tiger-lake-42");
  access.closed();
  EXPECT_FALSE(access.isKnown());
}

TEST(HostedAccess, FollowsWhoMayComeIn) {
  HostedAccess access;
  access.opened(listening("amber-tiger-lake-42"));
  EXPECT_FALSE(access.isOpenToAll());
  access.changed({"", {invite(1)}, {}});
  EXPECT_TRUE(access.isOpenToAll());
  access.changed({"maple-otter-stone-07", {}, {}});
  EXPECT_FALSE(access.isOpenToAll());
  EXPECT_EQ(access.joinCode(), "maple-otter-stone-07");
}

TEST(HostedAccess, WritesTheLinkOfAnInvite) {
  HostedAccess access;
  access.opened(listening("amber-tiger-lake-42"));
  const auto way = app::parseWayIn(access.linkOf(invite(1)));
  ASSERT_TRUE(way.ok());
  const auto* link = std::get_if<app::InviteLink>(&*way);
  ASSERT_NE(link, nullptr);
  EXPECT_EQ(link->address, "192.0.2.9:1061");
  EXPECT_EQ(link->room, idOf<app::RoomId>(7));
  EXPECT_EQ(link->hostKey, app::crypto::hashOf(idOf<app::crypto::PublicKey>(3)));
  EXPECT_EQ(link->token, idOf<app::InviteToken>(1));
  EXPECT_EQ(link->expires, app::UtcMillis{std::chrono::hours(1)});
  EXPECT_EQ(link->roomName, "Kitchen");
}

TEST(HostedAccess, OffersTheNewestInviteOnceTheyAreKnown) {
  HostedAccess access;
  access.opened(listening("amber-tiger-lake-42"));
  EXPECT_EQ(access.anyLink(), "earshot://usual");
  access.changed({"amber-tiger-lake-42", {invite(2), invite(1)}, {}});
  EXPECT_EQ(access.anyLink(), access.linkOf(invite(2)));
  access.changed({"amber-tiger-lake-42", {}, {}});
  EXPECT_EQ(access.anyLink(), "") << "the usual one was revoked like all others";
}

TEST(HostedAccess, GivesANewLinkOnce) {
  HostedAccess access;
  access.opened(listening("amber-tiger-lake-42"));
  access.changed({"amber-tiger-lake-42", {invite(1)}, "earshot://new"});
  access.changed({"amber-tiger-lake-42", {invite(1)}, {}});
  EXPECT_EQ(access.takeNewLink(), "earshot://new");
  EXPECT_EQ(access.takeNewLink(), "");
}

}  // namespace
}  // namespace earshot::ui

#include "ui/open_rooms.h"

#include <gmock/gmock.h>

#include "ui/room_fakes.h"

namespace earshot::ui {
namespace {

class OpenRoomsTest : public testing::Test {
 protected:
  RoomController& add() {
    return rooms.add(std::make_unique<RoomController>(fake.backend, [](RoomController&, const RoomNews&) {}));
  }
  RoomController& addJoined(const std::string& address, std::uint8_t id, bool hosted = false) {
    RoomController& room = add();
    if (hosted) {
      room.host(hostOptions(address), "Anna");
      fake.hosts.back()->inbox->post(
          app::HostListening{idOf<app::RoomId>(id), address, 1060, {}, "127.0.0.1:1060", {}});
      fake.runQueue();
    } else {
      room.join(address, "Anna");
    }
    fake.links.back()->inbox->post(fake.admission(id));
    fake.runQueue();
    return room;
  }

  FakeBackend fake;
  OpenRooms rooms;
};

TEST_F(OpenRoomsTest, HasNoCurrentRoomWhileEmpty) {
  EXPECT_EQ(rooms.current(), nullptr);
  EXPECT_EQ(rooms.unreadCount(), 0U);
}

TEST_F(OpenRoomsTest, MovesTheSelectionToANeighbourWhenARoomGoes) {
  RoomController& first = add();
  RoomController& second = add();
  RoomController& third = add();
  rooms.select({1, {}});
  ASSERT_EQ(rooms.current(), &second);
  EXPECT_NE(rooms.remove(first), nullptr);
  EXPECT_EQ(rooms.current(), &second) << "the same room, one place further up";
  EXPECT_NE(rooms.remove(second), nullptr);
  EXPECT_EQ(rooms.current(), &third);
  EXPECT_NE(rooms.remove(third), nullptr);
  EXPECT_EQ(rooms.current(), nullptr);
}

TEST_F(OpenRoomsTest, KnowsWhichRoomsAreHostedHereHoweverTheirNamesAreTyped) {
  addJoined("192.168.1.20:1060", 2);
  EXPECT_EQ(rooms.hostedAs("Kitchen"), nullptr) << "it is open, but not hosted here";
  const RoomController& hosted = addJoined("Kitchen", 1, true);
  EXPECT_EQ(rooms.hostedAs("Kitchen"), &hosted);
  EXPECT_EQ(rooms.hostedAs("  KITCHEN "), &hosted);
  EXPECT_EQ(rooms.hostedAs("Kitchen table"), nullptr);
  EXPECT_EQ(rooms.hostedAs(""), nullptr);
}

TEST_F(OpenRoomsTest, StepsAroundTheEnds) {
  add();
  add();
  add();
  rooms.select({2, {}});
  EXPECT_EQ(rooms.neighbour(1), (TalkPlace{0, {}}));
  rooms.select({0, {}});
  EXPECT_EQ(rooms.neighbour(-1), (TalkPlace{2, {}}));
}

TEST_F(OpenRoomsTest, KnowsARoomByItsId) {
  RoomController& kitchen = addJoined("kitchen", 7);
  EXPECT_EQ(rooms.withId(idOf<app::RoomId>(7)), &kitchen);
  EXPECT_EQ(rooms.withId(idOf<app::RoomId>(7), &kitchen), nullptr);
  EXPECT_EQ(rooms.withId(idOf<app::RoomId>(8)), nullptr);
}

TEST_F(OpenRoomsTest, KnowsARoomByWhatIsTyped) {
  RoomController& kitchen = addJoined("kitchen", 7);
  EXPECT_EQ(rooms.atAddress("kitchen"), &kitchen);
  EXPECT_EQ(rooms.atAddress("192.0.2.5:1060"), &kitchen);
  EXPECT_EQ(rooms.atAddress("192.0.2.5"), &kitchen) << "1060 is the default";
  EXPECT_EQ(rooms.atAddress("192.0.2.5:1061"), nullptr);
  kitchen.disconnect();
  EXPECT_EQ(rooms.atAddress("kitchen"), nullptr) << "that one can be joined";
}

TEST_F(OpenRoomsTest, NamesOnlyRoomsThatWouldEndForOthers) {
  addJoined("elsewhere", 7);
  EXPECT_TRUE(roomsThatWouldEnd(rooms).empty());
  addJoined("Kitchen table", 8, true);
  const auto ended = roomsThatWouldEnd(rooms);
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended[0].others, 1U);
}

TEST_F(OpenRoomsTest, ListsPrivateChatsBehindTheRoomsAndStepsThroughAll) {
  RoomController& first = addJoined("192.168.1.20:1060", 1);
  RoomController& second = addJoined("192.168.1.21:1060", 2);
  const auto ben = idOf<app::MemberId>(2);
  ASSERT_NE(second.talkTo(ben), nullptr);
  ASSERT_NE(first.talkTo(ben), nullptr);
  EXPECT_THAT(rooms.places(),
              testing::ElementsAre(TalkPlace{0, {}}, TalkPlace{1, {}}, TalkPlace{0, ben}, TalkPlace{1, ben}));
  EXPECT_EQ(rooms.currentTalk(), &first);
  rooms.select({1, ben});
  EXPECT_EQ(rooms.current(), &second);
  EXPECT_EQ(rooms.currentPrivate(), second.privateTalk(ben));
  EXPECT_EQ(rooms.currentTalk(), second.privateTalk(ben));
  EXPECT_EQ(rooms.neighbour(1), (TalkPlace{0, {}}));
  EXPECT_EQ(rooms.neighbour(-1), (TalkPlace{0, ben}));
  rooms.select({1, idOf<app::MemberId>(9)});
  EXPECT_EQ(rooms.selected(), (TalkPlace{1, ben})) << "there is no such chat";
}

TEST_F(OpenRoomsTest, FallsBackToARoomWhenThatOfAPrivateChatGoes) {
  RoomController& first = addJoined("192.168.1.20:1060", 1);
  RoomController& second = addJoined("192.168.1.21:1060", 2);
  const auto ben = idOf<app::MemberId>(2);
  second.talkTo(ben);
  rooms.select({1, ben});
  EXPECT_NE(rooms.remove(second), nullptr);
  EXPECT_EQ(rooms.currentTalk(), &first);
  EXPECT_EQ(rooms.currentPrivate(), nullptr);
}

}  // namespace
}  // namespace earshot::ui

#include "app/host_log.h"

#include <gmock/gmock.h>

#include "app/limits.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using ::testing::IsEmpty;

constexpr UtcMillis kNow{std::chrono::milliseconds{1'700'000'000'000}};

class HostLogTest : public ::testing::Test {
 protected:
  std::unique_ptr<HostLog> open(const std::string& name = "Kitchen table") {
    auto log = HostLog::openOrCreate(folder_.path(), name);
    EXPECT_TRUE(log.ok());
    return log ? std::move(*log) : nullptr;
  }
  /// Asks the room and commits what it decides.
  void happen(HostLog& log, Room& room, const MemberId& who, Command command) {
    auto events = room.decide(who, {makeRandom<RequestId>(), std::move(command)}, kNow);
    ASSERT_TRUE(events.ok());
    for (const Event& event : *events) room.apply(event);
    ASSERT_TRUE(log.commit(*events, {}).ok());
  }

  const test::TemporaryFolder folder_;
  const MemberId anna_ = makeRandom<MemberId>();
  const MemberId berta_ = makeRandom<MemberId>();
};

TEST_F(HostLogTest, ReopensTheRoomOfThatNameInAnyCase) {
  const RoomIdentity first = open()->identity();
  const auto again = open("KITCHEN  Table");
  EXPECT_EQ(again->identity().id, first.id);
  EXPECT_EQ(again->identity().epoch, first.epoch);
  EXPECT_EQ(again->identity().name, "Kitchen table");
  EXPECT_NE(open("Garden")->identity().id, first.id);
}

TEST_F(HostLogTest, RemembersTheRoomAsItWasLeft) {
  {
    auto log = open();
    Room room;
    happen(*log, room, anna_, Join{"Anna"});
    happen(*log, room, berta_, Join{"Berta"});
    happen(*log, room, berta_, Rename{"Bea"});
    happen(*log, room, anna_, SetTopic{"Lunch"});
    happen(*log, room, anna_, Leave{});
  }
  const auto state = open()->loadState();
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->topic, "Lunch");
  EXPECT_EQ(state->lastSeq, Seq{5});
  ASSERT_EQ(state->members.size(), 1U);
  EXPECT_EQ(state->members[0], (Member{berta_, "Bea", kNow}));
}

TEST_F(HostLogTest, StoresABatchWholeOrNotAtAll) {
  auto log = open();
  Room room;
  happen(*log, room, anna_, Join{"Anna"});
  const Event next{Seq{2}, kNow, anna_, "Anna", TextPosted{makeRandom<RequestId>(), TextStyle::Plain, "new"}};
  const Event reused{Seq{1}, kNow, anna_, "Anna", TextPosted{makeRandom<RequestId>(), TextStyle::Plain, "again"}};
  EXPECT_FALSE(log->commit(std::vector<Event>{next, reused}, {}).ok());
  EXPECT_EQ(log->loadState()->lastSeq, Seq{1});
  EXPECT_TRUE(log->commit(std::vector<Event>{next}, {}).ok());
}

TEST_F(HostLogTest, NeverStoresARequestOfASenderTwice) {
  auto log = open();
  const auto id = makeRandom<RequestId>();
  const Event first{Seq{1}, kNow, anna_, "Anna", TextPosted{id, TextStyle::Plain, "once"}};
  Event second = first;
  second.seq = Seq{2};
  ASSERT_TRUE(log->commit(std::vector<Event>{first}, {}).ok());
  EXPECT_FALSE(log->commit(std::vector<Event>{second}, {}).ok());
  EXPECT_EQ(*log->findText(anna_, id), std::optional<Event>{first});
  EXPECT_EQ(*log->findText(berta_, id), std::nullopt);
}

TEST_F(HostLogTest, GivesPagesBoundedInNumberAndBytes) {
  auto log = open();
  std::vector<Event> events;
  for (std::uint64_t i = 1; i <= 100; ++i) {
    events.push_back(
        {Seq{i}, kNow, anna_, "Anna", TextPosted{makeRandom<RequestId>(), TextStyle::Plain, std::string(1'000, 'x')}});
  }
  ASSERT_TRUE(log->commit(events, {}).ok());
  EXPECT_EQ(log->eventsAfter(Seq{0}, 7, 1'000'000)->size(), 7U);
  EXPECT_EQ(log->eventsAfter(Seq{0}, 1'000, 1)->size(), 1U) << "at least one";
  const auto bounded = log->eventsAfter(Seq{50}, 1'000, 10'000);
  ASSERT_TRUE(bounded.ok());
  EXPECT_GT(bounded->size(), 1U);
  EXPECT_LT(bounded->size(), 12U);
  EXPECT_EQ(bounded->front().seq, Seq{51});
  EXPECT_THAT(*log->eventsAfter(Seq{100}, 10, 10), IsEmpty());
}

TEST_F(HostLogTest, KeepsTheConnectionLogApartFromTheEvents) {
  auto log = open();
  std::vector<ConnectionRecord> records{{kNow, ConnectionKind::Connected, "", "10.0.0.1:5", ""},
                                        {kNow, ConnectionKind::Joined, "Anna", "10.0.0.1:5", ""},
                                        {kNow, ConnectionKind::Left, "Anna", "10.0.0.1:5", "lost the connection"}};
  ASSERT_TRUE(log->commit({}, records).ok());
  EXPECT_EQ(*readConnectionLog(log->path(), 10), records);
  EXPECT_EQ(readConnectionLog(log->path(), 1)->front().kind, ConnectionKind::Left);
  EXPECT_EQ(log->loadState()->lastSeq, Seq{0});
}

TEST_F(HostLogTest, DoesNotOpenASecondRoomBesideOneItCannotRead) {
  const auto path = open()->path();
  test::writeFile(path, std::string(8'192, 'x'));
  const auto again = HostLog::openOrCreate(folder_.path(), "Kitchen table");
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, Errc::StorageCorrupt);
}

}  // namespace
}  // namespace earshot::app

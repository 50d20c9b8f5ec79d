#include "app/host_log.h"

#include <SQLiteCpp/SQLiteCpp.h>
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
    auto event = room.decide(who, {makeRandom<RequestId>(), std::move(command)}, kNow);
    ASSERT_TRUE(event && *event);
    room.apply(**event);
    ASSERT_TRUE(log.commit({&**event, 1}, {}).ok());
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

TEST_F(HostLogTest, FindsWhereTheLastTextsBegin) {
  auto log = open();
  Room room;
  happen(*log, room, anna_, Join{"Anna"});
  happen(*log, room, anna_, SendText{TextStyle::Plain, "one"});
  happen(*log, room, anna_, SetTopic{"Lunch"});
  happen(*log, room, anna_, SendText{TextStyle::Plain, "two"});
  happen(*log, room, anna_, SetTopic{"Dinner"});
  EXPECT_EQ(log->beforeLastTexts(0, 100).value(), Seq{5});
  EXPECT_EQ(log->beforeLastTexts(1, 100).value(), Seq{3});
  EXPECT_EQ(log->beforeLastTexts(2, 100).value(), Seq{1});
  EXPECT_EQ(log->beforeLastTexts(3, 100).value(), Seq{0});
  EXPECT_EQ(log->beforeLastTexts(2, 4).value(), Seq{1});
  EXPECT_EQ(log->beforeLastTexts(2, 3).value(), Seq{2}) << "the text before is one event too far away";
  EXPECT_EQ(log->beforeLastTexts(1, 1).value(), Seq{4});
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

TEST_F(HostLogTest, StoresALargeBatchWholeOrNotAtAll) {
  auto log = open();
  Room room;
  happen(*log, room, anna_, Join{"Anna"});
  std::vector<Event> events;
  for (std::uint64_t seq = 2; seq <= 60; ++seq) {
    events.push_back({Seq{seq}, kNow, anna_, "Anna",
                      TextPosted{makeRandom<RequestId>(), TextStyle::Plain, "text " + std::to_string(seq)}});
  }
  for (const std::size_t at : {std::size_t{7}, std::size_t{20}, events.size() - 1}) {
    auto withReused = events;
    withReused[at].seq = Seq{1};
    EXPECT_FALSE(log->commit(withReused, {}).ok()) << at;
    auto withRepeated = events;
    withRepeated[at].body = events.front().body;
    EXPECT_FALSE(log->commit(withRepeated, {}).ok()) << at;
    EXPECT_EQ(log->loadState()->lastSeq, Seq{1}) << at;
  }
  ASSERT_TRUE(log->commit(events, {}).ok());
  EXPECT_EQ(*log->eventsAfter(Seq{1}, 1'000, 1'000'000), events);
}

TEST_F(HostLogTest, ALargeBatchLeavesWhatItsEventsLeaveOneByOne) {
  std::vector<Event> events{{Seq{1}, kNow, anna_, "Anna", MemberJoined{}},
                            {Seq{2}, kNow, berta_, "Berta", MemberJoined{}}};
  const auto add = [&](const MemberId& who, EventBody body) {
    events.push_back({next(events.back().seq), kNow, who, who == anna_ ? "Anna" : "Berta", std::move(body)});
  };
  for (int i = 0; i < 40; ++i) add(anna_, TextPosted{makeRandom<RequestId>(), TextStyle::Plain, std::to_string(i)});
  for (const char* words : {"first", "second"}) add(anna_, TextEdited{Seq{5}, words});
  add(anna_, TextEdited{Seq{6}, "to be deleted"});
  add(anna_, TextDeleted{Seq{6}});
  add(berta_, Reacted{Seq{7}, "👍", true});
  add(berta_, TopicChanged{"Lunch"});
  add(berta_, MemberLeft{});
  const auto together = open("Together");
  const auto oneByOne = open("One by one");
  ASSERT_TRUE(together->commit(events, {}).ok());
  for (const Event& event : events) ASSERT_TRUE(oneByOne->commit({&event, 1}, {}).ok());
  const auto all = together->eventsAfter(Seq{}, 1'000, 1'000'000);
  EXPECT_EQ(*all, *oneByOne->eventsAfter(Seq{}, 1'000, 1'000'000));
  EXPECT_EQ(std::get<TextPosted>(all->at(4).body).text, "second");
  EXPECT_TRUE(std::get<TextPosted>(all->at(5).body).deleted);
  EXPECT_EQ(together->loadState()->members, oneByOne->loadState()->members);
  EXPECT_EQ(together->loadState()->topic, "Lunch");
}

TEST_F(HostLogTest, GoesOnAfterItHasGivenMemoryBack) {
  auto log = open();
  Room room;
  happen(*log, room, anna_, Join{"Anna"});
  EXPECT_TRUE(log->trySaving().ok());
  log->releaseMemory();
  happen(*log, room, berta_, Join{"Berta"});
  EXPECT_EQ(log->loadState()->members.size(), 2U);
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

TEST_F(HostLogTest, MovesWhatWasCommittedIntoTheFileOnlyWhenToldTo) {
  auto log = open();
  const auto inFile = [&] { return std::filesystem::file_size(log->path()); };
  const auto empty = inFile();
  const std::string words(4'000, 'w');
  std::uint64_t seq = 0;
  const auto sayMuch = [&] {
    for (int i = 0; i < 700; ++i) {
      const Event said{Seq{++seq}, kNow, anna_, "Anna", TextPosted{makeRandom<RequestId>(), TextStyle::Plain, words}};
      ASSERT_TRUE(log->commit(std::vector<Event>{said}, {}).ok());
    }
  };

  sayMuch();
  EXPECT_EQ(inFile(), empty);
  log->checkpointIfDue();
  EXPECT_GT(inFile(), 700 * words.size());
  const auto moved = inFile();
  log->checkpointIfDue();
  EXPECT_EQ(inFile(), moved);
  EXPECT_EQ(log->loadState()->lastSeq, Seq{700});

  // What has been moved makes room for what comes.
  const auto waiting = log->path().string() + "-wal";
  const auto longest = std::filesystem::file_size(waiting);
  sayMuch();
  EXPECT_LT(std::filesystem::file_size(waiting), longest * 3 / 2);
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

TEST_F(HostLogTest, RemembersWhoMayComeIn) {
  const Invite first{makeRandom<InviteToken>(), kNow, kNow + 24h, 50};
  const Invite second{makeRandom<InviteToken>(), kNow, kNow + 1h, 1};
  {
    auto log = open();
    EXPECT_EQ(log->loadAccess()->joinCode, std::nullopt) << "not decided yet";
    const std::vector<AccessChange> changes{JoinCodeSet{"amber-tiger-lake-42"}, InviteMade{first}, InviteMade{second},
                                            MemberAdmitted{anna_, idOf(first.token), kNow},
                                            MemberAdmitted{berta_, std::nullopt, kNow}};
    ASSERT_TRUE(log->commit({}, {}, changes).ok());
  }
  auto log = open();
  auto access = log->loadAccess();
  ASSERT_TRUE(access.ok());
  EXPECT_EQ(access->joinCode, "amber-tiger-lake-42");
  ASSERT_EQ(access->invites.size(), 2U);
  EXPECT_EQ(access->invites[0].usesLeft, 49U);
  EXPECT_EQ(access->invites[1], second);
  EXPECT_THAT(access->members, ::testing::UnorderedElementsAre(anna_, berta_));

  const std::vector<AccessChange> changes{InviteRevoked{idOf(first.token)}, JoinCodeSet{""}};
  ASSERT_TRUE(log->commit({}, {}, changes).ok());
  access = log->loadAccess();
  EXPECT_EQ(access->joinCode, "") << "open, and meant to be";
  EXPECT_EQ(access->invites, std::vector<Invite>{second});
  EXPECT_THAT(access->members, IsEmpty());
}

TEST_F(HostLogTest, AdmitsWithTheArrivalOrNotAtAll) {
  auto log = open();
  const Event arrival{Seq{1}, kNow, anna_, "Anna", MemberJoined{}};
  ASSERT_TRUE(log->commit(std::vector<Event>{arrival}, {}).ok());
  const std::vector<AccessChange> admitted{MemberAdmitted{anna_, std::nullopt, kNow}};
  EXPECT_FALSE(log->commit(std::vector<Event>{arrival}, {}, admitted).ok()) << "a number that is taken";
  EXPECT_THAT(log->loadAccess()->members, IsEmpty());
}

TEST_F(HostLogTest, RemembersHowTheRoomIsHosted) {
  RoomSettings settings{1061, 50};
  settings.limits.apply(*parseFloodLimit("texts=5/20"));
  settings.limits.apply(*parseFloodLimit("joins=none"));
  ASSERT_TRUE(open()->saveSettings(settings).ok());
  EXPECT_EQ(open()->settings(), settings);
  SQLite::Database(open()->path().string(), SQLite::OPEN_READWRITE).exec("UPDATE settings SET limits = 'words=1/1'");
  EXPECT_EQ(HostLog::openOrCreate(folder_.path(), "Kitchen table").error().code, Errc::StorageCorrupt);
}

TEST_F(HostLogTest, KeepsTheHostsKeyBesideTheLog) {
  const auto log = open();
  const auto key = log->hostKey().publicKey;
  EXPECT_TRUE(std::filesystem::exists(log->path().parent_path() / "host.key"));
  EXPECT_EQ(open()->hostKey().publicKey, key);
  EXPECT_NE(open("Garden")->hostKey().publicKey, key);
}

TEST_F(HostLogTest, DoesNotOpenARoomWhoseKeyIsDamaged) {
  const auto file = open()->path().parent_path() / "host.key";
  test::writeFile(file, "no key");
  const auto again = HostLog::openOrCreate(folder_.path(), "Kitchen table");
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, Errc::StorageCorrupt);
  EXPECT_EQ(test::contentOf(file), "no key");
}

TEST_F(HostLogTest, OpensARoomThatWasMadeBeforeThereWereJoinCodes) {
  const auto id = makeRandom<RoomId>();
  const auto file = folder_ / hexOf(id) / "room.db";
  std::filesystem::create_directory(file.parent_path());
  {
    SQLite::Database old(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(
        "CREATE TABLE room(id BLOB NOT NULL, epoch BLOB NOT NULL, name TEXT NOT NULL, topic TEXT NOT NULL DEFAULT '');"
        "CREATE TABLE events(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind INTEGER NOT NULL, actor BLOB NOT"
        " NULL, actor_name TEXT NOT NULL, request BLOB, detail INTEGER NOT NULL DEFAULT 0, text TEXT NOT NULL DEFAULT"
        " '');"
        "CREATE UNIQUE INDEX events_by_request ON events(actor, request) WHERE request IS NOT NULL;"
        "CREATE TABLE members(id BLOB PRIMARY KEY, name TEXT NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE connections(id INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind INTEGER NOT NULL,"
        " name TEXT NOT NULL, address TEXT NOT NULL, reason TEXT NOT NULL);"
        "INSERT INTO room VALUES(x'" +
        hexOf(id) + "', x'" + hexOf(makeRandom<Epoch>()) +
        "', 'Old room', 'Lunch');"
        "INSERT INTO connections VALUES(1, 5, 0, '', '10.0.0.1:5', '');"
        "PRAGMA application_id = 1163085906; PRAGMA user_version = 1;");
  }
  EXPECT_EQ(readConnectionLog(file, 10)->size(), 1U) << "also before it is brought up to date";
  for (int i = 0; i < 2; ++i) {
    auto log = open("Old room");
    EXPECT_EQ(log->identity().id, id);
    EXPECT_EQ(log->loadState()->topic, "Lunch");
    EXPECT_EQ(log->loadAccess()->joinCode, i == 0 ? std::nullopt : std::optional<std::string>{"amber-tiger-lake-42"});
    const std::vector<AccessChange> changes{JoinCodeSet{"amber-tiger-lake-42"}};
    ASSERT_TRUE(log->commit({}, {}, changes).ok());
  }
}

TEST_F(HostLogTest, RefusesAccessThatNobodyHereWrote) {
  int number = 0;
  for (const char* damage :
       {"UPDATE room SET join_code = 'no code'", "UPDATE room SET join_code = 'Amber-Tiger-Lake-42'",
        "INSERT INTO admitted VALUES(x'00', 1)", "INSERT INTO invites VALUES(1, x'00', x'00', 1, 2, 3)",
        "INSERT INTO invites VALUES(1, x'00', zeroblob(16), 1, 2, -3)",
        "INSERT INTO invites VALUES(1, x'00', zeroblob(16), 1, 2, 5000000000)"}) {
    auto log = open("Room " + std::to_string(++number));
    ASSERT_NE(log, nullptr);
    SQLite::Database(log->path().string(), SQLite::OPEN_READWRITE).exec(damage);
    const auto access = log->loadAccess();
    ASSERT_FALSE(access.ok()) << damage;
    EXPECT_EQ(access.error().code, Errc::StorageCorrupt);
  }
}

TEST_F(HostLogTest, LeavesARoomOfALaterVersionAlone) {
  const auto path = open()->path();
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 1000");
  EXPECT_EQ(HostLog::openOrCreate(folder_.path(), "Kitchen table").error().code, Errc::StorageNewer);
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

#include "app/search.h"

#include <gmock/gmock.h>

#include <random>

#include "app/conversation_schema.h"
#include "app/private_chat.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kHour = 3'600'000;

constexpr UtcMillis at(std::int64_t ms) {
  return UtcMillis{std::chrono::milliseconds{ms}};
}

SearchQuery forWords(const std::string& words) {
  SearchQuery query;
  query.words = words;
  return query;
}

class SearchTest : public ::testing::Test {
 protected:
  struct Room {
    std::string name;
    RoomId id = makeRandom<RoomId>();
    std::unique_ptr<Conversation> conversation{};
    std::uint64_t last = 0;
  };

  Room room(const std::string& name) {
    Room room{name};
    open(room);
    return room;
  }
  void open(Room& room) {
    auto opened = Conversation::open(folder_.path(), room.id);
    ASSERT_TRUE(opened.ok());
    room.conversation = std::move(*opened);
    ConversationInfo info;
    info.room = room.id;
    info.roomName = room.name;
    info.self = self_;
    info.selfName = "Anna";
    ASSERT_TRUE(room.conversation->admitted(epoch_, info).ok());
  }
  Event text(Room& room, const std::string& words, UtcMillis time, const std::string& name = "Berta") {
    return {Seq{++room.last}, time, berta_, name, TextPosted{makeRandom<RequestId>(), TextStyle::Plain, words}};
  }
  void record(Room& room, const std::vector<Event>& events) {
    ASSERT_TRUE(room.conversation->record(events, self_).ok());
  }
  void say(Room& room, const std::string& words, UtcMillis time, const std::string& name = "Berta") {
    record(room, {text(room, words, time, name)});
  }
  /// As version 1 of the program left it.
  void takeIndexAway(Room& room) {
    const auto file = room.conversation->path();
    room.conversation.reset();
    SQLite::Database db(file.string(), SQLite::OPEN_READWRITE);
    db.exec(
        "DROP TRIGGER search_added; DROP TRIGGER search_changed; DROP TRIGGER search_removed; DROP TABLE search;"
        "DROP TABLE search_days; PRAGMA user_version = 1");
  }
  static std::vector<std::string> textsOf(const std::vector<SearchHit>& hits) {
    std::vector<std::string> texts;
    for (const SearchHit& hit : hits) texts.push_back(hit.text());
    return texts;
  }
  std::vector<std::string> find(const SearchQuery& query, std::size_t limit = 100) {
    const auto results = searchConversations(folder_.path(), query, limit);
    EXPECT_THAT(results.unreadable, IsEmpty());
    return textsOf(results.hits);
  }
  std::vector<std::string> find(const std::string& words) { return find(forWords(words)); }

  const test::TemporaryFolder folder_;
  const Epoch epoch_ = makeRandom<Epoch>();
  const MemberId self_ = makeRandom<MemberId>();
  const MemberId berta_ = makeRandom<MemberId>();
};

// --- the index follows every way to write ---------------------------------------------------------

TEST_F(SearchTest, FindsWhatWasReceived) {
  Room kitchen = room("Kitchen");
  say(kitchen, "Cake at five", at(1));
  say(kitchen, "今天下午五点见面", at(2));
  EXPECT_THAT(find("cake"), ElementsAre("Cake at five"));
  EXPECT_THAT(find("下午"), ElementsAre("今天下午五点见面"));
  EXPECT_THAT(find("tea"), IsEmpty());
}

TEST_F(SearchTest, FindsAnOwnTextOnceItHasLeftTheOutbox) {
  Room kitchen = room("Kitchen");
  const OutgoingText first{makeRandom<RequestId>(), at(1), TextStyle::Plain, "my cake"};
  const OutgoingText second{makeRandom<RequestId>(), at(2), TextStyle::Plain, "your cake"};
  ASSERT_TRUE(kitchen.conversation->queue(first).ok());
  ASSERT_TRUE(kitchen.conversation->queue(second).ok());
  EXPECT_THAT(find("cake"), IsEmpty());
  ASSERT_TRUE(kitchen.conversation->acknowledge(first.id, Seq{1}, at(5), self_, "Anna").ok());
  EXPECT_THAT(find("cake"), ElementsAre("my cake"));
  const Event event{Seq{2}, at(6), self_, "Anna", TextPosted{second.id, TextStyle::Plain, second.text}};
  ASSERT_TRUE(kitchen.conversation->record(std::vector{event}, self_).ok());
  ASSERT_TRUE(kitchen.conversation->record(std::vector{event}, self_).ok()) << "known already";
  EXPECT_THAT(find("cake"), ElementsAre("your cake", "my cake"));
}

TEST_F(SearchTest, FindsBothSidesOfAPrivateChat) {
  Room kitchen = room("Kitchen");
  ConversationInfo info;
  info.roomName = "Kitchen";
  info.self = self_;
  info.selfName = "Anna";
  info.peer = PrivatePeer{berta_, "Berta", kitchen.id};
  auto chat = PrivateChat::open(folder_.path(), info);
  ASSERT_TRUE(chat.ok());
  const PrivateChat::Arrival arrival{at(1), "Berta",
                                     TextPosted{makeRandom<RequestId>(), TextStyle::Plain, "secret cake"}};
  ASSERT_TRUE((*chat)->record(std::vector{arrival}).ok());
  const auto id = makeRandom<RequestId>();
  ASSERT_TRUE((*chat)->queue({id, at(2), TextStyle::Plain, "no cake for me"}).ok());
  EXPECT_THAT(find("cake"), ElementsAre("secret cake"));
  ASSERT_TRUE((*chat)->advance(std::vector{PrivateChat::Progress{id, at(3), false}}).ok());
  EXPECT_THAT(find("cake"), ElementsAre("no cake for me", "secret cake"));
  SearchQuery query = forWords("cake");
  for (const char* room : {"berta", "kitch"}) {
    query.room = room;
    EXPECT_THAT(find(query), SizeIs(2)) << room;
  }
}

TEST_F(SearchTest, FollowsATextThatIsReplacedOrBlanked) {
  Room kitchen = room("Kitchen");
  say(kitchen, "cake at five", at(1));
  const auto hits = searchConversations(folder_.path(), forWords("cake"), 10).hits;
  ASSERT_THAT(hits, SizeIs(1));
  {
    SQLite::Database db(kitchen.conversation->path().string(), SQLite::OPEN_READWRITE);
    addSearchFunctions(db);
    replaceText(db, hits[0].stored.position, "tea at six");
    EXPECT_THAT(find("cake"), IsEmpty());
    EXPECT_THAT(find("six"), ElementsAre("tea at six"));
    replaceText(db, hits[0].stored.position, "");
    EXPECT_THAT(find("six"), IsEmpty());
  }
  SQLite::Database db(kitchen.conversation->path().string(), SQLite::OPEN_READWRITE);
  EXPECT_NO_THROW(db.exec("INSERT INTO search(search) VALUES('integrity-check')"));
}

// --- files from before there was an index ------------------------------------------------------------

TEST_F(SearchTest, SearchesAFileOfTheFirstVersionAsItIs) {
  Room kitchen = room("Kitchen");
  say(kitchen, "Cake at five", at(1));
  takeIndexAway(kitchen);
  EXPECT_THAT(find("cak"), ElementsAre("Cake at five"));
  SearchQuery query = forWords("cake");
  query.from = at(2);
  EXPECT_THAT(find(query), IsEmpty());
}

TEST_F(SearchTest, IndexesAFileOfTheFirstVersionWhenItIsWritten) {
  const RoomId id = makeRandom<RoomId>();
  const auto file = folder_ / (hexOf(id) + kConversationExtension);
  {
    SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(
        "CREATE TABLE info(room BLOB NOT NULL, room_name TEXT NOT NULL, address TEXT NOT NULL, self BLOB NOT NULL,"
        " self_name TEXT NOT NULL, hosted_here INTEGER NOT NULL, last_activity INTEGER NOT NULL DEFAULT 0,"
        " message_count INTEGER NOT NULL DEFAULT 0);"
        "CREATE TABLE epochs(number INTEGER PRIMARY KEY AUTOINCREMENT, epoch BLOB NOT NULL UNIQUE);"
        "CREATE TABLE events(position INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind INTEGER NOT NULL,"
        " actor BLOB NOT NULL, actor_name TEXT NOT NULL, request BLOB, detail INTEGER NOT NULL DEFAULT 0,"
        " text TEXT NOT NULL DEFAULT '');"
        "CREATE TABLE outbox(number INTEGER PRIMARY KEY AUTOINCREMENT, request BLOB NOT NULL UNIQUE,"
        " time INTEGER NOT NULL, style INTEGER NOT NULL, text TEXT NOT NULL);"
        "INSERT INTO info VALUES(x'" +
        hexOf(id) + "', 'Kitchen', '', zeroblob(32), 'Anna', 0, 2, 2);" +
        "INSERT INTO events VALUES(1, 1, 0, zeroblob(32), 'Berta', zeroblob(16), 0, 'Crème brûlée');"
        "INSERT INTO events VALUES(2, 2, 1, zeroblob(32), 'Cremona', NULL, 0, '');"
        "INSERT INTO events VALUES(3, 90000000, 0, zeroblob(32), 'Carl', zeroblob(16), 0, '今天下午');"
        "PRAGMA application_id = 1163085891; PRAGMA user_version = 1");
  }
  EXPECT_THAT(find("creme"), ElementsAre("Crème brûlée"));
  {
    Room kitchen{"Kitchen", id, {}, 10};
    open(kitchen);
    say(kitchen, "creme fraiche", at(100'000'000));
  }
  SQLite::Database db(file.string(), SQLite::OPEN_READONLY);
  EXPECT_EQ(db.execAndGet("PRAGMA user_version").getInt(), kConversationSchema.version);
  EXPECT_EQ(db.execAndGet("SELECT count(*) FROM search WHERE search MATCH 'creme'").getInt(), 2);
  EXPECT_THAT(find("creme"), ElementsAre("creme fraiche", "Crème brûlée"));
  EXPECT_THAT(find("天"), ElementsAre("今天下午"));
  SearchQuery query;
  query.from = at(80'000'000);
  query.to = at(95'000'000);
  EXPECT_THAT(find(query), ElementsAre("今天下午"));
}

TEST_F(SearchTest, FindsTheSameWithAnIndexAndWithoutOne) {
  Room kitchen = room("Kitchen");
  std::mt19937 random(1);
  const std::vector<std::string> words{"a", "an", "anna", "tea", "team", "今天", "下午茶", "Über", "42", "🎉"};
  const std::vector<std::string> names{"Anna", "Ann B", "李雷"};
  const auto one = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  std::vector<Event> events;
  for (int i = 0; i < 300; ++i) {
    // A clock that also goes back.
    const auto time = at(i * kHour + static_cast<std::int64_t>(random() % 48) * kHour);
    events.push_back(text(kitchen, one(words) + ' ' + one(words) + ' ' + one(words), time, one(names)));
  }
  record(kitchen, events);
  std::vector<SearchQuery> queries;
  for (int i = 0; i < 200; ++i) {
    SearchQuery query = forWords(one({"", "a", "te", "tea", "tea a", "下午", "今", "uber 4", "🎉 an", "an", "?"}));
    query.person = one({"", "", "an", "b", "李"});
    if (random() % 2 == 0) query.from = at(static_cast<std::int64_t>(random() % 300) * kHour);
    if (random() % 2 == 0) query.to = at(static_cast<std::int64_t>(random() % 300) * kHour);
    queries.push_back(query);
  }
  const auto answers = [&](std::size_t limit) {
    std::vector<std::vector<StoredEvent>> all;
    const auto file = folder_ / (hexOf(kitchen.id) + kConversationExtension);
    for (const SearchQuery& query : queries) {
      all.push_back(*(*ConversationReader::open(file))->search(query, limit));
    }
    return all;
  };
  const auto indexed = answers(1'000);
  const auto firstIndexed = answers(3);
  takeIndexAway(kitchen);
  EXPECT_EQ(answers(1'000), indexed);
  EXPECT_EQ(answers(3), firstIndexed);
}

// --- what is asked -----------------------------------------------------------------------------------

TEST_F(SearchTest, ListsTheNewestOfAllRoomsFirst) {
  Room kitchen = room("Kitchen");
  Room garden = room("Garden");
  say(kitchen, "cake 1", at(1'000));
  say(garden, "cake 2", at(2'000));
  say(kitchen, "cake 3", at(3'000));
  say(garden, "cake 4", at(4'000));
  EXPECT_THAT(find("cake"), ElementsAre("cake 4", "cake 3", "cake 2", "cake 1"));
  const auto results = searchConversations(folder_.path(), forWords("cake"), 3);
  EXPECT_THAT(textsOf(results.hits), ElementsAre("cake 4", "cake 3", "cake 2"));
  EXPECT_TRUE(results.hasMore);
  EXPECT_EQ(results.hits[1].conversation->roomName, "Kitchen");
  EXPECT_FALSE(searchConversations(folder_.path(), forWords("cake"), 4).hasMore);
}

TEST_F(SearchTest, KeepsToThePersonTheRoomAndTheTime) {
  Room kitchen = room("Kitchen table");
  Room garden = room("Garden");
  say(kitchen, "cake", at(1'000), "Berta");
  say(kitchen, "more cake", at(2'000), "Carl Ö");
  say(garden, "no cake", at(3'000), "Carl Ö");
  SearchQuery query = forWords("cake");
  query.person = "carl o";
  EXPECT_THAT(find(query), ElementsAre("no cake", "more cake"));
  query.room = "kitchen";
  EXPECT_THAT(find(query), ElementsAre("more cake"));
  query.room = " ";
  EXPECT_THAT(find(query), ElementsAre("no cake", "more cake"));
  query.room = "?!";
  EXPECT_THAT(find(query), IsEmpty());
  query.room = hexOf(garden.id).substr(0, 8);
  EXPECT_THAT(find(query), ElementsAre("no cake"));
  query = forWords("");
  query.person = "Carl";
  EXPECT_THAT(find(query), ElementsAre("no cake", "more cake"));
  query = {};
  query.from = at(2'000);
  query.to = at(3'000);
  EXPECT_THAT(find(query), ElementsAre("more cake"));
  query.words = "cake";
  EXPECT_THAT(find(query), ElementsAre("more cake"));
  query.words = "berta";
  EXPECT_THAT(find(query), IsEmpty()) << "a name is no word";
}

TEST_F(SearchTest, TakesTheLastWordAsABeginning) {
  Room kitchen = room("Kitchen");
  std::vector<Event> events;
  for (int i = 0; i < 3'000; ++i) {
    events.push_back(text(kitchen, i % 1'000 == 0 ? "thermos flask" : "the tea", at(i)));
  }
  record(kitchen, events);
  EXPECT_THAT(find("ther"), SizeIs(3));
  EXPECT_THAT(find("thermos fl"), SizeIs(3));
  EXPECT_THAT(find("ther flask"), IsEmpty());
  EXPECT_THAT(find("th"), SizeIs(100));
}

TEST_F(SearchTest, FindsNothingWhenNothingIsAsked) {
  Room kitchen = room("Kitchen");
  say(kitchen, "?! cake", at(1));
  for (const char* words : {"", "  ", "?!", "\"", "\xff", "cake ?!x"}) EXPECT_THAT(find(words), IsEmpty()) << words;
  SearchQuery query;
  query.room = "Kitchen";
  EXPECT_THAT(find(query), IsEmpty());
}

TEST_F(SearchTest, CannotBeBrokenByWhatIsTyped) {
  Room kitchen = room("Kitchen");
  say(kitchen, "cake and tea", at(1));
  for (const char* words : {"\"", "cake\"", "cake AND", "NOT cake", "cake NEAR(", "words:cake", "cake*", "(cake",
                            "^cake", "- cake", "{a b}: c", "cake' OR 1=1 --", "a + b", "\"cake\" OR \"x", "*", "%_"}) {
    SearchQuery query = forWords(words);
    const auto reader = ConversationReader::open(kitchen.conversation->path());
    EXPECT_TRUE((*reader)->search(query, 10).ok()) << words;
    query.person = words;
    EXPECT_TRUE((*reader)->search(query, 10).ok()) << words;
  }
  EXPECT_THAT(find("cake*"), ElementsAre("cake and tea"));
  EXPECT_THAT(find("\"tea\" cake"), ElementsAre("cake and tea"));
  EXPECT_THAT(find("cake OR nothing"), IsEmpty()) << "only words";
}

TEST_F(SearchTest, EndsWhenNobodyWaits) {
  Room kitchen = room("Kitchen");
  std::vector<Event> events;
  for (int i = 0; i < 3'000; ++i) events.push_back(text(kitchen, "tea", at(i)));
  record(kitchen, events);
  const auto results = searchConversations(folder_.path(), forWords("cak"), 10, [] { return false; });
  EXPECT_TRUE(results.isCancelled);
}

TEST_F(SearchTest, NamesFilesThatItCannotSearch) {
  Room kitchen = room("Kitchen");
  say(kitchen, "cake", at(1));
  test::writeFile(folder_ / "damaged.earshot", std::string(4'096, 'x'));
  const auto results = searchConversations(folder_.path(), forWords("cake"), 10);
  EXPECT_THAT(textsOf(results.hits), ElementsAre("cake"));
  EXPECT_THAT(results.unreadable, ElementsAre(folder_ / "damaged.earshot"));
  EXPECT_THAT(searchConversations(folder_ / "missing", forWords("cake"), 10).hits, IsEmpty());
}

}  // namespace
}  // namespace earshot::app

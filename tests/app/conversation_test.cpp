#include "app/conversation.h"
#include "app/whole_file.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include "app/conversation_schema.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr UtcMillis at(std::int64_t ms) {
  return UtcMillis{std::chrono::milliseconds{ms}};
}

class ConversationTest : public ::testing::Test {
 protected:
  void SetUp() override { conversation_ = open(); }

  std::unique_ptr<Conversation> open() {
    auto opened = Conversation::open(folder_.path(), room_);
    EXPECT_TRUE(opened.ok());
    auto conversation = std::move(*opened);
    ConversationInfo info;
    info.room = room_;
    info.roomName = "Kitchen table";
    info.address = "127.0.0.1:1060";
    info.selfName = "Anna";
    info.self = self_;
    info.lastActivity = at(1);
    EXPECT_TRUE(conversation->admitted(epoch_, info).ok());
    return conversation;
  }
  std::unique_ptr<ConversationReader> reader() {
    auto opened = ConversationReader::open(conversation_->path());
    EXPECT_TRUE(opened.ok());
    return std::move(*opened);
  }
  Event text(std::uint64_t seq, const std::string& words, const MemberId& from,
             RequestId id = makeRandom<RequestId>()) {
    return {Seq{seq}, at(static_cast<std::int64_t>(1'000 * seq)), from, from == self_ ? "Anna" : "Berta",
            TextPosted{id, TextStyle::Plain, words}};
  }
  static std::vector<std::string> wordsOf(const std::vector<StoredEvent>& events) {
    std::vector<std::string> words;
    for (const auto& stored : events) words.push_back(std::get<TextPosted>(stored.event.body).text);
    return words;
  }

  const test::TemporaryFolder folder_;
  const RoomId room_ = makeRandom<RoomId>();
  Epoch epoch_ = makeRandom<Epoch>();
  const MemberId self_ = makeRandom<MemberId>();
  const MemberId berta_ = makeRandom<MemberId>();
  std::unique_ptr<Conversation> conversation_;
};

TEST_F(ConversationTest, GivesBackEveryKindOfEventAsItWas) {
  std::vector<Event> events{
      text(1, "Grüße 🎉 مرحبا\n你好", berta_),
      {Seq{2}, at(2'000), berta_, "Berta", MemberJoined{}},
      {Seq{3}, at(3'000), berta_, "Berta", MemberRenamed{"Bea"}},
      {Seq{4}, at(4'000), berta_, "Bea", TopicChanged{""}},
      {Seq{5}, at(5'000), berta_, "Bea", MemberLeft{LeaveReason::ConnectionLost}},
      {Seq{6}, at(6'000), berta_, "Bea", TextPosted{makeRandom<RequestId>(), TextStyle::Action, "waves"}},
  };
  const auto recorded = conversation_->record(events, self_);
  ASSERT_TRUE(recorded.ok());
  EXPECT_EQ(recorded->received.size(), events.size());
  const auto back = reader()->before({}, 100);
  ASSERT_TRUE(back.ok());
  ASSERT_EQ(back->size(), events.size());
  for (std::size_t i = 0; i < events.size(); ++i) EXPECT_EQ((*back)[i].event, events[i]);
}

TEST_F(ConversationTest, SkipsWhatItHasAlready) {
  const std::vector<Event> events{text(1, "once", berta_)};
  ASSERT_TRUE(conversation_->record(events, self_).ok());
  const auto again = conversation_->record(events, self_);
  ASSERT_TRUE(again.ok());
  EXPECT_THAT(again->received, IsEmpty());
  EXPECT_EQ(reader()->info()->messageCount, 1U);
}

TEST_F(ConversationTest, MovesAnOwnTextFromTheOutboxToTheHistory) {
  const auto id = makeRandom<RequestId>();
  ASSERT_TRUE(conversation_->queue({id, at(1), TextStyle::Plain, "mine"}).ok());
  EXPECT_EQ(conversation_->outbox()->size(), 1U);
  const std::vector<Event> events{text(1, "mine", self_, id), text(2, "from another device", self_)};
  const auto recorded = conversation_->record(events, self_);
  ASSERT_TRUE(recorded.ok());
  EXPECT_THAT(wordsOf(recorded->sent), ElementsAre("mine"));
  EXPECT_THAT(wordsOf(recorded->received), ElementsAre("from another device"));
  EXPECT_THAT(*conversation_->outbox(), IsEmpty());
}

TEST_F(ConversationTest, CompletesAnOwnTextFromTheAcknowledgementAlone) {
  const auto id = makeRandom<RequestId>();
  ASSERT_TRUE(conversation_->queue({id, at(1), TextStyle::Action, "waves"}).ok());
  const auto stored = conversation_->acknowledge(id, Seq{9}, at(9), self_, "Anna");
  ASSERT_TRUE(stored.ok());
  ASSERT_TRUE(*stored);
  EXPECT_EQ((*stored)->event, (Event{Seq{9}, at(9), self_, "Anna", TextPosted{id, TextStyle::Action, "waves"}}));
  EXPECT_THAT(*conversation_->outbox(), IsEmpty());
  const auto again = conversation_->acknowledge(id, Seq{9}, at(9), self_, "Anna");
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(*again);
}

TEST_F(ConversationTest, KeepsTheOutboxInItsOrderOverARestart) {
  for (const char* words : {"one", "two", "three"}) {
    ASSERT_TRUE(conversation_->queue({makeRandom<RequestId>(), at(1), TextStyle::Plain, words}).ok());
  }
  conversation_.reset();
  conversation_ = open();
  const auto outbox = conversation_->outbox();
  ASSERT_TRUE(outbox.ok());
  ASSERT_EQ(outbox->size(), 3U);
  EXPECT_EQ((*outbox)[0].text, "one");
  EXPECT_EQ((*outbox)[2].text, "three");
  ASSERT_TRUE(conversation_->discard((*outbox)[1].id).ok());
  EXPECT_EQ(conversation_->outbox()->size(), 2U);
}

TEST_F(ConversationTest, KeepsAnOldEpochBeforeANewOneWithTheSameNumbers) {
  ASSERT_TRUE(conversation_->record(std::vector<Event>{text(7, "old", berta_)}, self_).ok());
  epoch_ = makeRandom<Epoch>();
  conversation_ = open();
  ASSERT_TRUE(
      conversation_->record(std::vector<Event>{text(1, "new", berta_), text(7, "new seven", berta_)}, self_).ok());
  EXPECT_THAT(wordsOf(*reader()->before({}, 10)), ElementsAre("old", "new", "new seven"));
  const auto position = reader()->positionOf(Seq{7});
  ASSERT_TRUE(position.ok());
  ASSERT_TRUE(*position);
  EXPECT_THAT(wordsOf(*reader()->before(**position, 10)), ElementsAre("old", "new"));
}

TEST_F(ConversationTest, IsReadInPagesInBothDirections) {
  std::vector<Event> events;
  for (std::uint64_t i = 1; i <= 10; ++i) events.push_back(text(i, std::to_string(i), berta_));
  ASSERT_TRUE(conversation_->record(events, self_).ok());
  const auto read = reader();
  const auto last = read->before({}, 3);
  ASSERT_TRUE(last.ok());
  EXPECT_THAT(wordsOf(*last), ElementsAre("8", "9", "10"));
  EXPECT_THAT(wordsOf(*read->before(last->front().position, 2)), ElementsAre("6", "7"));
  EXPECT_THAT(wordsOf(*read->after(last->front().position, 9)), ElementsAre("9", "10"));
  EXPECT_THAT(wordsOf(*read->after(Position{0}, 2)), ElementsAre("1", "2"));
}

TEST_F(ConversationTest, FindsWordsInAnyCaseAndScriptNewestFirst) {
  ASSERT_TRUE(
      conversation_
          ->record(std::vector<Event>{text(1, "Die STRASSE ist lang", berta_), text(2, "Straße und Weg", berta_),
                                      text(3, "今天下午五点见面", berta_), text(4, "nothing", berta_)},
                   self_)
          .ok());
  const auto read = reader();
  EXPECT_THAT(wordsOf(*read->search({"straße"}, 10)), ElementsAre("Straße und Weg", "Die STRASSE ist lang"));
  EXPECT_THAT(wordsOf(*read->search({"weg STRASSE"}, 10)), ElementsAre("Straße und Weg"));
  EXPECT_THAT(wordsOf(*read->search({"下午"}, 10)), ElementsAre("今天下午五点见面"));
  EXPECT_THAT(*read->search({"  "}, 10), IsEmpty());
  EXPECT_THAT(*read->search({"\xff"}, 10), IsEmpty());
  EXPECT_EQ(read->search({"str"}, 1)->size(), 1U);
}

TEST_F(ConversationTest, IsReadWhileItIsWritten) {
  const auto read = reader();
  ASSERT_TRUE(conversation_->record(std::vector<Event>{text(1, "one", berta_)}, self_).ok());
  EXPECT_EQ(read->before({}, 10)->size(), 1U);
  int seen = 0;
  ASSERT_TRUE(read->forEach({}, {},
                            [&](const StoredEvent&) {
                              ++seen;
                              EXPECT_TRUE(
                                  conversation_->record(std::vector<Event>{text(2, "two", berta_)}, self_).ok());
                              return true;
                            })
                  .ok());
  EXPECT_EQ(seen, 1) << "one snapshot";
  EXPECT_EQ(read->before({}, 10)->size(), 2U);
}

TEST_F(ConversationTest, CountsAndVisitsAHalfOpenRangeOfTime) {
  ASSERT_TRUE(
      conversation_->record(std::vector<Event>{text(1, "a", berta_), text(2, "b", berta_), text(3, "c", berta_)}, self_)
          .ok());
  const auto read = reader();
  EXPECT_EQ(*read->countBetween(at(2'000), at(3'000)), 1U);
  EXPECT_EQ(*read->countBetween(at(2'000), {}), 2U);
  EXPECT_EQ(*read->countBetween({}, at(2'000)), 1U);
}

TEST_F(ConversationTest, IsListedWithTheMostRecentFirstAndDamagedFilesNamed) {
  const RoomId other = makeRandom<RoomId>();
  auto second = Conversation::open(folder_.path(), other);
  ASSERT_TRUE(second.ok());
  ConversationInfo info;
  info.room = other;
  info.roomName = "Later";
  info.lastActivity = at(99'999);
  ASSERT_TRUE((*second)->admitted(makeRandom<Epoch>(), info).ok());
  test::writeFile(folder_ / "damaged.earshot", std::string(4'096, 'x'));
  test::writeFile(folder_ / "unrelated.txt", "x");
  std::vector<std::filesystem::path> unreadable;
  const auto listed = listConversations(folder_.path(), &unreadable);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].roomName, "Later");
  EXPECT_EQ(listed[1].roomName, "Kitchen table");
  EXPECT_THAT(unreadable, ElementsAre(folder_ / "damaged.earshot"));
  EXPECT_THAT(listConversations(folder_ / "missing"), IsEmpty());
}

TEST_F(ConversationTest, RefusesFilesThatAreDamagedNewerOrSomethingElse) {
  const auto file = conversation_->path();
  conversation_.reset();
  const auto codeOfOpening = [&] {
    auto opened = ConversationReader::open(file);
    return opened ? Errc::Cancelled : opened.error().code;
  };
  const auto pragma = [&](const std::string& sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(textOf(file).c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
  };
  pragma("PRAGMA user_version = 99");
  EXPECT_EQ(codeOfOpening(), Errc::StorageNewer);
  EXPECT_EQ(Conversation::open(folder_.path(), room_).error().code, Errc::StorageNewer);
  pragma("PRAGMA user_version = 1; PRAGMA application_id = 1234");
  EXPECT_EQ(codeOfOpening(), Errc::StorageCorrupt);
  test::writeFile(file, "this is no database at all, but it is long enough to look at" + std::string(5'000, ' '));
  EXPECT_EQ(codeOfOpening(), Errc::StorageCorrupt);
  EXPECT_EQ(Conversation::open(folder_.path(), room_).error().code, Errc::StorageCorrupt);
  std::filesystem::remove(file);
  EXPECT_EQ(codeOfOpening(), Errc::NotFound);
}

TEST_F(ConversationTest, SkipsEventsOfAKindThatOnlyANewerVersionKnows) {
  ASSERT_TRUE(conversation_->record(std::vector<Event>{text(1, "one", berta_), text(2, "two", berta_)}, self_).ok());
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(textOf(conversation_->path()).c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "UPDATE events SET kind = 77 WHERE text = 'one'", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  EXPECT_THAT(wordsOf(*reader()->before({}, 10)), ElementsAre("two"));
}

TEST(Position, OrdersByEpochAndThenByNumber) {
  EXPECT_LT(positionAt(1, Seq{kMaxSeq}), positionAt(2, Seq{1}));
  EXPECT_LT(positionAt(1, Seq{1}), positionAt(1, Seq{2}));
  EXPECT_EQ(seqAt(positionAt(3, Seq{42})), Seq{42});
}

TEST_F(ConversationTest, SetsAsideWhatWasCopiedFromAnotherPerson) {
  const std::vector<Event> events{text(1, "hers", berta_), text(2, "mine", self_)};
  ASSERT_TRUE(conversation_->record(events, self_).ok());
  ASSERT_TRUE(conversation_->queue({makeRandom<RequestId>(), at(3), TextStyle::Plain, "not sent yet"}).ok());
  conversation_.reset();
  auto opened = Conversation::open(folder_.path(), room_);
  ASSERT_TRUE(opened.ok());
  ConversationInfo info;
  info.room = room_;
  info.roomName = "Kitchen table";
  info.self = berta_;
  info.selfName = "Berta";
  ASSERT_TRUE((*opened)->admitted(makeRandom<Epoch>(), info).ok());
  EXPECT_TRUE((*opened)->outbox()->empty()) << "it is not Berta's to send";
  const auto listed = listConversations(folder_.path());
  ASSERT_EQ(listed.size(), 2U);
  const auto& archive = listed.front().archive ? listed.front() : listed.back();
  const auto& own = listed.front().archive ? listed.back() : listed.front();
  EXPECT_EQ(archive.roomName, "Kitchen table (of Anna)");
  EXPECT_EQ(archive.self, self_);
  EXPECT_EQ(archive.messageCount, 2U);
  ASSERT_TRUE(archive.archive);
  EXPECT_EQ(archive.archive->room, room_);
  EXPECT_NE(archive.room, room_);
  EXPECT_EQ(own.room, room_);
  EXPECT_EQ(own.self, berta_);
  EXPECT_EQ(own.messageCount, 0U);
  auto kept = ConversationReader::open(archive.path);
  ASSERT_TRUE(kept.ok());
  EXPECT_THAT(wordsOf(*(*kept)->before(std::nullopt, 10)), ElementsAre("hers", "mine"));
  ASSERT_EQ((*kept)->outbox()->size(), 1U) << "nothing is lost";
}

#ifndef _WIN32
TEST_F(ConversationTest, SavesNothingInAFileThatWasTakenAway) {
  std::filesystem::remove(conversation_->path());
  const std::vector<Event> events{text(1, "hers", berta_)};
  const auto recorded = conversation_->record(events, self_);
  ASSERT_FALSE(recorded.ok());
  EXPECT_EQ(recorded.error().code, Errc::StorageGone);
  EXPECT_EQ(conversation_->queue({makeRandom<RequestId>(), at(3), TextStyle::Plain, "x"}).error().code,
            Errc::StorageGone);
}
#endif

}  // namespace
}  // namespace earshot::app

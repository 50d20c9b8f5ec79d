#include "app/private_chat.h"

#include <gmock/gmock.h>

#include <sstream>

#include "app/exporter.h"
#include "app/limits.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr UtcMillis at(std::int64_t ms) {
  return UtcMillis{std::chrono::milliseconds{ms}};
}

class PrivateChatTest : public ::testing::Test {
 protected:
  std::unique_ptr<PrivateChat> open() {
    ConversationInfo info;
    info.roomName = "Kitchen table";
    info.address = "127.0.0.1:1060";
    info.self = self_;
    info.selfName = "Anna";
    info.peer = PrivatePeer{ben_, "Ben", room_};
    auto chat = PrivateChat::open(folder_.path(), std::move(info));
    EXPECT_TRUE(chat.ok());
    return std::move(*chat);
  }
  std::unique_ptr<ConversationReader> reader() {
    auto opened = ConversationReader::open(chat_->info().path);
    EXPECT_TRUE(opened.ok());
    return std::move(*opened);
  }
  PrivateChat::Arrival arrival(const std::string& words, const RequestId& id = makeRandom<RequestId>()) {
    return {at(5'000), "Ben", TextPosted{id, TextStyle::Plain, words}};
  }
  RequestId queue(const std::string& words) {
    const auto id = makeRandom<RequestId>();
    EXPECT_TRUE(chat_->queue({id, at(1'000), TextStyle::Plain, words}).ok());
    return id;
  }
  PrivateChat::Advanced advance(const PrivateChat::Progress& step) {
    auto advanced = chat_->advance(std::vector{step});
    EXPECT_TRUE(advanced.ok() && advanced->size() == 1);
    return advanced.ok() && !advanced->empty() ? std::move(advanced->front()) : PrivateChat::Advanced{};
  }
  PrivateChat::Advanced isSent(const RequestId& id, UtcMillis time) { return advance({id, time, false}); }
  PrivateChat::Advanced isDelivered(const RequestId& id, UtcMillis time) { return advance({id, time, true}); }
  std::vector<std::string> history() {
    std::vector<std::string> words;
    const auto page = reader()->before({}, 100);
    for (const auto& stored : *page) words.push_back(std::get<TextPosted>(stored.event.body).text);
    return words;
  }

  const test::TemporaryFolder folder_;
  const RoomId room_ = makeRandom<RoomId>();
  const MemberId self_ = makeRandom<MemberId>();
  const MemberId ben_ = makeRandom<MemberId>();
  std::unique_ptr<PrivateChat> chat_ = open();
};

TEST_F(PrivateChatTest, HasOneIdForBothAndAnotherForAnybodyElse) {
  EXPECT_EQ(privateChatId(room_, self_, ben_), privateChatId(room_, ben_, self_));
  EXPECT_NE(privateChatId(room_, self_, ben_), privateChatId(makeRandom<RoomId>(), self_, ben_));
  EXPECT_NE(privateChatId(room_, self_, ben_), privateChatId(room_, self_, makeRandom<MemberId>()));
}

TEST_F(PrivateChatTest, IsAConversationWithAPeerInARoom) {
  ASSERT_TRUE(chat_->record(std::vector{arrival("hello")}).ok());
  const auto listed = listConversations(folder_.path());
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0].room, privateChatId(room_, self_, ben_));
  EXPECT_EQ(listed[0].peer, (PrivatePeer{ben_, "Ben", room_}));
  EXPECT_EQ(listed[0].messageCount, 1U);
  EXPECT_EQ(listed[0].lastActivity, at(5'000));
  EXPECT_EQ(titleOf(listed[0]), "Ben in \"Kitchen table\" (private)");
}

TEST_F(PrivateChatTest, NumbersWhatArrivesAndWhatIsSentInOneOrder) {
  const auto mine = queue("mine");
  ASSERT_TRUE(chat_->record(std::vector{arrival("first"), arrival("second")}).ok());
  const auto sent = isSent(mine, at(9'000)).sent;
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->event.seq, Seq{3});
  EXPECT_EQ(sent->event.actorName, "Anna");
  chat_ = open();
  ASSERT_TRUE(chat_->record(std::vector{arrival("third")}).ok());
  EXPECT_EQ(history(), (std::vector<std::string>{"first", "second", "mine", "third"}));
}

TEST_F(PrivateChatTest, TakesAMessageOfThePeerOnceForEver) {
  const auto id = makeRandom<RequestId>();
  EXPECT_FALSE(*chat_->has(id));
  EXPECT_THAT(*chat_->record(std::vector{arrival("once", id), arrival("twice", id)}), SizeIs(1));
  chat_ = open();
  EXPECT_TRUE(*chat_->has(id));
  EXPECT_THAT(*chat_->record(std::vector{arrival("again", id)}), IsEmpty());
  EXPECT_EQ(history(), std::vector<std::string>{"once"});
}

TEST_F(PrivateChatTest, KeepsTheOutboxAndItsNumbersOverARestart) {
  queue("one");
  queue("two");
  chat_ = open();
  const auto waiting = chat_->outbox();
  ASSERT_THAT(*waiting, SizeIs(2));
  EXPECT_EQ((*waiting)[0].text.text, "one");
  EXPECT_EQ((*waiting)[0].number, 1U);
  EXPECT_EQ((*waiting)[1].number, 2U);
}

TEST_F(PrivateChatTest, ATextIsSentOnceAndDeliveredOnce) {
  const auto id = queue("hi");
  EXPECT_TRUE(isSent(id, at(2)).sent);
  EXPECT_FALSE(isSent(id, at(3)).sent);
  EXPECT_THAT(*reader()->undelivered(), ::testing::ElementsAre(id));
  const auto delivered = isDelivered(id, at(4));
  EXPECT_TRUE(delivered.delivered);
  EXPECT_FALSE(delivered.sent);
  EXPECT_FALSE(isDelivered(id, at(5)).delivered);
  EXPECT_THAT(*reader()->undelivered(), IsEmpty());
  EXPECT_EQ(history(), std::vector<std::string>{"hi"});
}

TEST_F(PrivateChatTest, ADeliveryBeforeTheHostsWordEmptiesTheOutboxToo) {
  const auto id = queue("hi");
  const auto delivered = isDelivered(id, at(4));
  EXPECT_TRUE(delivered.delivered);
  ASSERT_TRUE(delivered.sent);
  EXPECT_THAT(*chat_->outbox(), IsEmpty());
  EXPECT_FALSE(isSent(id, at(5)).sent);
}

TEST_F(PrivateChatTest, TakesWhatBecameOfManyTextsAtOnceInOrder) {
  const auto one = queue("one");
  const auto two = queue("two");
  const auto three = queue("three");
  const auto stranger = makeRandom<RequestId>();
  const std::vector<PrivateChat::Progress> steps{
      {two, at(2), false}, {stranger, at(3), true}, {one, at(4), true}, {two, at(5), true}, {one, at(6), false}};
  const auto advanced = chat_->advance(steps);
  ASSERT_TRUE(advanced.ok());
  ASSERT_THAT(*advanced, SizeIs(steps.size()));
  const auto wasSent = [](const PrivateChat::Advanced& step) { return step.sent.has_value(); };
  EXPECT_EQ(std::vector<bool>({wasSent((*advanced)[0]), wasSent((*advanced)[1]), wasSent((*advanced)[2]),
                               wasSent((*advanced)[3]), wasSent((*advanced)[4])}),
            std::vector<bool>({true, false, true, false, false}));
  EXPECT_FALSE((*advanced)[1].delivered);
  EXPECT_TRUE((*advanced)[3].delivered);
  EXPECT_FALSE((*advanced)[4].delivered);
  EXPECT_EQ(history(), (std::vector<std::string>{"two", "one"}));
  EXPECT_THAT(*chat_->outbox(), SizeIs(1));
  EXPECT_THAT(*reader()->undelivered(), IsEmpty());
  EXPECT_TRUE(isSent(three, at(7)).sent);
}

TEST_F(PrivateChatTest, KnowsNoDeliveryOfWhatItNeverSent) {
  EXPECT_FALSE(isDelivered(makeRandom<RequestId>(), at(4)).delivered);
  EXPECT_FALSE(*chat_->again(makeRandom<RequestId>()));
}

TEST_F(PrivateChatTest, GivesATextOutAgainUnderANewNumberButNotForEver) {
  const auto id = queue("hi");
  ASSERT_TRUE(isSent(id, at(2)).sent);
  for (int i = 1; i < kMaxSealings; ++i) {
    const auto again = chat_->again(id);
    ASSERT_TRUE(*again) << i;
    EXPECT_EQ((*again)->text.text, "hi");
    EXPECT_EQ((*again)->number, static_cast<std::uint64_t>(i + 1));
  }
  EXPECT_FALSE(*chat_->again(id));
}

TEST_F(PrivateChatTest, DoesNotGiveOutAgainWhatWasDelivered) {
  const auto id = queue("hi");
  ASSERT_TRUE(isSent(id, at(2)).sent);
  ASSERT_TRUE(isDelivered(id, at(3)).delivered);
  EXPECT_FALSE(*chat_->again(id));
}

TEST_F(PrivateChatTest, DiscardsWhatWasRefused) {
  const auto id = queue("hi");
  ASSERT_TRUE(chat_->discard(id).ok());
  EXPECT_THAT(*chat_->outbox(), IsEmpty());
  EXPECT_FALSE(*chat_->again(id));
}

TEST_F(PrivateChatTest, RemembersThatAKeyChanged) {
  EXPECT_FALSE(*chat_->saysKeyChanged());
  ASSERT_TRUE(chat_->record(std::vector<PrivateChat::Arrival>{{at(1), "Ben", KeyChanged{}}, arrival("hi")}).ok());
  EXPECT_TRUE(*chat_->saysKeyChanged());
  EXPECT_EQ(reader()->info()->messageCount, 1U);
}

TEST_F(PrivateChatTest, FollowsARename) {
  ASSERT_TRUE(chat_->setPeerName("Benny").ok());
  EXPECT_EQ(reader()->info()->peer->name, "Benny");
}

TEST_F(PrivateChatTest, ItsExportSaysThatItIsPrivateAndWithWhom) {
  ASSERT_TRUE(chat_->record(std::vector<PrivateChat::Arrival>{{at(1), "Ben", KeyChanged{}}, arrival("hello")}).ok());
  std::ostringstream out;
  const TimeZone utc{[](UtcMillis) { return std::chrono::minutes{0}; }, "UTC"};
  ASSERT_TRUE(exportConversation(*reader(), out, ExportFormat::Text, {}, utc).ok());
  EXPECT_THAT(out.str(), HasSubstr("Room: Kitchen table\nPrivate chat with: Ben\n"));
  EXPECT_THAT(out.str(), HasSubstr("-- Ben uses another key than the one that you knew by this name\n"));
  EXPECT_THAT(out.str(), HasSubstr("Ben: hello\n"));
}

}  // namespace
}  // namespace earshot::app

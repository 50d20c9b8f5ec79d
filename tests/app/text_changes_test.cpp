// Edits, deletions and reactions: what the rules say, and what becomes of the stored text.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include "app/conversation.h"
#include "app/conversation_schema.h"
#include "app/host_log.h"
#include "app/room.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr UtcMillis kNow{std::chrono::milliseconds{1'700'000'000'000}};
const std::string kLike = "👍";

Event eventOf(std::uint64_t seq, const MemberId& actor, EventBody body) {
  return {Seq{seq}, kNow, actor, "Anna", std::move(body)};
}
Event textOf(std::uint64_t seq, const MemberId& actor, const std::string& words, Seq replyTo = {}) {
  return eventOf(seq, actor, TextPosted{makeRandom<RequestId>(), TextStyle::Plain, words, replyTo});
}

// --- the rules -----------------------------------------------------------------------------------

class TextChangeRules : public ::testing::Test {
 protected:
  TextChangeRules() : room_(stateWithBoth()) {}

  RoomState stateWithBoth() const {
    return {"", Seq{9}, {{anna_, "Anna", kNow}, {ben_, "Ben", kNow}, {owner_, "Olga", kNow}}, owner_};
  }
  static Subject said(const MemberId& author, bool deleted = false, bool reacted = false) {
    return {TextPosted{{}, TextStyle::Plain, deleted ? "" : "hello", {}, false, deleted}, author, reacted};
  }
  Result<std::optional<Event>> ask(const MemberId& who, Command command, const Subject& subject) const {
    return room_.decide(who, {makeRandom<RequestId>(), std::move(command)}, kNow, subject);
  }
  void expectRefused(const Result<std::optional<Event>>& decided, Errc code) {
    ASSERT_FALSE(decided.ok());
    EXPECT_EQ(decided.error().code, code);
  }
  void expectNothing(const Result<std::optional<Event>>& decided) {
    ASSERT_TRUE(decided.ok());
    EXPECT_EQ(*decided, std::nullopt);
  }
  EventBody bodyOf(const Result<std::optional<Event>>& decided) {
    EXPECT_TRUE(decided && *decided);
    return decided && *decided ? (*decided)->body : EventBody{};
  }

  const MemberId anna_ = makeRandom<MemberId>();
  const MemberId ben_ = makeRandom<MemberId>();
  const MemberId owner_ = makeRandom<MemberId>();
  const Room room_;
};

TEST_F(TextChangeRules, OnlyTheAuthorEdits) {
  EXPECT_EQ(bodyOf(ask(anna_, EditText{Seq{5}, "hello you  "}, said(anna_))),
            EventBody(TextEdited{Seq{5}, "hello you"}));
  expectRefused(ask(ben_, EditText{Seq{5}, "x"}, said(anna_)), Errc::MessageNotYours);
  expectRefused(ask(owner_, EditText{Seq{5}, "x"}, said(anna_)), Errc::MessageNotYours);
  expectRefused(ask(anna_, EditText{Seq{5}, "x"}, said(anna_, true)), Errc::MessageGone);
  expectRefused(ask(anna_, EditText{Seq{5}, "x"}, {}), Errc::MessageGone);
  expectRefused(ask(anna_, EditText{Seq{5}, "  "}, said(anna_)), Errc::TextEmpty);
  expectRefused(ask(anna_, EditText{Seq{5}, "\xFF"}, said(anna_)), Errc::TextInvalid);
  expectNothing(ask(anna_, EditText{Seq{5}, "hello"}, said(anna_)));
}

TEST_F(TextChangeRules, TheAuthorAndTheOwnerDelete) {
  EXPECT_EQ(bodyOf(ask(anna_, DeleteText{Seq{5}}, said(anna_))), EventBody(TextDeleted{Seq{5}}));
  EXPECT_EQ(bodyOf(ask(owner_, DeleteText{Seq{5}}, said(anna_))), EventBody(TextDeleted{Seq{5}}));
  expectRefused(ask(ben_, DeleteText{Seq{5}}, said(anna_)), Errc::MessageNotYours);
  expectRefused(ask(anna_, DeleteText{Seq{5}}, {}), Errc::MessageGone);
  expectNothing(ask(anna_, DeleteText{Seq{5}}, said(anna_, true)));
}

TEST_F(TextChangeRules, TheOwnerDeletesWithoutBeingInTheRoomAndDoesNothingElse) {
  const Room room(RoomState{"", Seq{9}, {}, owner_});
  const auto asked = [&](const MemberId& who, Command command) {
    return room.decide(who, {makeRandom<RequestId>(), std::move(command)}, UtcMillis{}, said(anna_));
  };
  const auto done = asked(owner_, DeleteText{Seq{5}});
  ASSERT_TRUE(done && *done);
  EXPECT_EQ((*done)->body, EventBody(TextDeleted{Seq{5}}));
  EXPECT_EQ((*done)->actor, owner_);
  EXPECT_EQ((*done)->actorName, "Host");
  EXPECT_EQ(asked(anna_, DeleteText{Seq{5}}).error().code, Errc::NotAMember);
  EXPECT_EQ(asked(owner_, EditText{Seq{5}, "x"}).error().code, Errc::NotAMember);
  EXPECT_EQ(asked(owner_, SendText{TextStyle::Plain, "x"}).error().code, Errc::NotAMember);
}

TEST_F(TextChangeRules, AnybodyReactsOnceWithEachEmoji) {
  EXPECT_EQ(bodyOf(ask(ben_, React{Seq{5}, kLike, true}, said(anna_))), EventBody(Reacted{Seq{5}, kLike, true}));
  EXPECT_EQ(bodyOf(ask(ben_, React{Seq{5}, kLike, false}, said(anna_, false, true))),
            EventBody(Reacted{Seq{5}, kLike, false}));
  expectNothing(ask(ben_, React{Seq{5}, kLike, true}, said(anna_, false, true)));
  expectNothing(ask(ben_, React{Seq{5}, kLike, false}, said(anna_)));
  expectRefused(ask(ben_, React{Seq{5}, "nice", true}, said(anna_)), Errc::ReactionInvalid);
  expectRefused(ask(ben_, React{Seq{5}, kLike, true}, said(anna_, true)), Errc::MessageGone);
}

TEST_F(TextChangeRules, AReplyNamesWhatItAnswersIfThatIsThere) {
  EXPECT_EQ(std::get<TextPosted>(bodyOf(ask(ben_, SendText{{}, "yes", Seq{5}}, said(anna_)))).replyTo, Seq{5});
  EXPECT_EQ(std::get<TextPosted>(bodyOf(ask(ben_, SendText{{}, "yes", Seq{5}}, said(anna_, true)))).replyTo, Seq{5});
  EXPECT_EQ(std::get<TextPosted>(bodyOf(ask(ben_, SendText{{}, "yes", Seq{5}}, {}))).replyTo, Seq{});
}

TEST_F(TextChangeRules, StrangersChangeNothing) {
  for (const Command& command :
       {Command(EditText{Seq{5}, "x"}), Command(DeleteText{Seq{5}}), Command(React{Seq{5}, kLike})}) {
    const MemberId stranger = makeRandom<MemberId>();
    expectRefused(ask(stranger, command, said(stranger)), Errc::NotAMember);
  }
}

// --- the host's log ------------------------------------------------------------------------------

class ChangedLog : public ::testing::Test {
 protected:
  ChangedLog() : log_(std::move(*HostLog::openOrCreate(folder_.path(), "Room"))) {}
  void commit(const std::vector<Event>& events) { ASSERT_TRUE(log_->commit(events, {}).ok()); }
  TextPosted textAt(std::uint64_t seq) { return std::get<TextPosted>((**log_->eventAt(Seq{seq})).body); }

  const test::TemporaryFolder folder_;
  std::unique_ptr<HostLog> log_;
  const MemberId anna_ = makeRandom<MemberId>();
  const MemberId ben_ = makeRandom<MemberId>();
};

TEST_F(ChangedLog, KeepsATextAsItIsNow) {
  commit({textOf(1, anna_, "helo"), textOf(2, ben_, "other", Seq{1})});
  commit({eventOf(3, anna_, TextEdited{Seq{1}, "hello"})});
  EXPECT_EQ(textAt(1).text, "hello");
  EXPECT_TRUE(textAt(1).edited);
  EXPECT_EQ(textAt(2).replyTo, Seq{1});
  commit({eventOf(4, anna_, TextEdited{Seq{1}, "hello!"})});
  EXPECT_EQ(textAt(1).text, "hello!");
}

TEST_F(ChangedLog, BlanksADeletedTextAndAllThatItWas) {
  commit(
      {textOf(1, anna_, "secret one"), eventOf(2, anna_, TextEdited{Seq{1}, "secret two"}), textOf(3, ben_, "stays")});
  commit({eventOf(4, anna_, TextDeleted{Seq{1}}), eventOf(5, anna_, TextEdited{Seq{1}, ""})});
  EXPECT_EQ(textAt(1).text, "");
  EXPECT_TRUE(textAt(1).deleted);
  EXPECT_EQ(textAt(3).text, "stays");
  const auto events = log_->eventsAfter(Seq{}, 100, 1'000'000);
  ASSERT_TRUE(events.ok());
  ASSERT_EQ(events->size(), 5U) << "the rows stay";
  EXPECT_EQ(std::get<TextEdited>((*events)[1].body).text, "");
}

TEST_F(ChangedLog, KnowsWhatARequestIsAbout) {
  commit({textOf(1, anna_, "hello"), eventOf(2, anna_, MemberJoined{})});
  EXPECT_EQ(log_->subjectOf(Seq{1}, ben_, "")->author, anna_);
  EXPECT_FALSE(log_->subjectOf(Seq{2}, ben_, "")->text) << "that is no text";
  EXPECT_FALSE(log_->subjectOf(Seq{3}, ben_, "")->text);
  EXPECT_FALSE(log_->subjectOf(Seq{0}, ben_, "")->text);
  EXPECT_FALSE(log_->subjectOf(Seq{1}, ben_, kLike)->reacted);
  commit({eventOf(3, ben_, Reacted{Seq{1}, kLike, true})});
  EXPECT_TRUE(log_->subjectOf(Seq{1}, ben_, kLike)->reacted);
  EXPECT_FALSE(log_->subjectOf(Seq{1}, anna_, kLike)->reacted);
  EXPECT_FALSE(log_->subjectOf(Seq{1}, ben_, "🎉")->reacted);
  commit({eventOf(4, ben_, Reacted{Seq{1}, kLike, false})});
  EXPECT_FALSE(log_->subjectOf(Seq{1}, ben_, kLike)->reacted);
}

// --- a conversation ------------------------------------------------------------------------------

class ChangedConversation : public ::testing::Test {
 protected:
  ChangedConversation() : conversation_(std::move(*Conversation::open(folder_.path(), room_))) { enter(); }
  void enter() {
    ConversationInfo info;
    info.room = room_;
    info.self = anna_;
    ASSERT_TRUE(conversation_->admitted(epoch_, info).ok());
    auto reader = ConversationReader::open(conversation_->path());
    ASSERT_TRUE(reader.ok());
    reader_ = std::move(*reader);
  }
  void record(const std::vector<Event>& events) { ASSERT_TRUE(conversation_->record(events, anna_).ok()); }
  TextPosted textAt(std::uint64_t seq) {
    return std::get<TextPosted>((*reader_->at(conversation_->positionOf(Seq{seq})))->event.body);
  }
  std::vector<std::string> reactions(std::uint64_t seq) {
    std::vector<std::string> lines;
    const auto reactions = reader_->reactionsTo(conversation_->positionOf(Seq{seq}));
    EXPECT_TRUE(reactions.ok());
    for (const Reaction& reaction : *reactions)
      lines.push_back(reaction.emoji + std::to_string(reaction.people.size()));
    return lines;
  }
  std::vector<std::string> found(const std::string& words) {
    std::vector<std::string> texts;
    const auto results = reader_->search({words, {}, {}, {}}, 10);
    EXPECT_TRUE(results.ok());
    for (const auto& stored : *results) texts.push_back(std::get<TextPosted>(stored.event.body).text);
    return texts;
  }

  const test::TemporaryFolder folder_;
  const RoomId room_ = makeRandom<RoomId>();
  Epoch epoch_ = makeRandom<Epoch>();
  const MemberId anna_ = makeRandom<MemberId>();
  const MemberId ben_ = makeRandom<MemberId>();
  std::unique_ptr<Conversation> conversation_;
  std::unique_ptr<ConversationReader> reader_;
};

TEST_F(ChangedConversation, ShowsAndFindsATextAsItIsNow) {
  record({textOf(1, ben_, "the old pear"), textOf(2, ben_, "bystander")});
  record({eventOf(3, ben_, TextEdited{Seq{1}, "the new apple"})});
  EXPECT_TRUE(textAt(1).edited);
  EXPECT_THAT(found("apple"), ElementsAre("the new apple"));
  EXPECT_THAT(found("pear"), IsEmpty());
  record({eventOf(4, ben_, TextDeleted{Seq{1}})});
  EXPECT_TRUE(textAt(1).deleted);
  EXPECT_THAT(found("apple"), IsEmpty());
  EXPECT_THAT(found("bystander"), ElementsAre("bystander"));
}

TEST_F(ChangedConversation, KeepsTheNewestTextThoughItsPastArrivesLater) {
  record({eventOf(9, ben_, TextEdited{Seq{1}, "three"})});
  // A page of the past: the text already is as the host has it now, and an older edit of it.
  auto text = textOf(1, ben_, "three");
  std::get<TextPosted>(text.body).edited = true;
  record({text, eventOf(5, ben_, TextEdited{Seq{1}, "two"})});
  EXPECT_EQ(textAt(1).text, "three");
}

TEST_F(ChangedConversation, CountsWhoReactsWithWhatNow) {
  record({textOf(1, ben_, "a"), textOf(2, ben_, "b")});
  record({eventOf(3, anna_, Reacted{Seq{1}, "🎉", true}), eventOf(4, anna_, Reacted{Seq{1}, kLike, true}),
          eventOf(5, ben_, Reacted{Seq{1}, kLike, true}), eventOf(6, anna_, Reacted{Seq{1}, "🎉", false})});
  EXPECT_THAT(reactions(1), ElementsAre(kLike + "2"));
  EXPECT_THAT(reactions(2), IsEmpty());
}

TEST_F(ChangedConversation, TellsTheSameNumberOfTwoEpochsApart) {
  record({textOf(1, ben_, "old room"), eventOf(2, ben_, Reacted{Seq{1}, kLike, true})});
  const Position old = conversation_->positionOf(Seq{1});
  epoch_ = makeRandom<Epoch>();
  enter();
  record({textOf(1, ben_, "new room"), eventOf(2, ben_, TextEdited{Seq{1}, "new room, tidied"}),
          eventOf(3, ben_, TextDeleted{Seq{1}})});
  EXPECT_THAT(reactions(1), IsEmpty());
  EXPECT_EQ(std::get<TextPosted>((*reader_->at(old))->event.body).text, "old room");
  EXPECT_EQ(reader_->reactionsTo(old)->size(), 1U);
}

TEST_F(ChangedConversation, LeavesOutOfPagesWhatStandsNowhereByItself) {
  record({textOf(1, ben_, "a"), eventOf(2, ben_, Reacted{Seq{1}, kLike, true}),
          eventOf(3, ben_, TextEdited{Seq{1}, "b"}), textOf(4, ben_, "c")});
  EXPECT_EQ(reader_->before({}, 10)->size(), 2U);
  EXPECT_EQ(reader_->after(Position{}, 10)->size(), 2U);
  EXPECT_EQ(*reader_->countBetween({}, {}), 4U) << "an export of data has all of them";
}

TEST_F(ChangedConversation, KeepsWhatAReplyAnswersUntilItIsSent) {
  const auto id = makeRandom<RequestId>();
  ASSERT_TRUE(conversation_->queue({id, kNow, TextStyle::Action, "nods", Seq{7}}).ok());
  EXPECT_EQ((*conversation_->outbox())[0], (OutgoingText{id, kNow, TextStyle::Action, "nods", Seq{7}}));
  const auto sent = conversation_->acknowledge(id, Seq{8}, kNow, anna_, "Anna");
  ASSERT_TRUE(sent.ok() && *sent);
  EXPECT_EQ(std::get<TextPosted>((*sent)->event.body), (TextPosted{id, TextStyle::Action, "nods", Seq{7}}));
}

TEST_F(ChangedConversation, ReadsAFileOfBeforeThereWereReactions) {
  record({textOf(1, ben_, "a")});
  reader_.reset();
  const auto file = conversation_->path();
  const Position place = conversation_->positionOf(Seq{1});
  conversation_.reset();
  {
    SQLite::Database raw(file.string(), SQLite::OPEN_READWRITE);
    raw.exec("DROP INDEX events_by_target; PRAGMA user_version = 2");
  }
  auto reader = ConversationReader::open(file);
  ASSERT_TRUE(reader.ok());
  EXPECT_THAT(*(*reader)->reactionsTo(place), IsEmpty());
  EXPECT_EQ((*reader)->before({}, 10)->size(), 1U);
  auto upgraded = Conversation::open(folder_.path(), room_);
  ASSERT_TRUE(upgraded.ok());
}

}  // namespace
}  // namespace earshot::app

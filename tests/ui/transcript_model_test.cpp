#include "ui/transcript_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ui/transcript_fake_history.h"

namespace earshot::ui {
namespace {

using app::Position;
using fake::event;
using fake::outgoing;
using fake::ownText;
using fake::request;
using fake::text;
using testing::ElementsAre;

/// Keeps a copy of the rows by what the model reports alone.
class Mirror final : public TranscriptObserver {
 public:
  explicit Mirror(TranscriptModel& model) : model_(model) {
    model.setObserver(this);
    rowsReset();
  }
  ~Mirror() override { model_.setObserver(nullptr); }

  void rowsReset() override {
    rows.clear();
    for (std::size_t i = 0; i < model_.size(); ++i) rows.push_back(model_.row(i).text);
  }
  void rowsInserted(std::size_t first, std::size_t count) override {
    for (std::size_t i = first; i < first + count; ++i) {
      rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(i), model_.row(i).text);
    }
  }
  void rowsRemoved(std::size_t first, std::size_t count) override {
    const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(first);
    rows.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
  }
  void rowChanged(std::size_t index) override {
    rows[index] = model_.row(index).text;
    ++changes;
  }
  void unreadMarkChanged() override { ++markChanges; }

  void expectInStep() const {
    ASSERT_EQ(rows.size(), model_.size());
    for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(rows[i], model_.row(i).text) << i;
  }

  std::vector<std::string> rows;
  int changes = 0;
  int markChanges = 0;

 private:
  TranscriptModel& model_;
};

class TranscriptModelTest : public testing::Test {
 protected:
  void open() { ASSERT_TRUE(model.openHistory(std::make_unique<fake::History>(conversation), fake::kSelf).ok()); }
  std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < model.size(); ++i) out.push_back(model.row(i).text);
    return out;
  }
  void live(const app::StoredEvent& stored) {
    conversation->events.push_back(stored);
    model.received(stored);
  }
  void liveTexts(std::int64_t first, std::int64_t last) {
    for (std::int64_t i = first; i <= last; ++i) live(text(i, "text " + std::to_string(i)));
  }

  std::shared_ptr<fake::Conversation> conversation = std::make_shared<fake::Conversation>();
  TranscriptModel model;
};

// --- opening and paging ----------------------------------------------------------------------------

TEST_F(TranscriptModelTest, OpensWithTheNewestPageAndTheOutbox) {
  conversation->addTexts(1, 500);
  conversation->outbox = {outgoing(9001, "waiting")};
  open();
  ASSERT_EQ(model.size(), TranscriptModel::kPageRows + 1);
  EXPECT_EQ(model.row(0).text, "text 301");
  EXPECT_EQ(model.row(TranscriptModel::kPageRows - 1).text, "text 500");
  const TranscriptRow& waiting = model.row(TranscriptModel::kPageRows);
  EXPECT_EQ(waiting.delivery, Delivery::Sending);
  EXPECT_EQ(waiting.senderName, "Me");
  EXPECT_TRUE(waiting.own);
  EXPECT_TRUE(model.hasOlder());
  EXPECT_FALSE(model.hasNewer());
  EXPECT_EQ(model.lastPosition(), Position{500});
}

TEST_F(TranscriptModelTest, KeepsItsRowsWhenTheHistoryCannotBeRead) {
  model.addNotice("The host closed the room.", fake::at(0));
  conversation->broken = true;
  EXPECT_FALSE(model.openHistory(std::make_unique<fake::History>(conversation), fake::kSelf).ok());
  EXPECT_THAT(texts(), ElementsAre("The host closed the room."));
}

TEST_F(TranscriptModelTest, PagesBackToTheFirstMessage) {
  conversation->addTexts(1, 450);
  open();
  Mirror mirror(model);
  model.loadOlder();
  EXPECT_EQ(model.row(0).text, "text 51");
  EXPECT_TRUE(model.hasOlder());
  model.loadOlder();
  EXPECT_EQ(model.row(0).text, "text 1");
  EXPECT_EQ(model.size(), 450u);
  EXPECT_FALSE(model.hasOlder());
  const int reads = conversation->reads;
  model.loadOlder();
  EXPECT_EQ(conversation->reads, reads);
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, UnloadsTheNewestRowsWhenPagedFarBackAndFindsThemAgain) {
  conversation->addTexts(1, 5'000);
  open();
  Mirror mirror(model);
  model.queued(outgoing(9001, "waiting"));
  while (model.hasOlder()) {
    model.setVisibleRows(0, 20);
    model.loadOlder();
    ASSERT_LE(model.size(), TranscriptModel::kMaxLoadedRows);
  }
  EXPECT_EQ(model.row(0).text, "text 1");
  EXPECT_TRUE(model.hasNewer());
  mirror.expectInStep();
  while (model.hasNewer()) {
    model.setVisibleRows(model.size() - 20, model.size() - 1);
    model.loadNewer();
    ASSERT_LE(model.size(), TranscriptModel::kMaxLoadedRows + 1);
  }
  EXPECT_EQ(model.row(model.size() - 2).text, "text 5000");
  EXPECT_EQ(model.row(model.size() - 1).text, "waiting");
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, ShowsTheRowsAroundAnOldMessage) {
  conversation->addTexts(1, 3'000);
  open();
  Mirror mirror(model);
  const auto index = model.showAround(Position{1'000});
  ASSERT_TRUE(index);
  EXPECT_EQ(model.row(*index).text, "text 1000");
  EXPECT_GT(*index, 0u);
  EXPECT_TRUE(model.hasOlder());
  EXPECT_TRUE(model.hasNewer());
  EXPECT_EQ(model.indexOf(Position{1'000}), index);
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, FindsALoadedRowWithoutLoadingAgain) {
  conversation->addTexts(1, 100);
  open();
  const int reads = conversation->reads;
  EXPECT_EQ(model.showAround(Position{40}), std::optional<std::size_t>(39));
  EXPECT_EQ(conversation->reads, reads);
}

TEST_F(TranscriptModelTest, SaysWhenAMessageIsNotThere) {
  conversation->addTexts(1, 300);
  open();
  const auto before = texts();
  EXPECT_FALSE(model.showAround(Position{9'999}));
  EXPECT_EQ(texts(), before);
}

TEST_F(TranscriptModelTest, GoesLiveAgainWhenTheNewestRowsAreShown) {
  conversation->addTexts(1, 3'000);
  open();
  model.showAround(Position{1'000});
  liveTexts(3'001, 3'001);
  EXPECT_FALSE(model.indexOf(Position{3'001}));
  Mirror mirror(model);
  model.showNewest();
  EXPECT_FALSE(model.hasNewer());
  EXPECT_EQ(model.row(model.size() - 1).text, "text 3001");
  liveTexts(3'002, 3'002);
  EXPECT_EQ(model.row(model.size() - 1).text, "text 3002");
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, KeepsWhatWasNotSentWhileElsewhereInTheHistory) {
  conversation->addTexts(1, 3'000);
  open();
  model.queued(outgoing(9001, "waiting"));
  model.queued(outgoing(9002, "refused"));
  model.refused(request(9002));
  model.addNotice("A line of the program.", fake::at(5));
  model.showAround(Position{1'000});
  EXPECT_EQ(model.row(model.size() - 1).text, "text 1099");
  model.sent(ownText(3'001, 9001, "waiting"));
  conversation->events.push_back(ownText(3'001, 9001, "waiting"));
  model.showNewest();
  const std::size_t size = model.size();
  EXPECT_EQ(model.row(size - 3).text, "waiting");
  EXPECT_EQ(model.row(size - 3).delivery, Delivery::Sent);
  EXPECT_EQ(model.row(size - 2).text, "refused");
  EXPECT_EQ(model.row(size - 2).delivery, Delivery::Failed);
  EXPECT_EQ(model.row(size - 1).text, "A line of the program.");
}

// --- what arrives ----------------------------------------------------------------------------------

TEST_F(TranscriptModelTest, AppendsWhatArrives) {
  open();
  Mirror mirror(model);
  live(text(1, "one"));
  live(event(2, app::MemberJoined{}, fake::kBob, "Bob"));
  EXPECT_THAT(texts(), ElementsAre("one", "Bob joined"));
  EXPECT_EQ(model.row(0).senderName, "Anna");
  EXPECT_EQ(model.row(0).kind, RowKind::Text);
  EXPECT_EQ(model.row(1).kind, RowKind::Notice);
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, IgnoresWhatItHasAlready) {
  conversation->addTexts(1, 3);
  open();
  model.received(text(2, "text 2"));
  model.received(text(3, "text 3"));
  EXPECT_THAT(texts(), ElementsAre("text 1", "text 2", "text 3"));
}

TEST_F(TranscriptModelTest, PutsLateEventsWhereTheyBelong) {
  open();
  Mirror mirror(model);
  model.received(text(10, "ten"));
  model.received(text(30, "thirty"));
  model.received(text(20, "twenty"));
  EXPECT_THAT(texts(), ElementsAre("ten", "twenty", "thirty"));
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, KeepsTextsThatAreBeingSentBelowWhatArrives) {
  open();
  Mirror mirror(model);
  model.queued(outgoing(9001, "mine"));
  live(text(1, "theirs"));
  model.addNotice("A line of the program.", fake::at(5));
  EXPECT_THAT(texts(), ElementsAre("theirs", "A line of the program.", "mine"));
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, ReplacesTheSendingRowWhenTheTextIsSent) {
  open();
  model.queued(outgoing(9001, "mine"));
  Mirror mirror(model);
  model.sent(ownText(1, 9001, "mine"));
  ASSERT_EQ(model.size(), 1u);
  EXPECT_EQ(model.row(0).delivery, Delivery::Sent);
  EXPECT_EQ(model.row(0).position, Position{1});
  EXPECT_EQ(mirror.changes, 1);
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, MovesASentTextWhenOthersWereNumberedAroundIt) {
  open();
  Mirror mirror(model);
  model.queued(outgoing(9001, "first of mine"));
  model.queued(outgoing(9002, "second of mine"));
  model.received(text(2, "theirs"));
  model.sent(ownText(1, 9001, "first of mine"));
  model.sent(ownText(3, 9002, "second of mine"));
  EXPECT_THAT(texts(), ElementsAre("first of mine", "theirs", "second of mine"));
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, ShowsASentTextThatWasNeverQueuedHere) {
  open();
  model.sent(ownText(1, 9001, "mine"));
  model.sent(ownText(1, 9001, "mine"));
  EXPECT_THAT(texts(), ElementsAre("mine"));
}

TEST_F(TranscriptModelTest, ShowsATextOnceThoughItIsInTheHistoryAndInTheOutbox) {
  conversation->events.push_back(ownText(1, 9001, "mine"));
  conversation->outbox = {outgoing(9001, "mine")};
  open();
  EXPECT_THAT(texts(), ElementsAre("mine"));
  EXPECT_EQ(model.row(0).delivery, Delivery::Sent);
}

TEST_F(TranscriptModelTest, MarksARefusedTextAndLetsItBeSentAgain) {
  open();
  Mirror mirror(model);
  model.queued(outgoing(9001, "mine"));
  model.refused(request(9001));
  EXPECT_EQ(model.row(0).delivery, Delivery::Failed);
  live(text(1, "theirs"));
  EXPECT_THAT(texts(), ElementsAre("mine", "theirs"));
  model.queued(outgoing(9001, "mine"));
  EXPECT_THAT(texts(), ElementsAre("theirs", "mine"));
  EXPECT_EQ(model.row(1).delivery, Delivery::Sending);
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, ShowsAsNotSentWhatCouldNotEvenBeQueued) {
  open();
  Mirror mirror(model);
  model.asked(outgoing(9001, "mine"));
  model.asked(outgoing(9002, "behind it"));
  EXPECT_EQ(model.size(), 0U) << "it is on its way to the queue";
  model.refused(request(9001));
  EXPECT_THAT(texts(), ElementsAre("mine"));
  EXPECT_EQ(model.row(0).delivery, Delivery::Failed);
  model.queued(outgoing(9002, "behind it"));
  model.refused(request(9002));
  EXPECT_THAT(texts(), ElementsAre("mine", "behind it"));
  model.asked(outgoing(9001, "mine"));
  model.queued(outgoing(9001, "mine"));
  EXPECT_THAT(texts(), ElementsAre("behind it", "mine")) << "sent again";
  EXPECT_EQ(model.row(1).delivery, Delivery::Sending);
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, KeepsWhatCouldNotBeQueuedBeforeThereWasAHistory) {
  Mirror mirror(model);
  model.setSelf(fake::kSelf, "Anna");
  for (const std::uint32_t number : {9001, 9002, 9003}) {
    model.asked(outgoing(number, std::to_string(number)));
    model.refused(request(number));
  }
  EXPECT_EQ(model.row(0).senderName, "Anna");
  conversation->addTexts(1, 2);
  conversation->outbox.push_back(outgoing(9002, "9002"));
  open();
  EXPECT_THAT(texts(), ElementsAre("text 1", "text 2", "9001", "9003", "9002"));
  EXPECT_EQ(model.row(2).delivery, Delivery::Failed);
  EXPECT_EQ(model.row(4).delivery, Delivery::Sending);
  mirror.expectInStep();
  open();
  EXPECT_THAT(texts(), ElementsAre("text 1", "text 2", "9002")) << "another room's history is another's";
}

TEST_F(TranscriptModelTest, ForgetsWhatWasAskedOnceItIsSent) {
  open();
  model.asked(outgoing(9001, "mine"));
  model.sent(ownText(1, 9001, "mine"));
  liveTexts(2, 3'000);  // so many that it is not loaded any more
  ASSERT_FALSE(model.indexOf(Position{1}));
  model.linkEnded();
  EXPECT_EQ(model.row(model.size() - 1).text, "text 3000");
}

TEST_F(TranscriptModelTest, ShowsAsNotSentWhatWasNotQueuedWhenTheLinkEnded) {
  open();
  Mirror mirror(model);
  model.asked(outgoing(9001, "mine"));
  model.linkEnded();
  EXPECT_THAT(texts(), ElementsAre("mine"));
  EXPECT_EQ(model.row(0).delivery, Delivery::Failed);
  model.linkEnded();
  EXPECT_EQ(model.size(), 1U);
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, DismissesOnlyWhatWasNotSent) {
  open();
  model.queued(outgoing(9001, "waiting"));
  model.queued(outgoing(9002, "refused"));
  model.refused(request(9002));
  model.dismiss(request(9001));
  model.dismiss(request(9002));
  EXPECT_THAT(texts(), ElementsAre("waiting"));
}

TEST_F(TranscriptModelTest, UsesOurNewNameAfterARename) {
  open();
  live(event(1, app::MemberRenamed{"Maria"}, fake::kSelf, "Me"));
  model.queued(outgoing(9001, "mine"));
  EXPECT_EQ(model.row(1).senderName, "Maria");
}

TEST_F(TranscriptModelTest, ForgetsTheOldestRowsInAFloodWhileTheEndIsOnScreen) {
  conversation->addTexts(1, 200);
  open();
  Mirror mirror(model);
  model.setVisibleRows(180, 199);
  liveTexts(201, 6'000);
  EXPECT_LE(model.size(), TranscriptModel::kMaxLoadedRows + TranscriptModel::kPageRows);
  EXPECT_EQ(model.row(model.size() - 1).text, "text 6000");
  EXPECT_TRUE(model.hasOlder());
  EXPECT_FALSE(model.hasNewer());
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, KeepsTheRowsOnScreenInAFloodWhileReadingAbove) {
  conversation->addTexts(1, 200);
  open();
  Mirror mirror(model);
  model.setVisibleRows(0, 20);
  liveTexts(201, 6'000);
  EXPECT_EQ(model.row(0).text, "text 1");
  EXPECT_LE(model.size(), TranscriptModel::kMaxLoadedRows + TranscriptModel::kPageRows);
  EXPECT_TRUE(model.hasNewer());
  EXPECT_EQ(model.lastPosition(), Position{6'000});
  mirror.expectInStep();
}

// --- unread ----------------------------------------------------------------------------------------

TEST_F(TranscriptModelTest, MarksTheFirstTextOfSomebodyElseAfterTheReadPosition) {
  conversation->addTexts(1, 3);
  conversation->events.push_back(ownText(4, 9001, "mine"));
  conversation->events.push_back(event(5, app::MemberJoined{}));
  conversation->events.push_back(text(6, "new"));
  open();
  EXPECT_FALSE(model.unreadMark());
  model.setReadUpTo(Position{3});
  EXPECT_EQ(model.unreadMark(), std::optional<std::size_t>(5));
  EXPECT_EQ(model.unreadCount(), 1u);
}

TEST_F(TranscriptModelTest, ShowsNoMarkWhenAllIsRead) {
  conversation->addTexts(1, 3);
  open();
  model.setReadUpTo(Position{3});
  EXPECT_FALSE(model.unreadMark());
  EXPECT_EQ(model.unreadCount(), 0u);
}

TEST_F(TranscriptModelTest, ShowsTheMarkWhenItsPlaceIsLoaded) {
  conversation->addTexts(1, 500);
  open();
  model.setReadUpTo(Position{200});
  EXPECT_FALSE(model.unreadMark());
  EXPECT_EQ(model.unreadCount(), 300u);
  Mirror mirror(model);
  model.loadOlder();
  ASSERT_TRUE(model.unreadMark());
  EXPECT_EQ(model.row(*model.unreadMark()).text, "text 201");
  EXPECT_GE(mirror.markChanges, 1);
}

TEST_F(TranscriptModelTest, MarksWhatArrivesAfterLookingAway) {
  conversation->addTexts(1, 3);
  open();
  model.setReadUpTo(model.lastPosition());
  live(ownText(4, 9001, "mine"));
  EXPECT_FALSE(model.unreadMark());
  liveTexts(5, 6);
  EXPECT_EQ(model.unreadMark(), std::optional<std::size_t>(4));
  EXPECT_EQ(model.unreadCount(), 2u);
}

TEST_F(TranscriptModelTest, KeepsTheMarkUntilNewTextsAreRead) {
  conversation->addTexts(1, 3);
  open();
  model.setReadUpTo(Position{1});
  model.markRead();
  EXPECT_EQ(model.unreadCount(), 0u);
  EXPECT_TRUE(model.unreadMark());
  model.markRead();
  EXPECT_TRUE(model.unreadMark());
  liveTexts(4, 4);
  EXPECT_TRUE(model.unreadMark());
  model.markRead();
  EXPECT_FALSE(model.unreadMark());
}

TEST_F(TranscriptModelTest, ShowsNoMarkForWhatIsReadAsItArrives) {
  open();
  model.setReadUpTo(model.lastPosition());
  model.markRead();
  liveTexts(1, 2);
  model.markRead();
  liveTexts(3, 3);
  EXPECT_FALSE(model.unreadMark());
  EXPECT_EQ(model.unreadCount(), 1u);
}

TEST_F(TranscriptModelTest, KeepsAMarkThatIsNotLoadedYetWhenTheEndIsRead) {
  conversation->addTexts(1, 500);
  open();
  model.setReadUpTo(Position{200});
  model.markRead();
  model.loadOlder();
  ASSERT_TRUE(model.unreadMark());
  EXPECT_EQ(model.row(*model.unreadMark()).text, "text 201");
}

TEST_F(TranscriptModelTest, CountsUnreadTextsThatAreNotLoaded) {
  conversation->addTexts(1, 3'000);
  open();
  model.showAround(Position{100});
  liveTexts(3'001, 3'004);
  EXPECT_EQ(model.unreadCount(), 4u);
}

TEST_F(TranscriptModelTest, RemembersAReadingPlace) {
  EXPECT_TRUE(model.readingPlace().atEnd);
  model.setReadingPlace({false, Position{7}, 12});
  EXPECT_EQ(model.readingPlace().top, Position{7});
}

// --- wording ---------------------------------------------------------------------------------------

std::string notice(const app::EventBody& body, const app::MemberId& actor = fake::kAnna) {
  return noticeText(event(1, body, actor, actor == fake::kSelf ? "Me" : "Anna").event, fake::kSelf);
}

TEST(NoticeText, NamesWhoDidWhat) {
  EXPECT_EQ(notice(app::MemberJoined{}), "Anna joined");
  EXPECT_EQ(notice(app::MemberLeft{app::LeaveReason::Left}), "Anna left");
  EXPECT_EQ(notice(app::MemberLeft{app::LeaveReason::ConnectionLost}), "Anna lost the connection");
  EXPECT_EQ(notice(app::MemberLeft{app::LeaveReason::HostClosed}), "Anna left (the room closed)");
  EXPECT_EQ(notice(app::MemberRenamed{"Berta"}), "Anna is now called Berta");
  EXPECT_EQ(notice(app::TopicChanged{"Lunch"}), "Anna changed the topic to “Lunch”");
  EXPECT_EQ(notice(app::TopicChanged{}), "Anna cleared the topic");
}

TEST(NoticeText, SaysYouToOurselves) {
  EXPECT_EQ(notice(app::MemberJoined{}, fake::kSelf), "You joined");
  EXPECT_EQ(notice(app::MemberLeft{app::LeaveReason::ConnectionLost}, fake::kSelf), "You lost the connection");
  EXPECT_EQ(notice(app::MemberRenamed{"Berta"}, fake::kSelf), "You are now called Berta");
  EXPECT_EQ(notice(app::TopicChanged{}, fake::kSelf), "You cleared the topic");
}

TEST(NoticeText, IsEmptyForTexts) {
  EXPECT_EQ(notice(app::TextPosted{}), "");
}

TEST(NoticeText, HasWordsForEveryReason) {
  for (int reason = 0; reason <= static_cast<int>(app::LeaveReason::TooSlow); ++reason) {
    EXPECT_TRUE(notice(app::MemberLeft{static_cast<app::LeaveReason>(reason)}).starts_with("Anna ")) << reason;
  }
}

// --- private chats ---------------------------------------------------------------------------------

TEST_F(TranscriptModelTest, TellsInAPrivateChatWhatWasDelivered) {
  conversation->events = {ownText(1, 9001, "read"), ownText(2, 9002, "not fetched yet"), text(3, "of Anna")};
  conversation->undelivered = {request(9002)};
  open();
  Mirror mirror(model);
  EXPECT_EQ(model.row(0).delivery, Delivery::Delivered);
  EXPECT_EQ(model.row(1).delivery, Delivery::Kept);
  EXPECT_EQ(model.row(2).delivery, Delivery::Sent) << "what others wrote has no such state";
  model.delivered(request(9002));
  EXPECT_EQ(model.row(1).delivery, Delivery::Delivered);
  model.queued(outgoing(9003, "new"));
  EXPECT_EQ(model.row(3).delivery, Delivery::Sending);
  model.sent(ownText(4, 9003, "new"));
  EXPECT_EQ(model.row(3).delivery, Delivery::Kept);
  model.linkEnded();
  EXPECT_EQ(model.row(3).delivery, Delivery::Kept) << "the host has it";
  model.delivered(request(9003));
  EXPECT_EQ(model.row(3).delivery, Delivery::Delivered);
  model.delivered(request(1234));
  mirror.expectInStep();
}

TEST_F(TranscriptModelTest, HearsOfADeliveryOfWhatIsNotLoaded) {
  for (std::int64_t i = 1; i <= 1'000; ++i) {
    conversation->events.push_back(ownText(i, static_cast<std::uint32_t>(9'000 + i), "text"));
  }
  conversation->undelivered = {request(9'001), request(9'002)};
  open();
  model.delivered(request(9'001));
  model.showAround(Position{1});
  EXPECT_EQ(model.row(0).delivery, Delivery::Delivered);
  EXPECT_EQ(model.row(1).delivery, Delivery::Kept);
}

TEST_F(TranscriptModelTest, KnowsOfNoDeliveryInARoom) {
  conversation->events = {ownText(1, 9001, "to all")};
  open();
  model.delivered(request(9001));
  EXPECT_EQ(model.row(0).delivery, Delivery::Sent);
}

// --- texts that are about others -------------------------------------------------------------------

TEST_F(TranscriptModelTest, ShowsAnEditADeletionAndReactionsInTheRowOfTheirText) {
  auto said = std::make_shared<fake::Conversation>();
  said->addTexts(1, 3);
  TranscriptModel shown;
  ASSERT_TRUE(shown.openHistory(std::make_unique<fake::History>(said), fake::kSelf).ok());
  Mirror mirror(shown);
  std::get<app::TextPosted>(said->events[1].event.body).text = "better";
  std::get<app::TextPosted>(said->events[1].event.body).edited = true;
  shown.received(event(4, app::TextEdited{app::Seq{2}, "better"}));
  EXPECT_EQ(shown.size(), 3U) << "no row of its own";
  EXPECT_EQ(shown.row(1).text, "better");
  EXPECT_TRUE(shown.row(1).edited);
  said->reactions[Position{2}] = {{"👍", {{fake::kAnna, "Anna"}, {fake::kSelf, "Me"}}}};
  shown.received(event(5, app::Reacted{app::Seq{2}, "👍", true}));
  EXPECT_THAT(shown.row(1).reactions, ElementsAre(RowReaction{"👍", {"Anna", "Me"}, true}));
  auto& deleted = std::get<app::TextPosted>(said->events[1].event.body);
  deleted.text.clear();
  deleted.deleted = true;
  shown.received(event(6, app::TextDeleted{app::Seq{2}}));
  EXPECT_TRUE(shown.row(1).deleted);
  EXPECT_TRUE(shown.row(1).reactions.empty());
  mirror.expectInStep();
  EXPECT_EQ(mirror.changes, 3);
  EXPECT_EQ(shown.unreadCount(), 0U) << "no news to read";
}

TEST_F(TranscriptModelTest, QuotesWhatAReplyAnswersAsItIsNow) {
  auto said = std::make_shared<fake::Conversation>();
  said->addTexts(1, 1);
  TranscriptModel shown;
  ASSERT_TRUE(shown.openHistory(std::make_unique<fake::History>(said), fake::kSelf).ok());
  shown.received(event(2, app::TextPosted{request(2), app::TextStyle::Plain, "yes", app::Seq{1}}));
  ASSERT_TRUE(shown.row(1).quote);
  EXPECT_EQ(*shown.row(1).quote, (RowQuote{Position{1}, "Anna", "text 1"}));
  std::get<app::TextPosted>(said->events[0].event.body).text = "changed";
  shown.received(event(3, app::TextEdited{app::Seq{1}, "changed"}));
  EXPECT_EQ(shown.row(1).quote->text, "changed");
  shown.queued({request(9), app::UtcMillis{}, app::TextStyle::Plain, "mine", app::Seq{1}});
  EXPECT_EQ(shown.row(2).quote->name, "Anna");
  shown.received(event(4, app::TextPosted{request(4), app::TextStyle::Plain, "old", app::Seq{77}}));
  EXPECT_EQ(shown.row(2).quote->name, "") << "what is not here";
}

TEST_F(TranscriptModelTest, MarksWhereSomebodyElseMeansUs) {
  TranscriptModel shown;
  ASSERT_TRUE(
      shown.openHistory(std::make_unique<fake::History>(std::make_shared<fake::Conversation>()), fake::kSelf).ok());
  shown.setOtherNames([] { return std::vector<std::string>{"Me Too", "Anna"}; });
  shown.received(text(1, "@me, look"));
  shown.received(text(2, "@Me Too, look"));
  shown.received(text(3, "@everyone"));
  shown.received(ownText(4, 4, "@Me"));
  std::vector<bool> marks;
  for (std::size_t i = 0; i < shown.size(); ++i) marks.push_back(shown.row(i).mentioned);
  EXPECT_THAT(marks, ElementsAre(true, false, true, false));
}

}  // namespace
}  // namespace earshot::ui

#include "ui/private_talk.h"

#include <gmock/gmock.h>

#include "app/private_chat.h"
#include "ui/room_fakes.h"

namespace earshot::ui {
namespace {

using app::PersonTrust;

/// Anna in the kitchen with Ben; the file of their chat is written as the link's thread would.
class PrivateTalkTest : public testing::Test {
 protected:
  void SetUp() override {
    fake.backend.readUpTo = [this](const app::RoomId&) { return readUpTo; };
    room = std::make_unique<RoomController>(fake.backend,
                                            [this](RoomController&, const RoomNews& told) { news.push_back(told); });
    room->join("kitchen", "Anna");
    fromLink(fake.admission());
    ASSERT_TRUE(room->isOpen());
    news.clear();
  }
  template <class Update>
  void fromLink(Update update) {
    fake.links.back()->inbox->post(std::move(update));
    fake.runQueue();
  }
  void told(app::PrivateUpdate what) { fromLink(app::LinkPrivate{ben, std::move(what)}); }

  app::PrivateChat& chat() {
    if (!file) {
      app::ConversationInfo info;
      info.roomName = "Kitchen";
      info.self = fake.backend.self;
      info.selfName = "Anna";
      info.peer = app::PrivatePeer{ben, "Ben", idOf<app::RoomId>(7)};
      auto opened = app::PrivateChat::open(fake.backend.conversations, std::move(info));
      EXPECT_TRUE(opened.ok());
      file = std::move(*opened);
    }
    return *file;
  }
  app::PrivatePerson person(PersonTrust trust = PersonTrust::NotCompared) { return {"Ben", trust, chat().info().path}; }
  app::StoredEvent arrives(const std::string& words) {
    const app::PrivateChat::Arrival arrival{
        {}, "Ben", app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, words}};
    return chat().record(std::vector{arrival})->front();
  }
  template <class Request>
  Request lastAsked() {
    const auto& asked = fake.links.back()->privateRequests;
    const auto* request = asked.empty() ? nullptr : std::get_if<Request>(&asked.back());
    EXPECT_NE(request, nullptr);
    return request != nullptr ? *request : Request{};
  }

  FakeBackend fake;
  const app::MemberId ben = idOf<app::MemberId>(2);
  std::optional<app::Position> readUpTo;
  std::unique_ptr<app::PrivateChat> file;
  std::vector<RoomNews> news;
  std::unique_ptr<RoomController> room;
};

TEST_F(PrivateTalkTest, BeginsWithSomebodyWhoIsThere) {
  PrivateTalk* talk = room->talkTo(ben);
  ASSERT_NE(talk, nullptr);
  EXPECT_EQ(room->talkTo(ben), talk) << "one for each person";
  EXPECT_EQ(talk->title(), "Ben");
  EXPECT_TRUE(talk->isWritable());
  EXPECT_TRUE(talk->conversation().empty());
  EXPECT_EQ(room->talkTo(fake.backend.self), nullptr);
  EXPECT_EQ(room->talkTo(idOf<app::MemberId>(9)), nullptr);
}

TEST_F(PrivateTalkTest, SendsToThePersonAlone) {
  room->talkTo(ben)->sendText(app::TextStyle::Action, "waves");
  const auto sent = lastAsked<app::SendPrivate>();
  EXPECT_EQ(sent.person, ben);
  EXPECT_EQ(sent.name, "Ben");
  EXPECT_EQ(sent.style, app::TextStyle::Action);
  EXPECT_EQ(sent.text, "waves");
  EXPECT_TRUE(fake.links.back()->requests.empty());
}

TEST_F(PrivateTalkTest, ShowsATextFromItsQueueToItsDelivery) {
  PrivateTalk& talk = *room->talkTo(ben);
  const app::OutgoingText text{app::makeRandom<app::RequestId>(), {}, app::TextStyle::Plain, "hello"};
  told(person());
  ASSERT_TRUE(chat().queue(text).ok());
  told(app::PrivateQueued{text});
  ASSERT_EQ(talk.transcript().size(), 1U);
  EXPECT_EQ(talk.transcript().row(0).delivery, Delivery::Sending);
  const auto advanced = chat().advance(std::vector{app::PrivateChat::Progress{text.id, {}, false}});
  told(app::PrivateSent{*advanced->front().sent});
  EXPECT_EQ(talk.transcript().row(0).delivery, Delivery::Kept);
  told(app::PrivateDelivered{text.id, {}});
  EXPECT_EQ(talk.transcript().row(0).delivery, Delivery::Delivered);
  EXPECT_EQ(talk.transcript().size(), 1U);
  EXPECT_EQ(room->transcript().size(), 0U) << "nothing of it in the room";
}

TEST_F(PrivateTalkTest, ARefusedTextCanBeSentAgain) {
  PrivateTalk& talk = *room->talkTo(ben);
  const app::OutgoingText text{app::makeRandom<app::RequestId>(), {}, app::TextStyle::Plain, "hello"};
  told(person());
  told(app::PrivateQueued{text});
  told(app::PrivateRefused{text.id, {app::Errc::MailboxFull, "Ben"}});
  EXPECT_EQ(talk.transcript().row(0).delivery, Delivery::Failed);
  ASSERT_THAT(news.back().refusals, testing::SizeIs(1));
  EXPECT_EQ(news.back().refusals[0].code, app::Errc::MailboxFull);
  talk.retry(talk.transcript().row(0));
  EXPECT_EQ(lastAsked<app::SendPrivate>().id, text.id);
}

TEST_F(PrivateTalkTest, ATextThatCouldNotBeSavedStaysOnTheScreen) {
  PrivateTalk* talk = room->talkTo(ben);
  told(person());
  talk->sendText(app::TextStyle::Plain, "hello");
  told(app::PrivateRefused{lastAsked<app::SendPrivate>().id, {app::Errc::StorageFull}});
  ASSERT_EQ(talk->transcript().size(), 1U);
  const TranscriptRow row = talk->transcript().row(0);
  EXPECT_EQ(row.text, "hello");
  EXPECT_EQ(row.delivery, Delivery::Failed);
  talk->retry(row);
  EXPECT_EQ(lastAsked<app::SendPrivate>().id, row.request);
}

TEST_F(PrivateTalkTest, WhatCouldNotBeSavedBeforeThereWasAChatStaysOnTheScreen) {
  PrivateTalk* talk = room->talkTo(ben);
  for (const char* words : {"hello", "are you there?"}) {
    talk->sendText(app::TextStyle::Plain, words);
    told(app::PrivateRefused{lastAsked<app::SendPrivate>().id, {app::Errc::StorageFull}});
  }
  ASSERT_EQ(talk->transcript().size(), 2U);
  const TranscriptRow first = talk->transcript().row(0);
  EXPECT_EQ(first.sender, fake.backend.self);
  EXPECT_EQ(first.senderName, "Anna");
  talk->retry(first);
  const app::OutgoingText text{first.request, {}, app::TextStyle::Plain, "hello"};
  ASSERT_TRUE(chat().queue(text).ok());
  told(person());
  told(app::PrivateQueued{text});
  ASSERT_EQ(talk->transcript().size(), 2U);
  EXPECT_EQ(talk->transcript().row(0).text, "are you there?");
  EXPECT_EQ(talk->transcript().row(0).delivery, Delivery::Failed);
  EXPECT_EQ(talk->transcript().row(1).text, "hello");
  EXPECT_EQ(talk->transcript().row(1).delivery, Delivery::Sending);
}

TEST_F(PrivateTalkTest, WhatIsWrittenWhileTheConnectionIsGoneWaits) {
  told(person());
  PrivateTalk& talk = *room->talkTo(ben);
  fromLink(app::LinkInterrupted{{app::Errc::ConnectionLost, {}}, std::chrono::seconds{1}});
  ASSERT_TRUE(talk.isWritable());
  talk.sendText(app::TextStyle::Plain, "hello");
  const auto sent = lastAsked<app::SendPrivate>();
  told(app::PrivateQueued{{sent.id, {}, app::TextStyle::Plain, "hello"}});
  EXPECT_EQ(talk.transcript().row(0).delivery, Delivery::Sending);
  const auto asked = fake.links.back()->privateRequests.size();
  talk.acceptKey();
  EXPECT_EQ(fake.links.back()->privateRequests.size(), asked) << "what is no text is not done later";
  fromLink(app::LinkInterrupted{{app::Errc::ConnectionLost, {}}, std::chrono::seconds{2}});
  EXPECT_EQ(talk.transcript().row(0).delivery, Delivery::Sending);
  fromLink(app::LinkClosed{{app::Errc::Cancelled, {}}});
  EXPECT_EQ(talk.transcript().row(0).delivery, Delivery::Failed);
  EXPECT_FALSE(talk.isWritable());
}

TEST_F(PrivateTalkTest, ComesByItselfWhenSomebodyWrites) {
  const auto first = arrives("hello");
  fromLink(app::LinkPrivate{ben, person()});
  told(app::PrivateEvent{first});
  PrivateTalk* talk = room->privateTalk(ben);
  ASSERT_NE(talk, nullptr);
  EXPECT_EQ(talk->transcript().size(), 1U);
  EXPECT_EQ(talk->transcript().unreadCount(), 1U);
  EXPECT_TRUE(news.back().privateChanged);
  EXPECT_THAT(news.back().privateTexts, testing::SizeIs(1));
  EXPECT_THAT(news.back().texts, testing::IsEmpty());
  told(app::PrivateEvent{arrives("are you there?")});
  EXPECT_EQ(talk->transcript().unreadCount(), 2U);
}

TEST_F(PrivateTalkTest, KnowsHowFarItWasRead) {
  const auto first = arrives("read");
  arrives("not read");
  readUpTo = first.position;
  told(person());
  EXPECT_EQ(room->privateTalk(ben)->transcript().unreadCount(), 1U);
}

TEST_F(PrivateTalkTest, PausesWhenTheKeyHasChangedUntilThatIsDecided) {
  told(person());
  PrivateTalk& talk = *room->privateTalk(ben);
  for (const PersonTrust trust : {PersonTrust::KeyChanged, PersonTrust::VerifiedKeyChanged}) {
    told(person(trust));
    EXPECT_TRUE(talk.isPaused());
    EXPECT_FALSE(talk.isWritable());
    talk.sendText(app::TextStyle::Plain, "secret");
    EXPECT_TRUE(fake.links.back()->privateRequests.empty());
  }
  talk.acceptKey();
  EXPECT_EQ(lastAsked<app::AcceptKey>().person, ben);
  talk.setVerified(true);
  EXPECT_TRUE(lastAsked<app::SetVerified>().verified);
  told(person(PersonTrust::Verified));
  EXPECT_TRUE(talk.isWritable());
}

TEST_F(PrivateTalkTest, HearsThePicturesThatWereAskedForLast) {
  told(person());
  PrivateTalk& talk = *room->privateTalk(ben);
  std::vector<bool> heard;
  const auto hear = [&](const auto& words) { heard.push_back(words.ok()); };
  talk.askSafetyWords(hear);
  const auto first = lastAsked<app::AskSafetyWords>().id;
  talk.askSafetyWords(hear);
  const auto second = lastAsked<app::AskSafetyWords>().id;
  app::PrivateSafetyWords words;
  words.id = first;
  told(words);
  EXPECT_THAT(heard, testing::IsEmpty());
  words.id = second;
  told(words);
  told(words);
  EXPECT_THAT(heard, testing::ElementsAre(true));
  talk.askSafetyWords(hear);
  told(app::PrivateRefused{lastAsked<app::AskSafetyWords>().id, {app::Errc::PersonUnreachable, "Ben"}});
  EXPECT_THAT(heard, testing::ElementsAre(true, false));
  EXPECT_THAT(news.back().refusals, testing::IsEmpty()) << "whoever asked says so";
  talk.askSafetyWords(hear);
  fromLink(app::LinkClosed{{app::Errc::ConnectionLost, {}}});
  EXPECT_THAT(heard, testing::ElementsAre(true, false, false));
  talk.askSafetyWords(hear);
  EXPECT_THAT(heard, testing::SizeIs(3)) << "nobody is there to ask";
}

TEST_F(PrivateTalkTest, FollowsANewName) {
  told(person());
  app::StoredEvent renamed{app::Position{5}, {app::Seq{5}, {}, ben, "Ben", app::MemberRenamed{"Benjamin"}}};
  fromLink(app::LinkEvent{renamed});
  EXPECT_EQ(room->privateTalk(ben)->title(), "Benjamin");
  EXPECT_TRUE(news.back().privateChanged);
}

TEST_F(PrivateTalkTest, CanBeReadWithoutTheRoom) {
  arrives("from last week");
  app::ConversationInfo info;
  for (const auto& listed : app::listConversations(fake.backend.conversations)) {
    if (!listed.peer) info = listed;
  }
  RoomController saved(fake.backend, [](RoomController&, const RoomNews&) {});
  ASSERT_TRUE(saved.openSaved(info).ok());
  ASSERT_THAT(saved.privateTalks(), testing::SizeIs(1));
  PrivateTalk& talk = *saved.privateTalks()[0];
  EXPECT_EQ(talk.title(), "Ben");
  EXPECT_EQ(talk.transcript().size(), 1U);
  EXPECT_FALSE(talk.conversation().empty());
  EXPECT_FALSE(talk.isWritable());
}

TEST_F(PrivateTalkTest, FindsWhomALineIsFor) {
  const auto found = room->addressedBy("ben come here");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->person, ben);
  EXPECT_EQ(found->text, "come here");
  EXPECT_FALSE(room->addressedBy("Anna hello")) << "that is ourselves";
  EXPECT_FALSE(room->addressedBy("Nobody hello"));
  told(person());
  app::StoredEvent left{app::Position{5}, {app::Seq{5}, {}, ben, "Ben", app::MemberLeft{}}};
  fromLink(app::LinkEvent{left});
  EXPECT_TRUE(room->addressedBy("Ben are you still there?")) << "they have a chat";
}

}  // namespace
}  // namespace earshot::ui

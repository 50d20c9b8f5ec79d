#include "ui/room_controller.h"

#include <gmock/gmock.h>

#include "ui/next_step.h"
#include "ui/room_fakes.h"

namespace earshot::ui {
namespace {

using app::Errc;
using app::Error;

class RoomControllerTest : public testing::Test {
 protected:
  RoomControllerTest() {
    room = std::make_unique<RoomController>(fake.backend,
                                            [this](RoomController&, const RoomNews& told) { news.push_back(told); });
  }

  template <class Update>
  void fromLink(Update update) {
    fake.links.back()->inbox->post(std::move(update));
    fake.runQueue();
  }
  template <class Update>
  void fromHost(Update update) {
    fake.hosts.back()->inbox->post(std::move(update));
    fake.runQueue();
  }
  void joinKitchen() {
    room->join("kitchen", "Anna");
    fromLink(fake.admission());
    ASSERT_TRUE(room->isOpen());
  }
  app::StoredEvent event(std::uint8_t actor, app::EventBody body, std::int64_t position = 1) {
    const auto seq = app::Seq{static_cast<std::uint64_t>(position)};
    return {app::Position{position},
            {seq, {}, actor == 1 ? fake.backend.self : idOf<app::MemberId>(actor), actor == 1 ? "Anna" : "Ben", body}};
  }

  FakeBackend fake;
  std::vector<RoomNews> news;
  std::unique_ptr<RoomController> room;
};

TEST_F(RoomControllerTest, JoinsWithTheNameAndAddressGiven) {
  room->join("kitchen:1061", "Anna");
  ASSERT_EQ(fake.links.size(), 1U);
  EXPECT_EQ(fake.links[0]->options.address, "kitchen:1061");
  EXPECT_EQ(fake.links[0]->options.name, "Anna");
  EXPECT_EQ(fake.links[0]->options.identity.publicKey, fake.backend.identity.publicKey);
  EXPECT_FALSE(fake.links[0]->options.hostedHere);
  EXPECT_EQ(room->phase(), RoomPhase::Connecting);
}

TEST_F(RoomControllerTest, IsOpenOnceAdmitted) {
  joinKitchen();
  EXPECT_EQ(room->roomName(), "Kitchen");
  EXPECT_EQ(room->address(), "192.0.2.5:1060");
  EXPECT_EQ(room->people().size(), 2U);
  EXPECT_EQ(room->othersInside(), 1U);
  ASSERT_EQ(news.size(), 1U);
  EXPECT_TRUE(news[0].admitted);
}

TEST_F(RoomControllerTest, HostsFirstAndThenJoinsItsOwnRoom) {
  room->host(hostOptions("Kitchen"), "Anna");
  ASSERT_EQ(fake.hosts.size(), 1U);
  EXPECT_TRUE(fake.links.empty());
  fromHost(app::HostListening{
      idOf<app::RoomId>(7), "Kitchen", 1062, {"192.0.2.9", "fe80::1"}, "127.0.0.1:1062", fake.folder / "log"});
  ASSERT_EQ(fake.links.size(), 1U);
  EXPECT_EQ(fake.links[0]->options.address, "127.0.0.1:1062");
  EXPECT_TRUE(fake.links[0]->options.hostedHere);
  fromLink(fake.admission());
  EXPECT_TRUE(room->isOpen());
  EXPECT_TRUE(room->isHosting());
  EXPECT_EQ(room->address(), "192.0.2.9:1062") << "others need this one, not our loopback";
  EXPECT_EQ(room->hostLog(), fake.folder / "log");
}

TEST_F(RoomControllerTest, SaysWhyARoomCouldNotBeOpened) {
  room->host(hostOptions("Kitchen"), "Anna");
  fromHost(app::HostStopped{Error{Errc::PortInUse, "1060"}});
  EXPECT_EQ(room->phase(), RoomPhase::Closed);
  EXPECT_EQ(room->failure(), (Error{Errc::PortInUse, "1060"}));
  EXPECT_FALSE(room->isHosting());
}

TEST_F(RoomControllerTest, SaysWhyItWasNotLetIn) {
  room->join("kitchen", "Anna");
  fromLink(app::LinkClosed{{Errc::NameTaken, "Anna (2)"}});
  EXPECT_EQ(room->failure(), (Error{Errc::NameTaken, "Anna (2)"}));
  ASSERT_EQ(news.size(), 1U);
  EXPECT_TRUE(news[0].ended);
}

TEST_F(RoomControllerTest, TellsOneBatchAsOnePieceOfNews) {
  joinKitchen();
  news.clear();
  auto& inbox = *fake.links.back()->inbox;
  inbox.post(app::LinkEvent{event(2, app::TextPosted{idOf<app::RequestId>(1), {}, "one"}, 1)});
  inbox.post(app::LinkEvent{event(2, app::TextPosted{idOf<app::RequestId>(2), {}, "two"}, 2)});
  inbox.post(app::LinkEvent{event(2, app::TopicChanged{"tea"}, 3)});
  inbox.post(app::LinkEvent{event(2, app::MemberLeft{}, 4)});
  fake.runQueue();
  ASSERT_EQ(news.size(), 1U);
  EXPECT_EQ(news[0].texts.size(), 2U);
  EXPECT_TRUE(news[0].peopleChanged);
  EXPECT_TRUE(news[0].titleChanged);
  EXPECT_EQ(room->topic(), "tea");
  EXPECT_EQ(room->people().size(), 1U);
  EXPECT_EQ(room->transcript().size(), 4U);
}

TEST_F(RoomControllerTest, SendsWhatItIsAskedToWhileOpen) {
  room->sendText(app::TextStyle::Plain, "too early");
  joinKitchen();
  room->sendText(app::TextStyle::Action, "waves");
  room->rename("Anne");
  room->setTopic("tea");
  const auto& requests = fake.links.back()->requests;
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(std::get<app::SendText>(requests[0].command).text, "waves");
  EXPECT_EQ(std::get<app::Rename>(requests[1].command).name, "Anne");
  EXPECT_EQ(std::get<app::SetTopic>(requests[2].command).topic, "tea");
  EXPECT_NE(requests[0].id, requests[1].id);
}

TEST_F(RoomControllerTest, KnowsWhoIsWritingUntilTheyHaveWrittenOrGone) {
  joinKitchen();
  const auto isWriting = [this] { return !room->typists().at(std::chrono::steady_clock::now()).empty(); };
  const auto ben = idOf<app::MemberId>(2);
  const std::vector<app::EventBody> ends{app::TextPosted{{}, app::TextStyle::Plain, "done"}, app::MemberLeft{}};
  for (std::size_t i = 0; i < ends.size(); ++i) {
    fromLink(app::LinkTyping{{ben}});
    EXPECT_TRUE(news.back().typingChanged);
    EXPECT_TRUE(isWriting());
    fromLink(app::LinkEvent{
        event(3, app::TextPosted{{}, app::TextStyle::Plain, "somebody else's"}, static_cast<std::int64_t>(2 * i + 1))});
    EXPECT_FALSE(news.back().typingChanged);
    EXPECT_TRUE(isWriting());
    fromLink(app::LinkEvent{event(2, ends[i], static_cast<std::int64_t>(2 * i + 2))});
    EXPECT_TRUE(news.back().typingChanged);
    EXPECT_FALSE(isWriting());
  }
  fromLink(app::LinkTyping{{ben}});
  fromLink(app::LinkInterrupted{});
  EXPECT_TRUE(news.back().typingChanged);
  EXPECT_FALSE(isWriting());
}

TEST_F(RoomControllerTest, TellsOnlyAnOpenRoomThatSomethingIsWritten) {
  room->join("kitchen", "Anna");
  room->tellTyping();
  fromLink(fake.admission());
  room->tellTyping();
  fromLink(app::LinkInterrupted{});
  room->tellTyping();
  EXPECT_EQ(fake.links.back()->typingTold, 1);
}

TEST_F(RoomControllerTest, SaysOnceThatTheHostCannotSaveWhatIsTriedAgainByItself) {
  joinKitchen();
  const app::LinkQueued queued{{app::makeRandom<app::RequestId>(), {}, app::TextStyle::Plain, "hello", {}}};
  std::size_t told = 0;
  for (int i = 0; i < 3; ++i) {
    fromLink(queued);
    EXPECT_EQ(room->transcript().row(room->transcript().size() - 1).delivery, Delivery::Sending);
    news.clear();
    fromLink(app::LinkRefused{queued.text.id, {Errc::HostStorageFull}, true});
    EXPECT_EQ(room->transcript().row(room->transcript().size() - 1).delivery, Delivery::Failed);
    for (const RoomNews& each : news) told += each.refusals.size();
  }
  EXPECT_EQ(told, 1U);
}

TEST_F(RoomControllerTest, SaysOnceThatTextsAreDelayedUntilAllOfThemGotThrough) {
  joinKitchen();
  const auto refusalsAfter = [this](const app::RequestId& id) {
    news.clear();
    fromLink(app::LinkRefused{id, {Errc::TooFast}, true});
    std::size_t told = 0;
    for (const RoomNews& each : news) told += each.refusals.size();
    return told;
  };
  std::vector<app::RequestId> ids;
  for (int i = 0; i < 2; ++i) {
    ids.push_back(app::makeRandom<app::RequestId>());
    fromLink(app::LinkQueued{{ids.back(), {}, app::TextStyle::Plain, "hello", {}}});
  }
  EXPECT_EQ(refusalsAfter(ids[0]), 1U);
  EXPECT_EQ(refusalsAfter(ids[1]), 0U);
  EXPECT_EQ(room->transcript().row(room->transcript().size() - 1).delivery, Delivery::Sending) << "on its way";
  fromLink(app::LinkSent{event(1, app::TextPosted{ids[0], app::TextStyle::Plain, "hello"}, 1)});
  EXPECT_EQ(refusalsAfter(ids[1]), 0U);
  fromLink(app::LinkSent{event(1, app::TextPosted{ids[1], app::TextStyle::Plain, "hello"}, 2)});
  EXPECT_EQ(refusalsAfter(app::makeRandom<app::RequestId>()), 1U);
}

TEST_F(RoomControllerTest, KeepsATextOnTheScreenThatCouldNotBeSaved) {
  joinKitchen();
  room->sendText(app::TextStyle::Plain, "hello");
  const app::RequestId id = fake.links.back()->requests.back().id;
  fromLink(app::LinkRefused{id, {Errc::StorageFull}});
  ASSERT_GT(room->transcript().size(), 0U);
  const TranscriptRow row = room->transcript().row(room->transcript().size() - 1);
  EXPECT_EQ(row.text, "hello");
  EXPECT_EQ(row.delivery, Delivery::Failed);
  room->retry(row);
  EXPECT_EQ(fake.links.back()->requests.back().id, id);
}

TEST_F(RoomControllerTest, MarksARefusedTextAndSendsItAgainUnderItsOldId) {
  joinKitchen();
  room->sendText(app::TextStyle::Plain, "hello");
  const app::RequestId id = fake.links.back()->requests.back().id;
  fromLink(app::LinkQueued{{id, {}, app::TextStyle::Plain, "hello"}});
  news.clear();
  fromLink(app::LinkRefused{id, {Errc::HostStorageFull}});
  ASSERT_EQ(news.size(), 1U);
  ASSERT_EQ(news[0].refusals.size(), 1U);
  const TranscriptRow row = room->transcript().row(room->transcript().size() - 1);
  EXPECT_EQ(row.delivery, Delivery::Failed);
  room->retry(row);
  EXPECT_EQ(fake.links.back()->requests.back().id, id);
}

TEST_F(RoomControllerTest, RemembersItsOwnNewName) {
  joinKitchen();
  fromLink(app::LinkEvent{event(1, app::MemberRenamed{"Anne"})});
  EXPECT_TRUE(news.back().selfRenamed);
  EXPECT_EQ(room->selfName(), "Anne");
  fromLink(app::LinkEvent{event(2, app::MemberRenamed{"Benno"}, 2)});
  EXPECT_FALSE(news.back().selfRenamed);
}

TEST_F(RoomControllerTest, KeepsTheHistoryWhenTheHostGoes) {
  joinKitchen();
  fromLink(app::LinkEvent{event(2, app::TextPosted{idOf<app::RequestId>(1), {}, "bye"})});
  fromLink(app::LinkClosed{{Errc::HostClosed}});
  EXPECT_EQ(room->phase(), RoomPhase::Closed);
  EXPECT_EQ(room->failure()->code, Errc::HostClosed);
  EXPECT_EQ(room->people().size(), 0U);
  EXPECT_EQ(room->transcript().size(), 1U);
  EXPECT_FALSE(room->conversation().empty());
}

TEST_F(RoomControllerTest, ShowsWhatWasOnItsWayAsNotSentWhenTheHostGoes) {
  joinKitchen();
  const auto id = idOf<app::RequestId>(7);
  fromLink(app::LinkQueued{{id, {}, {}, "too late"}});
  const auto delivery = [&] { return room->transcript().row(room->transcript().size() - 1).delivery; };
  EXPECT_EQ(delivery(), Delivery::Sending);
  fromLink(app::LinkClosed{{Errc::ConnectionLost}});
  EXPECT_EQ(delivery(), Delivery::Failed);
  room->reconnect("Anna");
  fromLink(fake.admission());
  fromLink(app::LinkQueued{{id, {}, {}, "too late"}});
  EXPECT_EQ(delivery(), Delivery::Sending);
}

TEST_F(RoomControllerTest, JoinsAgainWhereItWas) {
  joinKitchen();
  fromLink(app::LinkClosed{{Errc::ConnectionLost}});
  room->reconnect("Anna");
  ASSERT_EQ(fake.links.size(), 2U);
  EXPECT_EQ(fake.links[1]->options.address, "kitchen");
  fromLink(fake.admission());
  EXPECT_TRUE(room->isOpen());
  EXPECT_FALSE(room->failure());
}

TEST_F(RoomControllerTest, OnlyJoinsAgainWhenItsRoomIsStillHosted) {
  room->host(hostOptions("Kitchen"), "Anna");
  fromHost(app::HostListening{idOf<app::RoomId>(7), "Kitchen", 1062, {}, "127.0.0.1:1062", {}});
  fromLink(fake.admission());
  fromLink(app::LinkClosed{{Errc::ConnectionLost}});
  EXPECT_TRUE(room->isHosting());
  room->reconnect("Anna");
  EXPECT_EQ(fake.hosts.size(), 1U);
  ASSERT_EQ(fake.links.size(), 2U);
  EXPECT_EQ(fake.links[1]->options.address, "127.0.0.1:1062");
}

TEST_F(RoomControllerTest, HostsAgainWhenItsRoomHadStopped) {
  room->host(hostOptions("Kitchen"), "Anna");
  fromHost(app::HostListening{idOf<app::RoomId>(7), "Kitchen", 1062, {}, "127.0.0.1:1062", {}});
  fromLink(fake.admission());
  fromHost(app::HostStopped{Error{Errc::StorageFull}});
  EXPECT_EQ(room->failure()->code, Errc::StorageFull);
  room->reconnect("Anna");
  ASSERT_EQ(fake.hosts.size(), 2U);
  EXPECT_EQ(fake.hosts[1]->options.roomName, "Kitchen");
}

TEST_F(RoomControllerTest, ShowsASavedConversationWithoutANetwork) {
  app::ConversationInfo info;
  info.room = idOf<app::RoomId>(7);
  info.roomName = "Kitchen";
  info.address = "192.0.2.5:1060";
  info.path = fake.admission().conversation;
  ASSERT_TRUE(room->openSaved(info).ok());
  EXPECT_EQ(room->phase(), RoomPhase::Idle);
  EXPECT_EQ(room->roomName(), "Kitchen");
  EXPECT_TRUE(fake.links.empty());
  room->reconnect("Anna");
  ASSERT_EQ(fake.links.size(), 1U);
  EXPECT_EQ(fake.links[0]->options.address, "192.0.2.5:1060");
}

TEST_F(RoomControllerTest, NeverConnectsWithAnArchiveOrSomebodyElsesConversation) {
  app::ConversationInfo info;
  info.room = idOf<app::RoomId>(7);
  info.address = "192.0.2.5:1060";
  info.path = fake.admission().conversation;
  info.archive = app::ArchiveSource{};
  ASSERT_TRUE(room->openSaved(info).ok());
  EXPECT_TRUE(room->isForReading());
  room->reconnect("Anna");
  EXPECT_TRUE(fake.links.empty());
  info.archive.reset();
  info.self = idOf<app::MemberId>(99);
  ASSERT_TRUE(room->openSaved(info).ok());
  EXPECT_TRUE(room->isForReading());
  room->reconnect("Anna");
  EXPECT_TRUE(fake.links.empty());
  EXPECT_TRUE(fake.hosts.empty());
}

TEST_F(RoomControllerTest, SaysWhyASavedConversationCannotBeShown) {
  app::ConversationInfo info;
  info.path = fake.folder / "missing.sqlite";
  EXPECT_FALSE(room->openSaved(info).ok());
}

TEST_F(RoomControllerTest, DiesWithoutWaitingForTheNetwork) {
  room->host(hostOptions("Kitchen"), "Anna");
  fromHost(app::HostListening{idOf<app::RoomId>(7), "Kitchen", 1062, {}, "127.0.0.1:1062", {}});
  room.reset();
  EXPECT_TRUE(fake.links[0]->closed);
  EXPECT_TRUE(fake.hosts[0]->stopped);
  EXPECT_FALSE(fake.links[0]->destroyed) << "that may block";
  EXPECT_FALSE(fake.hosts[0]->destroyed);
  fake.retired.clear();
  EXPECT_TRUE(fake.links[0]->destroyed);
  EXPECT_TRUE(fake.hosts[0]->destroyed);
}

TEST_F(RoomControllerTest, HearsNothingAfterItsDeath) {
  room->join("kitchen", "Anna");
  fake.links[0]->inbox->post(app::LinkClosed{{Errc::ConnectionRefused}});
  room.reset();
  fake.links[0]->inbox->post(app::LinkClosed{{Errc::ConnectionRefused}});
  fake.runQueue();
  EXPECT_TRUE(news.empty());
}

TEST_F(RoomControllerTest, MayBeDestroyedByItsOwnNews) {
  std::unique_ptr<RoomController> shortLived;
  shortLived =
      std::make_unique<RoomController>(fake.backend, [&](RoomController&, const RoomNews&) { shortLived.reset(); });
  shortLived->join("kitchen", "Anna");
  fromLink(app::LinkClosed{{Errc::ConnectionRefused}});
  EXPECT_EQ(shortLived, nullptr);
}

TEST_F(RoomControllerTest, ForgetsALinkThatWasGivenUp) {
  room->join("kitchen", "Anna");
  room->disconnect();
  EXPECT_TRUE(fake.links[0]->closed);
  EXPECT_EQ(room->phase(), RoomPhase::Closed);
  EXPECT_EQ(room->failure()->code, Errc::Cancelled);
  fromLink(app::LinkClosed{{Errc::Cancelled}});
  EXPECT_TRUE(news.empty());
}

TEST_F(RoomControllerTest, StartsReadWhereThePersonStoppedReading) {
  fake.backend.readUpTo = [](const app::RoomId&) { return std::optional(app::Position{1}); };
  joinKitchen();
  fromLink(app::LinkEvent{event(2, app::TextPosted{idOf<app::RequestId>(1), {}, "old"}, 1)});
  fromLink(app::LinkEvent{event(2, app::TextPosted{idOf<app::RequestId>(2), {}, "new"}, 2)});
  ASSERT_TRUE(room->transcript().unreadMark());
  EXPECT_EQ(room->transcript().row(*room->transcript().unreadMark()).text, "new");
}

// --- join codes and invites ------------------------------------------------------------------------

TEST_F(RoomControllerTest, AsksForAJoinCodeWhenTheRoomHasOne) {
  room->join("kitchen", "Anna");
  EXPECT_EQ(fake.links[0]->options.joinCode, "");
  EXPECT_FALSE(room->isAskingForCode());
  fromLink(app::LinkClosed{{Errc::JoinCodeNeeded, "Kitchen"}});
  EXPECT_TRUE(room->isAskingForCode());
  ASSERT_TRUE(room->joinWithCode(" Amber tiger LAKE 42", "Anne").ok());
  ASSERT_EQ(fake.links.size(), 2U);
  EXPECT_EQ(fake.links[1]->options.address, "kitchen");
  EXPECT_EQ(fake.links[1]->options.joinCode, "amber-tiger-lake-42");
  EXPECT_EQ(fake.links[1]->options.name, "Anne");
  EXPECT_EQ(room->phase(), RoomPhase::Connecting);
  EXPECT_TRUE(room->isAskingForCode()) << "until it is known whether it is the right one";
  fromLink(fake.admission());
  EXPECT_TRUE(room->isOpen());
  EXPECT_FALSE(room->isAskingForCode());
}

TEST_F(RoomControllerTest, LetsAJoinCodeBeTypedAgain) {
  room->join("kitchen", "Anna");
  fromLink(app::LinkClosed{{Errc::JoinCodeNeeded, "Kitchen"}});
  for (const Error& error : {Error{Errc::JoinCodeWrong}, Error{Errc::TooManyTries, "30"},
                             Error{Errc::ConnectionRefused}, Error{Errc::NameTaken, "Anna (2)"}}) {
    ASSERT_TRUE(room->joinWithCode("amber-tiger-lake-42", "Anna").ok());
    fromLink(app::LinkClosed{error});
    EXPECT_EQ(room->failure(), error);
    EXPECT_TRUE(room->isAskingForCode());
  }
}

TEST_F(RoomControllerTest, TriesNothingWithWhatIsNoJoinCode) {
  room->join("kitchen", "Anna");
  fromLink(app::LinkClosed{{Errc::JoinCodeNeeded, "Kitchen"}});
  for (const char* typed : {"", "amber", "amber-tiger-lake-xx"}) {
    const auto tried = room->joinWithCode(typed, "Anna");
    ASSERT_FALSE(tried.ok());
    EXPECT_EQ(tried.error().code, Errc::JoinCodeInvalid);
  }
  EXPECT_EQ(fake.links.size(), 1U);
  EXPECT_TRUE(room->isAskingForCode());
}

TEST_F(RoomControllerTest, NeverTriesAJoinCodeAgainByItself) {
  room->join("kitchen", "Anna");
  fromLink(app::LinkClosed{{Errc::JoinCodeNeeded, "Kitchen"}});
  ASSERT_TRUE(room->joinWithCode("amber-tiger-lake-42", "Anna").ok());
  fromLink(fake.admission());
  fromLink(app::LinkClosed{{Errc::ConnectionLost}});
  room->reconnect("Anna");
  EXPECT_EQ(fake.links.back()->options.joinCode, "");
}

TEST_F(RoomControllerTest, GivesUpTheQuestionForACode) {
  room->join("kitchen", "Anna");
  fromLink(app::LinkClosed{{Errc::JoinCodeNeeded, "Kitchen"}});
  room->disconnect();
  EXPECT_FALSE(room->isAskingForCode());
  room->askForCode();
  EXPECT_TRUE(room->isAskingForCode());
}

TEST_F(RoomControllerTest, StopsWhenTheHostIsNotTheOneItWas) {
  for (const Errc code : {Errc::HostKeyChanged, Errc::HostNotTrusted, Errc::OtherRoom}) {
    room->join("kitchen", "Anna");
    fromLink(app::LinkClosed{{Errc::JoinCodeNeeded, "Kitchen"}});
    ASSERT_TRUE(room->joinWithCode("amber-tiger-lake-42", "Anna").ok());
    fromLink(app::LinkClosed{{code}});
    EXPECT_FALSE(room->isAskingForCode());
  }
}

TEST(NextStep, NeverGoesOnByItselfPastAHostThatIsNotTrusted) {
  EXPECT_EQ(nextStepAfter({Errc::ConnectionLost}), NextStep::TryAgain);
  EXPECT_EQ(nextStepAfter({Errc::JoinCodeNeeded}), NextStep::TypeJoinCode);
  EXPECT_EQ(nextStepAfter({Errc::TooManyTries}), NextStep::TypeJoinCode);
  EXPECT_EQ(nextStepAfter({Errc::HostKeyChanged}), NextStep::MayTypeJoinCode);
  EXPECT_EQ(nextStepAfter({Errc::HostNotTrusted}), NextStep::AskForAnotherWay);
  EXPECT_EQ(nextStepAfter({Errc::OtherRoom}), NextStep::AskForAnotherWay);
}

TEST_F(RoomControllerTest, JoinsWithAnInviteOnce) {
  app::InviteLink invite;
  invite.address = "192.0.2.5:1060";
  invite.token = idOf<app::InviteToken>(9);
  room->join(invite, "Anna");
  EXPECT_EQ(fake.links[0]->options.address, "192.0.2.5:1060");
  EXPECT_EQ(fake.links[0]->options.invite, invite);
  fromLink(fake.admission());
  fromLink(app::LinkClosed{{Errc::ConnectionLost}});
  room->reconnect("Anna");
  EXPECT_EQ(fake.links[1]->options.address, "192.0.2.5:1060");
  EXPECT_EQ(fake.links[1]->options.invite, std::nullopt);
}

TEST_F(RoomControllerTest, MeansTheSameRoomWhenItJoinsAgain) {
  room->join("kitchen", "Anna");
  EXPECT_EQ(fake.links[0]->options.room, std::nullopt);
  fromLink(fake.admission());
  fromLink(app::LinkClosed{{Errc::ConnectionLost}});
  room->reconnect("Anna");
  EXPECT_EQ(fake.links[1]->options.room, idOf<app::RoomId>(7));
}

TEST_F(RoomControllerTest, KnowsHowTheHostProvedItself) {
  room->join("kitchen", "Anna");
  auto admitted = fake.admission();
  admitted.proof = app::HostProof::JoinCode;
  admitted.hostKey = idOf<app::crypto::PublicKey>(3);
  fromLink(std::move(admitted));
  EXPECT_EQ(room->hostProof(), app::HostProof::JoinCode);
  EXPECT_EQ(room->hostKey(), idOf<app::crypto::PublicKey>(3));
}

class RoomAccess : public RoomControllerTest {
 protected:
  RoomAccess() {
    app::HostOptions options = hostOptions("Kitchen");
    options.access = app::Access::JoinCode;
    room->host(std::move(options), "Anna");
    app::HostListening listening{idOf<app::RoomId>(7), "Kitchen", 1061, {"192.0.2.9"}, "127.0.0.1:1061", {}};
    listening.hostKey = idOf<app::crypto::PublicKey>(3);
    listening.joinCode = "amber-tiger-lake-42";
    fromHost(std::move(listening));
    fromLink(fake.admission());
  }
};

TEST_F(RoomAccess, LetsItsOwnerInByTheirKey) {
  EXPECT_EQ(fake.hosts[0]->options.owner, fake.backend.identity.publicKey);
  EXPECT_EQ(fake.hosts[0]->options.access, app::Access::JoinCode);
  EXPECT_EQ(fake.links[0]->options.hostKey, idOf<app::crypto::PublicKey>(3));
}

TEST_F(RoomAccess, ShowsTheCodeAndAsksForTheInvites) {
  EXPECT_EQ(room->access().joinCode(), "amber-tiger-lake-42");
  EXPECT_THAT(fake.hosts[0]->asked, testing::ElementsAre("access"));
}

TEST_F(RoomAccess, PassesOnWhatTheOwnerDecides) {
  fake.hosts[0]->asked.clear();
  room->changeJoinCode();
  room->openToAll();
  room->makeInvite(std::chrono::hours(1), 5);
  room->revokeInvite({});
  EXPECT_THAT(fake.hosts[0]->asked, testing::ElementsAre("code", "open", "invite", "revoke"));
  news.clear();
  fromHost(app::HostAccess{"maple-otter-stone-07", {}, {}});
  ASSERT_EQ(news.size(), 1U);
  EXPECT_TRUE(news[0].accessChanged);
  EXPECT_EQ(room->access().joinCode(), "maple-otter-stone-07");
}

TEST_F(RoomAccess, EndsWithTheRoom) {
  fromHost(app::HostStopped{});
  EXPECT_TRUE(news.back().accessChanged);
  EXPECT_FALSE(room->access().isKnown());
  room->changeJoinCode();
}

TEST_F(RoomAccess, IsAsItWasWhenTheRoomIsHostedAgain) {
  fromHost(app::HostAccess{"", {}, {}});
  fromHost(app::HostStopped{});
  room->reconnect("Anna");
  EXPECT_EQ(fake.hosts.back()->options.access, app::Access::AsBefore) << "it was opened to all meanwhile";
}

// --- when nothing can be saved ---------------------------------------------------------------------

TEST_F(RoomAccess, KnowsWhyNothingCanBeSaid) {
  EXPECT_EQ(room->saving(), app::HostSaving{});
  news.clear();
  fromHost(app::HostSaving{Error{Errc::StorageFull}});
  ASSERT_EQ(news.size(), 1U);
  EXPECT_TRUE(news[0].savingChanged);
  EXPECT_EQ(room->saving().failed, Error{Errc::StorageFull});
  fromHost(app::HostSaving{});
  EXPECT_TRUE(news.back().savingChanged);
  EXPECT_EQ(room->saving(), app::HostSaving{});
}

TEST_F(RoomAccess, KnowsThatOnlyPrivateMessagesCannotBeSaved) {
  news.clear();
  fromHost(app::HostSaving{Error{Errc::StorageFull}, true});
  EXPECT_TRUE(news.at(0).savingChanged);
  EXPECT_TRUE(room->saving().onlyPrivate);
  fromHost(app::HostSaving{Error{Errc::StorageFull}});
  EXPECT_FALSE(room->saving().onlyPrivate);
}

TEST_F(RoomAccess, DoesNotSendWhoHostsToTheHost) {
  fromHost(app::HostSaving{Error{Errc::StorageFull}});
  news.clear();
  fromLink(app::LinkRefused{app::makeRandom<app::RequestId>(), {Errc::HostStorageFull}, true});
  ASSERT_EQ(news.size(), 1U);
  EXPECT_TRUE(news[0].refusals.empty()) << "\"ask the host to free some space\"";
}

TEST_F(RoomAccess, TellsWhoHostsOfTheirOwnDisk) {
  news.clear();
  fromLink(app::LinkRefused{app::makeRandom<app::RequestId>(), {Errc::HostStorageFull}});
  fromLink(app::LinkRefused{app::makeRandom<app::RequestId>(), {Errc::HostStorageFailed}});
  ASSERT_EQ(news.size(), 2U);
  EXPECT_EQ(news[0].refusals, std::vector{Error{Errc::StorageFull}});
  EXPECT_EQ(news[1].refusals, std::vector{Error{Errc::StorageFailed}});
  fromLink(app::LinkClosed{{Errc::HostStorageFull}});
  EXPECT_EQ(room->failure(), Error{Errc::StorageFull});
}

TEST_F(RoomControllerTest, NamesNoFileOfItsOwnWhenTheDiskIsFull) {
  joinKitchen();
  news.clear();
  fromLink(app::LinkRefused{app::makeRandom<app::RequestId>(), {Errc::StorageFull, "1234.earshot"}});
  ASSERT_EQ(news.size(), 1U);
  EXPECT_EQ(news[0].refusals, std::vector{Error{Errc::StorageFull}});
}

TEST_F(RoomAccess, NamesNoFileEitherWhenTheRoomCannotGoOn) {
  fromHost(app::HostStopped{Error{Errc::StorageFull, "room.db"}});
  EXPECT_EQ(room->failure(), Error{Errc::StorageFull});
}

TEST_F(RoomControllerTest, SendsAGuestToWhoHosts) {
  room->join("kitchen", "Anna");
  fromLink(app::LinkClosed{{Errc::HostStorageFull}});
  EXPECT_EQ(room->failure(), Error{Errc::HostStorageFull});
}

TEST_F(RoomAccess, ForgetsADiskWithTheRoom) {
  fromHost(app::HostSaving{Error{Errc::StorageFull}});
  fromHost(app::HostStopped{});
  EXPECT_EQ(room->saving(), app::HostSaving{});
}

// --- giving the program away -----------------------------------------------------------------------

class RoomSharing : public RoomControllerTest {
 protected:
  RoomSharing() {
    app::HostOptions options = hostOptions("Kitchen");
    options.bindAddress = "192.168.1.12";
    room->host(std::move(options), "Anna");
    fromHost(app::HostListening{idOf<app::RoomId>(7), "Kitchen", 1061, {"192.168.1.12"}, "192.168.1.12:1061", {}});
    fromLink(fake.admission());
    room->shareApp("installers");
  }
  template <class Update>
  void fromSharing(Update update) {
    fake.shared.back()->inbox->post(std::move(update));
    fake.runQueue();
  }
};

TEST_F(RoomSharing, TellsThePageWhereTheRoomIs) {
  ASSERT_EQ(fake.shared.size(), 1U);
  const app::ShareOptions& options = fake.shared[0]->options;
  EXPECT_EQ(options.folder, "installers");
  EXPECT_EQ(options.bindAddress, "192.168.1.12");
  EXPECT_EQ(options.port, std::nullopt);
  EXPECT_EQ(options.roomName, "Kitchen");
  EXPECT_THAT(options.joinAddresses, testing::ElementsAre("192.168.1.12"));
  EXPECT_EQ(options.joinPort, 1061);
  EXPECT_EQ(room->sharing().phase(), SharingPhase::Starting);
}

TEST_F(RoomSharing, IsOnOnceThePageIsThere) {
  fromSharing(app::SharingReady{8060, {"http://192.168.1.12:8060"}, {}});
  EXPECT_EQ(room->sharing().phase(), SharingPhase::On);
  EXPECT_EQ(room->sharing().ready().port, 8060);
  EXPECT_TRUE(news.back().sharingChanged && news.back().titleChanged);
}

TEST_F(RoomSharing, SaysWhyItFailed) {
  fromSharing(app::SharingStopped{{Errc::NoInstallers, "installers"}});
  EXPECT_EQ(room->sharing().phase(), SharingPhase::Off);
  EXPECT_EQ(room->sharing().error(), (Error{Errc::NoInstallers, "installers"}));
  EXPECT_TRUE(room->isOpen());
}

TEST_F(RoomSharing, StopsWhenSwitchedOff) {
  fromSharing(app::SharingReady{8060, {}, {}});
  room->stopSharing();
  EXPECT_EQ(room->sharing().phase(), SharingPhase::Off);
  EXPECT_EQ(room->sharing().error(), std::nullopt);
  EXPECT_TRUE(news.back().sharingChanged);
  fake.retired.clear();
  EXPECT_TRUE(fake.shared[0]->destroyed);
}

TEST_F(RoomSharing, StopsWithTheRoom) {
  fromSharing(app::SharingReady{8060, {}, {}});
  fromHost(app::HostStopped{});
  EXPECT_EQ(room->sharing().phase(), SharingPhase::Off);
  EXPECT_TRUE(news.back().sharingChanged);
  room->reconnect("Anna");
  EXPECT_EQ(room->sharing().phase(), SharingPhase::Off) << "nobody switched it on again";
}

TEST_F(RoomSharing, HearsNothingAfterItWasSwitchedOff) {
  fake.shared[0]->inbox->post(app::SharingReady{8060, {}, {}});
  room->stopSharing();
  const std::size_t told = news.size();
  fake.runQueue();
  EXPECT_EQ(room->sharing().phase(), SharingPhase::Off);
  EXPECT_EQ(news.size(), told);
}

TEST(WithPort, BracketsOnlyIpv6) {
  EXPECT_EQ(withPort("192.0.2.1", 1060), "192.0.2.1:1060");
  EXPECT_EQ(withPort("fe80::1%eth0", 1060), "[fe80::1%eth0]:1060");
}

}  // namespace
}  // namespace earshot::ui

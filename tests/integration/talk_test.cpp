// People talking: order, saving, names, coming and going.
#include <gmock/gmock.h>

#include "app/conversation.h"
#include "app/host_log.h"
#include "integration/parties.h"
#include "integration/secure_client.h"

namespace earshot::test {
namespace {

using ::testing::UnorderedElementsAre;

std::string textOf(const app::Event& event) {
  return std::get<app::TextPosted>(event.body).text;
}

TEST(Talk, ReachesEverybodyInTheSameOrderAndIsSaved) {
  constexpr std::size_t kMembers = 20;
  constexpr std::size_t kTextsEach = 100;
  constexpr std::size_t kAll = kMembers * kTextsEach;
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  std::vector<std::unique_ptr<TestMember>> members;
  for (std::size_t i = 0; i < kMembers; ++i) {
    members.push_back(std::make_unique<TestMember>(folder / ("m" + std::to_string(i)), host.address(),
                                                   "Member " + std::to_string(i)));
    ASSERT_NE(members.back()->admitted(), nullptr);
  }
  for (std::size_t n = 0; n < kTextsEach; ++n) {
    for (std::size_t i = 0; i < kMembers; ++i) members[i]->say(std::to_string(i) + "/" + std::to_string(n));
  }
  for (auto& member : members) ASSERT_TRUE(member->waitForTexts(kAll));

  const auto reference = members.front()->texts();
  ASSERT_EQ(reference.size(), kAll);
  std::vector<std::size_t> nextOfSender(kMembers, 0);
  for (std::size_t i = 0; i < kAll; ++i) {
    EXPECT_TRUE(i == 0 || reference[i - 1].seq < reference[i].seq);
    const auto slash = textOf(reference[i]).find('/');
    const auto sender = std::stoul(textOf(reference[i]).substr(0, slash));
    EXPECT_EQ(std::stoul(textOf(reference[i]).substr(slash + 1)), nextOfSender[sender]++);
    EXPECT_EQ(reference[i].actor, members[sender]->id());
  }
  for (auto& member : members) EXPECT_EQ(member->texts(), reference);

  for (auto& member : members) {
    auto reader = app::ConversationReader::open(member->admitted()->conversation);
    ASSERT_TRUE(reader.ok());
    std::vector<app::Event> saved;
    ASSERT_TRUE((*reader)
                    ->forEach({}, {},
                              [&](const app::StoredEvent& stored) {
                                if (std::holds_alternative<app::TextPosted>(stored.event.body)) {
                                  saved.push_back(stored.event);
                                }
                                return true;
                              })
                    .ok());
    EXPECT_EQ(saved, reference);
  }
}

TEST(Talk, BringsALongBurstFromOneSideAndBack) {
  constexpr std::size_t kTexts = 1'000;
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  TestMember berta(folder / "berta", host.address(), "Berta");
  ASSERT_NE(berta.admitted(), nullptr);
  for (std::size_t i = 0; i < kTexts; ++i) {
    anna.say("a" + std::to_string(i));
    berta.say("b" + std::to_string(i));
  }
  ASSERT_TRUE(anna.waitForTexts(2 * kTexts));
  ASSERT_TRUE(berta.waitForTexts(2 * kTexts));
  EXPECT_EQ(anna.texts(), berta.texts());
}

TEST(Talk, ShowsANewcomerWhoIsThereAndTellsTheOthers) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  TestMember berta(folder / "berta", host.address(), "  Berta   B ");
  const auto* admitted = berta.admitted();
  ASSERT_NE(admitted, nullptr);
  EXPECT_EQ(admitted->selfName, "Berta B");
  EXPECT_EQ(admitted->roomName, "Kitchen table");
  std::vector<std::string> names;
  for (const auto& member : admitted->members) names.push_back(member.name);
  EXPECT_THAT(names, UnorderedElementsAre("Anna", "Berta B"));
  EXPECT_TRUE(anna.news().waitUntil([](const auto& updates) {
    return std::any_of(updates.begin(), updates.end(), [](const auto& update) {
      const auto* event = std::get_if<app::LinkEvent>(&update);
      return event != nullptr && std::holds_alternative<app::MemberJoined>(event->stored.event.body) &&
             event->stored.event.actorName == "Berta B" && !event->past;
    });
  }));
}

TEST(Talk, RefusesANameThatIsTakenAndProposesAFreeOne) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  TestMember other(folder / "other", host.address(), "ANNA");
  const auto* closed = other.closed();
  ASSERT_NE(closed, nullptr);
  EXPECT_EQ(closed->reason.code, app::Errc::NameTaken);
  EXPECT_EQ(closed->reason.detail, "ANNA (2)");
}

TEST(Talk, LetsTheNewestConnectionOfAMemberWin) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  const auto id = app::crypto::makeSigningKey();
  TestMember first(folder / "first", host.address(), "Anna", id);
  ASSERT_NE(first.admitted(), nullptr);
  TestMember second(folder / "second", host.address(), "Anna", id);
  ASSERT_NE(second.admitted(), nullptr);
  ASSERT_NE(first.closed(), nullptr);
  EXPECT_EQ(first.closed()->reason.code, app::Errc::Replaced);
  second.say("still here");
  EXPECT_TRUE(second.waitForTexts(1));
}

TEST(Talk, AnswersRenamesAndTopics) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  const auto rename = anna.ask(app::Rename{"Annika"});
  const auto nothing = anna.ask(app::Rename{"Annika"});
  const auto refused = anna.ask(app::Rename{"server"});
  anna.ask(app::SetTopic{"Lunch"});
  ASSERT_TRUE(anna.news().waitUntil([&](const auto& updates) {
    return std::any_of(updates.begin(), updates.end(), [](const auto& update) {
      const auto* event = std::get_if<app::LinkEvent>(&update);
      return event != nullptr && std::holds_alternative<app::TopicChanged>(event->stored.event.body);
    });
  }));
  ASSERT_TRUE(anna.news().waitUntil([&](const auto& updates) {
    std::vector<app::RequestId> done;
    for (const auto& update : updates) {
      if (const auto* answer = std::get_if<app::LinkDone>(&update)) done.push_back(answer->id);
    }
    return std::count(done.begin(), done.end(), rename) == 1 && std::count(done.begin(), done.end(), nothing) == 1;
  }));
  const auto* no = anna.news().waitFor<app::LinkRefused>();
  ASSERT_NE(no, nullptr);
  EXPECT_EQ(no->id, refused);
  EXPECT_EQ(no->error.code, app::Errc::NameForbidden);
}

TEST(Talk, SaysGoodbyeToEverybodyWhenTheHostStops) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  const auto* stopped = host.stopAndWait();
  ASSERT_NE(stopped, nullptr);
  EXPECT_FALSE(stopped->error);
  const auto* interrupted = anna.news().waitFor<app::LinkInterrupted>();
  ASSERT_NE(interrupted, nullptr);
  EXPECT_EQ(interrupted->reason.code, app::Errc::HostClosed);
  anna.close();
  ASSERT_NE(anna.closed(), nullptr);
  EXPECT_EQ(anna.closed()->reason.code, app::Errc::Cancelled);
}

TEST(Talk, KeepsItsRoomAndItsNumbersWhenTheHostComesBack) {
  const TemporaryFolder folder;
  app::RoomId room;
  app::Epoch epoch;
  app::Seq last{};
  const auto id = app::crypto::makeSigningKey();
  {
    TestHost host(folder / "rooms");
    TestMember anna(folder / "anna", host.address(), "Anna", id);
    ASSERT_NE(anna.admitted(), nullptr);
    anna.say("before");
    ASSERT_TRUE(anna.waitForTexts(1));
    room = anna.admitted()->room;
    epoch = anna.admitted()->epoch;
    last = anna.texts().back().seq;
    host.stopAndWait();
  }
  TestHost host(folder / "rooms", 0, "KITCHEN table");
  TestMember anna(folder / "anna", host.address(), "Anna", id);
  ASSERT_NE(anna.admitted(), nullptr);
  EXPECT_EQ(anna.admitted()->room, room);
  EXPECT_EQ(anna.admitted()->epoch, epoch);
  EXPECT_EQ(anna.admitted()->members.size(), 1U);
  anna.say("after");
  ASSERT_TRUE(anna.waitForTexts(1));
  EXPECT_GT(anna.texts().back().seq, last);
  auto reader = app::ConversationReader::open(anna.admitted()->conversation);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ((*reader)->info()->messageCount, 2U);
}

TEST(Talk, LogsWhoCameAndWentAndFromWhere) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  {
    TestMember anna(folder / "anna", host.address(), "Anna");
    ASSERT_NE(anna.admitted(), nullptr);
  }
  ASSERT_TRUE(host.waitForRecords(app::ConnectionKind::Disconnected, 1));
  auto records = app::readConnectionLog(host.listening().log, 100);
  ASSERT_TRUE(records.ok());
  ASSERT_EQ(records->size(), 4U);
  using Kind = app::ConnectionKind;
  const Kind expected[] = {Kind::Connected, Kind::Joined, Kind::Left, Kind::Disconnected};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ((*records)[i].kind, expected[i]);
    EXPECT_THAT((*records)[i].address, ::testing::StartsWith("127.0.0.1:"));
    EXPECT_EQ((*records)[i].name, i == 0 ? "" : "Anna");
  }
}

/// The ids of what was accepted (+) and refused (-), as the answers came.
std::vector<std::string> answersTo(SecureClient& client, std::size_t count) {
  std::vector<std::string> answers;
  while (answers.size() < count) {
    const auto received = client.next();
    if (!received) break;
    net::wire::Ack ack;
    net::wire::Nack nack;
    if (received->type == net::FrameType::Ack && ack.ParseFromString(received->body)) {
      answers.push_back("+" + ack.request_id());
    } else if (received->type == net::FrameType::Nack && nack.ParseFromString(received->body)) {
      answers.push_back("-" + nack.request_id());
    }
  }
  return answers;
}

TEST(Talk, AnswersEveryRequestOnceAndInItsOrder) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  struct Person {
    SecureClient client;
    std::vector<std::string> expected;
  };
  std::vector<Person> people;
  for (const char* name : {"Anna", "Berta"}) {
    people.push_back({SecureClient(host.port()), {}});
    SecureClient& client = people.back().client;
    client.hello();
    ASSERT_TRUE(client.nextOf(net::FrameType::Welcome));
    client.join(name);
    ASSERT_TRUE(client.nextOf(net::FrameType::Members));
  }
  for (int i = 0; i < 100; ++i) {
    for (Person& person : people) {
      const auto id = app::makeRandom<app::RequestId>();
      const bool isEmpty = i % 7 == 3;
      net::wire::ChatSend text;
      text.set_request_id(std::string(id.view()));
      text.set_text(isEmpty ? "" : "text");
      person.client.send(net::FrameType::ChatSend, text);
      person.expected.push_back((isEmpty ? "-" : "+") + std::string(id.view()));
    }
  }
  for (Person& person : people) EXPECT_EQ(answersTo(person.client, person.expected.size()), person.expected);
}

TEST(Talk, SendsWhatWasNotAcknowledgedWhenTheMemberReturns) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  const auto id = app::crypto::makeSigningKey();
  const auto request = app::makeRandom<app::RequestId>();
  app::RoomId room;
  {
    TestMember anna(folder / "anna", host.address(), "Anna", id);
    ASSERT_NE(anna.admitted(), nullptr);
    room = anna.admitted()->room;
  }
  {
    // Only now: a link that has just come in would send it at once.
    auto conversation = app::Conversation::open(folder / "anna", room);
    ASSERT_TRUE(conversation.ok());
    ASSERT_TRUE((*conversation)->queue({request, app::systemNow(), app::TextStyle::Plain, "left over"}).ok());
  }
  TestMember anna(folder / "anna", host.address(), "Anna", id);
  ASSERT_TRUE(anna.waitForTexts(1));
  EXPECT_EQ(std::get<app::TextPosted>(anna.texts().front().body).id, request);
}

}  // namespace
}  // namespace earshot::test

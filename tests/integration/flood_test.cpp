// Members that say more than the room allows: nothing is lost, nobody else is bothered, and who does not listen goes.
#include <gmock/gmock.h>

#include "app/limits.h"
#include "integration/private_parties.h"
#include "integration/secure_client.h"

namespace earshot::test {
namespace {

using net::FrameType;

app::HostOptions limited(const std::filesystem::path& rooms, std::initializer_list<const char*> typed) {
  app::HostOptions options = TestHost::openRoom(rooms);
  for (const char* limit : typed) options.limits.push_back(*app::parseFloodLimit(limit));
  return options;
}

std::vector<std::string> textsSaidBy(const app::MemberId& sender, const std::vector<app::Event>& events) {
  std::vector<std::string> texts;
  for (const app::Event& event : events) {
    if (event.actor == sender) texts.push_back(std::get<app::TextPosted>(event.body).text);
  }
  return texts;
}

std::size_t delaysOf(TestMember& member) {
  const auto& updates = member.news().updates();
  return static_cast<std::size_t>(std::count_if(updates.begin(), updates.end(), [](const auto& update) {
    const auto* refused = std::get_if<app::LinkRefused>(&update);
    return refused != nullptr && refused->forNow && refused->error == app::Error{app::Errc::TooFast};
  }));
}

TEST(Flood, TextsAboveTheLimitArriveLaterOnceAndInOrder) {
  const TemporaryFolder folder;
  TestHost host(limited(folder / "rooms", {"texts=10/50"}));
  TestMember anna(folder / "anna", host.address(), "Anna");
  TestMember berta(folder / "berta", host.address(), "Berta");
  ASSERT_NE(anna.admitted(), nullptr);
  ASSERT_NE(berta.admitted(), nullptr);
  std::vector<std::string> said;
  for (int i = 0; i < 40; ++i) anna.say(said.emplace_back("text " + std::to_string(i)));
  ASSERT_TRUE(anna.waitForTexts(10));
  berta.say("I am not bothered");
  ASSERT_TRUE(berta.waitForTexts(11));
  EXPECT_EQ(delaysOf(berta), 0U);
  ASSERT_TRUE(anna.waitForTexts(41));
  ASSERT_TRUE(berta.waitForTexts(41));
  EXPECT_EQ(textsSaidBy(anna.id(), anna.texts()), said);
  EXPECT_EQ(textsSaidBy(anna.id(), berta.texts()), said);
  EXPECT_GT(delaysOf(anna), 0U);
  EXPECT_LT(textsSaidBy(anna.id(), berta.texts()).size(), berta.texts().size());
}

/// 200 texts at 20, then 20 a second: ten bursts, nine waits of a second.
TEST(Flood, ALongOutboxDrainsAtTheAllowedRateAndIsNeverTakenForAbuse) {
  const TemporaryFolder folder;
  auto options = limited(folder / "rooms", {"texts=20/20"});
  options.floodPatience = {.ignoredRefusals = 0, .mute = app::kMuteTime};  // not one text too many
  TestHost host(std::move(options));
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  const auto begun = std::chrono::steady_clock::now();
  std::vector<std::string> said;
  for (int i = 0; i < 200; ++i) anna.say(said.emplace_back(std::to_string(i)));
  ASSERT_TRUE(anna.waitForTexts(200));
  const auto took = std::chrono::steady_clock::now() - begun;
  EXPECT_GT(took, std::chrono::seconds{8});
  EXPECT_LT(took, std::chrono::seconds{15});
  EXPECT_EQ(textsSaidBy(anna.id(), anna.texts()), said);
  // Behind each burst at most those that were on their way.
  EXPECT_LT(delaysOf(anna), 10 * app::kMaxTextsOnTheirWay);
}

TEST(Flood, WhatCannotWaitIsRefusedWithTheTimeToWait) {
  const TemporaryFolder folder;
  TestHost host(limited(folder / "rooms", {"renames=1/0.1", "changes=1/0.5"}));
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  anna.ask(app::Rename{"Annika"});
  const auto rename = anna.ask(app::Rename{"Annette"});
  anna.ask(app::SetTopic{"Lunch"});
  const auto topic = anna.ask(app::SetTopic{"Dinner"});
  ASSERT_TRUE(anna.news().waitUntil([&](const auto& updates) {
    return std::count_if(updates.begin(), updates.end(),
                         [](const auto& update) { return std::holds_alternative<app::LinkRefused>(update); }) == 2;
  }));
  for (const auto& update : anna.news().updates()) {
    const auto* refused = std::get_if<app::LinkRefused>(&update);
    if (refused == nullptr) continue;
    EXPECT_FALSE(refused->forNow);
    EXPECT_EQ(refused->error, (app::Error{app::Errc::TooFast, refused->id == rename ? "10" : "2"}));
    EXPECT_TRUE(refused->id == rename || refused->id == topic);
  }
}

TEST(Flood, ANewcomerTooManyIsToldWhenToTryAgainAndMembersComeBack) {
  const TemporaryFolder folder;
  TestHost host(limited(folder / "rooms", {"joins=1/0.1"}));
  const auto identity = app::crypto::makeSigningKey();
  TestMember anna(folder / "anna", host.address(), "Anna", identity);
  ASSERT_NE(anna.admitted(), nullptr);
  TestMember berta(folder / "berta", host.address(), "Berta");
  const auto* closed = berta.closed();
  ASSERT_NE(closed, nullptr);
  EXPECT_EQ(closed->reason, (app::Error{app::Errc::TooFast, "10"}));
  TestMember again(folder / "again", host.address(), "Anna", identity);
  EXPECT_NE(again.admitted(), nullptr) << "she is inside";
}

TEST(Flood, QuestionsForThePastAreAnsweredLater) {
  const TemporaryFolder folder;
  TestHost host(limited(folder / "rooms", {"history=2/4"}));
  TestMember anna(folder / "anna", host.address(), "Anna");
  const auto* admitted = anna.admitted();
  ASSERT_NE(admitted, nullptr);
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 6; ++i) anna.askHistory(admitted->snapshot, 10);
  ASSERT_TRUE(anna.news().waitUntil([](const auto& updates) {
    return std::count_if(updates.begin(), updates.end(), [](const auto& update) {
             const auto* history = std::get_if<app::LinkHistory>(&update);
             return history != nullptr && !history->failed;
           }) == 6;
  }));
  EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds{950});
}

TEST(Flood, PrivateLettersAboveTheLimitArriveLaterOnceAndInOrder) {
  const TemporaryFolder folder;
  TestHost host(limited(folder / "rooms", {"changes=5/10"}));
  PrivateMember anna(folder / "anna", host.address(), "Anna");
  PrivateMember berta(folder / "berta", host.address(), "Berta");
  ASSERT_NE(anna.admitted(), nullptr);
  ASSERT_NE(berta.admitted(), nullptr);
  std::vector<std::string> said;
  for (int i = 0; i < 12; ++i) anna.write(berta.id(), "Berta", said.emplace_back(std::to_string(i)));
  ASSERT_TRUE(berta.waitForTold<app::PrivateEvent>(said.size()));
  EXPECT_EQ(berta.textsRead(), said);
  EXPECT_TRUE(anna.told<app::PrivateRefused>().empty());
}

// --- who does not listen -------------------------------------------------------------------------

/// Says so many texts without ever waiting.
void flood(SecureClient& client, int texts) {
  for (int i = 0; i < texts; ++i) {
    net::wire::ChatSend text;
    text.set_request_id(std::string(app::makeRandom<app::RequestId>().view()));
    text.set_text("x");
    client.send(FrameType::ChatSend, text);
  }
}

TEST(Flood, WhoIgnoresEveryRefusalIsMutedAndThenShownOut) {
  const TemporaryFolder folder;
  constexpr std::chrono::milliseconds kMute{300};
  auto options = limited(folder / "rooms", {"texts=5/1"});
  options.floodPatience.mute = kMute;
  TestHost host(std::move(options));
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  SecureClient mallory(host.port());
  mallory.hello();
  ASSERT_TRUE(mallory.nextOf(FrameType::Welcome));
  mallory.join("Mallory");
  ASSERT_TRUE(mallory.nextOf(FrameType::Members));
  std::size_t taken = 0;
  std::size_t muted = 0;
  std::optional<net::wire::Error> end;
  while (!end) {
    flood(mallory, 100);
    for (int answers = 0; answers < 100 && !end;) {
      const auto received = mallory.next();
      ASSERT_TRUE(received) << "it is told why";
      if (received->type == FrameType::Ack) ++taken;
      if (received->type == FrameType::Ack || received->type == FrameType::Nack) ++answers;
      net::wire::Nack nack;
      if (received->type == FrameType::Nack && nack.ParseFromString(received->body)) {
        EXPECT_EQ(nack.code(), net::wire::CODE_TOO_FAST);
        EXPECT_GT(nack.retry_ms(), 0U);
        if (nack.retry_ms() == kMute.count()) ++muted;
      }
      net::wire::Error error;
      if (received->type == FrameType::Error && error.ParseFromString(received->body)) end = error;
    }
  }
  ASSERT_TRUE(end);
  EXPECT_EQ(end->code(), net::wire::CODE_TOO_FAST);
  EXPECT_GT(end->retry_ms(), 0U);
  EXPECT_TRUE(mallory.closedByHost());
  EXPECT_GE(muted, 2U);
  EXPECT_EQ(taken, 5U);
  // The room goes on.
  anna.say("still talking");
  EXPECT_TRUE(anna.waitForTexts(6));
}

}  // namespace
}  // namespace earshot::test

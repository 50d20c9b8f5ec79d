// Many connections, and members that don't keep up.
#include <gmock/gmock.h>

#include "integration/parties.h"
#include "integration/secure_client.h"

namespace earshot::test {
namespace {

using net::FrameType;

TEST(Crowd, OfMoreConnectionsThanSelectCanWatchIsServed) {
  // Each is greeted, and a newcomer still joins. On Windows select() ends at 64, elsewhere at 1024.
#ifdef _WIN32
  constexpr int kConnections = 300;
#else
  constexpr int kConnections = 1'200;
#endif
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  const auto port = host.port();
  std::vector<SecureClient> clients;
  clients.reserve(kConnections);
  for (int i = 0; i < kConnections; ++i) {
    clients.emplace_back(port);
    ASSERT_TRUE(clients.back().connected()) << i;
    clients.back().hello();
    clients.back().join("Member " + std::to_string(i));
    // As members do, or those who came first are taken for gone on a slow machine.
    if (i % 100 != 99) continue;
    for (auto& client : clients) client.send(FrameType::Ping, net::wire::Ping{});
  }
  for (auto& client : clients) ASSERT_TRUE(client.nextOf(FrameType::Members));
  TestMember newcomer(folder / "newcomer", host.address(), "Newcomer");
  ASSERT_NE(newcomer.admitted(), nullptr);
  EXPECT_EQ(newcomer.admitted()->members.size(), kConnections + 1U);
  newcomer.say("hello all");
  for (auto& client : clients) {
    bool heard = false;
    while (!heard) {
      const auto event = client.nextEvent();
      ASSERT_TRUE(event);
      heard = std::holds_alternative<app::TextPosted>(event->body);
    }
  }
}

TEST(Crowd, DoesNotWaitForAMemberThatNeverReads) {
  // 3 MB are far more than all buffers between the host and the deaf member hold.
  constexpr std::size_t kTexts = 400;
  const std::string longText(7'900, 'x');
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  SecureClient deaf(host.port());
  deaf.hello();
  deaf.join("Deaf");
  ASSERT_TRUE(deaf.nextOf(FrameType::Members));
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  TestMember berta(folder / "berta", host.address(), "Berta");
  ASSERT_NE(berta.admitted(), nullptr);
  for (std::size_t i = 0; i < kTexts; ++i) anna.say(std::to_string(i) + longText);
  ASSERT_TRUE(berta.waitForTexts(kTexts));
  ASSERT_TRUE(anna.waitForTexts(kTexts));

  // And when it reads at last, it has missed nothing.
  std::size_t texts = 0;
  app::Seq last{};
  while (texts < kTexts) {
    const auto event = deaf.nextEvent();
    ASSERT_TRUE(event) << "after " << texts;
    ASSERT_TRUE(last == app::Seq{} || event->seq == next(last)) << "after " << texts;
    last = event->seq;
    const auto* posted = std::get_if<app::TextPosted>(&event->body);
    if (posted == nullptr) continue;
    EXPECT_THAT(posted->text, ::testing::StartsWith(std::to_string(texts) + "x"));
    ++texts;
  }
  berta.say("live again");
  ASSERT_TRUE(deaf.nextEvent());
}

TEST(Crowd, OfDeafMembersShareABoundAndMissNothingWhenTheyRead) {
  constexpr std::size_t kTexts = 400;
  constexpr std::size_t kDeaf = 4;
  const std::string longText(7'900, 'x');
  const TemporaryFolder folder;
  auto options = TestHost::openRoom(folder / "rooms");
  options.queueBudget = std::size_t{256} * 1024;
  TestHost host(std::move(options));
  std::vector<SecureClient> deaf;
  for (std::size_t i = 0; i < kDeaf; ++i) {
    deaf.emplace_back(host.port());
    deaf.back().hello();
    deaf.back().join("Deaf " + std::to_string(i));
    ASSERT_TRUE(deaf.back().nextOf(FrameType::Members));
  }
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  for (std::size_t i = 0; i < kTexts; ++i) anna.say(std::to_string(i) + longText);
  ASSERT_TRUE(anna.waitForTexts(kTexts)) << "whoever reads is not held up";
  for (SecureClient& client : deaf) {
    app::Seq last{};
    for (std::size_t texts = 0; texts < kTexts;) {
      const auto event = client.nextEvent();
      ASSERT_TRUE(event) << "after " << texts;
      ASSERT_TRUE(last == app::Seq{} || event->seq == next(last)) << "after " << texts;
      last = event->seq;
      if (std::holds_alternative<app::TextPosted>(event->body)) ++texts;
    }
  }
}

TEST(Crowd, BoundsWhatAMemberThatOnlyAsksCanPileUp) {
  // Thousands of requests, no answer ever read: the host stops reading it, and serves the others.
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  SecureClient greedy(host.port());
  greedy.hello();
  greedy.join("Greedy");
  ASSERT_TRUE(greedy.nextOf(FrameType::Members));
  net::wire::Rename rename;
  rename.set_request_id(std::string(16, 'r'));
  rename.set_name("server");
  std::string asks;
  const auto one = net::frame(FrameType::Rename, rename);
  for (int i = 0; i < 5'000; ++i) asks.append(one->begin(), one->end());
  greedy.send(asks);
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  anna.say("hello");
  EXPECT_TRUE(anna.waitForTexts(1));
  for (int i = 0; i < 5'000; ++i) ASSERT_TRUE(greedy.nextOf(FrameType::Nack)) << i;
}

TEST(Crowd, AnswersQuestionsForThePastNoFasterThanTheyAreTaken) {
  // A question has a dozen bytes, its answer up to 192 KiB.
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  TestMember anna(folder / "anna", host.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  for (int i = 0; i < 100; ++i) anna.say(std::string(4'000, 'x'));
  ASSERT_TRUE(anna.waitForTexts(100));
  net::wire::HistoryGet get;
  get.set_before_seq(1'000);
  get.set_limit(200);
  const auto one = net::frame(FrameType::HistoryGet, get);
  const auto asks = [&](std::size_t count) {
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) bytes.append(one->begin(), one->end());
    return bytes;
  };

  SecureClient patient(host.port());
  patient.hello();
  patient.join("Patient");
  ASSERT_TRUE(patient.nextOf(FrameType::Members));
  patient.send(asks(app::kMaxHistoryAsked));
  for (std::size_t i = 0; i < app::kMaxHistoryAsked; ++i) ASSERT_TRUE(patient.nextOf(FrameType::HistoryPage)) << i;

  SecureClient greedy(host.port());
  greedy.hello();
  greedy.join("Greedy");
  ASSERT_TRUE(greedy.nextOf(FrameType::Members));
  greedy.send(asks(4'000));
  EXPECT_TRUE(greedy.closedByHost());
  anna.say("on we go");
  EXPECT_TRUE(anna.waitForTexts(101));
}

}  // namespace
}  // namespace earshot::test

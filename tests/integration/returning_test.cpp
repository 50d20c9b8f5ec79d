// What a member that comes, or comes back, learns of what was said without it; and that it comes back.
#include "app/conversation.h"
#include "app/host_log.h"
#include "app/limits.h"
#include "integration/parties.h"
#include "integration/secure_client.h"

namespace earshot::test {
namespace {

using namespace std::chrono_literals;
using app::Errc;
using ::testing::ElementsAre;

class Returning : public ::testing::Test {
 protected:
  app::HostOptions roomOptions(std::uint16_t port = 0) {
    auto options = TestHost::openRoom(folder_ / "rooms", port);
    options.awayGrace = grace_;
    options.history = history_;
    return options;
  }
  std::unique_ptr<TestMember> member(const std::string& name, const app::crypto::SigningKey& key,
                                     const std::string& address) {
    return std::make_unique<TestMember>(folder_ / name, address, name, key);
  }
  static std::vector<std::string> wordsOf(TestMember& member) {
    std::vector<std::string> words;
    for (const auto& event : member.texts()) words.push_back(std::get<app::TextPosted>(event.body).text);
    return words;
  }
  static bool waitForAdmissions(TestMember& member, std::size_t count) {
    return member.news().waitUntil([&](const auto& updates) {
      return static_cast<std::size_t>(std::count_if(updates.begin(), updates.end(), [](const auto& update) {
               return std::holds_alternative<app::LinkAdmitted>(update);
             })) >= count;
    });
  }
  template <class Body>
  static std::size_t countOf(TestMember& member, const app::MemberId& who) {
    std::size_t count = 0;
    for (const auto& update : member.news().updates()) {
      const auto* event = std::get_if<app::LinkEvent>(&update);
      if (event != nullptr && event->stored.event.actor == who &&
          std::holds_alternative<Body>(event->stored.event.body)) {
        ++count;
      }
    }
    return count;
  }

  const TemporaryFolder folder_;
  std::chrono::milliseconds grace_ = app::kAwayGrace;
  std::optional<std::uint32_t> history_;
  const app::crypto::SigningKey annaKey_ = app::crypto::makeSigningKey();
  const app::crypto::SigningKey benKey_ = app::crypto::makeSigningKey();
};

TEST_F(Returning, MembersComeBackByThemselvesAndNothingIsLostOrShownTwice) {
  auto host = std::make_unique<TestHost>(roomOptions());
  const std::uint16_t port = host->port();
  auto anna = member("Anna", annaKey_, host->address());
  auto ben = member("Ben", benKey_, host->address());
  ASSERT_NE(anna->admitted(), nullptr);
  ASSERT_NE(ben->admitted(), nullptr);
  anna->say("before");
  ASSERT_TRUE(ben->waitForTexts(1));
  host->stopAndWait();
  host.reset();
  ASSERT_NE(anna->news().waitFor<app::LinkInterrupted>(), nullptr);
  ASSERT_NE(ben->news().waitFor<app::LinkInterrupted>(), nullptr);
  anna->say("while it is away, 1");
  anna->say("while it is away, 2");
  ASSERT_TRUE(anna->news().waitUntil([](const auto& updates) {
    return std::count_if(updates.begin(), updates.end(),
                         [](const auto& update) { return std::holds_alternative<app::LinkQueued>(update); }) >= 3;
  }));
  host = std::make_unique<TestHost>(roomOptions(port));
  ASSERT_TRUE(waitForAdmissions(*anna, 2));
  ASSERT_TRUE(waitForAdmissions(*ben, 2));
  ben->say("after");
  ASSERT_TRUE(anna->waitForTexts(4));
  ASSERT_TRUE(ben->waitForTexts(4));
  EXPECT_EQ(wordsOf(*anna), wordsOf(*ben));
  EXPECT_THAT(wordsOf(*ben),
              ::testing::UnorderedElementsAre("before", "while it is away, 1", "while it is away, 2", "after"));
  EXPECT_EQ(countOf<app::MemberLeft>(*anna, ben->id()), 0U) << "the restart of a host is no leaving";
  EXPECT_EQ(countOf<app::MemberJoined>(*anna, ben->id()), 1U);
  const auto& updates = anna->news().updates();
  const auto again = std::find_if(updates.rbegin(), updates.rend(),
                                  [](const auto& update) { return std::holds_alternative<app::LinkAdmitted>(update); });
  EXPECT_TRUE(std::get<app::LinkAdmitted>(*again).again);
}

TEST_F(Returning, WaitsForTheHostItKnowsWhileAnotherStandsAtItsAddress) {
  auto host = std::make_unique<TestHost>(roomOptions());
  const std::uint16_t port = host->port();
  auto anna = member("Anna", annaKey_, host->address());
  ASSERT_NE(anna->admitted(), nullptr);
  host->stopAndWait();
  host.reset();
  {
    TestHost other(TestHost::openRoom(folder_ / "elsewhere", port));
    anna->say("only for those who know me");
    const auto closed = [](const auto& update) {
      const auto* broken = std::get_if<app::LinkInterrupted>(&update);
      return broken != nullptr && broken->reason.code == Errc::HostClosed;
    };
    // Several attempts, each of which the other host answers.
    ASSERT_TRUE(anna->news().waitUntil(
        [&](const auto& updates) { return std::count_if(updates.begin(), updates.end(), closed) >= 4; }));
    auto mallory = member("Mallory", benKey_, other.address());
    ASSERT_NE(mallory->admitted(), nullptr);
    EXPECT_EQ(countOf<app::MemberJoined>(*mallory, anna->id()), 0U);
    EXPECT_TRUE(wordsOf(*mallory).empty());
    other.stopAndWait();
  }
  host = std::make_unique<TestHost>(roomOptions(port));
  ASSERT_TRUE(waitForAdmissions(*anna, 2));
  ASSERT_TRUE(anna->waitForTexts(1));
  EXPECT_THAT(wordsOf(*anna), ElementsAre("only for those who know me"));
}

TEST_F(Returning, WhoWasAwayGetsWhatWasSaidInOrder) {
  TestHost host(roomOptions());
  auto anna = member("Anna", annaKey_, host.address());
  ASSERT_NE(anna->admitted(), nullptr);
  {
    auto ben = member("Ben", benKey_, host.address());
    ASSERT_NE(ben->admitted(), nullptr);
    anna->say("both hear this");
    ASSERT_TRUE(ben->waitForTexts(1));
  }
  // More than one page, so that catching up and what is said meanwhile meet.
  constexpr std::size_t kMissed = 1'500;
  const std::string padding(400, 'x');
  for (std::size_t i = 0; i < kMissed; ++i) anna->say(std::to_string(i) + padding);
  ASSERT_TRUE(anna->waitForTexts(kMissed + 1));
  auto ben = member("Ben", benKey_, host.address());
  ASSERT_NE(ben->admitted(), nullptr);
  const auto mine = ben->say("I am back");
  anna->say("welcome");
  ASSERT_TRUE(ben->waitForTexts(kMissed + 2));
  const auto texts = ben->texts();
  for (std::size_t i = 1; i < texts.size(); ++i) EXPECT_GT(texts[i].seq, texts[i - 1].seq);
  EXPECT_EQ(std::get<app::TextPosted>(texts.front().body).text, "0" + padding) << "what was here is not told again";
  EXPECT_EQ(std::count_if(texts.begin(), texts.end(),
                          [&](const auto& event) { return std::get<app::TextPosted>(event.body).id == mine; }),
            1);
  auto reader = app::ConversationReader::open(ben->admitted()->conversation);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ((*reader)->info()->messageCount, kMissed + 3);
}

TEST_F(Returning, ANewcomerSeesTheLastTextsAndOlderOnesWhenAsked) {
  TestHost host(roomOptions());
  auto anna = member("Anna", annaKey_, host.address());
  ASSERT_NE(anna->admitted(), nullptr);
  constexpr std::size_t kSaid = app::kHistoryAtOnce + 50;
  for (std::size_t i = 0; i < kSaid; ++i) anna->say(std::to_string(i));
  ASSERT_TRUE(anna->waitForTexts(kSaid));
  auto ben = member("Ben", benKey_, host.address());
  ASSERT_NE(ben->admitted(), nullptr);
  EXPECT_TRUE(ben->admitted()->hasOlder);
  ASSERT_TRUE(ben->waitForTexts(app::kHistoryAtOnce));
  EXPECT_EQ(wordsOf(*ben).front(), "50");
  EXPECT_EQ(wordsOf(*ben).back(), std::to_string(kSaid - 1));
  auto reader = app::ConversationReader::open(ben->admitted()->conversation);
  ASSERT_TRUE(reader.ok());
  const auto oldest = (*reader)->after(app::Position{}, 1);
  ben->askHistory(oldest->front().position, 20);
  const auto* page = ben->news().waitFor<app::LinkHistory>();
  ASSERT_NE(page, nullptr);
  EXPECT_FALSE(page->complete);
  ASSERT_EQ(page->events.size(), 20U);
  EXPECT_EQ(std::get<app::TextPosted>(page->events.back().event.body).text, "49");
  EXPECT_LT(page->events.back().position, oldest->front().position);
  ben->askHistory(page->events.front().position, 100);
  ASSERT_TRUE(ben->news().waitUntil([](const auto& updates) {
    const auto* last = updates.empty() ? nullptr : std::get_if<app::LinkHistory>(&updates.back());
    return last != nullptr && last->complete;
  }));
  EXPECT_EQ((*reader)->info()->messageCount, kSaid);
}

TEST_F(Returning, ANewcomerIsNotToldOfAllThatHappenedBetweenTheLastTexts) {
  TestHost host(roomOptions());
  auto anna = member("Anna", annaKey_, host.address());
  ASSERT_NE(anna->admitted(), nullptr);
  anna->say("long ago");
  for (std::size_t i = 0; i < app::kHistoryEventsAtOnce; ++i) anna->ask(app::SetTopic{std::to_string(i)});
  anna->say("just now");
  ASSERT_TRUE(anna->waitForTexts(2));
  auto ben = member("Ben", benKey_, host.address());
  ASSERT_NE(ben->admitted(), nullptr);
  EXPECT_TRUE(ben->admitted()->hasOlder);
  ASSERT_TRUE(ben->waitForTexts(1));
  EXPECT_THAT(wordsOf(*ben), ElementsAre("just now"));
  auto reader = app::ConversationReader::open(ben->admitted()->conversation);
  ASSERT_TRUE(reader.ok());
  const auto first = (*reader)->after(app::Position{}, 1);
  ASSERT_FALSE(first->empty());
  ben->askHistory(first->front().position, 100);
  const auto* page = ben->news().waitFor<app::LinkHistory>();
  ASSERT_NE(page, nullptr);
  ASSERT_FALSE(page->events.empty());
  const auto said = [](const app::StoredEvent& stored) {
    const auto* text = std::get_if<app::TextPosted>(&stored.event.body);
    return text != nullptr && text->text == "long ago";
  };
  EXPECT_TRUE(std::any_of(page->events.begin(), page->events.end(), said));
}

TEST_F(Returning, AHostMayKeepThePastFromNewcomersButNotFromThoseWhoWereThere) {
  history_ = 0;
  TestHost host(roomOptions());
  auto anna = member("Anna", annaKey_, host.address());
  ASSERT_NE(anna->admitted(), nullptr);
  {
    auto ben = member("Ben", benKey_, host.address());
    ASSERT_NE(ben->admitted(), nullptr);
    anna->say("Ben hears this");
    ASSERT_TRUE(ben->waitForTexts(1));
  }
  anna->say("Ben is away");
  ASSERT_TRUE(anna->waitForTexts(2));
  auto ben = member("Ben", benKey_, host.address());
  ASSERT_TRUE(ben->waitForTexts(1));
  EXPECT_THAT(wordsOf(*ben), ElementsAre("Ben is away"));
  auto carla = member("Carla", app::crypto::makeSigningKey(), host.address());
  ASSERT_NE(carla->admitted(), nullptr);
  EXPECT_FALSE(carla->admitted()->hasOlder);
  anna->say("Carla hears this");
  ASSERT_TRUE(carla->waitForTexts(1));
  EXPECT_THAT(wordsOf(*carla), ElementsAre("Carla hears this"));
  auto reader = app::ConversationReader::open(carla->admitted()->conversation);
  const auto oldest = (*reader)->after(app::Position{}, 1);
  carla->askHistory(oldest->front().position, 100);
  const auto* page = carla->news().waitFor<app::LinkHistory>();
  ASSERT_NE(page, nullptr);
  EXPECT_TRUE(page->complete);
  EXPECT_TRUE(page->events.empty());
}

TEST_F(Returning, ALimitedPastIsOfThatManyTexts) {
  history_ = 2;
  TestHost host(roomOptions());
  auto anna = member("Anna", annaKey_, host.address());
  ASSERT_NE(anna->admitted(), nullptr);
  for (const char* words : {"one", "two", "three"}) anna->say(words);
  ASSERT_TRUE(anna->waitForTexts(3));
  auto ben = member("Ben", benKey_, host.address());
  ASSERT_TRUE(ben->waitForTexts(2));
  EXPECT_THAT(wordsOf(*ben), ElementsAre("two", "three"));
}

TEST_F(Returning, WhoDoesNotComeBackInTimeHasLeft) {
  grace_ = 50ms;
  TestHost host(roomOptions());
  auto anna = member("Anna", annaKey_, host.address());
  ASSERT_NE(anna->admitted(), nullptr);
  const auto ben = app::crypto::memberIdOf(benKey_.publicKey);
  {
    SecureClient client(host.port(), benKey_);
    client.hello();
    ASSERT_TRUE(client.nextOf(net::FrameType::Welcome));
    client.join("Ben");
    ASSERT_TRUE(client.nextOf(net::FrameType::Members));
  }  // cut off without a farewell
  ASSERT_TRUE(anna->news().waitUntil([&](const auto& updates) {
    return std::any_of(updates.begin(), updates.end(), [&](const auto& update) {
      const auto* event = std::get_if<app::LinkEvent>(&update);
      const auto* left = event != nullptr ? std::get_if<app::MemberLeft>(&event->stored.event.body) : nullptr;
      return left != nullptr && event->stored.event.actor == ben && left->reason == app::LeaveReason::ConnectionLost;
    });
  }));
}

TEST_F(Returning, AShortOutageIsNoLeaving) {
  TestHost host(roomOptions());
  auto anna = member("Anna", annaKey_, host.address());
  ASSERT_NE(anna->admitted(), nullptr);
  const auto ben = app::crypto::memberIdOf(benKey_.publicKey);
  for (int i = 0; i < 3; ++i) {
    SecureClient client(host.port(), benKey_);
    client.hello();
    ASSERT_TRUE(client.nextOf(net::FrameType::Welcome));
    client.join("Ben");
    ASSERT_TRUE(client.nextOf(net::FrameType::Members));
  }
  anna->say("still one Ben");
  ASSERT_TRUE(anna->waitForTexts(1));
  EXPECT_EQ(countOf<app::MemberJoined>(*anna, ben), 1U);
  EXPECT_EQ(countOf<app::MemberLeft>(*anna, ben), 0U);
}

TEST_F(Returning, AHostThatWasSetBackIsFollowedAndWhatWasSavedStays) {
  const auto copy = folder_ / "copy";
  {
    TestHost host(roomOptions());
    auto anna = member("Anna", annaKey_, host.address());
    ASSERT_NE(anna->admitted(), nullptr);
    anna->say("before the copy");
    ASSERT_TRUE(anna->waitForTexts(1));
    anna.reset();
    host.stopAndWait();
  }
  std::filesystem::copy(folder_ / "rooms", copy, std::filesystem::copy_options::recursive);
  {
    TestHost host(roomOptions());
    auto anna = member("Anna", annaKey_, host.address());
    ASSERT_NE(anna->admitted(), nullptr);
    anna->say("only Anna has this");
    ASSERT_TRUE(anna->waitForTexts(1));
    anna.reset();
    host.stopAndWait();
  }
  std::filesystem::remove_all(folder_ / "rooms");
  std::filesystem::rename(copy, folder_ / "rooms");
  TestHost host(roomOptions());
  auto ben = member("Ben", benKey_, host.address());
  ASSERT_NE(ben->admitted(), nullptr);
  for (const char* words : {"another life, 1", "another life, 2", "another life, 3", "another life, 4"})
    ben->say(words);
  ASSERT_TRUE(ben->waitForTexts(5));
  auto anna = member("Anna", annaKey_, host.address());
  ASSERT_NE(anna->admitted(), nullptr);
  ASSERT_TRUE(anna->waitForTexts(5));
  EXPECT_THAT(wordsOf(*anna), ElementsAre("before the copy", "another life, 1", "another life, 2", "another life, 3",
                                          "another life, 4"));
  auto reader = app::ConversationReader::open(anna->admitted()->conversation);
  ASSERT_TRUE(reader.ok());
  EXPECT_FALSE((*reader)->search({"only Anna has this"}, 10)->empty()) << "kept, under an epoch of its own";
}

TEST_F(Returning, ARoomIsFoundAgainAtItsPort) {
  std::uint16_t port = 0;
  {
    TestHost host(roomOptions());
    port = host.port();
    host.stopAndWait();
  }
  auto options = roomOptions();
  options.port.reset();
  TestHost host(std::move(options));
  EXPECT_EQ(host.port(), port);
}

}  // namespace
}  // namespace earshot::test

// Who is writing just now: passed on soon, seldom, and to nobody who has more important things to catch up with.
#include "app/limits.h"
#include "integration/parties.h"
#include "integration/secure_client.h"

namespace earshot::test {
namespace {

using net::FrameType;

std::vector<app::MemberId> whoIn(const SecureClient::Received& received) {
  net::wire::Typing message;
  EXPECT_TRUE(message.ParseFromString(received.body));
  std::vector<app::MemberId> who;
  for (const auto& id : message.who()) who.push_back(*app::MemberId::fromView(id));
  return who;
}

class Typing : public ::testing::Test {
 protected:
  void enter(SecureClient& client, const std::string& name) {
    client.hello();
    client.join(name);
    ASSERT_TRUE(client.nextOf(FrameType::Members));
  }
  /// All that the host says up to a text of Anna's, which she says now; how often it says that somebody is writing.
  std::size_t typingUntilAnnaSays(SecureClient& client, const std::string& text) {
    anna_.say(text);
    std::size_t count = 0;
    for (auto received = client.next(); received; received = client.next()) {
      count += received->type == FrameType::Typing ? 1 : 0;
      if (received->body.find(text) != std::string::npos) return count;
    }
    ADD_FAILURE() << "the connection ended";
    return count;
  }

  const TemporaryFolder folder_;
  TestHost host_{folder_ / "rooms"};
  TestMember anna_{folder_ / "anna", host_.address(), "Anna"};
};

TEST_F(Typing, IsToldToTheOthers) {
  TestMember ben(folder_ / "ben", host_.address(), "Ben");
  ASSERT_NE(anna_.admitted(), nullptr);
  ASSERT_NE(ben.admitted(), nullptr);
  anna_.tellTyping();
  const auto* typing = ben.news().waitFor<app::LinkTyping>();
  ASSERT_NE(typing, nullptr);
  EXPECT_EQ(typing->who, std::vector{anna_.id()});
  // Back and forth once, so that it would be there if she were told of herself.
  ben.say("yes?");
  ASSERT_TRUE(anna_.waitForTexts(1));
  const auto& updates = anna_.news().updates();
  EXPECT_TRUE(std::none_of(updates.begin(), updates.end(),
                           [](const auto& update) { return std::holds_alternative<app::LinkTyping>(update); }));
}

TEST_F(Typing, IsPassedOnSeldomHoweverOftenItIsSaid) {
  ASSERT_NE(anna_.admitted(), nullptr);
  SecureClient listener(host_.port());
  enter(listener, "Ben");
  SecureClient pest(host_.port());
  enter(pest, "Pest");
  for (int i = 0; i < 1'000; ++i) pest.send(FrameType::Typing, net::wire::Typing{});
  net::wire::SetTopic done;
  done.set_request_id(std::string(16, 'd'));
  done.set_topic("all said");
  pest.send(FrameType::SetTopic, done);
  ASSERT_TRUE(pest.nextOf(FrameType::Ack));
  // A machine may be so slow that the pace allows another.
  EXPECT_LE(typingUntilAnnaSays(listener, "enough"), 3U);
}

TEST_F(Typing, NeverComesAfterTheTextThatWasWritten) {
  ASSERT_NE(anna_.admitted(), nullptr);
  SecureClient writer(host_.port());
  enter(writer, "Ben");
  SecureClient listener(host_.port());
  enter(listener, "Carla");
  const auto typing = net::frame(FrameType::Typing, net::wire::Typing{});
  const auto text = net::frameOf({app::makeRequestId(), app::SendText{app::TextStyle::Plain, "written"}});
  std::string both(typing->begin(), typing->end());
  both.append(text->begin(), text->end());
  writer.send(both);
  const auto first = listener.nextOf(FrameType::Typing);
  ASSERT_TRUE(first);
  EXPECT_EQ(whoIn(*first).size(), 1U);
  const auto second = listener.nextEvent();
  ASSERT_TRUE(second);
  EXPECT_TRUE(std::holds_alternative<app::TextPosted>(second->body));
}

TEST_F(Typing, IsNotToldInALargeRoom) {
  ASSERT_NE(anna_.admitted(), nullptr);
  std::vector<SecureClient> crowd;
  for (std::size_t i = 0; i < app::kTypingRoom; ++i) {
    crowd.emplace_back(host_.port());
    enter(crowd.back(), "Member " + std::to_string(i));
  }
  crowd.front().send(FrameType::Typing, net::wire::Typing{});
  anna_.tellTyping();
  EXPECT_EQ(typingUntilAnnaSays(crowd.front(), "so many"), 0U);
  EXPECT_EQ(typingUntilAnnaSays(crowd.back(), "people"), 0U);
}

TEST_F(Typing, IsTheFirstThatIsLeftOutForWhoIsBehind) {
  // 3 MB wait for the deaf member, far more than all buffers hold; the texts come later, and nothing about writing.
  constexpr std::size_t kTexts = 400;
  const std::string longText(7'900, 'x');
  SecureClient deaf(host_.port());
  enter(deaf, "Deaf");
  ASSERT_NE(anna_.admitted(), nullptr);
  TestMember ben(folder_ / "ben", host_.address(), "Ben");
  ASSERT_NE(ben.admitted(), nullptr);
  for (std::size_t i = 0; i < kTexts; ++i) anna_.say(longText);
  ASSERT_TRUE(ben.waitForTexts(kTexts));
  anna_.tellTyping();
  ASSERT_NE(ben.news().waitFor<app::LinkTyping>(), nullptr);
  std::size_t texts = 0;
  while (texts < kTexts) {
    const auto received = deaf.next();
    ASSERT_TRUE(received) << "after " << texts;
    EXPECT_NE(received->type, FrameType::Typing);
    net::wire::Events message;
    if (received->type != FrameType::Events || !message.ParseFromString(received->body)) continue;
    for (const auto& event : message.events()) texts += event.has_text_posted() ? 1 : 0;
  }
}

TEST_F(Typing, OfAStrangerEndsTheConnection) {
  SecureClient stranger(host_.port());
  stranger.hello();
  stranger.send(FrameType::Typing, net::wire::Typing{});
  EXPECT_TRUE(stranger.closedByHost());
}

}  // namespace
}  // namespace earshot::test

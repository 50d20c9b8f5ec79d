// Peers that misbehave: each gets a clean end for itself alone, and the room goes on.
#include <gmock/gmock.h>

#include "integration/parties.h"
#include "integration/raw_client.h"
#include "integration/secure_client.h"

namespace earshot::test {
namespace {

using net::FrameType;

class BadInput : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(anna_.admitted(), nullptr);
    ASSERT_NE(berta_.admitted(), nullptr);
  }
  void TearDown() override {
    // Whatever the test did, the others talk on.
    const std::size_t before = anna_.texts().size();
    berta_.say("still talking");
    EXPECT_TRUE(anna_.waitForTexts(before + 1));
  }
  SecureClient greeted() {
    SecureClient client(host_.port());
    client.hello();
    EXPECT_TRUE(client.nextOf(FrameType::Welcome));
    return client;
  }
  SecureClient member(const std::string& name) {
    SecureClient client = greeted();
    client.join(name);
    EXPECT_TRUE(client.nextOf(FrameType::Members));
    return client;
  }
  net::wire::Code refusedName(const std::string& name) {
    SecureClient client = greeted();
    client.join(name);
    const auto received = client.nextOf(FrameType::Error);
    net::wire::Error error;
    if (!received || !error.ParseFromString(received->body)) return net::wire::CODE_UNSPECIFIED;
    EXPECT_TRUE(client.closedByHost());
    return error.code();
  }

  TemporaryFolder folder_;
  TestHost host_{folder_ / "rooms"};
  TestMember anna_{folder_ / "anna", host_.address(), "Anna"};
  TestMember berta_{folder_ / "berta", host_.address(), "Berta"};
};

std::string header(std::uint32_t length, std::uint16_t type) {
  std::string bytes(8, '\0');
  net::writeHeader({length, type, 0}, std::span<std::uint8_t, 8>(reinterpret_cast<std::uint8_t*>(bytes.data()), 8));
  return bytes;
}

TEST_F(BadInput, AWrongProtocolIsClosed) {
  RawClient client(host_.port());
  client.send("GET / HTTP/1.1\r\nHost: example\r\n\r\n");
  EXPECT_TRUE(client.closedByHost());
}

TEST_F(BadInput, GarbageIsClosed) {
  RawClient client(host_.port());
  client.send(std::string(1'000, '\xff'));
  EXPECT_TRUE(client.closedByHost());
}

TEST_F(BadInput, OversizeLengthsAreClosedOnTheirHeader) {
  for (const std::uint32_t length : {4'097U, 0x7fffffffU, 0xffffffffU}) {
    SecureClient client(host_.port());
    client.send(header(length, static_cast<std::uint16_t>(FrameType::Hello)));
    EXPECT_TRUE(client.closedByHost()) << length;
  }
  SecureClient client = member("Chloe");
  client.send(header(static_cast<std::uint32_t>(app::kMaxControlFrameBytes) + 1,
                     static_cast<std::uint16_t>(FrameType::ChatSend)));
  EXPECT_TRUE(client.closedByHost());
}

TEST_F(BadInput, HalfAFrameFollowedByAHangUpIsForgotten) {
  { SecureClient(host_.port()).send(header(100, static_cast<std::uint16_t>(FrameType::Hello)) + "half"); }
  { member("Chloe").send(header(100, static_cast<std::uint16_t>(FrameType::ChatSend)) + "half"); }
  EXPECT_TRUE(host_.waitForRecords(app::ConnectionKind::Disconnected, 2));
}

TEST_F(BadInput, MembersFramesBeforeAdmissionAreClosed) {
  net::wire::ChatSend text;
  text.set_request_id(std::string(16, 'x'));
  text.set_text("let me in");
  SecureClient stranger(host_.port());
  stranger.send(FrameType::ChatSend, text);
  EXPECT_TRUE(stranger.closedByHost());
  SecureClient client = greeted();
  client.send(FrameType::ChatSend, text);
  EXPECT_TRUE(client.closedByHost());
}

TEST_F(BadInput, AJoinBeforeTheGreetingIsClosed) {
  SecureClient client(host_.port());
  client.join("Chloe");
  EXPECT_TRUE(client.closedByHost());
}

TEST_F(BadInput, TooManyFramesBeforeAdmissionAreClosed) {
  SecureClient client(host_.port());
  for (int i = 0; i < 20; ++i) client.send(FrameType::Ping, net::wire::Ping{});
  EXPECT_TRUE(client.closedByHost());
}

TEST_F(BadInput, AnotherVersionIsToldSo) {
  SecureClient client(host_.port());
  net::wire::Hello hello;
  hello.set_major(99);
  client.send(FrameType::Hello, hello);
  const auto received = client.next();
  ASSERT_TRUE(received);
  net::wire::Error error;
  ASSERT_TRUE(error.ParseFromString(received->body));
  EXPECT_EQ(error.code(), net::wire::CODE_VERSION);
  EXPECT_TRUE(client.closedByHost());
}

TEST_F(BadInput, NamesThatAreNoneAreRefusedWithTheirReason) {
  EXPECT_EQ(refusedName(""), net::wire::CODE_NAME_EMPTY);
  EXPECT_EQ(refusedName("   "), net::wire::CODE_NAME_EMPTY);
  EXPECT_EQ(refusedName(std::string(500, 'a')), net::wire::CODE_NAME_TOO_LONG);
  EXPECT_EQ(refusedName("A\x01nna"), net::wire::CODE_NAME_FORBIDDEN);
  EXPECT_EQ(refusedName("\xe2\x80\xae"
                        "nna"),
            net::wire::CODE_NAME_FORBIDDEN);
  EXPECT_EQ(refusedName("host"), net::wire::CODE_NAME_FORBIDDEN);
  EXPECT_EQ(refusedName("anna"), net::wire::CODE_NAME_TAKEN);
}

TEST_F(BadInput, MalformedUtf8IsClosedAndNeverRelayed) {
  SecureClient client = member("Chloe");
  net::wire::ChatSend text;
  text.set_request_id(std::string(16, 'x'));
  text.set_text("zzzz");
  std::string body = text.SerializeAsString();
  body.replace(body.find("zzzz"), 4, "\xc0\x80\xff\xfe");
  client.send(header(static_cast<std::uint32_t>(body.size()), static_cast<std::uint16_t>(FrameType::ChatSend)) + body);
  EXPECT_TRUE(client.closedByHost());
}

TEST_F(BadInput, TextsBeyondTheRulesAreRefusedAndTheMemberStays) {
  SecureClient client = member("Chloe");
  const auto codeFor = [&](const std::string& text) {
    net::wire::ChatSend message;
    message.set_request_id(std::string(app::makeRandom<app::RequestId>().view()));
    message.set_text(text);
    client.send(FrameType::ChatSend, message);
    const auto received = client.nextOf(FrameType::Nack);
    net::wire::Nack nack;
    if (received) nack.ParseFromString(received->body);
    return nack.code();
  };
  EXPECT_EQ(codeFor(""), net::wire::CODE_TEXT_EMPTY);
  EXPECT_EQ(codeFor(" \n\t "), net::wire::CODE_TEXT_EMPTY);
  EXPECT_EQ(codeFor(std::string(app::kMaxTextCodePoints + 1, 'a')), net::wire::CODE_TEXT_TOO_LONG);
}

TEST_F(BadInput, AClaimedSenderIsNotBelieved) {
  // The frames have no field for it: who speaks is whose connection it is.
  SecureClient client = member("Chloe");
  net::wire::ChatSend message;
  message.set_request_id(std::string(16, 'y'));
  message.set_text("Anna: it was me");
  client.send(FrameType::ChatSend, message);
  ASSERT_TRUE(anna_.waitForTexts(1));
  EXPECT_EQ(anna_.texts().front().actorName, "Chloe");
}

}  // namespace
}  // namespace earshot::test

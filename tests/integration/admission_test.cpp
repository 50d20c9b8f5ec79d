// Getting in: by join code, by invite, by a key that is known; and everybody who must not.
#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "app/crypto/join_code.h"
#include "integration/parties.h"
#include "integration/secure_client.h"
#include "net/thread_owned.h"

namespace earshot::test {
namespace {

using app::Errc;
using app::HostProof;
using net::FrameType;
using namespace std::chrono_literals;

constexpr auto kCode = "amber-tiger-lake-42";

class Admission : public ::testing::Test {
 protected:
  app::HostOptions withCode(std::optional<std::uint16_t> port = 0) {
    app::HostOptions options = TestHost::openRoom(folder_ / "rooms", port);
    options.access = app::Access::JoinCode;
    options.joinCode = kCode;
    return options;
  }
  /// A person with a folder of their own, who stays the same person.
  struct Person {
    std::filesystem::path folder;
    app::crypto::SigningKey identity = app::crypto::makeSigningKey();
  };
  Person person(const std::string& name) { return {folder_ / name}; }
  static app::JoinOptions to(const std::string& address, const Person& person, const std::string& code = {}) {
    app::JoinOptions options{address, person.folder.filename().string(), person.identity, person.folder,
                             person.folder / "trust.db"};
    options.joinCode = code;
    return options;
  }
  /// How it ended; Cancelled: it got in (and left again).
  static app::Error outcome(app::JoinOptions options) {
    TestMember member(std::move(options));
    member.news().waitUntil([](const auto& updates) {
      for (const auto& update : updates) {
        if (std::holds_alternative<app::LinkAdmitted>(update) || std::holds_alternative<app::LinkClosed>(update)) {
          return true;
        }
      }
      return false;
    });
    member.close();
    const auto* closed = member.closed();
    return closed != nullptr ? closed->reason : app::Error{Errc::Cancelled};
  }
  static std::optional<HostProof> proofOf(app::JoinOptions options) {
    TestMember member(std::move(options));
    const auto* admitted = member.admitted();
    return admitted != nullptr ? std::optional(admitted->proof) : std::nullopt;
  }

  TemporaryFolder folder_;
};

TEST_F(Admission, TakesTheJoinCodeHoweverItIsTypedAndAfterwardsTheKey) {
  TestHost host(withCode());
  EXPECT_EQ(host.listening().joinCode, kCode);
  const Person anna = person("Anna");
  EXPECT_EQ(proofOf(to(host.address(), anna, " AMBER Tiger_lake 42 ")), HostProof::JoinCode);
  EXPECT_EQ(proofOf(to(host.address(), anna)), HostProof::JoinCode) << "known from now on";
}

TEST_F(Admission, TellsWrongIllFormedAndMissingCodes) {
  TestHost host(withCode());
  const Person anna = person("Anna");
  EXPECT_EQ(outcome(to(host.address(), anna)), (app::Error{Errc::JoinCodeNeeded, "Kitchen table"}));
  EXPECT_EQ(outcome(to(host.address(), anna, "amber-tiger-lake-43")).code, Errc::JoinCodeWrong);
  EXPECT_EQ(outcome(to(host.address(), anna, "amber-tiger-42")).code, Errc::JoinCodeInvalid);
  EXPECT_EQ(outcome(to(host.address(), anna, kCode)).code, Errc::Cancelled);
}

TEST_F(Admission, ThrottlesGuessersAndLetsWhoIsKnownIn) {
  std::atomic<int> derived{0};
  TestHost host(withCode(), app::systemNow, [&](std::string_view code, const app::RoomId& room) {
    ++derived;
    return app::deriveJoinCodeKey(code, room);
  });
  const Person anna = person("Anna");
  ASSERT_EQ(proofOf(to(host.address(), anna, kCode)), HostProof::JoinCode);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(outcome(to(host.address(), person("Guesser " + std::to_string(i)), "amber-tiger-lake-43")).code,
              Errc::JoinCodeWrong);
  }
  const app::Error sixth = outcome(to(host.address(), person("Guesser 6"), "amber-tiger-lake-43"));
  EXPECT_EQ(sixth.code, Errc::TooManyTries);
  EXPECT_GT(std::stoi(sixth.detail), 0) << "seconds to wait";
  EXPECT_EQ(outcome(to(host.address(), person("Late"), kCode)).code, Errc::TooManyTries) << "the right one waits too";
  EXPECT_EQ(outcome(to(host.address(), anna)).code, Errc::Cancelled) << "nobody is locked out";
  app::JoinOptions invited = to(host.address(), person("Invited"));
  invited.invite = std::get<app::InviteLink>(*app::parseWayIn(host.listening().invite));
  EXPECT_EQ(outcome(invited).code, Errc::Cancelled) << "nor does an invite have to wait";
  EXPECT_EQ(derived, 1) << "the slow hash once, however many guess";
}

TEST_F(Admission, LetsAWholeClassInAtOnceBehindOneAddress) {
  TestHost host(withCode());
  std::vector<std::unique_ptr<TestMember>> pupils;
  for (int i = 0; i < 20; ++i) {
    pupils.push_back(std::make_unique<TestMember>(to(host.address(), person("Pupil " + std::to_string(i)), kCode)));
  }
  for (auto& pupil : pupils) EXPECT_NE(pupil->admitted(), nullptr);
}

TEST_F(Admission, TakesAnInvite) {
  TestHost host(withCode());
  const auto link = std::get<app::InviteLink>(*app::parseWayIn(host.listening().invite));
  EXPECT_EQ(link.hostKey, app::crypto::hashOf(host.listening().hostKey));
  const Person anna = person("Anna");
  app::JoinOptions options = to(link.address, anna);
  options.invite = link;
  EXPECT_EQ(proofOf(options), HostProof::Invite);
  EXPECT_EQ(proofOf(to(host.address(), anna)), HostProof::Invite) << "known from now on";
}

TEST_F(Admission, TakesNoInviteThatIsUsedUpRevokedOrTooOld) {
  std::atomic<std::int64_t> now{1'000'000};
  TestHost host(withCode(), [&] { return app::UtcMillis{std::chrono::milliseconds{now}}; });
  (void)host.listening();
  const auto newInvite = [&](std::chrono::milliseconds life, std::uint32_t uses) {
    const std::size_t seen = host.news().updates().size();
    host.room().makeInvite(life, uses);
    std::string link;
    host.news().waitUntil([&](const auto& updates) {
      for (std::size_t i = seen; i < updates.size(); ++i) {
        if (const auto* access = std::get_if<app::HostAccess>(&updates[i])) link = access->newInvite;
      }
      return !link.empty();
    });
    return std::get<app::InviteLink>(*app::parseWayIn(link));
  };
  const auto with = [&](const app::InviteLink& link, const std::string& who) {
    app::JoinOptions options = to(host.address(), person(who));
    options.invite = link;
    return options;
  };
  const auto once = newInvite(1h, 1);
  EXPECT_EQ(outcome(with(once, "Anna")).code, Errc::Cancelled);
  EXPECT_EQ(outcome(with(once, "Berta")).code, Errc::InviteExpired);
  const auto revoked = newInvite(1h, 5);
  host.room().revokeInvite(app::idOf(revoked.token));
  EXPECT_EQ(outcome(with(revoked, "Chloe")).code, Errc::InviteExpired);
  const auto old = newInvite(1h, 5);
  now += 3'600'001;
  EXPECT_EQ(outcome(with(old, "Dora")).code, Errc::InviteExpired);
  auto forged = newInvite(1h, 5);
  forged.token.bytes[15] ^= 1;
  EXPECT_EQ(outcome(with(forged, "Emma")).code, Errc::InviteExpired);
  auto other = newInvite(1h, 5);
  other.hostKey.bytes[0] ^= 1;
  EXPECT_EQ(outcome(with(other, "Frida")).code, Errc::HostNotTrusted) << "somebody else's key";
}

TEST_F(Admission, AsksEverybodyAgainAfterANewCodeButTheOwner) {
  const Person owner = person("Owner");
  app::HostOptions options = withCode();
  options.owner = owner.identity.publicKey;
  TestHost host(options);
  const Person anna = person("Anna");
  ASSERT_EQ(outcome(to(host.address(), anna, kCode)).code, Errc::Cancelled);
  host.room().changeJoinCode();
  const auto* access = host.news().waitFor<app::HostAccess>();
  ASSERT_NE(access, nullptr);
  const std::string code = access->joinCode;
  EXPECT_TRUE(app::crypto::parseJoinCode(code)) << code;
  EXPECT_NE(code, kCode);
  EXPECT_EQ(outcome(to(host.address(), anna)).code, Errc::JoinCodeNeeded);
  EXPECT_EQ(outcome(to(host.address(), anna, kCode)).code, Errc::JoinCodeWrong);
  EXPECT_EQ(outcome(to(host.address(), anna, code)).code, Errc::Cancelled);
  app::JoinOptions own = to(host.address(), owner);
  own.hostedHere = true;
  own.hostKey = host.listening().hostKey;
  EXPECT_EQ(proofOf(own), HostProof::Own);
}

TEST_F(Admission, KeepsCodeInvitesAndMembersWhenTheHostComesBack) {
  const Person anna = person("Anna");
  std::string invite;
  app::crypto::PublicKey key;
  std::uint16_t port = 0;
  {
    TestHost host(withCode());
    invite = host.listening().invite;
    key = host.listening().hostKey;
    port = host.port();
    ASSERT_EQ(outcome(to(host.address(), anna, kCode)).code, Errc::Cancelled);
  }
  app::HostOptions again = TestHost::openRoom(folder_ / "rooms", port);
  again.access = app::Access::AsBefore;
  TestHost host(again);
  EXPECT_EQ(host.listening().joinCode, kCode);
  EXPECT_EQ(host.listening().hostKey, key);
  EXPECT_EQ(host.listening().invite, invite);
  EXPECT_EQ(outcome(to(host.address(), anna)).code, Errc::Cancelled);
  EXPECT_EQ(outcome(to(host.address(), person("Berta"))).code, Errc::JoinCodeNeeded);
}

TEST_F(Admission, RemembersTheHostOfAnOpenRoomFromTheFirstTimeOn) {
  TestHost host(TestHost::openRoom(folder_ / "rooms"));
  EXPECT_EQ(host.listening().joinCode, "");
  const Person anna = person("Anna");
  EXPECT_EQ(proofOf(to(host.address(), anna)), HostProof::FirstUse);
  EXPECT_EQ(outcome(to(host.address(), person("Berta"), kCode)).code, Errc::HostNotTrusted)
      << "who typed a code meant another room";
}

TEST_F(Admission, StopsWhereAnotherKeyAnswersForTheSameRoom) {
  const Person anna = person("Anna");
  std::uint16_t port = 0;
  {
    TestHost host(withCode());
    port = host.port();
    ASSERT_EQ(outcome(to(host.address(), anna, kCode)).code, Errc::Cancelled);
  }
  for (const auto& room : std::filesystem::directory_iterator(folder_ / "rooms")) {
    std::filesystem::remove(room.path() / "host.key");
  }
  TestHost swapped(withCode(port));
  EXPECT_EQ(outcome(to(swapped.address(), anna)), (app::Error{Errc::HostKeyChanged, "Kitchen table"}));
  EXPECT_EQ(outcome(to(swapped.address(), anna, kCode)).code, Errc::Cancelled) << "the code is the way on";
}

TEST_F(Admission, StopsWhereAnOpenRoomStandsInForOneThatHadACode) {
  const Person anna = person("Anna");
  std::uint16_t port = 0;
  {
    TestHost host(withCode());
    port = host.port();
    ASSERT_EQ(outcome(to(host.address(), anna, kCode)).code, Errc::Cancelled);
  }
  {
    TestHost fake(TestHost::openRoom(folder_ / "fake", port));
    EXPECT_EQ(outcome(to(fake.address(), anna)).code, Errc::HostKeyChanged);
    EXPECT_EQ(outcome(to(fake.address(), anna, kCode)).code, Errc::HostKeyChanged) << "it cannot know the code";
  }
  TestHost other(TestHost::openRoom(folder_ / "other", port, "Another name"));
  EXPECT_EQ(outcome(to(other.address(), anna)).code, Errc::HostKeyChanged) << "never a weaker way in than before";
}

TEST_F(Admission, StopsWhereAnotherRoomIsHostedNow) {
  const Person anna = person("Anna");
  std::uint16_t port = 0;
  app::RoomId room;
  {
    TestHost host(TestHost::openRoom(folder_ / "rooms"));
    port = host.port();
    room = host.listening().room;
    ASSERT_EQ(outcome(to(host.address(), anna)).code, Errc::Cancelled);
  }
  TestHost other(TestHost::openRoom(folder_ / "rooms", port, "Another room"));
  app::JoinOptions again = to(other.address(), anna);
  again.room = room;
  EXPECT_EQ(outcome(again), (app::Error{Errc::OtherRoom, "Another room"}));
}

/// Somebody between a joiner and the host, who passes on every frame.
class Relay {
 public:
  explicit Relay(std::uint16_t hostPort) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(fd_, 8);
    socklen_t length = sizeof address;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, hostPort] { pass(hostPort); });
  }
  ~Relay() {
    thread_.join();
    closeSocket(fd_);
  }
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  /// What the host answered at last.
  [[nodiscard]] FrameType last() const { return last_; }

 private:
  /// The greeting alternates: each frame of the joiner is answered by one of the host.
  void pass(std::uint16_t hostPort) {
    const net::ThreadOwner owner;
    const SocketHandle joiner = ::accept(fd_, nullptr, nullptr);
    SecureStream below(joiner, net::TlsRole::Host, app::crypto::makeSigningKey());
    SecureClient host(hostPort);
    if (below.establish() && host.connected()) {
      for (;;) {
        while (below.received().empty() && below.fill()) continue;
        if (below.received().empty()) break;
        host.send(std::exchange(below.received(), {}));
        const auto answer = host.next();
        if (!answer) break;
        last_ = answer->type;
        std::string bytes(8, '\0');
        net::writeHeader({static_cast<std::uint32_t>(answer->body.size()), static_cast<std::uint16_t>(answer->type), 0},
                         std::span<std::uint8_t, 8>(reinterpret_cast<std::uint8_t*>(bytes.data()), 8));
        below.send(bytes + answer->body);
      }
    }
    closeSocket(joiner);
  }

  SocketHandle fd_;
  std::uint16_t port_ = 0;
  std::thread thread_;
  std::atomic<FrameType> last_{FrameType::Hello};
};

TEST_F(Admission, LetsNobodyStandBetweenAJoinerWithTheRightCodeAndTheHost) {
  TestHost host(withCode());
  FrameType last{};
  {
    Relay relay(host.port());
    EXPECT_EQ(outcome(to(relay.address(), person("Anna"), kCode)).code, Errc::JoinCodeWrong);
    last = relay.last();
  }
  EXPECT_EQ(last, FrameType::AuthFail) << "the relay went as far as the proof";
}

TEST_F(Admission, EndsNonsenseInsteadOfAProof) {
  TestHost host(withCode());
  const auto port = host.port();
  const auto greeted = [&] {
    SecureClient client(port);
    client.hello();
    EXPECT_TRUE(client.nextOf(FrameType::Welcome));
    return client;
  };
  {
    SecureClient client = greeted();
    client.join("Eve");
    net::wire::Error error;
    const auto received = client.nextOf(FrameType::Error);
    ASSERT_TRUE(received && error.ParseFromString(received->body));
    EXPECT_EQ(error.code(), net::wire::CODE_JOIN_CODE_NEEDED);
  }
  for (const std::size_t size : {0U, 31U, 33U, 64U}) {
    SecureClient client = greeted();
    net::wire::AuthStart start;
    start.set_share(std::string(size, 's'));
    client.send(FrameType::AuthStart, start);
    EXPECT_TRUE(client.closedByHost()) << size;
  }
  for (const char fill : {'\0', '\xff'}) {  // the neutral element, and no element at all
    SecureClient client = greeted();
    net::wire::AuthStart start;
    start.set_share(std::string(32, fill));
    client.send(FrameType::AuthStart, start);
    EXPECT_TRUE(client.closedByHost());
  }
  {
    SecureClient client = greeted();
    client.send(FrameType::AuthConfirm, net::wire::AuthConfirm{});
    EXPECT_TRUE(client.closedByHost()) << "nothing was begun";
  }
  {
    SecureClient client = greeted();
    net::wire::AuthStart start;
    start.set_invite_id("short");
    client.send(FrameType::AuthStart, start);
    EXPECT_TRUE(client.closedByHost());
  }
}

TEST_F(Admission, TellsTheConnectionLogWhyNot) {
  TestHost host(withCode());
  EXPECT_EQ(outcome(to(host.address(), person("Anna"), "amber-tiger-lake-43")).code, Errc::JoinCodeWrong);
  EXPECT_TRUE(host.news().waitUntil([](const auto& updates) {
    for (const auto& update : updates) {
      const auto* record = std::get_if<app::HostConnection>(&update);
      if (record != nullptr && record->record.reason == "typed a wrong join code") return true;
    }
    return false;
  }));
}

}  // namespace
}  // namespace earshot::test

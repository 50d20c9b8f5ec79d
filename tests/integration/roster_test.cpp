// Who comes back is told who is in the room only when that has changed.
#include <thread>

#include "integration/parties.h"
#include "integration/secure_client.h"
#include "net/listening_port.h"

namespace earshot::test {
namespace {

using namespace std::chrono_literals;
using app::Roster;
using net::FrameType;
using ::testing::ElementsAre;

// --- the host ------------------------------------------------------------------------------------

class RosterOfHost : public ::testing::Test {
 protected:
  struct Answer {
    net::wire::Joined joined;
    std::vector<app::Member> listed;
  };
  /// Joins and reads on to the first event, which is behind the list.
  std::optional<Answer> join(SecureClient& client, const std::string& roster) {
    client.hello();
    net::wire::Join join;
    join.set_name("Ben");
    join.set_roster(roster);
    client.send(FrameType::Join, join);
    Answer answer;
    for (auto received = client.next(); received; received = client.next()) {
      if (received->type == FrameType::Events) return answer;
      if (received->type == FrameType::Joined) answer.joined.ParseFromString(received->body);
      net::wire::Members page;
      if (received->type != FrameType::Members || !page.ParseFromString(received->body)) continue;
      for (const auto& member : page.members()) {
        answer.listed.push_back({*app::MemberId::fromView(member.id()), member.name(),
                                 app::UtcMillis{std::chrono::milliseconds{member.since_ms()}}});
      }
    }
    return std::nullopt;
  }

  const TemporaryFolder folder_;
  TestHost host_{folder_ / "rooms"};
  const app::crypto::SigningKey key_ = app::crypto::makeSigningKey();
};

TEST_F(RosterOfHost, IsLeftOutForWhoKnowsIt) {
  TestMember anna(folder_ / "anna", host_.address(), "Anna");
  ASSERT_NE(anna.admitted(), nullptr);
  std::optional<Answer> first;
  {
    SecureClient ben(host_.port(), key_);
    first = join(ben, {});
    ASSERT_TRUE(first);
    EXPECT_FALSE(first->joined.roster_known());
    EXPECT_EQ(first->listed.size(), 2U);
  }
  const std::string known(Roster(first->listed).digest().view());
  {
    SecureClient ben(host_.port(), key_);
    const auto again = join(ben, known);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->joined.roster_known());
    EXPECT_TRUE(again->listed.empty());
  }
  anna.ask(app::Rename{"Anne"});
  ASSERT_NE(anna.news().waitFor<app::LinkDone>(), nullptr);
  SecureClient ben(host_.port(), key_);
  const auto changed = join(ben, known);
  ASSERT_TRUE(changed);
  EXPECT_FALSE(changed->joined.roster_known());
  EXPECT_EQ(changed->listed.size(), 2U);
}

TEST_F(RosterOfHost, DigestOfAnotherLengthIsNone) {
  for (const std::size_t size : {1U, 31U, 33U}) {
    SecureClient ben(host_.port(), key_);
    EXPECT_FALSE(join(ben, std::string(size, 'x'))) << size;
    EXPECT_TRUE(ben.closedByHost());
  }
}

// --- the member ----------------------------------------------------------------------------------

std::string bytesOf(FrameType type, const google::protobuf::MessageLite& body) {
  const auto bytes = net::frame(type, body);
  return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

std::string eventOf(const app::Member& actor, std::uint64_t seq, app::EventBody body) {
  const app::Event event{app::Seq{seq}, actor.since, actor.id, actor.name, std::move(body)};
  const auto bytes = net::eventsFrames({&event, 1});
  return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

/// A host that says exactly what a test wants, to one connection after the other.
class ScriptedHost {
 public:
  ScriptedHost()
      : port_(*net::ListeningPort::open("127.0.0.1", 0)), number_(port_.port()), listening_(port_.release()) {}
  ~ScriptedHost() {
    stopSending(listening_);
    closeSocket(listening_);
  }

  class Visit {
   public:
    explicit Visit(SocketHandle socket, const app::crypto::SigningKey& key)
        : socket_(socket), stream_(socket, net::TlsRole::Host, key) {
      setReceiveTimeout(socket, 60);
      stream_.establish();
    }
    ~Visit() { closeSocket(socket_); }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

    void send(const std::string& bytes) { stream_.send(bytes); }
    /// The Join, after Hello was answered.
    net::wire::Join admitInto(const app::RoomId& room, const app::Epoch& epoch) {
      (void)next();
      net::wire::Welcome welcome;
      welcome.set_room_id(std::string(room.view()));
      welcome.set_epoch(std::string(epoch.view()));
      welcome.set_room_name("Kitchen table");
      welcome.set_door(net::wire::DOOR_OPEN);
      send(bytesOf(FrameType::Welcome, welcome));
      net::wire::Join join;
      join.ParseFromString(next());
      return join;
    }

   private:
    std::string next() {
      std::string& buffer = stream_.received();
      const auto length = [&] {
        return net::readHeader(
                   std::span<const std::uint8_t, 8>(reinterpret_cast<const std::uint8_t*>(buffer.data()), 8))
            .length;
      };
      while (buffer.size() < 8 || buffer.size() < 8 + length()) {
        if (!stream_.fill()) return {};
      }
      const std::string body = buffer.substr(8, length());
      buffer.erase(0, 8 + length());
      return body;
    }

    SocketHandle socket_;
    SecureStream stream_;
  };

  std::unique_ptr<Visit> accept() {
    return std::make_unique<Visit>(static_cast<SocketHandle>(::accept(listening_, nullptr, nullptr)), key_);
  }
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(number_); }

 private:
  const app::crypto::SigningKey key_ = app::crypto::makeSigningKey();
  net::ListeningPort port_;
  std::uint16_t number_;
  SocketHandle listening_;
};

class RosterOfMember : public ::testing::Test {
 protected:
  net::wire::Joined joined(std::uint64_t snapshot) const {
    net::wire::Joined joined;
    joined.set_name("Ben");
    joined.set_snapshot_seq(snapshot);
    joined.set_first_seq(snapshot + 1);
    joined.set_oldest_seq(1);
    return joined;
  }
  /// Anna and Ben are there as of event 2, then Carla comes and Anna changes her name; then the connection breaks.
  bool visitOnce(TestMember& ben) {
    const auto visit = host_.accept();
    EXPECT_TRUE(visit->admitInto(room_, epoch_).roster().empty());
    visit->send(bytesOf(FrameType::Joined, joined(2)));
    const auto pages = net::membersFrames({anna_, ben_});
    visit->send({reinterpret_cast<const char*>(pages->data()), pages->size()});
    visit->send(eventOf(carla_, 3, app::MemberJoined{}));
    visit->send(eventOf(anna_, 4, app::MemberRenamed{"Anne"}));
    visit->send(eventOf(carla_, 5, app::TextPosted{app::makeRequestId(), app::TextStyle::Plain, "hello"}));
    return ben.waitForTexts(1);
  }
  [[nodiscard]] Roster after() const {
    app::Member anne = anna_;
    anne.name = "Anne";
    return Roster({anne, ben_, carla_});
  }
  static const app::LinkAdmitted* again(TestMember& member) {
    const app::LinkAdmitted* found = nullptr;
    member.news().waitUntil([&](const auto& updates) {
      for (const auto& update : updates) {
        const auto* admitted = std::get_if<app::LinkAdmitted>(&update);
        if (admitted != nullptr && admitted->again) found = admitted;
      }
      return found != nullptr || std::holds_alternative<app::LinkClosed>(updates.back());
    });
    return found;
  }

  const TemporaryFolder folder_;
  const app::crypto::SigningKey key_ = app::crypto::makeSigningKey();
  const app::RoomId room_ = app::makeRandom<app::RoomId>();
  const app::Epoch epoch_ = app::makeRandom<app::Epoch>();
  const app::UtcMillis since_{1'700'000'000'000ms};
  const app::Member anna_{app::makeRandom<app::MemberId>(), "Anna", since_};
  const app::Member carla_{app::makeRandom<app::MemberId>(), "Carla", since_};
  const app::Member ben_{app::crypto::memberIdOf(key_.publicKey), "Ben", since_};
  ScriptedHost host_;
};

TEST_F(RosterOfMember, IsKeptWhileTheConnectionIsGone) {
  TestMember ben(folder_ / "ben", host_.address(), "Ben", key_);
  ASSERT_TRUE(visitOnce(ben));
  const auto visit = host_.accept();
  const auto asked = visit->admitInto(room_, epoch_);
  EXPECT_EQ(asked.roster(), after().digest().view());
  EXPECT_EQ(asked.last_seen().seq(), 5U);
  auto answer = joined(5);
  answer.set_resumed(true);
  answer.set_roster_known(true);
  visit->send(bytesOf(FrameType::Joined, answer));
  const auto* admitted = again(ben);
  ASSERT_NE(admitted, nullptr);
  EXPECT_EQ(admitted->members, after().members());
}

TEST_F(RosterOfMember, IsReplacedByTheListOfTheHost) {
  TestMember ben(folder_ / "ben", host_.address(), "Ben", key_);
  ASSERT_TRUE(visitOnce(ben));
  const auto visit = host_.accept();
  (void)visit->admitInto(room_, epoch_);
  auto answer = joined(5);
  answer.set_resumed(true);
  visit->send(bytesOf(FrameType::Joined, answer));
  const auto pages = net::membersFrames({ben_});
  visit->send({reinterpret_cast<const char*>(pages->data()), pages->size()});
  const auto* admitted = again(ben);
  ASSERT_NE(admitted, nullptr);
  EXPECT_THAT(admitted->members, ElementsAre(ben_));
}

TEST_F(RosterOfMember, CannotBeKnownToWhoComesForTheFirstTime) {
  TestMember ben(folder_ / "ben", host_.address(), "Ben", key_);
  const auto visit = host_.accept();
  (void)visit->admitInto(room_, epoch_);
  auto answer = joined(2);
  answer.set_roster_known(true);
  visit->send(bytesOf(FrameType::Joined, answer));
  const auto* closed = ben.closed();
  ASSERT_NE(closed, nullptr);
  EXPECT_EQ(closed->reason.code, app::Errc::ProtocolViolation);
}

}  // namespace
}  // namespace earshot::test

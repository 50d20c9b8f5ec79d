// Getting to a host, and opening one: what goes wrong is told apart.
#include <gmock/gmock.h>

#include <array>
#include <thread>

#include "app/version.h"
#include "integration/parties.h"
#include "integration/secure_client.h"
#include "net/thread_owned.h"
#include "net/worker_socket.h"

namespace earshot::test {
namespace {

/// A listening socket of the test's own, with whatever on the other side.
class OtherServer {
 public:
  explicit OtherServer(int backlog = 8) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(fd_, backlog);
    socklen_t length = sizeof address;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
  }
  ~OtherServer() {
    closeSocket(fd_);
    if (thread_.joinable()) thread_.join();
  }
  /// Answers the first connection with these bytes and closes it.
  void answerWith(std::string bytes) {
    thread_ = std::thread([this, bytes = std::move(bytes)] {
      const SocketHandle client = ::accept(fd_, nullptr, nullptr);
      char greeting[4096];
      (void)::recv(client, greeting, sizeof greeting, 0);
      (void)sendSome(client, bytes);
      closeSocket(client);
    });
  }
  /// The same after a TLS handshake, as a host would.
  void answerSecurelyWith(std::string bytes) {
    thread_ = std::thread([this, bytes = std::move(bytes)] {
      const net::ThreadOwner owner;
      const SocketHandle client = ::accept(fd_, nullptr, nullptr);
      SecureStream stream(client, net::TlsRole::Host, app::crypto::makeSigningKey());
      if (stream.establish()) {
        while (stream.received().empty() && stream.fill()) continue;
        stream.send(bytes);
      }
      closeSocket(client);
    });
  }
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  SocketHandle fd_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

/// Connections that wait for an accept that never comes.
class FilledBacklog {
 public:
  explicit FilledBacklog(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (SocketHandle& fd : fds_) {
      fd = ::socket(AF_INET, SOCK_STREAM, 0);
      setNonBlocking(fd);
      (void)::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address);
    }
  }
  ~FilledBacklog() {
    for (const SocketHandle fd : fds_) closeSocket(fd);
  }

 private:
  std::array<SocketHandle, 4> fds_{};
};

app::Errc reasonFor(const std::string& address, const std::string& name = "Anna") {
  const TemporaryFolder folder;
  TestMember member(folder / "m", address, name);
  const auto* closed = member.closed();
  EXPECT_NE(closed, nullptr);
  return closed != nullptr ? closed->reason.code : app::Errc::Cancelled;
}

TEST(Reaching, TellsARefusedConnection) {
  std::uint16_t freePort = 0;
  { freePort = OtherServer().port(); }
  EXPECT_EQ(reasonFor("127.0.0.1:" + std::to_string(freePort)), app::Errc::ConnectionRefused);
}

TEST(Reaching, TellsAnUnknownHost) {
  EXPECT_EQ(reasonFor("no-such-host.invalid"), app::Errc::HostUnknown);
}

TEST(Reaching, TellsAnAddressThatIsNone) {
  EXPECT_EQ(reasonFor("a b c"), app::Errc::AddressInvalid);
}

TEST(Reaching, TellsANameThatIsNone) {
  EXPECT_EQ(reasonFor("127.0.0.1:1", ""), app::Errc::NameEmpty);
}

TEST(Reaching, TellsWhatIsNotEarshot) {
  OtherServer web;
  web.answerWith("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(reasonFor(web.address()), app::Errc::NotEarshot);
  OtherServer silent;
  silent.answerWith("");
  EXPECT_EQ(reasonFor(silent.address()), app::Errc::NotEarshot);
}

TEST(Reaching, TellsAnotherVersion) {
  OtherServer other;
  net::wire::Error error;
  error.set_code(net::wire::CODE_VERSION);
  error.set_detail("7.1");
  const auto bytes = net::frame(net::FrameType::Error, error);
  other.answerSecurelyWith({bytes->begin(), bytes->end()});
  EXPECT_EQ(reasonFor(other.address()), app::Errc::VersionMismatch);
}

TEST(Reaching, IsToldWhatWasSaidInTheMomentOfJoining) {
  // A host whose tick held our arrival and somebody's text: both are numbered before the list.
  const auto identity = app::crypto::makeSigningKey();
  const auto self = app::crypto::memberIdOf(identity.publicKey);
  const auto berta = app::makeRandom<app::MemberId>();
  net::Bytes answer;
  net::wire::Welcome welcome;
  welcome.set_room_id(std::string(16, 'r'));
  welcome.set_epoch(std::string(16, 'e'));
  welcome.set_room_name("Room");
  net::appendFrame(answer, net::FrameType::Welcome, welcome);
  net::wire::Joined joined;
  joined.set_name("Anna");
  joined.set_snapshot_seq(2);
  joined.set_first_seq(1);
  joined.set_oldest_seq(1);
  net::appendFrame(answer, net::FrameType::Joined, joined);
  const app::Event arrival{app::Seq{1}, {}, self, "Anna", app::MemberJoined{}};
  const app::Event text{app::Seq{2},
                        {},
                        berta,
                        "Berta",
                        app::TextPosted{app::makeRandom<app::RequestId>(), app::TextStyle::Plain, "welcome!"}};
  const auto members = net::membersFrames({{self, "Anna", {}}, {berta, "Berta", {}}});
  answer.insert(answer.end(), members->begin(), members->end());
  const auto events = net::eventsFrames(std::vector{arrival, text});
  answer.insert(answer.end(), events->begin(), events->end());
  OtherServer host;
  host.answerSecurelyWith({answer.begin(), answer.end()});

  const TemporaryFolder folder;
  TestMember anna(folder / "anna", host.address(), "Anna", identity);
  ASSERT_NE(anna.admitted(), nullptr);
  ASSERT_TRUE(anna.waitForTexts(1));
  EXPECT_EQ(anna.texts().front(), text);
  const auto* interrupted = anna.news().waitFor<app::LinkInterrupted>();
  ASSERT_NE(interrupted, nullptr);
  EXPECT_EQ(interrupted->reason.code, app::Errc::ConnectionLost);
}

TEST(Reaching, CanBeCancelledWhileNobodyAnswers) {
  // A full backlog: the system neither accepts nor refuses, as a host behind a firewall.
  const OtherServer full(0);
  const FilledBacklog filled(full.port());
  const TemporaryFolder folder;
  TestMember member(folder / "m", full.address(), "Anna");
  ASSERT_NE(member.news().waitFor<app::LinkConnecting>(), nullptr);
  member.close();
  const auto* closed = member.closed();
  ASSERT_NE(closed, nullptr);
  EXPECT_EQ(closed->reason.code, app::Errc::Cancelled);
}

TEST(Reaching, TakesIpv6AndNames) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms", 0, "Kitchen table", "");
  const std::string port = std::to_string(host.port());
  TestMember four(folder / "four", "127.0.0.1:" + port, "Four");
  EXPECT_NE(four.admitted(), nullptr);
  TestMember named(folder / "named", "localhost:" + port, "Named");
  EXPECT_NE(named.admitted(), nullptr);
  if (net::ListeningSocket::open("::1", 0, net::ListeningSocket::Family::V6).ok()) {
    TestMember six(folder / "six", "[::1]:" + port, "Six");
    EXPECT_NE(six.admitted(), nullptr);
  }
}

TEST(Hosting, SaysWhichEarshotItIs) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms");
  SecureClient client(host.port());
  client.hello();
  const auto received = client.nextOf(net::FrameType::Welcome);
  ASSERT_TRUE(received);
  net::wire::Welcome welcome;
  ASSERT_TRUE(welcome.ParseFromString(received->body));
  EXPECT_EQ(welcome.program(), "Earshot " + std::string(app::version()));
}

TEST(Hosting, FailsPlainlyOnAPortThatIsTaken) {
  const OtherServer other;
  const TemporaryFolder folder;
  TestHost host(folder / "rooms", other.port());
  const auto* stopped = host.news().waitFor<app::HostStopped>();
  ASSERT_NE(stopped, nullptr);
  ASSERT_TRUE(stopped->error);
  EXPECT_EQ(stopped->error->code, app::Errc::PortInUse);
  EXPECT_EQ(stopped->error->detail, std::to_string(other.port()));
}

TEST(Hosting, TakesTheNextPortWhenNobodyAskedForACertainOne) {
  const TemporaryFolder folder;
  TestHost first(folder / "first", std::nullopt, "First", "");
  TestHost second(folder / "second", std::nullopt, "Second", "");
  EXPECT_GE(first.port(), app::kDefaultPort);
  EXPECT_NE(second.port(), first.port());
  EXPECT_GE(second.port(), app::kDefaultPort);
  EXPECT_LT(second.port(), app::kDefaultPort + app::kPortTries);
}

TEST(Hosting, TakesAPortWholeOrNotAtAll) {
  // Where the system keeps the families apart, the IPv6 half of this port is still free.
  const auto half = net::ListeningSocket::open("", 0, net::ListeningSocket::Family::V4);
  ASSERT_TRUE(half);
  const auto all = net::ListeningSocket::openAll("", (*half)->port());
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().code, app::Errc::PortInUse);
  const auto free = net::ListeningSocket::openAll("", 0);
  ASSERT_TRUE(free);
  for (const auto& socket : *free) EXPECT_EQ(socket->port(), free->front()->port());
}

TEST(Hosting, FailsPlainlyOnAnAddressThatIsNotOurs) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms", 0, "Room", "192.0.2.77");
  const auto* stopped = host.news().waitFor<app::HostStopped>();
  ASSERT_NE(stopped, nullptr);
  ASSERT_TRUE(stopped->error);
  EXPECT_EQ(stopped->error->code, app::Errc::BindFailed);
}

TEST(Hosting, FailsPlainlyOnARoomNameThatIsNone) {
  const TemporaryFolder folder;
  TestHost host(folder / "rooms", 0, "");
  const auto* stopped = host.news().waitFor<app::HostStopped>();
  ASSERT_NE(stopped, nullptr);
  ASSERT_TRUE(stopped->error);
  EXPECT_EQ(stopped->error->code, app::Errc::NameEmpty);
}

TEST(Hosting, CanBeDestroyedAtAnyMoment) {
  const TemporaryFolder folder;
  for (int i = 0; i < 20; ++i) {
    TestHost host(folder / "rooms");
    if (i % 2 == 0) continue;  // before it listens
    TestMember member(folder / "m", host.address(), "Anna");
    if (i % 3 == 0) {
      ASSERT_NE(member.admitted(), nullptr);
    }
  }
}

}  // namespace
}  // namespace earshot::test

// A host's private messages while it is busy: the test says when a Join is decided.
#include "net/host_private.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <map>
#include <thread>

#include "app/message_key.h"
#include "integration/secure_client.h"
#include "net/mail_codec.h"
#include "support/temporary_folder.h"

namespace earshot::test {
namespace {

using net::FrameType;
using net::HostConnection;

/// A host that has connections and a mailbox, and lets in whom the test lets in.
class SlowHost final : public HostConnection::Desk, public net::HostPrivate::Desk, private net::NetLoop::Handler {
 public:
  explicit SlowHost(const std::filesystem::path& folder)
      : listener_(*net::ListeningSocket::open("127.0.0.1", 0, net::ListeningSocket::Family::V4)),
        private_(loop_, *app::Mailbox::open(folder, app::systemNow()), app::systemNow, *this),
        admission_(
            loop_, access_, app::RoomId{}, key_.publicKey, [](HostConnection::Id) { return nullptr; },
            [](std::string_view, const app::RoomId&) -> app::Result<app::crypto::SecretArray<32>> {
              return app::Error{app::Errc::Cancelled, {}};
            }) {
    loop_.watch(listener_->descriptor(), {.read = true, .write = false}, *this);
    loop_.setTickEnd([this] { tickEnd(); });
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~SlowHost() override {
    loop_.stop();
    thread_.join();
    connections_.clear();
  }
  SlowHost(const SlowHost&) = delete;
  SlowHost& operator=(const SlowHost&) = delete;

  [[nodiscard]] std::uint16_t port() const { return listener_->port(); }
  /// Decides every Join that waits.
  void letIn() {
    std::promise<void> done;
    loop_.post([&] {
      for (auto& [id, connection] : connections_) {
        if (connection->phase() != HostConnection::Phase::Joining) continue;
        connection->admit();
        private_.admitted(*connection);
      }
      done.set_value();
    });
    done.get_future().wait();
  }

 private:
  void onReady(bool, bool) override {
    auto accepted = listener_->accept();
    if (!accepted.socket) return;
    const auto id = ++lastId_;
    connections_[id] = std::make_unique<HostConnection>(id, loop_, std::move(accepted.socket), tls_, *this);
  }
  void tickEnd() {
    private_.tickEnd();
    for (auto& [id, connection] : connections_) connection->session().flush();
    for (const auto id : std::exchange(gone_, {})) connections_.erase(id);
  }

  // HostConnection::Desk
  void onSecured(HostConnection&) override {}
  net::wire::Welcome welcome(const HostConnection&) const override { return {}; }
  net::HostAdmission& admission() override { return admission_; }
  [[nodiscard]] app::UtcMillis time() const override { return app::systemNow(); }
  void onRequest(HostConnection&, app::Request, app::AccessProof) override {}
  bool onMail(HostConnection& connection, const net::Frame& frame) override {
    return private_.onFrame(connection, frame);
  }
  void onHistoryAsked(HostConnection&) override {}
  void onTyping(HostConnection&) override {}
  void onDrained(HostConnection& connection) override { private_.drained(connection); }
  void onGone(HostConnection& connection, app::Errc) override {
    private_.gone(connection.id());
    gone_.push_back(connection.id());
  }

  // both desks
  void onQueued(HostConnection&) override {}

  // HostPrivate::Desk
  HostConnection* connection(HostConnection::Id id) override {
    const auto found = connections_.find(id);
    return found == connections_.end() ? nullptr : found->second.get();
  }
  HostConnection* connectionOf(const app::MemberId& member) override {
    const auto found = std::find_if(connections_.begin(), connections_.end(), [&](const auto& entry) {
      return entry.second->memberId() == member && entry.second->phase() == HostConnection::Phase::Member;
    });
    return found == connections_.end() ? nullptr : found->second.get();
  }
  std::chrono::milliseconds takeLetter(const HostConnection&) override { return {}; }
  void onMailUnsaved(const app::Error&) override {}

  const app::crypto::SigningKey key_ = app::crypto::makeSigningKey();
  const std::shared_ptr<const net::TlsContext> tls_ = *net::TlsContext::make(net::TlsRole::Host, key_);
  const app::RoomAccess access_{app::AccessState{}, app::MemberId{}};
  net::NetLoop loop_;
  std::unique_ptr<net::ListeningSocket> listener_;
  net::HostPrivate private_;
  net::HostAdmission admission_;
  std::map<HostConnection::Id, std::unique_ptr<HostConnection>> connections_;
  std::vector<HostConnection::Id> gone_;
  HostConnection::Id lastId_ = 0;
  std::thread thread_;
};

class HostPrivateTest : public ::testing::Test {
 protected:
  struct Person {
    explicit Person(std::uint16_t port) : client(port, identity) {}
    app::crypto::SigningKey identity = app::crypto::makeSigningKey();
    app::SignedMessageKey key = makeMessageKey(identity, app::KeyGeneration{1}, app::systemNow()).key;
    SecureClient client;

    void ask(const app::MailRequest& request) {
      const auto bytes = net::mailFrame(request);
      client.send({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    }
    /// Until the host has dealt with all that was said, and with the end of that tick.
    void settle() {
      for (int i = 0; i < 2; ++i) {
        client.send(FrameType::Ping, net::wire::Ping{});
        ASSERT_TRUE(client.nextOf(FrameType::Pong));
      }
    }
    void askToJoin() {
      client.hello();
      client.join("Somebody");
    }
    std::optional<app::SignedMessageKey> keyOf(const app::SignedMessageKey& other) {
      ask(app::AskKey{app::ownerOf(other)});
      const auto received = client.nextOf(FrameType::Prekey);
      if (!received) return std::nullopt;
      const std::span<const std::uint8_t> body(reinterpret_cast<const std::uint8_t*>(received->body.data()),
                                               received->body.size());
      const auto news = net::mailNewsFrom({received->type, body});
      const auto* answer = news ? std::get_if<app::KeyAnswer>(&*news) : nullptr;
      return answer != nullptr ? answer->key : std::nullopt;
    }
  };

  const TemporaryFolder folder_;
  SlowHost host_{folder_.path()};
};

TEST_F(HostPrivateTest, KeepsTheKeyOfWhoseJoinIsNotDecidedYet) {
  Person anna(host_.port());
  anna.askToJoin();
  anna.ask(app::PublishKey{anna.key});
  anna.settle();
  host_.letIn();
  anna.settle();
  EXPECT_EQ(anna.keyOf(anna.key), anna.key);
}

TEST_F(HostPrivateTest, TakesNoKeyOfWhoLeavesBeforeItsJoinIsDecided) {
  std::optional<Person> stranger(std::in_place, host_.port());
  const auto key = stranger->key;
  stranger->askToJoin();
  stranger->ask(app::PublishKey{key});
  stranger->settle();
  stranger.reset();
  Person ben(host_.port());
  ben.askToJoin();
  ben.ask(app::PublishKey{ben.key});
  ben.settle();
  host_.letIn();
  EXPECT_EQ(ben.keyOf(key), std::nullopt);
  EXPECT_EQ(ben.keyOf(ben.key), ben.key);
}

}  // namespace
}  // namespace earshot::test

#include "net/tls_channel.h"

#include <gmock/gmock.h>
#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <random>
#include <string>

#include "app/limits.h"
#include "net/memory_channel.h"

namespace earshot::net {
namespace {

using app::crypto::makeSigningKey;
using app::crypto::SigningKey;

class TlsChannelTest : public ::testing::Test {
 protected:
  struct Side {
    Side(TlsRole role, const SigningKey& key, std::shared_ptr<Wire> in, std::shared_ptr<Wire> out) {
      auto network = std::make_unique<MemoryChannel>(std::move(in), std::move(out));
      below = network.get();
      auto context = TlsContext::make(role, key);
      EXPECT_TRUE(context);
      tls = std::make_unique<TlsChannel>(std::move(network), *context);
    }
    /// Reads what is there; true when anything moved.
    bool pull() {
      std::vector<std::uint8_t> chunk(app::kReadChunkBytes);
      const IoResult got = tls->read(chunk);
      closed = closed || got.status == IoStatus::Closed;
      received.append(chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(got.bytes));
      return got.status == IoStatus::Ok;
    }
    bool say(std::string_view text) {
      const auto written = tls->write({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
      return written.status == IoStatus::Ok && written.bytes == text.size();
    }
    MemoryChannel* below;
    std::unique_ptr<TlsChannel> tls;
    std::string received;
    bool closed = false;
  };

  /// Lets both sides read until nothing moves any more.
  void settle() {
    member.tls->advance();
    host.tls->advance();
    for (std::size_t before = std::string::npos; before != waiting();) {
      before = waiting();
      host.pull();
      member.pull();
    }
  }
  std::size_t waiting() const { return toHost->bytes.size() + toMember->bytes.size() * 1'000'003; }

  void establish() {
    for (int i = 0; i < 4'000 && !(host.tls->isEstablished() && member.tls->isEstablished()); ++i) settle();
    ASSERT_TRUE(host.tls->isEstablished());
    ASSERT_TRUE(member.tls->isEstablished());
  }

  SigningKey hostKey = makeSigningKey();
  SigningKey memberKey = makeSigningKey();
  std::shared_ptr<Wire> toHost = std::make_shared<Wire>();
  std::shared_ptr<Wire> toMember = std::make_shared<Wire>();
  Side host{TlsRole::Host, hostKey, toHost, toMember};
  Side member{TlsRole::Member, memberKey, toMember, toHost};
};

TEST_F(TlsChannelTest, ProvesBothSidesKeys) {
  EXPECT_FALSE(host.say("too early"));
  establish();
  EXPECT_EQ(host.tls->peerKey(), memberKey.publicKey);
  EXPECT_EQ(member.tls->peerKey(), hostKey.publicKey);
}

TEST_F(TlsChannelTest, GivesBothSidesTheSameBindingAndEveryConnectionAnother) {
  establish();
  EXPECT_EQ(host.tls->binding(), member.tls->binding());
  EXPECT_NE(host.tls->binding(), ChannelBinding{});
  const auto first = host.tls->binding();
  host = Side(TlsRole::Host, hostKey, toHost, toMember);
  toHost->bytes.clear();
  toMember->bytes.clear();
  member = Side(TlsRole::Member, memberKey, toMember, toHost);
  establish();
  EXPECT_NE(host.tls->binding(), first);
}

TEST_F(TlsChannelTest, CarriesBytesBothWays) {
  establish();
  EXPECT_TRUE(host.say("from the host"));
  EXPECT_TRUE(member.say("from the member"));
  settle();
  EXPECT_EQ(member.received, "from the host");
  EXPECT_EQ(host.received, "from the member");
}

TEST_F(TlsChannelTest, TakesTheFirstWordsTogetherWithTheEndOfTheHandshake) {
  member.tls->advance();
  host.pull();
  member.pull();
  ASSERT_TRUE(member.tls->isEstablished());
  ASSERT_FALSE(host.tls->isEstablished());
  ASSERT_TRUE(member.say("first"));
  ASSERT_TRUE(member.say(" words"));
  host.pull();
  EXPECT_EQ(host.received, "first words");
}

TEST_F(TlsChannelTest, SendsNothingThatCanBeRead) {
  establish();
  EXPECT_TRUE(host.say("canary-canary-canary"));
  const std::string sent(toMember->bytes.begin(), toMember->bytes.end());
  EXPECT_EQ(sent.find("canary"), std::string::npos);
}

TEST_F(TlsChannelTest, WorksByteByByte) {
  host.below->atOnce = 1;
  member.below->atOnce = 1;
  establish();
  ASSERT_TRUE(member.say(std::string(40'000, 'x')));
  for (int i = 0; i < 41'000 && host.received.size() < 40'000; ++i) settle();
  EXPECT_EQ(host.received, std::string(40'000, 'x'));
}

TEST_F(TlsChannelTest, KeepsWhatTheNetworkDoesNotTake) {
  establish();
  toMember->room = 100;
  const std::string text(50'000, 'y');
  ASSERT_TRUE(host.say(text));
  EXPECT_TRUE(host.tls->awaitsWritable());
  EXPECT_FALSE(host.say("more")) << "nothing is taken while something waits";
  while (host.tls->awaitsWritable()) {
    toMember->room = 777;
    settle();
  }
  toMember->room = std::numeric_limits<std::size_t>::max();
  ASSERT_TRUE(host.say("more"));
  settle();
  EXPECT_EQ(member.received, text + "more");
}

TEST_F(TlsChannelTest, TakesNoMoreOfALongTextThanMayWaitForASlowNetwork) {
  establish();
  const std::string text(1'000'000, 'z');
  std::span<const std::uint8_t> rest(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  while (!rest.empty()) {
    toMember->room = 5'000;
    const IoResult written = host.tls->write(rest);
    ASSERT_NE(written.status, IoStatus::Closed);
    rest = rest.subspan(written.bytes);
    settle();
  }
  toMember->room = std::numeric_limits<std::size_t>::max();
  host.tls->advance();
  settle();
  EXPECT_TRUE(member.received == text);
}

TEST_F(TlsChannelTest, CarriesMuchInPiecesOfAnySize) {
  establish();
  std::mt19937 random(20'261'124);
  std::string sent;
  for (int i = 0; i < 300; ++i) {
    const std::string part(random() % 60'000 + 1, static_cast<char>('a' + random() % 26));
    ASSERT_TRUE(member.say(part));
    sent += part;
    host.below->atOnce = random() % 70'000 + 1;
    for (int j = 0; j < 4; ++j) host.pull();
  }
  host.below->atOnce = std::numeric_limits<std::size_t>::max();
  while (host.pull()) continue;
  settle();
  EXPECT_EQ(host.received.size(), sent.size());
  EXPECT_TRUE(host.received == sent);
}

TEST_F(TlsChannelTest, GoesOnWithNewKeys) {
  establish();
  for (int i = 0; i < 3; ++i) {
    member.tls->updateKeys();
    ASSERT_TRUE(member.say("m"));
    settle();
    host.tls->updateKeys();
    ASSERT_TRUE(host.say("h"));
    settle();
  }
  EXPECT_EQ(host.received, "mmm");
  EXPECT_EQ(member.received, "hhh");
}

TEST_F(TlsChannelTest, IsOverWhenTheOtherSideEndsIt) {
  establish();
  ASSERT_TRUE(host.say("goodbye"));
  host.tls->shutdownWrite();
  while (member.pull()) continue;
  EXPECT_EQ(member.received, "goodbye");
  EXPECT_TRUE(member.closed);
}

TEST_F(TlsChannelTest, TakesNoByteThatWasChangedOnTheWay) {
  establish();
  ASSERT_TRUE(member.say("the truth"));
  toHost->bytes.back() ^= 1;
  host.pull();
  EXPECT_TRUE(host.closed);
  EXPECT_EQ(host.received, "");
  EXPECT_EQ(host.tls->endReason(), app::Errc::ConnectionLost);
}

TEST_F(TlsChannelTest, RefusesPlaintextOnItsFirstBytes) {
  for (const std::string_view text : {"GET / HTTP/1.1\r\n", "\x16\x03\x01", "\x16\x02", "\x16\x03\x04\x01\x01\x01", "x",
                                      "\x16\x03\x01\xff\xff\x01", "\x17\x03\x03\x10"}) {
    toHost->bytes.assign(text.begin(), text.end());
    host = Side(TlsRole::Host, hostKey, toHost, toMember);
    host.pull();
    if (text.size() == 3) {
      EXPECT_FALSE(host.closed) << "that could still be TLS";
    } else {
      EXPECT_TRUE(host.closed) << text;
      EXPECT_EQ(host.tls->endReason(), app::Errc::NotEarshot);
    }
    EXPECT_TRUE(toMember->bytes.empty()) << "nothing is said to a stranger";
  }
  // A length of zero: no handshake record either.
  toHost->bytes = {0x16, 0x03, 0x01, 0x00, 0x00};
  host = Side(TlsRole::Host, hostKey, toHost, toMember);
  host.pull();
  EXPECT_TRUE(host.closed);
}

TEST_F(TlsChannelTest, SurvivesAnyDamageToTheHandshake) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    toHost->bytes.clear();
    toMember->bytes.clear();
    host = Side(TlsRole::Host, hostKey, toHost, toMember);
    member = Side(TlsRole::Member, memberKey, toMember, toHost);
    member.tls->advance();
    auto& wire = round % 2 == 0 ? toHost->bytes : toMember->bytes;
    if (round % 2 != 0) host.pull();
    ASSERT_FALSE(wire.empty());
    wire[random() % wire.size()] ^= static_cast<std::uint8_t>(1U << random() % 8);
    settle();
    settle();
    // A bit that TLS ignores (the record version) may pass; then the transcript protects nothing else.
    if (host.tls->isEstablished() && member.tls->isEstablished()) {
      EXPECT_EQ(host.tls->binding(), member.tls->binding());
    }
  }
}

/// A client of OpenSSL's own, with what it is told to have.
class OtherClient {
 public:
  OtherClient() : context_(SSL_CTX_new(TLS_client_method())) { SSL_CTX_set_verify(context_, SSL_VERIFY_NONE, nullptr); }
  ~OtherClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  OtherClient(const OtherClient&) = delete;
  OtherClient& operator=(const OtherClient&) = delete;
  SSL_CTX* context() { return context_; }
  void protocols(const std::string& list) {
    SSL_CTX_set_alpn_protos(context_, reinterpret_cast<const unsigned char*>(list.data()),
                            static_cast<unsigned>(list.size()));
  }
  void certificate(EVP_PKEY* key) {
    X509* x = X509_new();
    X509_set_pubkey(x, key);
    X509_gmtime_adj(X509_getm_notBefore(x), 0);
    X509_gmtime_adj(X509_getm_notAfter(x), 1'000);
    X509_sign(x, key, EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256());
    SSL_CTX_use_certificate(context_, x);
    SSL_CTX_use_PrivateKey(context_, key);
    X509_free(x);
    EVP_PKEY_free(key);
  }
  void begin() {
    ssl_ = SSL_new(context_);
    in_ = BIO_new(BIO_s_mem());
    out_ = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl_, in_, out_);
    SSL_set_connect_state(ssl_);
  }
  void exchange(Wire& toHost, Wire& toUs) {
    const std::string arrived(toUs.bytes.begin(), toUs.bytes.end());
    toUs.bytes.clear();
    BIO_write(in_, arrived.data(), static_cast<int>(arrived.size()));
    done_ = SSL_do_handshake(ssl_) == 1;
    char chunk[4096];
    for (int n; (n = BIO_read(out_, chunk, sizeof chunk)) > 0;)
      toHost.bytes.insert(toHost.bytes.end(), chunk, chunk + n);
  }
  [[nodiscard]] bool done() const { return done_; }

 private:
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  BIO* in_ = nullptr;
  BIO* out_ = nullptr;
  bool done_ = false;
};

class TlsStrangerTest : public TlsChannelTest {
 protected:
  bool letsIn(OtherClient& client) {
    client.begin();
    for (int i = 0; i < 6; ++i) {
      client.exchange(*toHost, *toMember);
      host.pull();
    }
    return host.tls->isEstablished() && !host.closed;
  }
  const std::string ours =
      "\x09"
      "earshot/1";
};

TEST_F(TlsStrangerTest, LetsAnybodyInWhoSpeaksTheSame) {
  OtherClient client;
  client.protocols(ours);
  client.certificate(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  EXPECT_TRUE(letsIn(client));
}

TEST_F(TlsStrangerTest, RefusesTls12) {
  OtherClient client;
  SSL_CTX_set_max_proto_version(client.context(), TLS1_2_VERSION);
  client.protocols(ours);
  client.certificate(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  EXPECT_FALSE(letsIn(client));
  EXPECT_TRUE(host.closed);
}

TEST_F(TlsStrangerTest, RefusesAnotherProtocol) {
  OtherClient client;
  client.protocols("\x08http/1.1\x02h2");
  client.certificate(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  EXPECT_FALSE(letsIn(client));
  EXPECT_EQ(host.tls->endReason(), app::Errc::VersionMismatch);
}

TEST_F(TlsStrangerTest, RefusesNoProtocolAtAll) {
  OtherClient client;
  client.certificate(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  EXPECT_FALSE(letsIn(client));
  EXPECT_TRUE(host.closed);
}

TEST_F(TlsStrangerTest, RefusesWhoHasNoCertificate) {
  OtherClient client;
  client.protocols(ours);
  EXPECT_FALSE(letsIn(client));
  EXPECT_TRUE(host.closed);
}

TEST_F(TlsStrangerTest, RefusesAKeyOfAnotherKind) {
  OtherClient client;
  client.protocols(ours);
  client.certificate(EVP_EC_gen("P-256"));
  EXPECT_FALSE(letsIn(client));
  EXPECT_TRUE(host.closed);
}

}  // namespace
}  // namespace earshot::net

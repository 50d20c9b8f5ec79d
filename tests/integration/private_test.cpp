// Private messages between members, by way of a host that keeps them sealed.
#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>

#include "app/limits.h"
#include "app/message_keys.h"
#include "integration/private_parties.h"
#include "integration/secure_client.h"
#include "net/mail_codec.h"

namespace earshot::test {
namespace {

using namespace std::chrono_literals;
using app::Errc;
using net::FrameType;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Private : public ::testing::Test {
 protected:
  std::unique_ptr<PrivateMember> anna() {
    auto member = std::make_unique<PrivateMember>(folder_ / "anna", host_->address(), "Anna", annaKey_);
    EXPECT_NE(member->admitted(), nullptr);
    return member;
  }
  std::unique_ptr<PrivateMember> ben() {
    auto member = std::make_unique<PrivateMember>(folder_ / "ben", host_->address(), "Ben", benKey_);
    EXPECT_NE(member->admitted(), nullptr);
    return member;
  }
  /// Ben has been here once, so that his key is known.
  void introduceBen() { EXPECT_TRUE(ben()->waitForTheRoom()); }
  void restartHost() {
    host_->stopAndWait();
    host_.reset();
    host_ = openHost();
  }
  std::unique_ptr<TestHost> openHost(std::uint16_t port = 0) {
    auto options = TestHost::openRoom(folder_ / "rooms");
    options.port = port;
    return std::make_unique<TestHost>(std::move(options),
                                      [this] { return app::UtcMillis{std::chrono::milliseconds{now_.load()}}; });
  }
  void later(std::chrono::milliseconds by) { now_ += by.count(); }
  [[nodiscard]] app::UtcMillis now() const { return app::UtcMillis{std::chrono::milliseconds{now_.load()}}; }

  const TemporaryFolder folder_;
  const app::crypto::SigningKey annaKey_ = app::crypto::makeSigningKey();
  const app::crypto::SigningKey benKey_ = app::crypto::makeSigningKey();
  const app::MemberId annaId_ = app::crypto::memberIdOf(annaKey_.publicKey);
  const app::MemberId benId_ = app::crypto::memberIdOf(benKey_.publicKey);
  std::atomic<std::int64_t> now_{app::systemNow().time_since_epoch().count()};
  std::unique_ptr<TestHost> host_ = openHost();
};

TEST_F(Private, TextsGoBothWaysAndAreDelivered) {
  auto anna = this->anna();
  auto ben = this->ben();
  const auto hello = anna->write(benId_, "Ben", "Hello Ben");
  ASSERT_TRUE(anna->waitForDelivery(hello));
  EXPECT_THAT(ben->textsRead(), ElementsAre("Hello Ben"));
  const auto back = ben->write(annaId_, "Anna", "Grüße 🎉");
  ASSERT_TRUE(ben->waitForDelivery(back));
  EXPECT_THAT(anna->textsRead(), ElementsAre("Grüße 🎉"));
  EXPECT_THAT(anna->told<app::PrivateSent>(), SizeIs(1));
  // Nobody else heard anything: no event of the room has it.
  EXPECT_THAT(anna->texts(), IsEmpty());
  EXPECT_THAT(ben->texts(), IsEmpty());

  const auto listed = app::listConversations(folder_ / "ben");
  ASSERT_THAT(listed, SizeIs(2));
  const auto chat = std::find_if(listed.begin(), listed.end(), [](const auto& info) { return info.peer.has_value(); });
  ASSERT_NE(chat, listed.end());
  EXPECT_EQ(chat->peer->name, "Anna");
  EXPECT_EQ(chat->messageCount, 2U);
}

TEST_F(Private, ATextWaitsForARecipientWhoIsAway) {
  introduceBen();
  auto anna = this->anna();
  const auto id = anna->write(benId_, "Ben", "for later");
  ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(1));
  auto ben = this->ben();
  ASSERT_TRUE(anna->waitForDelivery(id));
  EXPECT_THAT(ben->textsRead(), ElementsAre("for later"));
}

TEST_F(Private, TheSenderHearsOfTheDeliveryWhenTheyAreBack) {
  introduceBen();
  app::RequestId id;
  {
    auto anna = this->anna();
    id = anna->write(benId_, "Ben", "for later");
    ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(1));
  }
  {
    auto ben = this->ben();
    ASSERT_TRUE(ben->waitForTold<app::PrivateEvent>(1));
    ASSERT_TRUE(ben->waitForTheRoom());
  }
  auto anna = this->anna();
  EXPECT_TRUE(anna->waitForDelivery(id));
}

TEST_F(Private, WhatTheHostHasSurvivesItsRestart) {
  introduceBen();
  auto anna = this->anna();
  std::vector<app::RequestId> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(anna->write(benId_, "Ben", std::to_string(i)));
  ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(20));
  anna.reset();
  restartHost();
  auto ben = this->ben();
  ASSERT_TRUE(ben->waitForTold<app::PrivateEvent>(20));
  ASSERT_TRUE(ben->waitForTheRoom());
  restartHost();
  anna = this->anna();
  for (const auto& id : ids) EXPECT_TRUE(anna->waitForDelivery(id));
}

TEST_F(Private, WhatIsWrittenWhileTheHostIsAwayIsSentWhenItIsBack) {
  introduceBen();
  auto anna = this->anna();
  const auto before = anna->write(benId_, "Ben", "before");
  ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(1));
  const auto port = host_->port();
  host_->stopAndWait();
  host_.reset();
  ASSERT_NE(anna->news().waitFor<app::LinkInterrupted>(), nullptr);
  const auto first = anna->write(benId_, "Ben", "meanwhile 1");
  const auto second = anna->write(benId_, "Ben", "meanwhile 2");
  anna->askPrivately(app::AcceptKey{app::makeRandom<app::RequestId>(), benId_, "Ben"});
  ASSERT_TRUE(anna->waitForTold<app::PrivateQueued>(3));
  ASSERT_TRUE(anna->waitForRefusal(Errc::NotAMember)) << "what is no text is not done later";
  host_ = openHost(port);
  ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(3));
  auto ben = this->ben();
  for (const auto& id : {before, first, second}) EXPECT_TRUE(anna->waitForDelivery(id));
  EXPECT_THAT(ben->textsRead(), ElementsAre("before", "meanwhile 1", "meanwhile 2"));
}

TEST_F(Private, EverythingArrivesOnceAndInOrderHoweverOftenTheLinksBreak) {
  introduceBen();
  constexpr int kRounds = 5;
  constexpr int kEach = 20;
  std::vector<std::string> expected;
  std::vector<std::string> arrived;
  for (int round = 0; round < kRounds; ++round) {
    auto anna = this->anna();
    for (int i = 0; i < kEach; ++i) {
      expected.push_back(std::to_string(round) + "/" + std::to_string(i));
      anna->write(benId_, "Ben", expected.back());
    }
    // All are in the outbox; how many the host has by now is chance.
    ASSERT_TRUE(anna->waitForTold<app::PrivateQueued>(kEach));
    anna.reset();
    auto ben = this->ben();
    ASSERT_TRUE(ben->waitForTheRoom());
    const auto read = ben->textsRead();
    arrived.insert(arrived.end(), read.begin(), read.end());
  }
  auto anna = this->anna();
  auto ben = this->ben();
  ASSERT_TRUE(
      ben->news().waitUntil([&](const auto&) { return arrived.size() + ben->textsRead().size() >= expected.size(); }));
  const auto read = ben->textsRead();
  arrived.insert(arrived.end(), read.begin(), read.end());
  EXPECT_EQ(arrived, expected);
  auto reader =
      app::ConversationReader::open(app::privateChatFile(folder_ / "ben", ben->admitted()->room, benId_, annaId_));
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ((*reader)->info()->messageCount, expected.size());
}

TEST_F(Private, AProfileFromABackupAsksForANewSealAndGetsTheTextOnce) {
  introduceBen();
  const auto backup = folder_ / "backup";
  std::filesystem::copy(folder_ / "ben", backup, std::filesystem::copy_options::recursive);
  // Ben goes on and gets a new key, which the backup does not have.
  {
    auto keys = app::MessageKeys::open(folder_ / "ben" / app::kMessageKeysFile, benKey_);
    const auto current = (*keys)->current(app::systemNow());
    ASSERT_TRUE((*keys)->currentAbove(current->key.generation, app::systemNow()).ok());
  }
  introduceBen();
  auto anna = this->anna();
  const auto id = anna->write(benId_, "Ben", "sealed to a key that is lost");
  ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(1));
  std::filesystem::remove_all(folder_ / "ben");
  std::filesystem::copy(backup, folder_ / "ben", std::filesystem::copy_options::recursive);
  auto ben = this->ben();
  ASSERT_TRUE(anna->waitForDelivery(id));
  EXPECT_THAT(ben->textsRead(), ElementsAre("sealed to a key that is lost"));
  EXPECT_THAT(anna->told<app::PrivateSent>(), SizeIs(1));
}

TEST_F(Private, AMailboxTakesAThousandTexts) {
  introduceBen();
  auto anna = this->anna();
  for (std::size_t i = 0; i <= app::kMaxMailOfOne; ++i) anna->write(benId_, "Ben", "x");
  ASSERT_TRUE(anna->waitForRefusal(Errc::MailboxFull));
  EXPECT_EQ(anna->told<app::PrivateRefused>()[0].error.detail, "Ben");
  auto ben = this->ben();
  ASSERT_TRUE(ben->waitForTold<app::PrivateEvent>(app::kMaxMailOfOne));
  ASSERT_TRUE(anna->waitForTold<app::PrivateDelivered>(app::kMaxMailOfOne));
  EXPECT_TRUE(anna->waitForDelivery(anna->write(benId_, "Ben", "there is room again")));
}

TEST_F(Private, LettersThatAreTooOldAreNotDelivered) {
  introduceBen();
  auto anna = this->anna();
  anna->write(benId_, "Ben", "too old");
  ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(1));
  later(std::chrono::hours{24});
  anna->write(benId_, "Ben", "just in time");
  ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(2));
  later(std::chrono::hours{29 * 24 + 1});
  auto ben = this->ben();
  ASSERT_TRUE(ben->waitForTold<app::PrivateEvent>(1));
  ASSERT_TRUE(ben->waitForTheRoom());
  EXPECT_THAT(ben->textsRead(), ElementsAre("just in time"));
}

TEST_F(Private, NothingCanBeSealedForWhoHasNeverBeenThere) {
  auto anna = this->anna();
  anna->write(benId_, "Ben", "hello?");
  EXPECT_TRUE(anna->waitForRefusal(Errc::PersonUnreachable));
}

TEST_F(Private, BothSeeTheSameSafetyWords) {
  auto anna = this->anna();
  auto ben = this->ben();
  ASSERT_TRUE(ben->waitForTheRoom());
  anna->askPrivately(app::AskSafetyWords{app::makeRandom<app::RequestId>(), benId_, "Ben"});
  ben->askPrivately(app::AskSafetyWords{app::makeRandom<app::RequestId>(), annaId_, "Anna"});
  ASSERT_TRUE(anna->waitForTold<app::PrivateSafetyWords>(1));
  ASSERT_TRUE(ben->waitForTold<app::PrivateSafetyWords>(1));
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(anna->told<app::PrivateSafetyWords>()[0].own[i].name,
              ben->told<app::PrivateSafetyWords>()[0].theirs[i].name);
    EXPECT_EQ(anna->told<app::PrivateSafetyWords>()[0].theirs[i].name,
              ben->told<app::PrivateSafetyWords>()[0].own[i].name);
  }
}

TEST_F(Private, SomebodyElseUnderAKnownNameIsNoticed) {
  auto anna = this->anna();
  {
    auto ben = this->ben();
    ASSERT_TRUE(anna->waitForDelivery(anna->write(benId_, "Ben", "hello")));
  }
  PrivateMember other(folder_ / "other", host_->address(), "Ben");
  ASSERT_NE(other.admitted(), nullptr);
  anna->write(other.id(), "Ben", "hello again");
  ASSERT_TRUE(anna->waitForRefusal(Errc::PersonKeyChanged));
  ASSERT_TRUE(other.waitForDelivery(other.write(annaId_, "Anna", "it is me, with a new computer")));
  const auto events = anna->told<app::PrivateEvent>();
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_TRUE(std::holds_alternative<app::KeyChanged>(events[0].stored.event.body));
  anna->askPrivately(app::AcceptKey{app::makeRandom<app::RequestId>(), other.id(), "Ben"});
  EXPECT_TRUE(anna->waitForDelivery(anna->write(other.id(), "Ben", "good to see you")));
}

// --- members that misbehave --------------------------------------------------------------------

class HostileMail : public Private {
 protected:
  SecureClient member(const app::crypto::SigningKey& key, const std::string& name) {
    SecureClient client(host_->port(), key);
    client.hello();
    EXPECT_TRUE(client.nextOf(FrameType::Welcome));
    client.join(name);
    EXPECT_TRUE(client.nextOf(FrameType::Members));
    return client;
  }
  static void send(SecureClient& client, const app::MailRequest& request) {
    const auto bytes = net::mailFrame(request);
    client.send({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  }
  static std::optional<app::SignedMessageKey> keyOf(SecureClient& client, const app::MemberId& person) {
    send(client, app::AskKey{person});
    const auto received = client.nextOf(FrameType::Prekey);
    net::wire::Prekey answer;
    EXPECT_TRUE(received && answer.ParseFromString(received->body));
    return app::messageKeyFrom(app::crypto::bytesOf(answer.key()));
  }

  const app::crypto::SigningKey carlaKey_ = app::crypto::makeSigningKey();
  const app::MemberId carlaId_ = app::crypto::memberIdOf(carlaKey_.publicKey);
};

TEST_F(HostileMail, AKeyOfSomebodyElseIsNotTaken) {
  auto ben = this->ben();
  ASSERT_TRUE(ben->waitForTheRoom());
  auto carla = member(carlaKey_, "Carla");
  const auto bens = keyOf(carla, benId_);
  ASSERT_TRUE(bens);
  // Ben's identity with a key of Carla's, and her signature or none that fits.
  auto forged = app::makeMessageKey(carlaKey_, app::KeyGeneration{9'999'999'999'999}, app::systemNow()).key;
  forged.identity = benKey_.publicKey;
  send(carla, app::PublishKey{forged});
  send(carla,
       app::PublishKey{app::makeMessageKey(benKey_, app::KeyGeneration{9'999'999'999'999}, app::systemNow()).key});
  EXPECT_EQ(keyOf(carla, benId_), bens);
  EXPECT_FALSE(keyOf(carla, carlaId_));
}

TEST_F(HostileMail, ALetterInSomebodyElsesNameIsNotShown) {
  auto anna = this->anna();
  auto ben = this->ben();
  ASSERT_TRUE(ben->waitForTheRoom());
  ASSERT_TRUE(anna->waitForTheRoom());
  auto carla = member(carlaKey_, "Carla");
  const app::RoomId room = ben->admitted()->room;
  const auto bens = keyOf(carla, benId_);
  const auto annas = keyOf(carla, annaId_);
  ASSERT_TRUE(bens && annas);
  const auto carlas = app::makeMessageKey(carlaKey_, app::KeyGeneration{1}, app::systemNow());
  send(carla, app::PublishKey{carlas.key});
  // Anna's key on it, which Carla has no secret of; then an honest one, so that there is an end.
  const auto forgedId = app::makeRandom<app::RequestId>();
  const auto forged = app::sealMessage({room, forgedId}, {annas.value(), carlas.pair}, *bens, 1, {{}, "I am Anna"});
  send(carla, app::PostLetter{benId_, forgedId, *forged});
  send(carla, app::PostLetter{benId_, app::makeRandom<app::RequestId>(), app::crypto::Bytes(500, 1)});
  const auto id = app::makeRandom<app::RequestId>();
  const auto honest = app::sealMessage({room, id}, carlas, *bens, 2, {{}, "I am Carla"});
  send(carla, app::PostLetter{benId_, id, *honest});
  send(carla, app::PostLetter{benId_, id, *honest});
  ASSERT_TRUE(ben->waitForTold<app::PrivateEvent>(1));
  ASSERT_TRUE(ben->waitForTheRoom());
  EXPECT_THAT(ben->textsRead(), ElementsAre("I am Carla"));
  EXPECT_EQ(ben->told<app::PrivateEvent>()[0].stored.event.actor, carlaId_);
}

TEST_F(HostileMail, ALetterThatWasOpenedIsNotShownAgain) {
  auto ben = this->ben();
  ASSERT_TRUE(ben->waitForTheRoom());
  auto carla = member(carlaKey_, "Carla");
  const auto bens = keyOf(carla, benId_);
  ASSERT_TRUE(bens);
  const auto carlas = app::makeMessageKey(carlaKey_, app::KeyGeneration{1}, app::systemNow());
  const auto id = app::makeRandom<app::RequestId>();
  const auto sealed = app::sealMessage({ben->admitted()->room, id}, carlas, *bens, 1, {{}, "once"});
  for (int i = 0; i < 3; ++i) {
    send(carla, app::PostLetter{benId_, id, *sealed});
    ASSERT_TRUE(carla.nextOf(FrameType::PrivateReceipt)) << i;
  }
  ASSERT_TRUE(ben->waitForTheRoom());
  EXPECT_THAT(ben->textsRead(), ElementsAre("once"));
}

TEST_F(HostileMail, OnlyTheRecipientCanTakeALetterOutOfTheMailbox) {
  introduceBen();
  auto anna = this->anna();
  const auto id = anna->write(benId_, "Ben", "for Ben alone");
  ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(1));
  auto carla = member(carlaKey_, "Carla");
  const auto carlas = app::makeMessageKey(carlaKey_, app::KeyGeneration{1}, app::systemNow());
  const auto receipt =
      app::signReceipt(carlaKey_, carlas.key, {anna->admitted()->room, id}, annaId_, app::Verdict::Opened);
  send(carla, app::PostReceipt{annaId_, id, receipt});
  send(carla, app::ReceiptSeen{app::MailNumber{1}});
  EXPECT_FALSE(keyOf(carla, carlaId_));  // the host has dealt with both
  auto ben = this->ben();
  ASSERT_TRUE(anna->waitForDelivery(id));
  EXPECT_THAT(ben->textsRead(), ElementsAre("for Ben alone"));
}

TEST_F(HostileMail, MalformedAndOversizeFramesEndTheConnectionAndNothingElse) {
  auto ben = this->ben();
  const auto header = [](std::size_t length, FrameType type) {
    std::string bytes(8, '\0');
    net::writeHeader({static_cast<std::uint32_t>(length), static_cast<std::uint16_t>(type), 0},
                     std::span<std::uint8_t, 8>(reinterpret_cast<std::uint8_t*>(bytes.data()), 8));
    return bytes;
  };
  for (const auto type : {FrameType::PrekeyPut, FrameType::PrekeyGet, FrameType::PrivateSend, FrameType::PrivateAck,
                          FrameType::PrivateReceiptSeen}) {
    auto malformed = member(carlaKey_, "Carla");
    malformed.send(header(3, type) + "abc");
    EXPECT_TRUE(malformed.closedByHost());
    auto oversize = member(carlaKey_, "Carla");
    oversize.send(header(*net::mailRequestLimit(type) + 1, type));
    EXPECT_TRUE(oversize.closedByHost());
    SecureClient stranger(host_->port());
    stranger.send(header(3, type) + "abc");
    EXPECT_TRUE(stranger.closedByHost());
  }
  for (const auto type : {FrameType::Prekey, FrameType::PrivateDeliver, FrameType::PrivateReceipt}) {
    auto client = member(carlaKey_, "Carla");  // only a host sends these
    client.send(header(3, type) + "abc");
    EXPECT_TRUE(client.closedByHost());
  }
  EXPECT_TRUE(ben->waitForTheRoom());
}

TEST_F(HostileMail, ARecipientThatDoesNotReadIsServedInPagesAndLosesNothing) {
  introduceBen();
  auto anna = this->anna();
  std::string large;
  while (large.size() + 4 <= 4 * app::kMaxTextCodePoints) large += "🎉";
  constexpr std::size_t kTexts = 120;  // together far more than may wait in a queue
  for (std::size_t i = 0; i < kTexts; ++i) anna->write(benId_, "Ben", large);
  ASSERT_TRUE(anna->waitForTold<app::PrivateSent>(kTexts));
  auto slow = member(benKey_, "Ben");  // and reads nothing
  ASSERT_TRUE(anna->waitForTheRoom());
  auto ben = this->ben();
  ASSERT_TRUE(ben->waitForTold<app::PrivateEvent>(kTexts));
  EXPECT_TRUE(anna->waitForTold<app::PrivateDelivered>(kTexts));
}

}  // namespace
}  // namespace earshot::test

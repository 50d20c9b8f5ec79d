#include "app/private_messenger.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "app/limits.h"
#include "app/post_office.h"

namespace earshot::app {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PrivateMessengerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    anna_->come(office_.room);
    ben_->come(office_.room);
    run();
  }
  void run() { office_.run({anna_.get(), ben_.get()}); }
  /// As somebody whose files are from before and whose identity is the same.
  void backUpBen() {
    std::filesystem::remove_all(backup_);
    std::filesystem::copy(ben_->folder(), backup_);
  }
  void restoreBen() {
    ben_->leave();
    std::filesystem::remove_all(ben_->folder());
    std::filesystem::copy(backup_, ben_->folder());
    ben_->told.clear();
  }

  const test::TemporaryFolder folder_;
  const std::filesystem::path backup_ = folder_ / "backup";
  PostOffice office_;
  std::unique_ptr<Correspondent> anna_ = office_.person("Anna", "anna");
  std::unique_ptr<Correspondent> ben_ = office_.person("Ben", "ben");
};

TEST_F(PrivateMessengerTest, ATextIsQueuedThenSentThenDelivered) {
  const auto id = anna_->write(*ben_, "Hello Ben");
  EXPECT_THAT(anna_->toldOf<PrivateQueued>(), SizeIs(1));
  EXPECT_THAT(anna_->toldOf<PrivateSent>(), IsEmpty());
  run();
  ASSERT_THAT(anna_->toldOf<PrivateSent>(), SizeIs(1));
  EXPECT_EQ(std::get<TextPosted>(anna_->toldOf<PrivateSent>()[0].stored.event.body).id, id);
  EXPECT_EQ(anna_->deliveries(id), 1U);
  ASSERT_THAT(ben_->textsRead(), ElementsAre("Hello Ben"));
  const auto event = ben_->toldOf<PrivateEvent>()[0].stored.event;
  EXPECT_EQ(event.actor, anna_->id());
  EXPECT_EQ(event.actorName, "Anna");
  EXPECT_EQ(office_.waitingFor(*ben_), 0U);
  EXPECT_EQ(office_.receiptsFor(*anna_), 0U);
}

TEST_F(PrivateMessengerTest, BothSavedItBeforeTheySaidSo) {
  anna_->write(*ben_, "one");
  ben_->write(*anna_, "two");
  run();
  EXPECT_EQ((*anna_->chatWith(*ben_)).info()->messageCount, 2U);
  EXPECT_EQ((*ben_->chatWith(*anna_)).info()->messageCount, 2U);
  EXPECT_EQ((*anna_->chatWith(*ben_)).info()->peer->name, "Ben");
}

TEST_F(PrivateMessengerTest, WaitsForARecipientWhoIsAway) {
  ben_->leave();
  const auto id = anna_->write(*ben_, "for later");
  run();
  EXPECT_THAT(anna_->toldOf<PrivateSent>(), SizeIs(1));
  EXPECT_EQ(anna_->deliveries(id), 0U);
  office_.restart();
  ben_->come(office_.room);
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("for later"));
  EXPECT_EQ(anna_->deliveries(id), 1U);
}

TEST_F(PrivateMessengerTest, TheSenderLearnsOfTheDeliveryOnTheirReturn) {
  ben_->leave();
  const auto id = anna_->write(*ben_, "for later");
  run();
  anna_->leave();
  ben_->come(office_.room);
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("for later"));
  anna_->come(office_.room);
  run();
  EXPECT_EQ(anna_->deliveries(id), 1U);
  EXPECT_EQ(office_.receiptsFor(*anna_), 0U);
}

TEST_F(PrivateMessengerTest, KeepsTheOrderInWhichTextsWereWritten) {
  std::vector<std::string> texts;
  for (int i = 0; i < 50; ++i) {
    texts.push_back(std::to_string(i));
    anna_->write(*ben_, texts.back());
  }
  run();
  EXPECT_EQ(ben_->textsRead(), texts);
}

TEST_F(PrivateMessengerTest, OnlySavesWhatIsWrittenWhileItIsNotInTheRoom) {
  anna_->write(*ben_, "one");
  run();
  anna_->messenger().left();
  anna_->write(*ben_, "two");
  anna_->write(*ben_, "three");
  run();
  EXPECT_THAT(anna_->toldOf<PrivateQueued>(), SizeIs(3));
  EXPECT_THAT(ben_->textsRead(), ElementsAre("one"));
  ASSERT_TRUE(anna_->messenger().admitted().ok());
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("one", "two", "three"));
}

TEST_F(PrivateMessengerTest, SendsWhatNoHostAcknowledgedAgainAndItArrivesOnce) {
  const auto id = anna_->write(*ben_, "twice on the way");
  office_.collect(*anna_);
  ASSERT_TRUE(anna_->messenger().tickEnd().ok());  // the key has come, the letter is on its way
  office_.collect(*anna_);                         // the host has it, and Anna's link breaks
  anna_->leave();
  anna_->come(office_.room);
  EXPECT_THAT(anna_->toldOf<PrivateQueued>(), SizeIs(2));
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("twice on the way"));
  EXPECT_EQ(anna_->deliveries(id), 1U);
  EXPECT_THAT(anna_->toldOf<PrivateSent>(), SizeIs(1));
  EXPECT_EQ((*anna_->chatWith(*ben_)).info()->messageCount, 1U);
}

TEST_F(PrivateMessengerTest, ALetterThatIsDeliveredTwiceIsShownOnceAndAcknowledgedTwice) {
  anna_->write(*ben_, "once");
  office_.collect(*anna_);
  ASSERT_TRUE(anna_->messenger().tickEnd().ok());
  office_.collect(*anna_);
  office_.deliver(*ben_);
  ben_->leave();  // before the host heard of it
  ben_->come(office_.room);
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("once"));
  EXPECT_EQ(office_.waitingFor(*ben_), 0U);
  EXPECT_THAT(anna_->toldOf<PrivateDelivered>(), SizeIs(1));
}

TEST_F(PrivateMessengerTest, ARestoredProfileAsksForANewSealAndGetsTheTextOnce) {
  backUpBen();
  office_.now += 3 * 24h;
  ben_->leave();
  ben_->come(office_.room);  // a new key, published
  run();
  ben_->leave();
  const auto id = anna_->write(*ben_, "sealed to a key that is lost");
  run();
  restoreBen();
  ben_->come(office_.room);
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("sealed to a key that is lost"));
  EXPECT_EQ(anna_->deliveries(id), 1U);
  EXPECT_THAT(anna_->toldOf<PrivateSent>(), SizeIs(1));
  EXPECT_EQ(office_.waitingFor(*ben_), 0U);
  EXPECT_EQ(office_.receiptsFor(*anna_), 0U);
}

TEST_F(PrivateMessengerTest, ARestoredProfileWhoseClockWentBackGoesAboveTheKeyTheHostKnows) {
  backUpBen();
  office_.now += 40 * 24h;
  ben_->leave();
  ben_->come(office_.room);
  run();
  office_.now -= 40 * 24h;
  restoreBen();
  ben_->come(office_.room);
  run();
  const auto id = anna_->write(*ben_, "still reaches you");
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("still reaches you"));
  EXPECT_EQ(anna_->deliveries(id), 1U);
}

TEST_F(PrivateMessengerTest, TheSenderMayComeBackAfterTheRequestForANewSeal) {
  backUpBen();
  office_.now += 3 * 24h;
  ben_->leave();
  ben_->come(office_.room);
  run();
  ben_->leave();
  const auto id = anna_->write(*ben_, "hello");
  run();
  anna_->leave();
  restoreBen();
  ben_->come(office_.room);
  run();
  EXPECT_THAT(ben_->textsRead(), IsEmpty());
  anna_->come(office_.room);
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("hello"));
  EXPECT_EQ(anna_->deliveries(id), 1U);
}

TEST_F(PrivateMessengerTest, SealsToTheNewestKeyThatWasSeenWhateverTheHostAnswers) {
  anna_->write(*ben_, "first");
  run();
  const auto old = ben_->toldOf<PrivateEvent>().size();
  ASSERT_EQ(old, 1U);
  // The host's disk is from before Ben's newest key.
  auto keys = MessageKeys::open(anna_->folder() / "message_keys.db", anna_->identity());
  const auto newer = makeMessageKey(ben_->identity(), KeyGeneration{2'000'000'000'000}, office_.now).key;
  ASSERT_TRUE((*keys)->seen(newer).ok());
  office_.now += 1h;
  anna_->write(*ben_, "second");
  office_.collect(*anna_);
  ASSERT_TRUE(anna_->messenger().tickEnd().ok());
  ASSERT_THAT(anna_->asked, SizeIs(1));
  const auto envelope = readEnvelope(std::get<PostLetter>(anna_->asked.front()).sealed);
  ASSERT_TRUE(envelope);
  EXPECT_EQ(envelope->recipientGeneration, newer.generation);
}

TEST_F(PrivateMessengerTest, OpensWhatWasSealedWithAnOlderKeyOfASenderWhoHasANewOne) {
  ben_->leave();
  anna_->write(*ben_, "late");
  run();
  office_.now += 25h;
  anna_->leave();
  anna_->come(office_.room);
  run();
  auto keys = MessageKeys::open(ben_->folder() / "message_keys.db", ben_->identity());
  auto annasKeys = MessageKeys::open(anna_->folder() / "message_keys.db", anna_->identity());
  ASSERT_TRUE((*keys)->seen((*annasKeys)->current(office_.now)->key).ok());
  ben_->come(office_.room);
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("late"));
}

TEST_F(PrivateMessengerTest, RefusesWhatAnOldStolenKeyOfTheSenderMade) {
  auto annasKeys = MessageKeys::open(anna_->folder() / "message_keys.db", anna_->identity());
  const auto stolen = *(*annasKeys)->current(office_.now);
  anna_->write(*ben_, "hello");
  run();
  office_.now += 32 * 24h;
  anna_->leave();
  ben_->leave();
  anna_->come(office_.room);
  ben_->come(office_.room);
  anna_->write(*ben_, "a month later");
  run();
  auto bensKeys = MessageKeys::open(ben_->folder() / "message_keys.db", ben_->identity());
  const auto id = makeRandom<RequestId>();
  auto forged =
      sealMessage({office_.room, id}, stolen, (*bensKeys)->current(office_.now)->key, 1, {TextStyle::Plain, "forged"});
  ben_->messenger().received(Letter{anna_->id(), "Anna", id, office_.now, *forged});
  ASSERT_TRUE(ben_->messenger().tickEnd().ok());
  EXPECT_THAT(ben_->textsRead(), ElementsAre("hello", "a month later"));
}

TEST_F(PrivateMessengerTest, ShowsNothingThatSomebodyElseSealedInTheSendersName) {
  const auto carla = makeMessageKey(crypto::makeSigningKey(), KeyGeneration{1}, office_.now);
  auto bensKeys = MessageKeys::open(ben_->folder() / "message_keys.db", ben_->identity());
  const auto id = makeRandom<RequestId>();
  const auto sealed = sealMessage({office_.room, id}, carla, (*bensKeys)->current(office_.now)->key, 1,
                                  {TextStyle::Plain, "I am Anna"});
  ben_->asked.clear();
  ben_->messenger().received(Letter{anna_->id(), "Anna", id, office_.now, *sealed});
  ben_->messenger().received(Letter{anna_->id(), "Anna", makeRandom<RequestId>(), office_.now, {1, 2, 3}});
  ASSERT_TRUE(ben_->messenger().tickEnd().ok());
  EXPECT_THAT(ben_->textsRead(), IsEmpty());
  ASSERT_THAT(ben_->asked, SizeIs(2));
  EXPECT_EQ(std::get<PostReceipt>(ben_->asked[0]).receipt.verdict, Verdict::CannotOpen);
}

TEST_F(PrivateMessengerTest, ALetterThatIsDamagedOnTheWayIsSealedAgain) {
  int damaged = 0;
  office_.tamper = [&](Letter& letter) {
    if (damaged++ == 0) letter.sealed.back() ^= 1;
  };
  const auto id = anna_->write(*ben_, "through a bad wire");
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("through a bad wire"));
  EXPECT_EQ(anna_->deliveries(id), 1U);
}

TEST_F(PrivateMessengerTest, AHostThatDamagesEveryLetterIsNotServedForEver) {
  office_.tamper = [&](Letter& letter) { letter.sealed.back() ^= 1; };
  const auto id = anna_->write(*ben_, "never");
  run();
  EXPECT_THAT(ben_->textsRead(), IsEmpty());
  EXPECT_EQ(anna_->deliveries(id), 0U);
}

TEST_F(PrivateMessengerTest, BelievesNoReceiptThatTheRecipientDidNotSign) {
  ben_->leave();
  const auto id = anna_->write(*ben_, "hello");
  run();
  const auto carla = crypto::makeSigningKey();
  const auto key = makeMessageKey(carla, KeyGeneration{1}, office_.now).key;
  anna_->messenger().received(Receipt{MailNumber{1}, ben_->id(), id, office_.now,
                                      signReceipt(carla, key, {office_.room, id}, anna_->id(), Verdict::Opened)});
  ASSERT_TRUE(anna_->messenger().tickEnd().ok());
  EXPECT_EQ(anna_->deliveries(id), 0U);
}

TEST_F(PrivateMessengerTest, BelievesNoKeyThatIsNotThatPersons) {
  anna_->write(*ben_, "hello");
  anna_->asked.clear();
  const auto carla = makeMessageKey(crypto::makeSigningKey(), KeyGeneration{1}, office_.now).key;
  anna_->messenger().received(KeyAnswer{ben_->id(), carla});
  ASSERT_TRUE(anna_->messenger().tickEnd().ok());
  EXPECT_THAT(anna_->asked, IsEmpty());
  EXPECT_THAT(anna_->refusals(), ElementsAre(Errc::PersonUnreachable));
}

TEST_F(PrivateMessengerTest, SaysWhenNothingCanBeSealedForSomebody) {
  const auto stranger = office_.person("Carla", "carla");
  anna_->write(*stranger, "hello?");
  run();
  EXPECT_THAT(anna_->refusals(), ElementsAre(Errc::PersonUnreachable));
  EXPECT_EQ(anna_->toldOf<PrivateRefused>()[0].error.detail, "Carla");
  EXPECT_THAT(*anna_->chatWith(*stranger)->outbox(), IsEmpty());
}

TEST_F(PrivateMessengerTest, SaysWhenTooMuchWaits) {
  ben_->leave();
  for (std::size_t i = 0; i <= kMaxMailOfOne; ++i) {
    anna_->messenger().submit(SendPrivate{makeRandom<RequestId>(), ben_->id(), "Ben", TextStyle::Plain, "x"});
  }
  run();
  EXPECT_THAT(anna_->refusals(), ElementsAre(Errc::MailboxFull));
  EXPECT_THAT(anna_->toldOf<PrivateSent>(), SizeIs(kMaxMailOfOne));
}

TEST_F(PrivateMessengerTest, RefusesTextsThatARoomWouldRefuse) {
  for (const std::string& text :
       {std::string("  \n "), std::string("\xff"), std::string(kMaxTextCodePoints + 1, 'a')}) {
    anna_->write(*ben_, text);
  }
  EXPECT_THAT(anna_->refusals(), ElementsAre(Errc::TextEmpty, Errc::TextInvalid, Errc::TextTooLong));
  anna_->write(*anna_, "to myself");
  EXPECT_EQ(anna_->refusals().back(), Errc::PersonUnknown);
}

TEST_F(PrivateMessengerTest, PublishesANewKeyWhenTheDayIsOver) {
  EXPECT_TRUE(ben_->asked.empty());
  office_.now += 23h;
  ASSERT_TRUE(ben_->messenger().renewKey().ok());
  EXPECT_TRUE(ben_->asked.empty());
  office_.now += 1h;
  ASSERT_TRUE(ben_->messenger().renewKey().ok());
  ASSERT_THAT(ben_->asked, SizeIs(1));
  EXPECT_TRUE(std::holds_alternative<PublishKey>(ben_->asked.front()));
}

TEST_F(PrivateMessengerTest, ShowsBothTheSameSafetyWords) {
  anna_->messenger().submit(AskSafetyWords{makeRandom<RequestId>(), ben_->id(), "Ben"});
  ben_->messenger().submit(AskSafetyWords{makeRandom<RequestId>(), anna_->id(), "Anna"});
  run();
  ASSERT_THAT(anna_->toldOf<PrivateSafetyWords>(), SizeIs(1));
  ASSERT_THAT(ben_->toldOf<PrivateSafetyWords>(), SizeIs(1));
  const auto annas = anna_->toldOf<PrivateSafetyWords>()[0];
  const auto bens = ben_->toldOf<PrivateSafetyWords>()[0];
  const auto names = [](const crypto::SafetyWords& words) {
    std::vector<std::string_view> out;
    for (const auto& word : words) out.push_back(word.name);
    return out;
  };
  EXPECT_EQ(names(annas.own), names(bens.theirs));
  EXPECT_EQ(names(annas.theirs), names(bens.own));
  EXPECT_NE(names(annas.own), names(annas.theirs));
}

TEST_F(PrivateMessengerTest, RemembersThatWordsWereCompared) {
  anna_->messenger().submit(SetVerified{makeRandom<RequestId>(), ben_->id(), "Ben", true});
  run();
  EXPECT_THAT(anna_->toldOf<PrivateDone>(), SizeIs(1));
  EXPECT_EQ(anna_->toldOf<PrivatePerson>().back().trust, PersonTrust::Verified);
  anna_->write(*ben_, "hello");
  run();
  anna_->told.clear();
  anna_->leave();
  anna_->come(office_.room);
  EXPECT_EQ(anna_->toldOf<PrivatePerson>().back().trust, PersonTrust::Verified);
  anna_->messenger().submit(SetVerified{makeRandom<RequestId>(), ben_->id(), "Ben", false});
  EXPECT_EQ(anna_->toldOf<PrivatePerson>().back().trust, PersonTrust::NotCompared);
}

class AnotherBen : public PrivateMessengerTest {
 protected:
  void SetUp() override {
    PrivateMessengerTest::SetUp();
    anna_->write(*ben_, "hello Ben");
    run();
    ben_->leave();
    other_->come(office_.room);
    runWithOther();
    anna_->told.clear();
  }
  void runWithOther() { office_.run({anna_.get(), ben_.get(), other_.get()}); }

  std::unique_ptr<Correspondent> other_ = office_.person("Ben", "other");
};

TEST_F(AnotherBen, IsSentNothingUntilTheirKeyIsAccepted) {
  anna_->write(*other_, "for Ben's eyes");
  runWithOther();
  EXPECT_THAT(anna_->refusals(), ElementsAre(Errc::PersonKeyChanged));
  EXPECT_EQ(anna_->toldOf<PrivateRefused>()[0].error.detail, "Ben");
  EXPECT_EQ(anna_->toldOf<PrivatePerson>().back().trust, PersonTrust::KeyChanged);
  EXPECT_THAT(other_->textsRead(), IsEmpty());

  anna_->messenger().submit(AcceptKey{makeRandom<RequestId>(), other_->id(), "Ben"});
  runWithOther();
  EXPECT_THAT(anna_->toldOf<PrivateDone>(), SizeIs(1));
  EXPECT_EQ(anna_->toldOf<PrivatePerson>().back().trust, PersonTrust::NotCompared);
  anna_->write(*other_, "now it is all right");
  runWithOther();
  EXPECT_THAT(other_->textsRead(), ElementsAre("now it is all right"));
}

TEST_F(AnotherBen, IsShownWithANoticeBeforeTheirFirstWords) {
  other_->write(*anna_, "it is me");
  runWithOther();
  other_->write(*anna_, "really");
  runWithOther();
  const auto events = anna_->toldOf<PrivateEvent>();
  ASSERT_THAT(events, SizeIs(3));
  EXPECT_TRUE(std::holds_alternative<KeyChanged>(events[0].stored.event.body));
  EXPECT_THAT(anna_->textsRead(), ElementsAre("it is me", "really"));
  EXPECT_EQ(anna_->toldOf<PrivatePerson>().back().trust, PersonTrust::KeyChanged);
  anna_->write(*other_, "hm");
  EXPECT_THAT(anna_->refusals(), ElementsAre(Errc::PersonKeyChanged));
}

TEST_F(AnotherBen, MustBeComparedWhenTheOneBeforeHadBeen) {
  anna_->messenger().submit(SetVerified{makeRandom<RequestId>(), ben_->id(), "Ben", true});
  anna_->messenger().submit(AcceptKey{makeRandom<RequestId>(), other_->id(), "Ben"});
  EXPECT_THAT(anna_->refusals(), ElementsAre(Errc::PersonKeyChanged));
  anna_->write(*other_, "hello");
  EXPECT_EQ(anna_->toldOf<PrivatePerson>().back().trust, PersonTrust::VerifiedKeyChanged);
  anna_->messenger().submit(SetVerified{makeRandom<RequestId>(), other_->id(), "Ben", true});
  runWithOther();
  EXPECT_EQ(anna_->toldOf<PrivatePerson>().back().trust, PersonTrust::Verified);
  anna_->write(*other_, "hello again");
  runWithOther();
  EXPECT_THAT(other_->textsRead(), ElementsAre("hello again"));
}

TEST_F(AnotherBen, GetsNothingThatWasWrittenToTheFirst) {
  // What waited for the first Ben is sealed for him, under his own id.
  office_.run({anna_.get(), other_.get()});
  EXPECT_THAT(other_->textsRead(), IsEmpty());
  EXPECT_EQ(anna_->chatWith(*ben_)->info()->messageCount, 1U);
}

TEST_F(PrivateMessengerTest, WhatTheHostCouldNotKeepIsSentOnceMoreWhenItIsAsked) {
  anna_->write(*ben_, "so that the key is known");
  run();
  const auto id = anna_->write(*ben_, "the disk is full");
  anna_->asked.clear();  // what the host could not keep
  anna_->messenger().received(LetterRefused{id, {Errc::StorageFull, {}}, std::chrono::seconds{2}});
  ASSERT_TRUE(anna_->messenger().tickEnd().ok());
  EXPECT_THAT(anna_->refusals(), ElementsAre(Errc::StorageFull));
  anna_->messenger().submit(SendPrivate{id, ben_->id(), "Ben", TextStyle::Plain, "the disk is full"});
  anna_->messenger().submit(SendPrivate{id, ben_->id(), "Ben", TextStyle::Plain, "the disk is full"});
  EXPECT_THAT(anna_->asked, SizeIs(1)) << "the second time, it is on its way";
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("so that the key is known", "the disk is full"));
  EXPECT_EQ(anna_->deliveries(id), 1U);
}

TEST_F(PrivateMessengerTest, GivesTheHostAFewDozenAtATimeAndTheRestAsTheyAreKept) {
  anna_->write(*ben_, "so that the key is known");
  run();
  std::vector<std::string> said{"so that the key is known"};
  for (int i = 0; i < 200; ++i) anna_->write(*ben_, said.emplace_back(std::to_string(i)));
  EXPECT_THAT(anna_->asked, SizeIs(kMaxTextsOnTheirWay));
  run();
  EXPECT_EQ(ben_->textsRead(), said);
}

TEST_F(PrivateMessengerTest, WhatWasTooFastIsSentInItsOrderWhenItIsTime) {
  anna_->write(*ben_, "so that the key is known");
  run();
  const auto id = anna_->write(*ben_, "one");
  anna_->asked.clear();  // what the host did not take
  anna_->messenger().received(LetterRefused{id, {Errc::TooFast, {}}, std::chrono::seconds{6}});
  ASSERT_TRUE(anna_->messenger().tickEnd().ok());
  EXPECT_THAT(anna_->refusals(), IsEmpty()) << "it is on its way";
  anna_->write(*ben_, "two");
  EXPECT_THAT(anna_->asked, IsEmpty());
  ASSERT_TRUE(anna_->messenger().sendAgain().ok());
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("so that the key is known", "one", "two"));
}

TEST_F(PrivateMessengerTest, WhatIsTooFastInTheVeryMomentThatOthersAreSentAgainIsSentWithThem) {
  anna_->write(*ben_, "so that the key is known");
  run();
  const auto one = anna_->write(*ben_, "one");
  const auto two = anna_->write(*ben_, "two");
  anna_->asked.clear();  // what the host did not take
  anna_->messenger().received(LetterRefused{one, {Errc::TooFast, {}}, std::chrono::seconds{6}});
  ASSERT_TRUE(anna_->messenger().tickEnd().ok());
  anna_->messenger().received(LetterRefused{two, {Errc::TooFast, {}}, std::chrono::seconds{1}});
  ASSERT_TRUE(anna_->messenger().sendAgain().ok());
  run();
  EXPECT_THAT(ben_->textsRead(), ElementsAre("so that the key is known", "one", "two"));
}

}  // namespace
}  // namespace earshot::app

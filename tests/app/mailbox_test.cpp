#include "app/mailbox.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "app/limits.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr UtcMillis kNow{std::chrono::milliseconds{1'700'000'000'000}};
constexpr std::size_t kAll = 5'000;
constexpr std::size_t kAllBytes = std::size_t{1} << 30;

class MailboxTest : public ::testing::Test {
 protected:
  void SetUp() override {
    mailbox_ = open();
    EXPECT_FALSE(apply(anna_, PublishKey{annaKey_}).answer);
    EXPECT_FALSE(apply(ben_, PublishKey{benKey_}).answer);
  }
  std::unique_ptr<Mailbox> open(UtcMillis now = kNow) {
    auto mailbox = Mailbox::open(folder_.path(), now);
    EXPECT_TRUE(mailbox.ok());
    return std::move(*mailbox);
  }
  MailboxAnswer apply(const MemberId& from, MailRequest what, UtcMillis now = kNow) {
    const MailboxRequest request{from, "Anna", std::move(what)};
    auto answers = mailbox_->apply({&request, 1}, now);
    EXPECT_TRUE(answers.ok());
    return answers->at(0);
  }
  MailboxAnswer post(const RequestId& id, std::size_t bytes = 100, UtcMillis now = kNow) {
    return apply(anna_, PostLetter{ben_, id, crypto::Bytes(bytes, 7)}, now);
  }
  PostReceipt opened(const RequestId& id, Verdict verdict = Verdict::Opened) {
    return {anna_, id, signReceipt(benIdentity_, benKey_, {{}, id}, anna_, verdict)};
  }
  std::vector<NumberedLetter> letters(const MemberId& who, MailNumber after = {}, UtcMillis now = kNow) {
    auto page = mailbox_->letters(who, after, kAll, kAllBytes, now);
    EXPECT_TRUE(page.ok());
    return std::move(*page);
  }
  std::vector<Receipt> receipts(const MemberId& who, UtcMillis now = kNow) {
    auto page = mailbox_->receipts(who, {}, kAll, now);
    EXPECT_TRUE(page.ok());
    return std::move(*page);
  }
  static std::optional<Errc> errorOf(const MailboxAnswer& answer) {
    const auto* refused = answer.answer ? std::get_if<LetterRefused>(&*answer.answer) : nullptr;
    return refused == nullptr ? std::nullopt : std::optional(refused->error.code);
  }

  const test::TemporaryFolder folder_;
  const crypto::SigningKey annaIdentity_ = crypto::makeSigningKey();
  const crypto::SigningKey benIdentity_ = crypto::makeSigningKey();
  const MemberId anna_ = crypto::memberIdOf(annaIdentity_.publicKey);
  const MemberId ben_ = crypto::memberIdOf(benIdentity_.publicKey);
  const SignedMessageKey annaKey_ = makeMessageKey(annaIdentity_, KeyGeneration{10}, kNow).key;
  const SignedMessageKey benKey_ = makeMessageKey(benIdentity_, KeyGeneration{20}, kNow).key;
  std::unique_ptr<Mailbox> mailbox_;
};

TEST_F(MailboxTest, GivesTheNewestKeyToWhoeverAsksAlsoAfterARestart) {
  mailbox_ = open();
  const auto answer = apply(anna_, AskKey{ben_});
  EXPECT_EQ(std::get<KeyAnswer>(*answer.answer).key, benKey_);
  const auto nobody = apply(anna_, AskKey{makeRandom<MemberId>()});
  EXPECT_FALSE(std::get<KeyAnswer>(*nobody.answer).key);
}

TEST_F(MailboxTest, GoesOnAfterItHasGivenMemoryBack) {
  EXPECT_TRUE(mailbox_->trySaving().ok());
  mailbox_->releaseMemory();
  EXPECT_EQ(std::get<KeyAnswer>(*apply(anna_, AskKey{ben_}).answer).key, benKey_);
}

#ifndef _WIN32
TEST_F(MailboxTest, TakesNothingIntoAFileThatWasTakenAway) {
  std::filesystem::remove(folder_ / "mailbox.db");
  const MailboxRequest request{anna_, "Anna", PostLetter{ben_, makeRandom<RequestId>(), crypto::Bytes(100, 7)}};
  const auto answers = mailbox_->apply({&request, 1}, kNow);
  ASSERT_FALSE(answers.ok());
  EXPECT_EQ(answers.error().code, Errc::StorageGone);
  EXPECT_EQ(mailbox_->trySaving().error().code, Errc::StorageGone);
}
#endif

TEST_F(MailboxTest, TakesNoKeyThatIsNotItsSendersOrNotSigned) {
  const auto newer = makeMessageKey(benIdentity_, KeyGeneration{30}, kNow).key;
  (void)apply(anna_, PublishKey{newer});
  auto unsigned_ = newer;
  unsigned_.generation = KeyGeneration{31};
  (void)apply(ben_, PublishKey{unsigned_});
  EXPECT_EQ(std::get<KeyAnswer>(*apply(anna_, AskKey{ben_}).answer).key, benKey_);
}

TEST_F(MailboxTest, ShowsTheOwnerOfAnOlderKeyTheNewerOne) {
  const auto older = makeMessageKey(benIdentity_, KeyGeneration{19}, kNow).key;
  const auto answer = apply(ben_, PublishKey{older});
  ASSERT_TRUE(answer.answer);
  EXPECT_EQ(std::get<KeyAnswer>(*answer.answer).person, ben_);
  EXPECT_EQ(std::get<KeyAnswer>(*answer.answer).key, benKey_);
  EXPECT_FALSE(apply(ben_, PublishKey{benKey_}).answer);
}

TEST_F(MailboxTest, KeepsALetterUntilItsRecipientHasDealtWithIt) {
  const auto id = makeRandom<RequestId>();
  const auto kept = post(id);
  EXPECT_EQ(std::get<LetterKept>(*kept.answer).message, id);
  EXPECT_EQ(kept.deliverTo, ben_);
  mailbox_ = open();
  ASSERT_THAT(letters(ben_), SizeIs(1));
  const Letter letter = letters(ben_)[0].what;
  EXPECT_EQ(letter.from, anna_);
  EXPECT_EQ(letter.fromName, "Anna");
  EXPECT_EQ(letter.message, id);
  EXPECT_EQ(letter.sealed, crypto::Bytes(100, 7));
  EXPECT_THAT(letters(anna_), IsEmpty());

  EXPECT_EQ(apply(ben_, opened(id)).deliverTo, anna_);
  EXPECT_THAT(letters(ben_), IsEmpty());
}

TEST_F(MailboxTest, KeepsAReceiptUntilItsSenderHasSeenIt) {
  const auto id = makeRandom<RequestId>();
  (void)post(id);
  const auto receipt = opened(id);
  (void)apply(ben_, receipt);
  mailbox_ = open();
  ASSERT_THAT(receipts(anna_), SizeIs(1));
  EXPECT_EQ(receipts(anna_)[0].receipt, receipt.receipt);
  EXPECT_EQ(receipts(anna_)[0].recipient, ben_);
  const auto number = receipts(anna_)[0].number;
  (void)apply(ben_, ReceiptSeen{number});  // it is not his
  EXPECT_THAT(receipts(anna_), SizeIs(1));
  (void)apply(anna_, ReceiptSeen{number});
  EXPECT_THAT(receipts(anna_), IsEmpty());
}

TEST_F(MailboxTest, ALaterReceiptOutlivesTheWordThatAnEarlierOneWasSeen) {
  const auto id = makeRandom<RequestId>();
  (void)post(id);
  (void)apply(ben_, opened(id, Verdict::CannotOpen));
  const auto earlier = receipts(anna_)[0].number;
  (void)post(id);
  (void)apply(ben_, opened(id));
  (void)apply(anna_, ReceiptSeen{earlier});
  ASSERT_THAT(receipts(anna_), SizeIs(1));
  EXPECT_EQ(receipts(anna_)[0].receipt.verdict, Verdict::Opened);
}

TEST_F(MailboxTest, KeepsALetterThatComesTwiceOnce) {
  const auto id = makeRandom<RequestId>();
  const auto first = std::get<LetterKept>(*post(id).answer);
  const auto again = post(id, 100, kNow + 5s);
  EXPECT_EQ(std::get<LetterKept>(*again.answer).time, first.time);
  EXPECT_FALSE(again.deliverTo);
  EXPECT_THAT(letters(ben_), SizeIs(1));
}

TEST_F(MailboxTest, AReceiptOfSomebodyElseRemovesNothing) {
  const auto id = makeRandom<RequestId>();
  (void)post(id);
  (void)apply(anna_, opened(id));
  (void)apply(makeRandom<MemberId>(), opened(id));
  EXPECT_THAT(letters(ben_), SizeIs(1));
  EXPECT_THAT(receipts(anna_), IsEmpty());
}

TEST_F(MailboxTest, KeepsNothingForPeopleWhoHaveNoKeyHereOrForOneself) {
  EXPECT_EQ(errorOf(apply(anna_, PostLetter{makeRandom<MemberId>(), makeRandom<RequestId>(), {1}})),
            Errc::PersonUnreachable);
  EXPECT_EQ(errorOf(apply(anna_, PostLetter{anna_, makeRandom<RequestId>(), {1}})), Errc::PersonUnreachable);
}

TEST_F(MailboxTest, KeepsAThousandLettersForOnePerson) {
  for (std::size_t i = 0; i < kMaxMailOfOne; ++i) ASSERT_FALSE(errorOf(post(makeRandom<RequestId>())));
  EXPECT_EQ(errorOf(post(makeRandom<RequestId>())), Errc::MailboxFull);
  (void)apply(ben_, opened(letters(ben_)[0].what.message));
  EXPECT_FALSE(errorOf(post(makeRandom<RequestId>())));
}

TEST_F(MailboxTest, KeepsSixteenMebibytesForOnePerson) {
  const std::size_t many = kMaxMailBytesOfOne / kMaxSealedBytes;
  for (std::size_t i = 0; i < many; ++i) ASSERT_FALSE(errorOf(post(makeRandom<RequestId>(), kMaxSealedBytes)));
  EXPECT_EQ(errorOf(post(makeRandom<RequestId>(), kMaxSealedBytes)), Errc::MailboxFull);
  EXPECT_FALSE(errorOf(post(makeRandom<RequestId>(), 100)));
}

TEST_F(MailboxTest, ForgetsWhatNobodyFetchedForThirtyDays) {
  (void)post(makeRandom<RequestId>(), 100, kNow);
  (void)post(makeRandom<RequestId>(), 100, kNow + 24h);
  const UtcMillis later = kNow + 30 * 24h;
  EXPECT_THAT(letters(ben_, {}, later), SizeIs(2));
  EXPECT_THAT(letters(ben_, {}, later + 1ms), SizeIs(1));
  ASSERT_TRUE(mailbox_->expire(later + 1ms).ok());
  EXPECT_THAT(letters(ben_), SizeIs(1));
  mailbox_ = open(kNow + 60 * 24h);
  EXPECT_THAT(letters(ben_), IsEmpty());
}

TEST_F(MailboxTest, ForgetsReceiptsThatNobodyFetchedForThirtyDays) {
  const auto id = makeRandom<RequestId>();
  (void)post(id);
  (void)apply(ben_, opened(id));
  EXPECT_THAT(receipts(anna_, kNow + 31 * 24h), IsEmpty());
  mailbox_ = open(kNow + 31 * 24h);
  EXPECT_THAT(receipts(anna_), IsEmpty());
}

TEST_F(MailboxTest, HandsOutPagesInOrder) {
  std::vector<RequestId> ids;
  for (int i = 0; i < 10; ++i) {
    ids.push_back(makeRandom<RequestId>());
    (void)post(ids.back(), 1'000);
  }
  auto page = mailbox_->letters(ben_, {}, 3, kAllBytes, kNow);
  ASSERT_THAT(*page, SizeIs(3));
  auto next = mailbox_->letters(ben_, page->back().number, kAll, 2'500, kNow);
  ASSERT_THAT(*next, SizeIs(3));
  EXPECT_EQ(next->front().what.message, ids[3]);
  EXPECT_THAT(letters(ben_, letters(ben_).back().number), IsEmpty());
}

TEST_F(MailboxTest, ABatchIsOneTransactionAndAnswersInItsOrder) {
  const auto one = makeRandom<RequestId>();
  const std::vector<MailboxRequest> batch{{anna_, "Anna", PostLetter{ben_, one, {1, 2}}},
                                          {anna_, "Anna", AskKey{ben_}},
                                          {anna_, "Anna", PostLetter{ben_, one, {1, 2}}}};
  const auto answers = mailbox_->apply(batch, kNow);
  ASSERT_TRUE(answers.ok());
  ASSERT_THAT(*answers, SizeIs(3));
  EXPECT_TRUE(std::holds_alternative<LetterKept>(*(*answers)[0].answer));
  EXPECT_TRUE(std::holds_alternative<KeyAnswer>(*(*answers)[1].answer));
  EXPECT_TRUE(std::holds_alternative<LetterKept>(*(*answers)[2].answer));
}

}  // namespace
}  // namespace earshot::app

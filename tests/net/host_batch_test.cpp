#include "net/host_batch.h"

#include <gmock/gmock.h>

#include "app/limits.h"
#include "support/temporary_folder.h"

namespace earshot::net {
namespace {

class HostBatchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto log = app::HostLog::openOrCreate(folder_.path(), "Room");
    ASSERT_TRUE(log.ok());
    log_ = std::move(*log);
  }
  PendingRequest from(const app::MemberId& member, app::Command command,
                      app::RequestId id = app::makeRandom<app::RequestId>()) {
    return {1, member, {id, std::move(command)}};
  }
  HostBatch decide(const std::vector<PendingRequest>& requests) {
    HostBatch batch(room_, access_, *log_, held_, flood_);
    batch.decide(requests, app::UtcMillis{std::chrono::milliseconds{5}}, steady_);
    return batch;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<app::HostLog> log_;
  HeldTexts held_;
  app::FloodGuard flood_{app::FloodLimits{}, std::nullopt};
  app::FloodGuard::Time steady_{std::chrono::hours{100}};
  app::Room room_;
  app::RoomAccess access_{app::AccessState{"", {}, {}}, std::nullopt};
  app::MemberId anna_ = app::makeRandom<app::MemberId>();
  app::MemberId berta_ = app::makeRandom<app::MemberId>();
};

/// Small limits, and everybody from one address. Anna and Berta are inside; nobody else may follow for a second.
class HostBatchFlood : public HostBatchTest {
 protected:
  void SetUp() override {
    HostBatchTest::SetUp();
    app::FloodLimits limits;
    for (const char* typed : {"texts=3/1", "changes=1/1", "renames=1/0.001", "joins=2/1"}) {
      limits.apply(*app::parseFloodLimit(typed));
    }
    flood_ = app::FloodGuard(limits, std::nullopt);
    commit(decide({from(anna_, app::Join{"Anna"}), from(berta_, app::Join{"Berta"})}));
  }
  void commit(const HostBatch& batch) { ASSERT_TRUE(log_->commit(batch.events(), {}, batch.accessChanges()).ok()); }
  std::vector<PendingRequest> texts(const app::MemberId& member, std::size_t count) {
    std::vector<PendingRequest> requests;
    for (std::size_t i = 0; i < count; ++i) {
      requests.push_back(from(member, app::SendText{{}, "text " + std::to_string(i)}));
    }
    return requests;
  }
  static std::size_t accepted(const HostBatch& batch) {
    std::size_t count = 0;
    for (const Outcome& outcome : batch.outcomes()) {
      if (std::holds_alternative<Outcome::Accepted>(outcome.what)) ++count;
    }
    return count;
  }
};

TEST_F(HostBatchTest, NumbersTheRequestsOfOneTickInTheirOrder) {
  const auto batch = decide({from(anna_, app::Join{"Anna"}), from(anna_, app::SendText{{}, "one"}),
                             from(berta_, app::Join{"Berta"}), from(berta_, app::SendText{{}, "two"})});
  ASSERT_EQ(batch.events().size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(batch.events()[i].seq, app::Seq{i + 1});
  EXPECT_EQ(std::get<Outcome::Accepted>(batch.outcomes()[3].what).seq, app::Seq{4});
}

TEST_F(HostBatchTest, GivesATextSentTwiceInOneTickOneNumber) {
  const auto id = app::makeRandom<app::RequestId>();
  const auto batch = decide({from(anna_, app::Join{"Anna"}), from(anna_, app::SendText{{}, "once"}, id),
                             from(anna_, app::SendText{{}, "once"}, id)});
  EXPECT_EQ(batch.events().size(), 2U);
  const auto& again = std::get<Outcome::Accepted>(batch.outcomes()[2].what);
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.seq, app::Seq{2});
}

TEST_F(HostBatchTest, GivesATextSentAgainLaterItsOldNumber) {
  const auto id = app::makeRandom<app::RequestId>();
  const auto first = decide({from(anna_, app::Join{"Anna"}), from(anna_, app::SendText{{}, "once"}, id)});
  ASSERT_TRUE(log_->commit(first.events(), {}).ok());
  const auto second = decide({from(anna_, app::SendText{{}, "once"}, id)});
  EXPECT_TRUE(second.events().empty());
  const auto& again = std::get<Outcome::Accepted>(second.outcomes()[0].what);
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.seq, app::Seq{2});
}

TEST_F(HostBatchTest, TellsTheSameIdOfTwoSendersApart) {
  const auto id = app::makeRandom<app::RequestId>();
  const auto batch =
      decide({from(anna_, app::Join{"Anna"}), from(berta_, app::Join{"Berta"}),
              from(anna_, app::SendText{{}, "mine"}, id), from(berta_, app::SendText{{}, "mine too"}, id)});
  EXPECT_EQ(batch.events().size(), 4U);
}

TEST_F(HostBatchTest, KnowsATextAgainAfterAnotherHasUsedItsId) {
  const auto id = app::makeRandom<app::RequestId>();
  const auto batch = decide({from(anna_, app::Join{"Anna"}), from(berta_, app::Join{"Berta"}),
                             from(anna_, app::SendText{{}, "once"}, id), from(berta_, app::SendText{{}, "mine"}, id),
                             from(anna_, app::SendText{{}, "once"}, id)});
  EXPECT_EQ(batch.events().size(), 4U);
  EXPECT_EQ(std::get<Outcome::Accepted>(batch.outcomes()[4].what).seq, app::Seq{3});
  EXPECT_TRUE(log_->commit(batch.events(), {}).ok());
}

TEST_F(HostBatchTest, KnowsTextsAgainInWhateverOrderTheirIdsAre) {
  std::vector<PendingRequest> requests{from(anna_, app::Join{"Anna"})};
  for (int i = 0; i < 20; ++i) requests.push_back(from(anna_, app::SendText{{}, "text"}));
  for (int i = 20; i > 0; --i) requests.push_back(requests[static_cast<std::size_t>(i)]);
  const auto batch = decide(requests);
  EXPECT_EQ(batch.events().size(), 21U);
  for (std::size_t i = 1; i <= 20; ++i) {
    EXPECT_EQ(std::get<Outcome::Accepted>(batch.outcomes()[41 - i].what).seq, app::Seq{i + 1});
  }
}

TEST_F(HostBatchTest, LetsAMemberTakeItsOwnPlaceWithoutAnEvent) {
  const auto batch = decide({from(anna_, app::Join{"Anna"}), from(anna_, app::Join{"Anna"})});
  EXPECT_EQ(batch.events().size(), 1U);
  EXPECT_EQ(std::get<Outcome::Admitted>(batch.outcomes()[1].what).joinedAs, app::Seq{});
}

TEST_F(HostBatchTest, SeesWhatTheSameTickHasChanged) {
  const auto first = decide({from(anna_, app::Join{"Anna"}), from(anna_, app::SendText{{}, "hello"})});
  ASSERT_TRUE(log_->commit(first.events(), {}).ok());
  const app::Seq text{2};
  const auto batch = decide({from(anna_, app::React{text, "👍"}), from(anna_, app::React{text, "👍"}),
                             from(anna_, app::EditText{text, "hi"}), from(anna_, app::EditText{text, "hi"}),
                             from(anna_, app::DeleteText{text}), from(anna_, app::EditText{text, "too late"}),
                             from(anna_, app::DeleteText{text})});
  EXPECT_EQ(batch.events().size(), 3U);
  EXPECT_EQ(std::get<Outcome::Accepted>(batch.outcomes()[1].what).seq, app::Seq{}) << "nothing new";
  EXPECT_EQ(std::get<Outcome::Refused>(batch.outcomes()[5].what).error.code, app::Errc::MessageGone);
  ASSERT_TRUE(log_->commit(batch.events(), {}).ok());
  EXPECT_TRUE(log_->subjectOf(text, anna_, "")->text->deleted);
}

TEST_F(HostBatchTest, RefusesWhatWasSaidBehindATextThatTheDiskRefusedUntilThatComesAgain) {
  held_[anna_] = refusalFor({app::Errc::StorageFull, {}});
  const auto first =
      decide({from(anna_, app::Join{"Anna"}), from(berta_, app::Join{"Berta"}), from(anna_, app::SendText{{}, "two"}),
              from(berta_, app::SendText{{}, "mine"}), from(anna_, app::Rename{"Annette"})});
  EXPECT_EQ(std::get<Outcome::Refused>(first.outcomes()[2].what).error.code, app::Errc::StorageFull);
  EXPECT_EQ(std::get<Outcome::Accepted>(first.outcomes()[3].what).seq, app::Seq{3}) << "another's are not behind it";
  EXPECT_EQ(std::get<Outcome::Accepted>(first.outcomes()[4].what).seq, app::Seq{4});
  app::SendText one{{}, "one"};
  one.anew = true;
  const auto second = decide({from(anna_, one), from(anna_, app::SendText{{}, "two"})});
  EXPECT_EQ(second.events().size(), 2U);
  EXPECT_TRUE(held_.empty());
}

TEST_F(HostBatchTest, RefusesATakenNameWithAFreeOne) {
  const auto batch = decide({from(anna_, app::Join{"Anna"}), from(berta_, app::Join{"anna"})});
  const auto& error = std::get<Outcome::Refused>(batch.outcomes()[1].what).error;
  EXPECT_EQ(error.code, app::Errc::NameTaken);
  EXPECT_FALSE(error.detail.empty());
}

TEST_F(HostBatchTest, TellsWhatTheDiskRefusedFromWhatTheRoomRefuses) {
  const auto full = refusalFor({app::Errc::StorageFull, "room.db"});
  EXPECT_TRUE(full.isForNow());
  EXPECT_EQ(full.error.detail, "") << "a path of the host's computer";
  const auto taken = refusalFor({app::Errc::NameTaken, "Anna (2)"});
  EXPECT_FALSE(taken.isForNow());
  EXPECT_EQ(taken.error.detail, "Anna (2)");
}

// --- too much at once ----------------------------------------------------------------------------

TEST_F(HostBatchFlood, NumbersTextsUpToTheLimitAndHoldsThoseBehind) {
  const auto batch = decide(texts(anna_, 5));
  EXPECT_EQ(accepted(batch), 3U);
  for (const std::size_t behind : {3U, 4U}) {
    const auto& refused = std::get<Outcome::Refused>(batch.outcomes()[behind].what);
    EXPECT_EQ(refused.error.code, app::Errc::TooFast);
    EXPECT_EQ(refused.retry, std::chrono::seconds{3});
    EXPECT_FALSE(refused.endsConnection);
  }
  ASSERT_TRUE(log_->commit(batch.events(), {}).ok());
  EXPECT_EQ(accepted(decide(texts(berta_, 3))), 3U) << "another is not bothered";
}

TEST_F(HostBatchFlood, TakesNothingBehindARefusedTextUntilThatComesAgain) {
  commit(decide(texts(anna_, 4)));
  steady_ += std::chrono::seconds{2};
  EXPECT_EQ(accepted(decide({from(anna_, app::SendText{{}, "later"})})), 0U) << "though one would fit";
  steady_ += std::chrono::seconds{1};
  auto again = texts(anna_, 3);
  std::get<app::SendText>(again[0].request.command).anew = true;
  EXPECT_EQ(accepted(decide(again)), 3U);
}

TEST_F(HostBatchFlood, ARepeatOfATextThatItHasCostsNothing) {
  const auto first = texts(anna_, 3);
  commit(decide(first));
  std::vector<PendingRequest> repeats;
  for (int i = 0; i < 100; ++i) repeats.push_back(first[0]);
  const auto batch = decide(repeats);
  EXPECT_EQ(accepted(batch), 100U);
  EXPECT_TRUE(batch.events().empty());
  EXPECT_TRUE(held_.empty());
}

TEST_F(HostBatchFlood, RefusesOtherThingsWithTheTimeToWaitAndHoldsNothing) {
  commit(decide(texts(anna_, 1)));
  const auto batch = decide({from(anna_, app::SetTopic{"a"}), from(anna_, app::SetTopic{"b"}),
                             from(anna_, app::Rename{"Ann"}), from(anna_, app::Rename{"Annette"})});
  EXPECT_EQ(accepted(batch), 2U);
  EXPECT_EQ(std::get<Outcome::Refused>(batch.outcomes()[1].what).retry, std::chrono::seconds{1});
  EXPECT_EQ(std::get<Outcome::Refused>(batch.outcomes()[3].what).retry, std::chrono::seconds{1'000});
  EXPECT_TRUE(held_.empty());
}

TEST_F(HostBatchFlood, LetsNewcomersInUpToTheLimitAndWhoIsKnownAlways) {
  const auto carla = app::makeRandom<app::MemberId>();
  const auto full = decide({from(carla, app::Join{"Carla"})});
  EXPECT_EQ(std::get<Outcome::Refused>(full.outcomes()[0].what).error.code, app::Errc::TooFast);
  EXPECT_EQ(std::get<Outcome::Refused>(full.outcomes()[0].what).retry, std::chrono::seconds{1});
  const auto again = decide({from(anna_, app::Join{"Anna"})});
  EXPECT_TRUE(std::holds_alternative<Outcome::Admitted>(again.outcomes()[0].what)) << "on a new connection";
  access_ = app::RoomAccess(app::AccessState{"amber-tiger-lake-42", {}, {carla}}, std::nullopt);
  const auto known = decide({from(carla, app::Join{"Carla"})});
  EXPECT_TRUE(std::holds_alternative<Outcome::Admitted>(known.outcomes()[0].what)) << "let in before";
}

TEST_F(HostBatchFlood, MutesWhoIgnoresItAndThenEndsItsConnection) {
  commit(decide(texts(anna_, 3)));
  std::size_t ends = 0;
  for (int round = 0; round < 3; ++round) {
    const auto batch = decide(texts(anna_, 500));
    EXPECT_EQ(accepted(batch), 0U);
    const auto& last = std::get<Outcome::Refused>(batch.outcomes().back().what);
    EXPECT_EQ(last.retry, app::kMuteTime);
    for (const Outcome& outcome : batch.outcomes()) {
      if (std::get<Outcome::Refused>(outcome.what).endsConnection) ++ends;
    }
    EXPECT_EQ(ends, round == 2 ? 1U : 0U);
    steady_ += app::kMuteTime;
  }
}

}  // namespace
}  // namespace earshot::net

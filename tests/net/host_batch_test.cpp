#include "net/host_batch.h"

#include <gmock/gmock.h>

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
    HostBatch batch(room_, access_, *log_, held_);
    batch.decide(requests, app::UtcMillis{std::chrono::milliseconds{5}});
    return batch;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<app::HostLog> log_;
  HeldTexts held_;
  app::Room room_;
  app::RoomAccess access_{app::AccessState{"", {}, {}}, std::nullopt};
  app::MemberId anna_ = app::makeRandom<app::MemberId>();
  app::MemberId berta_ = app::makeRandom<app::MemberId>();
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
  EXPECT_EQ(std::get<app::Error>(batch.outcomes()[5].what).code, app::Errc::MessageGone);
  ASSERT_TRUE(log_->commit(batch.events(), {}).ok());
  EXPECT_TRUE(log_->subjectOf(text, anna_, "")->text->deleted);
}

TEST_F(HostBatchTest, RefusesWhatWasSaidBehindATextThatTheDiskRefusedUntilThatComesAgain) {
  held_[anna_] = {app::Errc::StorageFull, {}};
  const auto first =
      decide({from(anna_, app::Join{"Anna"}), from(berta_, app::Join{"Berta"}), from(anna_, app::SendText{{}, "two"}),
              from(berta_, app::SendText{{}, "mine"}), from(anna_, app::Rename{"Annette"})});
  EXPECT_EQ(std::get<app::Error>(first.outcomes()[2].what).code, app::Errc::StorageFull);
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
  const auto& error = std::get<app::Error>(batch.outcomes()[1].what);
  EXPECT_EQ(error.code, app::Errc::NameTaken);
  EXPECT_FALSE(error.detail.empty());
}

}  // namespace
}  // namespace earshot::net

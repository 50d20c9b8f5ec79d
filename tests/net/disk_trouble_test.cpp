#include "net/disk_trouble.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "app/limits.h"

namespace earshot::net {
namespace {

using app::Errc;
using app::Error;
using app::HostSaving;
using testing::ElementsAre;
using testing::IsEmpty;
using enum DiskTrouble::Part;

class DiskTroubleTest : public testing::Test {
 protected:
  /// What whoever hosts was told since the last call.
  std::vector<HostSaving> told() {
    std::vector<HostSaving> all;
    for (const app::HostUpdate& update : inbox_.takeAll()) all.push_back(std::get<HostSaving>(update));
    return all;
  }

  static app::ConnectionRecord record(const std::string& name) {
    return {app::UtcMillis{}, app::ConnectionKind::Connected, name, "127.0.0.1", {}};
  }

  static std::vector<std::string> namesOf(const std::vector<app::ConnectionRecord>& records) {
    std::vector<std::string> names;
    for (const auto& each : records) names.push_back(each.name);
    return names;
  }

  static PendingRequest farewell(std::uint64_t connection) {
    return {connection, {}, {{}, app::Leave{app::LeaveReason::Left}}};
  }

  app::HostInbox inbox_{[] {}};
  DiskTrouble trouble_{inbox_};
};

TEST_F(DiskTroubleTest, IsToldOnceAndWhenItIsOver) {
  trouble_.note(Log, std::nullopt);
  EXPECT_THAT(told(), IsEmpty()) << "all was well before";
  for (int i = 0; i < 3; ++i) trouble_.note(Log, Error{Errc::StorageFull});
  EXPECT_TRUE(trouble_.isIn(Log));
  EXPECT_FALSE(trouble_.isIn(Mail));
  EXPECT_THAT(told(), ElementsAre(HostSaving{Error{Errc::StorageFull}}));
  for (int i = 0; i < 3; ++i) trouble_.note(Log, std::nullopt);
  EXPECT_FALSE(trouble_.isIn(Log));
  EXPECT_THAT(told(), ElementsAre(HostSaving{}));
}

TEST_F(DiskTroubleTest, IsToldAgainWhenItIsAnother) {
  trouble_.note(Log, Error{Errc::StorageFull});
  trouble_.note(Log, Error{Errc::StorageReadOnly});
  EXPECT_THAT(told(), ElementsAre(HostSaving{Error{Errc::StorageFull}}, HostSaving{Error{Errc::StorageReadOnly}}));
}

TEST_F(DiskTroubleTest, OfPrivateMessagesAloneIsCalledSo) {
  trouble_.note(Mail, Error{Errc::StorageFull});
  EXPECT_THAT(told(), ElementsAre(HostSaving{Error{Errc::StorageFull}, true}));
  trouble_.note(Log, Error{Errc::StorageFull});
  EXPECT_THAT(told(), ElementsAre(HostSaving{Error{Errc::StorageFull}}));
  trouble_.note(Mail, std::nullopt);
  EXPECT_THAT(told(), IsEmpty()) << "what everybody hears still cannot be saved";
  trouble_.note(Log, std::nullopt);
  EXPECT_THAT(told(), ElementsAre(HostSaving{}));
}

TEST_F(DiskTroubleTest, GivesBackWhatWaitedBeforeWhatCameLater) {
  trouble_.hold(farewell(1));
  trouble_.hold(farewell(2));
  trouble_.hold({record("Anna"), record("Ben")});
  trouble_.hold({record("Clara")});
  std::vector requests{farewell(3)};
  std::vector records{record("Dora")};
  trouble_.release(requests, records);
  ASSERT_EQ(requests.size(), 3U);
  for (std::uint64_t i = 0; i < 3; ++i) EXPECT_EQ(requests[i].connection, i + 1);
  EXPECT_THAT(namesOf(records), ElementsAre("Anna", "Ben", "Clara", "Dora"));
}

TEST_F(DiskTroubleTest, GivesItBackOnce) {
  trouble_.hold(farewell(1));
  trouble_.hold({record("Anna")});
  std::vector<PendingRequest> requests;
  std::vector<app::ConnectionRecord> records;
  trouble_.release(requests, records);
  requests.clear();
  records.clear();
  trouble_.release(requests, records);
  EXPECT_THAT(requests, IsEmpty());
  EXPECT_THAT(records, IsEmpty());
}

TEST_F(DiskTroubleTest, KeepsTheNewestRecordsThatTheLogWouldKeep) {
  trouble_.hold({record("Anna"), record("Ben")});
  trouble_.hold(std::vector(app::kMaxConnectionRecords - 1, record("Clara")));
  std::vector<PendingRequest> requests;
  std::vector<app::ConnectionRecord> records;
  trouble_.release(requests, records);
  ASSERT_EQ(records.size(), app::kMaxConnectionRecords);
  EXPECT_EQ(records.front().name, "Ben");
}

}  // namespace
}  // namespace earshot::net

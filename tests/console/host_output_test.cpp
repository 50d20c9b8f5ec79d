#include "console/host_output.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace earshot::console {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class HostOutputTest : public ::testing::Test {
 protected:
  HostOutputTest() {
    listening_.roomName = "Kitchen table";
    listening_.port = 1060;
    listening_.addresses = {"192.168.1.12", "fe80::1%eth0"};
    listening_.joinCode = "amber-tiger-lake-42";
    listening_.invite = "earshot://192.168.1.12:1060/?r=x";
  }
  nlohmann::json line() const { return nlohmann::json::parse(out_.str()); }

  app::HostListening listening_;
  std::ostringstream out_;
  const std::unique_ptr<HostOutput> json_ = makeHostOutput(true, out_);
  const std::unique_ptr<HostOutput> plain_ = makeHostOutput(false, out_);
};

TEST_F(HostOutputTest, TellsProgramsHowToComeIn) {
  json_->listening(listening_);
  EXPECT_EQ(line()["join_code"], "amber-tiger-lake-42");
  EXPECT_EQ(line()["invite"], "earshot://192.168.1.12:1060/?r=x");
  EXPECT_EQ(line()["fingerprint"], "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925")
      << "SHA-256 of 32 zeros";
}

TEST_F(HostOutputTest, TellsProgramsThatARoomIsOpen) {
  listening_.joinCode.clear();
  json_->listening(listening_);
  EXPECT_TRUE(line()["join_code"].is_null());
}

TEST_F(HostOutputTest, TellsProgramsWhoMayComeIn) {
  const app::Invite invite{{}, app::UtcMillis{}, app::UtcMillis{std::chrono::hours{24}}, 49};
  json_->access({"amber-tiger-lake-42", {invite}, "earshot://new"});
  EXPECT_EQ(line()["event"], "access");
  EXPECT_EQ(line()["join_code"], "amber-tiger-lake-42");
  EXPECT_EQ(line()["invite"], "earshot://new");
  EXPECT_EQ(line()["invites"], nlohmann::json::parse(R"([{"id":"374708fff7719dd5","uses_left":49,
      "created":"1970-01-01T00:00:00.000Z","expires":"1970-01-02T00:00:00.000Z"}])"));
}

TEST_F(HostOutputTest, NamesANewInviteOnlyWhenThereIsOne) {
  json_->access({"", {}, ""});
  EXPECT_TRUE(line()["join_code"].is_null());
  EXPECT_FALSE(line().contains("invite"));
  EXPECT_TRUE(line()["invites"].empty());
}

TEST_F(HostOutputTest, ShowsPeopleTheCodeOnALineOfItsOwn) {
  plain_->listening(listening_);
  EXPECT_THAT(out_.str(), HasSubstr("\n    ║   amber-tiger-lake-42   ║\n"));
  EXPECT_THAT(out_.str(), HasSubstr("\n    earshot://192.168.1.12:1060/?r=x\n"));
}

TEST_F(HostOutputTest, TellsPeopleThatARoomIsOpen) {
  listening_.joinCode.clear();
  listening_.invite.clear();
  plain_->listening(listening_);
  EXPECT_THAT(out_.str(), HasSubstr("everybody on the network can come in"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("Join code")));
}

TEST_F(HostOutputTest, ShowsPeopleWhatTheyCanRevoke) {
  plain_->access({"amber-tiger-lake-42", {{{}, app::UtcMillis{}, app::UtcMillis{}, 1}}, ""});
  EXPECT_THAT(out_.str(), HasSubstr("374708fff7719dd5"));
  EXPECT_THAT(out_.str(), HasSubstr("for 1 person\n"));
}

TEST_F(HostOutputTest, TellsWhatBecameOfAMessageThatWasToBeDeleted) {
  json_->deleted({app::Seq{7}, {}});
  EXPECT_EQ(line()["event"], "deleted");
  EXPECT_EQ(line()["of"], 7);
  plain_->deleted({app::Seq{7}, {}});
  EXPECT_THAT(out_.str(), HasSubstr("Message 7 was deleted.\n"));
}

TEST_F(HostOutputTest, TellsWhyAMessageWasNotDeleted) {
  json_->deleted({app::Seq{7}, app::Error{app::Errc::MessageGone}});
  EXPECT_EQ(line()["code"], "message_gone");
  EXPECT_EQ(line()["of"], 7);
}

TEST_F(HostOutputTest, TellsProgramsThatNothingCanBeSaved) {
  json_->saving({app::Error{app::Errc::StorageFull, "room.db"}});
  EXPECT_EQ(line()["event"], "saving");
  EXPECT_EQ(line()["ok"], false);
  EXPECT_EQ(line()["code"], "storage_full");
  EXPECT_THAT(line()["text"].get<std::string>(), HasSubstr("free some space"));
  EXPECT_FALSE(line().contains("private"));
}

TEST_F(HostOutputTest, TellsProgramsThatNothingPrivateCanBeSaved) {
  json_->saving({app::Error{app::Errc::StorageFull}, true});
  EXPECT_EQ(line()["ok"], false);
  EXPECT_EQ(line()["private"], true);
  EXPECT_THAT(line()["text"].get<std::string>(), HasSubstr("private messages"));
}

TEST_F(HostOutputTest, TellsProgramsThatItIsSavedAgain) {
  json_->saving({});
  EXPECT_EQ(line(), nlohmann::json::parse(R"({"event":"saving","ok":true})"));
}

TEST_F(HostOutputTest, TellsPeopleWhetherWhatIsSaidIsSaved) {
  plain_->saving({app::Error{app::Errc::StorageFull}});
  plain_->saving({});
  EXPECT_THAT(out_.str(), HasSubstr("nobody can say anything"));
  EXPECT_THAT(out_.str(), HasSubstr("saved again"));
}

TEST_F(HostOutputTest, SaysThatALineWasNotUnderstood) {
  json_->wrong("So.");
  EXPECT_EQ(line()["code"], "usage_invalid");
  EXPECT_EQ(line()["text"], "So.");
}

}  // namespace
}  // namespace earshot::console

#include "net/member_private.h"

#include <gtest/gtest.h>

#include "net/quiet_channel.h"
#include "support/temporary_folder.h"

namespace earshot::net {
namespace {

class MemberPrivateTest : public testing::Test, public Session::Owner {
 protected:
  std::unique_ptr<MemberPrivate> start() {
    app::PrivateMessenger::Setting setting;
    setting.room = app::makeRandom<app::RoomId>();
    setting.roomName = "Kitchen table";
    setting.self = app::makeRandom<app::MemberId>();
    setting.selfName = "Anna";
    setting.conversations = folder_.path();
    setting.trust = folder_ / "trust.db";
    setting.messageKeys = folder_ / "message_keys.db";
    auto started = MemberPrivate::start(loop_, session_, inbox_, std::move(setting), app::systemNow);
    EXPECT_TRUE(started.ok());
    return started ? *std::move(started) : nullptr;
  }
  /// Everything that was posted until now.
  void runWhatWaits() {
    loop_.post([this] { loop_.stop(); });
    loop_.run();
  }

  const test::TemporaryFolder folder_;
  NetLoop loop_;
  app::LinkInbox inbox_{[] {}};
  Session session_{loop_, std::make_unique<QuietChannel>(std::make_shared<Wire>(), std::make_shared<Wire>()), *this};

 private:
  bool onEstablished(Session&) override { return true; }
  std::optional<std::size_t> frameLimit(Session&, FrameType) override { return 64; }
  bool onFrame(Session&, const Frame&) override { return true; }
  void onDrained(Session&) override {}
  void onEnded(Session&, app::Error) override {}
};

TEST_F(MemberPrivateTest, DoesSlowWorkOneAfterTheOtherAndThenWhatFollows) {
  const auto messenger = start();
  ASSERT_NE(messenger, nullptr);
  app::PrivateMessenger::Desk& desk = *messenger;
  std::string done;
  desk.aside([&] { return [&] { done += "a"; }; });
  desk.aside([&] {
    return [&] {
      done += "b";
      loop_.stop();
    };
  });
  loop_.run();
  EXPECT_EQ(done, "ab");
}

TEST_F(MemberPrivateTest, ForgetsWhatShouldFollowWhenItEndsFirst) {
  auto messenger = start();
  ASSERT_NE(messenger, nullptr);
  bool followed = false;
  static_cast<app::PrivateMessenger::Desk&>(*messenger).aside([&] { return [&] { followed = true; }; });
  messenger.reset();  // waits until the work is done, and its end has been posted
  runWhatWaits();
  EXPECT_FALSE(followed);
}

}  // namespace
}  // namespace earshot::net

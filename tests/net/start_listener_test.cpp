#include "net/start_listener.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "app/limits.h"
#include "support/temporary_folder.h"

namespace earshot::net {
namespace {

using app::SecondStart;

/// A program that has the profile open and hears later starts.
class StartListenerTest : public testing::Test {
 protected:
  void listen() {
    auto taken = app::ProfileLock::take(folder.path());
    ASSERT_TRUE(taken);
    lock = std::make_unique<app::ProfileLock>(*std::move(taken));
    inbox = std::make_shared<app::SecondStartInbox>([this] {
      const std::lock_guard guard(mutex);
      arrived = true;
      changed.notify_one();
    });
    auto opened = StartListener::open(*lock, folder.path(), inbox);
    ASSERT_TRUE(opened);
    listener = *std::move(opened);
  }

  std::vector<SecondStart> waitForStarts() {
    {
      std::unique_lock guard(mutex);
      changed.wait(guard, [this] { return arrived; });
      arrived = false;
    }
    return inbox->takeAll();
  }

  std::unique_ptr<LocalConnection> connect() {
    return connectLocally(app::wordOfHolder(folder.path()), app::kSecondStartPatience);
  }

  test::TemporaryFolder folder;
  std::mutex mutex;
  std::condition_variable changed;
  bool arrived = false;
  std::unique_ptr<app::ProfileLock> lock;
  std::shared_ptr<app::SecondStartInbox> inbox;
  std::unique_ptr<StartListener> listener;
};

TEST_F(StartListenerTest, HearsWhatASecondStartWasAskedFor) {
  listen();
  const SecondStart start{{"join", "earshot:192.168.1.20"}, "token"};
  ASSERT_TRUE(handOver(folder.path(), start));
  EXPECT_EQ(waitForStarts(), std::vector{start});
}

TEST_F(StartListenerTest, HearsOneAfterTheOther) {
  listen();
  for (int i = 0; i < 20; ++i) {
    const SecondStart start{{std::to_string(i)}, {}};
    ASSERT_TRUE(handOver(folder.path(), start));
    EXPECT_EQ(waitForStarts(), std::vector{start});
  }
}

TEST_F(StartListenerTest, NobodyHearsWhenNobodyIsThere) {
  EXPECT_FALSE(handOver(folder.path(), {}));
  listen();
  listener.reset();
  EXPECT_FALSE(handOver(folder.path(), {})) << "the word is still there, the listener is not";
}

TEST_F(StartListenerTest, NobodyHearsAWindowThatCloses) {
  listen();
  inbox->cut();
  EXPECT_FALSE(handOver(folder.path(), {}));
}

TEST_F(StartListenerTest, IsNotImpressedByNonsense) {
  listen();
  for (const std::string& nonsense :
       {std::string("hello"), std::string("{}"), std::string(app::kMaxSecondStartBytes + 1, 'x')}) {
    const auto connection = connect();
    ASSERT_TRUE(connection);
    (void)connection->writeLine(nonsense, app::kSecondStartPatience);
    EXPECT_FALSE(connection->readLine(100, app::kSecondStartPatience));
  }
  EXPECT_TRUE(connect()) << "somebody who says nothing and goes";
  EXPECT_TRUE(handOver(folder.path(), {}));
}

TEST_F(StartListenerTest, TakesTheNameOfOneThatWasKilled) {
  listen();
  const std::string word = app::wordOfHolder(folder.path());
  listener.reset();
  // What a killed program leaves where the socket was.
  if (word.starts_with('/')) test::writeFile(word, "");
  lock.reset();
  listen();
  EXPECT_TRUE(handOver(folder.path(), {}));
}

TEST_F(StartListenerTest, FindsTheSameProgramHoweverTheFolderIsWritten) {
  listen();
  EXPECT_TRUE(handOver(folder.path() / "." / "", {}));
}

TEST(LocalChannel, LeadsNowhereWithoutAProperAddress) {
  for (const std::string& address : {std::string(), std::string("relative"), std::string("/nobody/listens/here"),
                                     "/" + std::string(200, 'x'), std::string(R"(\\.\pipe\other)")}) {
    EXPECT_FALSE(connectLocally(address, app::kSecondStartPatience)) << address;
  }
}

#ifndef _WIN32
TEST(LocalChannel, IsForThisUserAlone) {
  const auto listener = LocalListener::open("test-of-permissions");
  ASSERT_TRUE(listener);
  const std::filesystem::path path = (*listener)->address();
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(path).permissions(), perms::owner_read | perms::owner_write);
  EXPECT_EQ(std::filesystem::status(path.parent_path()).permissions() & (perms::group_all | perms::others_all),
            perms::none);
}
#endif

}  // namespace
}  // namespace earshot::net

#include "app/host_key.h"

#include <gtest/gtest.h>

#include "app/error_text.h"
#include "support/read_only.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;

class HostKeyTest : public ::testing::Test {
 protected:
  const test::TemporaryFolder folder_;
  const fs::path file_ = folder_ / "host.key";
};

TEST_F(HostKeyTest, IsMadeOnceAndStays) {
  const auto made = openHostKey(folder_.path());
  ASSERT_TRUE(made.ok());
  const auto again = openHostKey(folder_.path());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->publicKey, made->publicKey);
  EXPECT_EQ(again->seed, made->seed);
  EXPECT_EQ(test::contentOf(file_), toHex(made->seed.view()) + "\n");
  EXPECT_EQ(folder_.names().size(), 1U);
}

TEST_F(HostKeyTest, IsAnotherOneInEveryFolder) {
  const test::TemporaryFolder other;
  EXPECT_NE(openHostKey(folder_.path())->publicKey, openHostKey(other.path())->publicKey);
}

TEST_F(HostKeyTest, SurvivesAnEditorThatChangesTheEndOfTheLine) {
  const auto made = openHostKey(folder_.path());
  test::writeFile(file_, toHex(made->seed.view()) + "\r\n");
  EXPECT_EQ(openHostKey(folder_.path())->publicKey, made->publicKey);
}

TEST_F(HostKeyTest, IsNeverReplacedWhenItIsDamaged) {
  const std::string digits(64, 'a');
  for (const std::string& content :
       {std::string(), std::string("\n"), digits.substr(1), digits + "a", digits + "\n\n", " " + digits,
        std::string(64, 'g'), std::string(64, '\0'), std::string(100'000, 'a'), std::string("{}")}) {
    test::writeFile(file_, content);
    const auto key = openHostKey(folder_.path());
    ASSERT_FALSE(key.ok()) << content.size();
    EXPECT_EQ(key.error().code, Errc::StorageCorrupt);
    EXPECT_NE(describe(key.error()).find("host.key"), std::string::npos);
    EXPECT_EQ(test::contentOf(file_), content);
  }
}

#ifndef _WIN32
TEST_F(HostKeyTest, IsReadableForItsOwnerOnly) {
  ASSERT_TRUE(openHostKey(folder_.path()).ok());
  const auto rights = [&] { return fs::status(file_).permissions() & fs::perms::mask; };
  EXPECT_EQ(rights(), fs::perms::owner_read | fs::perms::owner_write);
  fs::permissions(file_, fs::perms::all);
  ASSERT_TRUE(openHostKey(folder_.path()).ok());
  EXPECT_EQ(rights(), fs::perms::owner_read | fs::perms::owner_write) << "as after a copy";
}

TEST_F(HostKeyTest, CannotBeMadeInAReadOnlyFolder) {
  const test::ReadOnly locked(folder_.path());
  const auto key = openHostKey(folder_.path());
  ASSERT_FALSE(key.ok());
  EXPECT_EQ(key.error().code, Errc::StorageReadOnly);
}
#endif

}  // namespace
}  // namespace earshot::app

#include "app/profile_lock.h"

#include <gtest/gtest.h>

#include <optional>

#include "app/limits.h"
#include "support/read_only.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using test::TemporaryFolder;

TEST(ProfileLock, IsHeldOnce) {
  const TemporaryFolder folder;
  const auto held = ProfileLock::take(folder.path());
  ASSERT_TRUE(held);
  const auto second = ProfileLock::take(folder.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::ProfileInUse);
}

TEST(ProfileLock, IsFreeWhenItsHolderIsGone) {
  const TemporaryFolder folder;
  ASSERT_TRUE(ProfileLock::take(folder.path()));
  EXPECT_TRUE(ProfileLock::take(folder.path()));
}

TEST(ProfileLock, OfOneFolderIsNotThatOfAnother) {
  const TemporaryFolder folder;
  const TemporaryFolder other;
  const auto held = ProfileLock::take(folder.path());
  EXPECT_TRUE(ProfileLock::take(other.path()));
}

TEST(ProfileLock, IsHeldOnWhenItMoves) {
  const TemporaryFolder folder;
  auto held = ProfileLock::take(folder.path());
  ASSERT_TRUE(held);
  std::optional<ProfileLock> moved(std::move(*held));
  EXPECT_FALSE(ProfileLock::take(folder.path()));
  moved.reset();
  EXPECT_TRUE(ProfileLock::take(folder.path()));
}

TEST(ProfileLock, TellsOthersWhereItsHolderIs) {
  const TemporaryFolder folder;
  EXPECT_EQ(wordOfHolder(folder.path()), "");
  auto held = ProfileLock::take(folder.path());
  ASSERT_TRUE(held);
  EXPECT_EQ(wordOfHolder(folder.path()), "");
  ASSERT_TRUE(held->leaveWord("a rather long word"));
  EXPECT_EQ(wordOfHolder(folder.path()), "a rather long word");
  ASSERT_TRUE(held->leaveWord("short"));
  EXPECT_EQ(wordOfHolder(folder.path()), "short");
}

TEST(ProfileLock, ForgetsTheWordOfTheHolderBefore) {
  const TemporaryFolder folder;
  {
    auto before = ProfileLock::take(folder.path());
    ASSERT_TRUE(before && before->leaveWord("gone"));
  }
  const auto held = ProfileLock::take(folder.path());
  EXPECT_EQ(wordOfHolder(folder.path()), "");
}

TEST(ProfileLock, BelievesNoWordThatIsTooLong) {
  const TemporaryFolder folder;
  auto held = ProfileLock::take(folder.path());
  ASSERT_TRUE(held && held->leaveWord(std::string(kMaxHolderWordBytes + 1, 'x')));
  EXPECT_EQ(wordOfHolder(folder.path()), "");
}

TEST(ProfileLock, NeedsItsFolder) {
  const TemporaryFolder folder;
  const auto lock = ProfileLock::take(folder / "missing");
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, Errc::NotFound);
}

#ifndef _WIN32
TEST(ProfileLock, CannotBeTakenWhereNothingCanBeWritten) {
  const TemporaryFolder folder;
  const test::ReadOnly guard(folder.path());
  const auto lock = ProfileLock::take(folder.path());
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, Errc::StorageReadOnly);
}

TEST(ProfileLock, FollowsNoSymbolicLink) {
  const TemporaryFolder folder;
  test::writeFile(folder / "precious", "content");
  std::filesystem::create_symlink(folder / "precious", folder / "profile.lock");
  EXPECT_FALSE(ProfileLock::take(folder.path()));
  EXPECT_EQ(test::contentOf(folder / "precious"), "content");
}
#endif

}  // namespace
}  // namespace earshot::app

#include "app/profile.h"
#include "app/whole_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "app/names.h"
#include "support/read_only.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;
using test::contentOf;
using test::TemporaryFolder;
using test::writeFile;

const fs::path kElsewhere = fs::path("/") / "opt" / "earshot" / "earshot";

#ifndef _WIN32
/// Sets environment variables for one test; an empty value means unset.
class Environment {
 public:
  explicit Environment(const std::map<std::string, std::string>& values) {
    for (const auto& [name, value] : values) {
      const char* old = std::getenv(name.c_str());
      before_[name] = old == nullptr ? "" : old;
      set(name, value);
    }
  }
  ~Environment() {
    for (const auto& [name, value] : before_) set(name, value);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  static void set(const std::string& name, const std::string& value) {
    if (value.empty()) {
      ::unsetenv(name.c_str());
    } else {
      ::setenv(name.c_str(), value.c_str(), 1);
    }
  }
  std::map<std::string, std::string> before_;
};

fs::perms permissionsOf(const fs::path& path) {
  return fs::status(path).permissions() & fs::perms::mask;
}
#endif

TEST(ProfilePaths, AreAllInTheDataFolderWhenOneIsGiven) {
  const TemporaryFolder folder;
  const ProfilePaths paths = profilePaths(folder / "d", kElsewhere);
  EXPECT_EQ(paths.config, folder / "d");
  EXPECT_EQ(paths.conversations, folder / "d" / "conversations");
  EXPECT_EQ(paths.rooms, folder / "d" / "rooms");
  EXPECT_EQ(paths.logs, folder / "d" / "logs");
}

TEST(ProfilePaths, DoNotDependOnTheWorkingFolderLater) {
  EXPECT_TRUE(profilePaths(fs::path("relative"), kElsewhere).config.is_absolute());
}

TEST(ProfilePaths, AreBesideThePortableProgram) {
  const TemporaryFolder folder;
  writeFile(folder / "portable", "");
  EXPECT_EQ(profilePaths(std::nullopt, folder / "earshot").config, folder / "earshot-data");
  EXPECT_EQ(profilePaths(folder / "d", folder / "earshot").config, folder / "d") << "the data folder wins";
}

TEST(ProfilePaths, AreBesideThePortableMacBundleAndNotInIt) {
  const TemporaryFolder folder;
  const fs::path executable = folder / "Earshot.app" / "Contents" / "MacOS" / "earshot";
  fs::create_directories(executable.parent_path());
  writeFile(executable.parent_path() / "portable", "");
  EXPECT_NE(profilePaths(std::nullopt, executable).config, executable.parent_path() / "earshot-data");
  writeFile(folder / "portable", "");
  EXPECT_EQ(profilePaths(std::nullopt, executable).config, folder / "earshot-data");
}

#if !defined(_WIN32) && !defined(__APPLE__)
TEST(ProfilePaths, FollowTheXdgVariables) {
  const Environment environment(
      {{"XDG_CONFIG_HOME", "/x/config"}, {"XDG_DATA_HOME", "/x/data"}, {"XDG_STATE_HOME", "/x/state"}});
  const ProfilePaths paths = profilePaths(std::nullopt, kElsewhere);
  EXPECT_EQ(paths.config, "/x/config/earshot");
  EXPECT_EQ(paths.conversations, "/x/data/earshot/conversations");
  EXPECT_EQ(paths.rooms, "/x/data/earshot/rooms");
  EXPECT_EQ(paths.logs, "/x/state/earshot/logs");
}

TEST(ProfilePaths, AreUnderHomeWithoutXdgVariables) {
  const Environment environment(
      {{"HOME", "/h"}, {"XDG_CONFIG_HOME", ""}, {"XDG_DATA_HOME", "relative/ignored"}, {"XDG_STATE_HOME", ""}});
  const ProfilePaths paths = profilePaths(std::nullopt, kElsewhere);
  EXPECT_EQ(paths.config, "/h/.config/earshot");
  EXPECT_EQ(paths.conversations, "/h/.local/share/earshot/conversations");
  EXPECT_EQ(paths.logs, "/h/.local/state/earshot/logs");
}

TEST(ProfilePaths, AreKnownEvenWithoutHome) {
  const Environment environment({{"HOME", ""}, {"XDG_CONFIG_HOME", ""}, {"XDG_DATA_HOME", ""}, {"XDG_STATE_HOME", ""}});
  EXPECT_TRUE(profilePaths(std::nullopt, kElsewhere).config.is_absolute());
}
#endif

class ProfileTest : public testing::Test {
 protected:
  TemporaryFolder folder;
  ProfilePaths paths = profilePaths(folder / pathFromText("Äpfel 你好") / "data", kElsewhere);
  fs::path file = paths.config / "profile.json";

  void expectRefused(Errc code) {
    const auto opened = openProfile(paths);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, code);
  }

  /// As after a program has run and ended.
  Profile openedAndClosed() {
    auto opened = openProfile(paths);
    EXPECT_TRUE(opened);
    if (opened) opened->lock.reset();
    return opened ? *opened : Profile{};
  }
};

TEST_F(ProfileTest, IsMadeOnceAndStaysTheSamePerson) {
  const Profile first = openedAndClosed();
  EXPECT_NE(first.id, MemberId{});
  const Profile second = openedAndClosed();
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.identity.seed, first.identity.seed);
  EXPECT_EQ(first.id, crypto::memberIdOf(first.identity.publicKey));
}

TEST_F(ProfileTest, BelongsToOneProgramAtATime) {
  auto first = openProfile(paths);
  ASSERT_TRUE(first);
  expectRefused(Errc::ProfileInUse);
  const Profile copy = *first;
  first = Error{Errc::Cancelled};
  expectRefused(Errc::ProfileInUse);
}

TEST_F(ProfileTest, IsFreeAgainWhenTheProgramIsDone) {
  openedAndClosed();
  EXPECT_TRUE(openProfile(paths));
}

TEST_F(ProfileTest, OfVersion1BecomesANewPerson) {
  fs::create_directories(paths.config);
  const std::string old = R"({"id":")" + std::string(64, 'a') + R"(","version":1})";
  writeFile(file, old);
  const Profile upgraded = openedAndClosed();
  EXPECT_NE(hexOf(upgraded.id), std::string(64, 'a'));
  EXPECT_EQ(openedAndClosed().id, upgraded.id);
}

TEST_F(ProfileTest, BelongsToAnotherPersonInAnotherFolder) {
  const auto here = openProfile(paths);
  const auto there = openProfile(profilePaths(folder / "other", kElsewhere));
  ASSERT_TRUE(here && there);
  EXPECT_NE(here->id, there->id);
}

TEST_F(ProfileTest, HasAllItsFolders) {
  ASSERT_TRUE(openProfile(paths));
  for (const fs::path& made : {paths.config, paths.conversations, paths.rooms, paths.logs}) {
    EXPECT_TRUE(fs::is_directory(made)) << made;
  }
}

#ifndef _WIN32
TEST_F(ProfileTest, IsForThisUserAlone) {
  ASSERT_TRUE(openProfile(paths));
  for (const fs::path& made :
       {paths.config, paths.config.parent_path(), paths.conversations, paths.rooms, paths.logs}) {
    EXPECT_EQ(permissionsOf(made), fs::perms::owner_all) << made;
  }
  for (const fs::path& made : {file, paths.config / "profile.lock"}) {
    EXPECT_EQ(permissionsOf(made), fs::perms::owner_read | fs::perms::owner_write) << made;
  }
}
#endif

TEST_F(ProfileTest, LeavesNothingElseBehind) {
  ASSERT_TRUE(openProfile(paths));
  for (const auto& entry : fs::directory_iterator(paths.config)) {
    EXPECT_TRUE(entry.is_directory() || entry.path() == file || entry.path() == paths.config / "profile.lock")
        << entry.path();
  }
}

TEST_F(ProfileTest, IsNeverOverwrittenWhenDamaged) {
  ASSERT_TRUE(openProfile(paths));
  const std::string good = contentOf(file);
  const std::string id(64, 'a');
  const std::vector<std::string> contents{"",
                                          "{",
                                          "[]",
                                          "null",
                                          R"({"version":1})",
                                          R"({"version":1,"id":17})",
                                          R"({"version":1,"id":")" + id.substr(1) + R"("})",
                                          R"({"version":2})",
                                          R"({"identity_key":")" + id + R"("})",
                                          R"({"version":2,"identity_key":")" + id.substr(1) + R"("})",
                                          R"({"version":"2","identity_key":")" + id + R"("})",
                                          R"({"version":2,"identity_key":17})",
                                          good.substr(0, good.size() / 2),
                                          std::string(100, '\0'),
                                          std::string(200'000, '[')};
  for (const std::string& damaged : contents) {
    writeFile(file, damaged);
    const auto opened = openProfile(paths);
    ASSERT_FALSE(opened) << damaged.substr(0, 80);
    EXPECT_EQ(opened.error().code, Errc::StorageCorrupt);
    EXPECT_NE(opened.error().detail.find("Äpfel 你好"), std::string::npos);
    EXPECT_EQ(contentOf(file), damaged);
  }
}

TEST_F(ProfileTest, OfANewerEarshotIsLeftAlone) {
  ASSERT_TRUE(openProfile(paths));
  writeFile(file, "{\"version\":3,\"key\":\"something else\"}");
  expectRefused(Errc::StorageNewer);
}

#ifndef _WIN32
TEST_F(ProfileTest, CannotBeMadeInAReadOnlyFolder) {
  const test::ReadOnly guard(folder.path());
  expectRefused(Errc::StorageReadOnly);
}
#endif

TEST_F(ProfileTest, CannotBeMadeWhereAFileIs) {
  fs::create_directories(paths.config.parent_path());
  writeFile(paths.config, "a file");
  EXPECT_FALSE(openProfile(paths));
  EXPECT_EQ(contentOf(paths.config), "a file");
}

TEST_F(ProfileTest, IsOnePersonHoweverManyProgramsStartAtOnce) {
  std::vector<std::optional<Result<Profile>>> profiles(8);
  std::vector<std::thread> starts;
  for (auto& profile : profiles) {
    starts.emplace_back([&profile, this] { profile = openProfile(paths); });
  }
  for (std::thread& start : starts) start.join();
  int opened = 0;
  for (const auto& profile : profiles) {
    if (profile->ok()) {
      ++opened;
    } else {
      EXPECT_EQ(profile->error().code, Errc::ProfileInUse);
    }
  }
  EXPECT_EQ(opened, 1);
}

TEST(ProposedName, IsAlwaysAnAcceptableName) {
  const std::string name = proposedName();
  const auto accepted = normalizeName(name);
  ASSERT_TRUE(accepted) << name;
  EXPECT_EQ(*accepted, name);
}

}  // namespace
}  // namespace earshot::app

#include "app/installers.h"

#include <gmock/gmock.h>

#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using test::TemporaryFolder;
using test::writeFile;
using testing::ElementsAre;

const std::atomic<bool> kGoOn = false;

std::vector<std::string> namesIn(const std::vector<InstallerName>& found) {
  std::vector<std::string> names;
  for (const InstallerName& name : found) names.push_back(name.fileName);
  return names;
}

TEST(Installers, AreKnownByTheNamesOfReleases) {
  const auto systemOf = [](const char* name) { return parseInstallerName(name)->system; };
  EXPECT_EQ(systemOf("earshot-1.2.0-win64.exe"), InstallerSystem::Windows);
  EXPECT_EQ(systemOf("earshot-1.2.0-win64.zip"), InstallerSystem::WindowsPortable);
  EXPECT_EQ(systemOf("earshot-1.2.0-macos.dmg"), InstallerSystem::MacOs);
  EXPECT_EQ(systemOf("earshot_1.2.0_amd64.deb"), InstallerSystem::Debian);
  EXPECT_EQ(systemOf("earshot-1.2.0-1.x86_64.rpm"), InstallerSystem::Fedora);
  EXPECT_EQ(systemOf("earshot-1.2.0-linux-x86_64.tar.gz"), InstallerSystem::LinuxPortable);
  EXPECT_EQ(parseInstallerName("earshot-1.2.0~rc1-win64.exe")->version, "1.2.0~rc1");
}

TEST(Installers, AreNothingElse) {
  for (const char* name : {"",
                           "earshot",
                           "earshot.exe",
                           "earshot--win64.exe",
                           "earshot-x-win64.exe",
                           "Earshot-1.0.0-win64.exe",
                           "earshot-1.0.0-win64.EXE",
                           "earshot-1.0.0-win64.exe.part",
                           "earshot-1.0.0-win32.exe",
                           "earshot-1.0.0.AppImage",
                           "earshot-1.0.0.flatpak",
                           "earshot-1.0.0-macos.pkg",
                           ".earshot-1.0.0-win64.exe",
                           "earshot-1/../2-win64.exe",
                           "earshot-1 2-win64.exe",
                           "earshot-1\"-win64.exe",
                           "earshot-1<b>-win64.exe",
                           "earshot-1.0.0-win64.exe ",
                           "other-1.0.0-win64.exe",
                           "SHA256SUMS"}) {
    EXPECT_EQ(parseInstallerName(name), std::nullopt) << name;
  }
  EXPECT_EQ(parseInstallerName("earshot-" + std::string(65, '1') + "-win64.exe"), std::nullopt);
  EXPECT_EQ(parseInstallerName(std::string_view("earshot-1\0-win64.exe", 20)), std::nullopt);
}

TEST(Installers, OrdersVersionsAsPeopleDo) {
  EXPECT_TRUE(isNewer("1.10.0", "1.9.2"));
  EXPECT_TRUE(isNewer("2.0", "1.99.99"));
  EXPECT_TRUE(isNewer("1.0.1", "1.0"));
  EXPECT_TRUE(isNewer("1.0.0", "1.0.0-rc1"));
  EXPECT_TRUE(isNewer("1.0.0-rc2", "1.0.0-rc1"));
  EXPECT_FALSE(isNewer("1.0.0", "1.0.0"));
  EXPECT_FALSE(isNewer("1.0.0-rc1", "1.0.0"));
}

TEST(Installers, AreFoundNewestFirst) {
  const TemporaryFolder folder;
  for (const char* name : {"earshot-1.9.0-win64.exe", "earshot_1.10.0_amd64.deb", "earshot-1.10.0-win64.exe",
                           "notes.txt", ".earshot-1.0.0-win64.exe"}) {
    writeFile(folder / name, "x");
  }
  const auto found = findInstallers(folder.path());
  ASSERT_TRUE(found.ok());
  EXPECT_THAT(namesIn(*found),
              ElementsAre("earshot-1.10.0-win64.exe", "earshot_1.10.0_amd64.deb", "earshot-1.9.0-win64.exe"));
}

#ifndef _WIN32  // links need a privilege there
TEST(Installers, LeavesOutLinksAndFolders) {
  const TemporaryFolder folder;
  const TemporaryFolder elsewhere;
  writeFile(elsewhere / "secret", "x");
  std::filesystem::create_symlink(elsewhere / "secret", folder / "earshot-1.0.0-win64.exe");
  std::filesystem::create_directory(folder / "earshot-1.0.0-win64.zip");
  std::filesystem::create_directory(folder / "inside");
  writeFile(folder / "inside/earshot-1.0.0-macos.dmg", "x");
  const auto found = findInstallers(folder.path());
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error(), (Error{Errc::NoInstallers, folder.path().string()}));
  EXPECT_FALSE(OpenFile::open(folder / "earshot-1.0.0-win64.exe").ok());
  EXPECT_FALSE(OpenFile::open(folder / "inside").ok());
}
#endif

TEST(Installers, SaysThatAFolderIsMissing) {
  const TemporaryFolder folder;
  EXPECT_EQ(findInstallers(folder / "none").error().code, Errc::NotFound);
  writeFile(folder / "file", "x");
  EXPECT_FALSE(findInstallers(folder / "file").ok());
}

TEST(Installers, AreHashed) {
  const TemporaryFolder folder;
  writeFile(folder / "earshot-1.0.0-win64.exe", "abc");
  writeFile(folder / "earshot-1.0.0-win64.zip", std::string(1'000'000, 'a'));
  writeFile(folder / "earshot-1.0.0-macos.dmg", "");
  const auto opened = openInstallers(folder.path(), kGoOn);
  ASSERT_TRUE(opened.ok());
  ASSERT_EQ(opened->size(), 3U);
  // The examples of FIPS 180-4, and the hash of nothing.
  EXPECT_EQ((*opened)[0].about.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ((*opened)[1].about.sha256, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ((*opened)[2].about.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ((*opened)[1].about.bytes, 1'000'000U);
}

TEST(Installers, StopsReadingWhenAsked) {
  const TemporaryFolder folder;
  writeFile(folder / "earshot-1.0.0-win64.exe", "abc");
  const std::atomic<bool> stop = true;
  EXPECT_EQ(openInstallers(folder.path(), stop).error().code, Errc::Cancelled);
}

#ifdef _WIN32
TEST(Installers, CannotBeWrittenToOrExchangedWhileTheyAreOpen) {
  const TemporaryFolder folder;
  const auto path = folder / "earshot-1.0.0-win64.exe";
  writeFile(path, "abc");
  const auto opened = openInstallers(folder.path(), kGoOn);
  ASSERT_TRUE(opened.ok());
  EXPECT_FALSE(std::ofstream(path, std::ios::app).is_open());
  writeFile(folder / "other", "xyz");
  std::error_code code;
  std::filesystem::rename(folder / "other", path, code);
  EXPECT_TRUE(code);
  EXPECT_TRUE(opened->front().isUnchanged());
}
#else
TEST(Installers, NoticesThatAFileWasWrittenTo) {
  const TemporaryFolder folder;
  const auto path = folder / "earshot-1.0.0-win64.exe";
  writeFile(path, "abc");
  const auto opened = openInstallers(folder.path(), kGoOn);
  ASSERT_TRUE(opened.ok());
  EXPECT_TRUE(opened->front().isUnchanged());
  std::ofstream(path, std::ios::app) << "d";
  EXPECT_FALSE(opened->front().isUnchanged());
}

TEST(Installers, StaysTheHashedFileWhenAnotherTakesItsName) {
  const TemporaryFolder folder;
  const auto path = folder / "earshot-1.0.0-win64.exe";
  writeFile(path, "abc");
  const auto opened = openInstallers(folder.path(), kGoOn);
  ASSERT_TRUE(opened.ok());
  writeFile(folder / "other", "xyz");
  std::filesystem::rename(folder / "other", path);
  std::array<char, 8> into{};
  EXPECT_EQ(opened->front().file.readAt(1, into), 2U);
  EXPECT_EQ(std::string(into.data(), 2), "bc");
  EXPECT_EQ(opened->front().file.readAt(3, into), 0U);
}
#endif

}  // namespace
}  // namespace earshot::app

#include "app/settings.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/read_only.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;
using test::contentOf;
using test::TemporaryFolder;
using test::writeFile;

class SettingsTest : public testing::Test {
 protected:
  TemporaryFolder folder;
  fs::path file = folder / "settings.json";
};

Settings everything() {
  Settings settings;
  settings.name = "Zoë 🎉";
  settings.roomName = "Küche";
  settings.lastAddress = "[fe80::1%eth0]:1060";
  settings.exportFolder = "/home folder/Äpfel";
  settings.shareFolder = "/stick/Installer für alle";
  settings.tellTyping = false;
  settings.window = {-20, 30, 900, 700, true, 210};
  settings.drafts = {{"00ff", "half a\nthought"}, {"11ee", "\"quoted\""}};
  settings.readUpTo = {{"00ff", std::numeric_limits<std::int64_t>::max()}, {"11ee", -1}};
  return settings;
}

TEST_F(SettingsTest, AreDefaultsBeforeTheFirstSave) {
  EXPECT_EQ(loadSettings(file), Settings{});
  EXPECT_FALSE(fs::exists(file));
}

TEST_F(SettingsTest, ComeBackAsTheyWereSaved) {
  ASSERT_TRUE(saveSettings(file, everything()));
  EXPECT_EQ(loadSettings(file), everything());
}

TEST_F(SettingsTest, ForgetWhatIsGone) {
  ASSERT_TRUE(saveSettings(file, everything()));
  ASSERT_TRUE(saveSettings(file, Settings{}));
  EXPECT_EQ(loadSettings(file), Settings{});
}

TEST_F(SettingsTest, KeepWhatANewerEarshotWrote) {
  writeFile(file, R"({"name":"Anna","sounds":{"volume":7},"window":{"x":5,"screen":"left"}})");
  Settings settings = loadSettings(file);
  EXPECT_EQ(settings.name, "Anna");
  EXPECT_EQ(settings.window.x, 5);
  settings.name = "Annika";
  ASSERT_TRUE(saveSettings(file, settings));
  const std::string saved = contentOf(file);
  EXPECT_NE(saved.find("\"volume\": 7"), std::string::npos) << saved;
  EXPECT_NE(saved.find("\"screen\": \"left\""), std::string::npos) << saved;
  EXPECT_EQ(loadSettings(file).name, "Annika");
}

TEST_F(SettingsTest, KeepWhatTheyCanReadWhenTheRestIsOfTheWrongKind) {
  writeFile(file, R"({"name":17,"room_name":"Kitchen","window":[1],"drafts":{"a":"x","b":2},
                      "read_up_to":{"a":"no","b":3,"c":1.5}})");
  const Settings settings = loadSettings(file);
  EXPECT_EQ(settings.name, "");
  EXPECT_EQ(settings.roomName, "Kitchen");
  EXPECT_EQ(settings.window, WindowPlace{});
  EXPECT_EQ(settings.drafts, (std::map<std::string, std::string>{{"a", "x"}}));
  EXPECT_EQ(settings.readUpTo, (std::map<std::string, std::int64_t>{{"b", 3}}));
}

TEST_F(SettingsTest, TakeNoSizeThatIsNoNumberOfPixels) {
  writeFile(file, R"({"window":{"x":99999999999,"y":1e300,"width":-9223372036854775808,"maximized":1}})");
  EXPECT_EQ(loadSettings(file).window, WindowPlace{});
}

TEST_F(SettingsTest, AreDefaultsWhenTheFileIsDamaged) {
  for (const std::string& damaged : {std::string(), std::string("{\"name\":\"An"), std::string("[1,2]"),
                                     std::string(64, '\0'), std::string(200'000, '[')}) {
    writeFile(file, damaged);
    EXPECT_EQ(loadSettings(file), Settings{});
    EXPECT_EQ(contentOf(file), damaged) << "loading changes nothing";
  }
}

TEST_F(SettingsTest, PutADamagedFileAsideWhenTheyAreSaved) {
  writeFile(file, "{\"name\":\"An");
  ASSERT_TRUE(saveSettings(file, everything()));
  EXPECT_EQ(loadSettings(file), everything());
  EXPECT_EQ(contentOf(folder / "settings.json.damaged"), "{\"name\":\"An");
}

TEST_F(SettingsTest, SaveTextThatIsNotUtf8WithoutLosingTheRest) {
  Settings settings = everything();
  settings.lastAddress = "a\xFF";
  ASSERT_TRUE(saveSettings(file, settings));
  const Settings loaded = loadSettings(file);
  EXPECT_EQ(loaded.lastAddress, "a\uFFFD");
  EXPECT_EQ(loaded.name, settings.name);
}

TEST_F(SettingsTest, SayWhenTheirFolderIsMissing) {
  const auto saved = saveSettings(folder / "missing" / "settings.json", everything());
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, Errc::NotFound);
}

TEST_F(SettingsTest, AreReplacedWholeAndLeaveNothingBeside) {
  ASSERT_TRUE(saveSettings(file, everything()));
  ASSERT_TRUE(saveSettings(file, Settings{}));
  EXPECT_EQ(folder.names(), std::vector<std::string>{"settings.json"});
}

TEST_F(SettingsTest, ReplaceFileWritesExactlyTheContent) {
  const std::string content("a\r\nb\0c\xFF", 7);
  ASSERT_TRUE(replaceFile(file, content));
  EXPECT_EQ(contentOf(file), content);
  ASSERT_TRUE(replaceFile(file, ""));
  EXPECT_EQ(contentOf(file), "");
  const std::string big(3'000'000, 'x');
  ASSERT_TRUE(replaceFile(file, big));
  EXPECT_EQ(contentOf(file), big);
}

#ifndef _WIN32
TEST_F(SettingsTest, AreForThisUserAlone) {
  ASSERT_TRUE(saveSettings(file, everything()));
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(SettingsTest, KeepTheOldFileWhenTheNewOneCannotBeWritten) {
  ASSERT_TRUE(saveSettings(file, everything()));
  {
    const test::ReadOnly guard(folder.path());
    const auto saved = saveSettings(file, Settings{});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, Errc::StorageReadOnly);
  }
  EXPECT_EQ(loadSettings(file), everything());
}
#endif

}  // namespace
}  // namespace earshot::app

#include "ui/settings_store.h"

#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace earshot::ui {
namespace {

TEST(SettingsStore, SavesTheLastChangeBeforeItEnds) {
  const test::TemporaryFolder folder;
  {
    SettingsStore store(folder / "settings.json");
    store.change([](app::Settings& settings) { settings.name = "Anna"; });
    store.change([](app::Settings& settings) { settings.name = "Ben"; });
    EXPECT_EQ(store.get().name, "Ben");
  }
  EXPECT_EQ(app::loadSettings(folder / "settings.json").name, "Ben");
}

TEST(SettingsStore, WritesNothingWhenNothingChanged) {
  const test::TemporaryFolder folder;
  {
    SettingsStore store(folder / "settings.json");
    store.change([](app::Settings&) {});
  }
  EXPECT_TRUE(folder.names().empty());
}

TEST(SettingsStore, StartsWithWhatWasSaved) {
  const test::TemporaryFolder folder;
  app::Settings saved;
  saved.roomName = "Kitchen table";
  ASSERT_TRUE(app::saveSettings(folder / "settings.json", saved).ok());
  EXPECT_EQ(SettingsStore(folder / "settings.json").get().roomName, "Kitchen table");
}

}  // namespace
}  // namespace earshot::ui

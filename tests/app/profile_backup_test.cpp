#include "app/profile_backup.h"

#include <gmock/gmock.h>
#include <sodium.h>

#include <atomic>
#include <sstream>
#include <thread>

#include "app/backup_file.h"
#include "app/conversation.h"
#include "app/database_copy.h"
#include "app/error_text.h"
#include "app/host_log.h"
#include "app/profile_files.h"
#include "app/settings.h"
#include "support/read_only.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr crypto::PassphraseCost kCheap{1, 8};
const std::string kPassphrase = "amber tiger lake";
constexpr UtcMillis kNow{std::chrono::milliseconds{1'795'354'200'000}};  // 2026-11-22 13:30:00

std::vector<std::string> namesIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

/// Somebody's Earshot, with their conversation and their room.
class Person {
 public:
  explicit Person(const fs::path& folder)
      : paths{folder, folder / "conversations", folder / "rooms", folder / "logs"} {}
  explicit Person(ProfilePaths where) : paths(std::move(where)) {}

  void live(const std::string& words) {
    auto opened = openProfile(paths);
    ASSERT_TRUE(opened);
    id = opened->id;
    Settings settings;
    settings.name = "Anna";
    ASSERT_TRUE(saveSettings(paths.config / "settings.json", settings));
    test::writeFile(paths.config / "trust.db", "not a database, but kept");
    say(words);
    auto log = HostLog::openOrCreate(paths.rooms, "Kitchen table");
    ASSERT_TRUE(log);
    hostKey = (*log)->hostKey().publicKey;
  }

  void say(const std::string& words) {
    auto conversation = Conversation::open(paths.conversations, room);
    ASSERT_TRUE(conversation);
    ConversationInfo info;
    info.room = room;
    info.roomName = "Kitchen table";
    info.self = id;
    ASSERT_TRUE((*conversation)->admitted(epoch, info));
    const std::vector<Event> events{
        {Seq{++said}, {}, id, "Anna", TextPosted{makeRandom<RequestId>(), TextStyle::Plain, words}}};
    ASSERT_TRUE((*conversation)->record(events, id));
  }

  [[nodiscard]] std::vector<std::string> words() const {
    std::vector<std::string> texts;
    for (const ConversationInfo& info : listConversations(paths.conversations)) {
      auto reader = ConversationReader::open(info.path);
      if (!reader) return {"unreadable"};
      const auto events = (*reader)->after(Position{}, 1'000);
      if (!events) return {"unreadable"};
      for (const StoredEvent& stored : *events) texts.push_back(std::get<TextPosted>(stored.event.body).text);
    }
    return texts;
  }

  [[nodiscard]] std::optional<MemberId> idNow() const {
    const auto opened = openProfile(paths);
    if (!opened) return std::nullopt;
    return opened->id;
  }

  ProfilePaths paths;
  MemberId id;
  RoomId room = makeRandom<RoomId>();
  Epoch epoch = makeRandom<Epoch>();
  crypto::PublicKey hostKey;
  std::uint64_t said = 0;
};

class ProfileBackupTest : public testing::Test {
 protected:
  void SetUp() override {
    anna.live("hello");
    if (HasFatalFailure()) return;
    const auto made = backUpProfile(anna.paths, file, kPassphrase, {}, kCheap);
    ASSERT_TRUE(made);
    EXPECT_EQ(*made, 6U);
  }

  auto restore(const Person& to, const std::string& passphrase = kPassphrase) {
    return restoreProfile(to.paths, file, passphrase, kNow);
  }
  void expectRefused(const Person& to, Errc code, const std::string& passphrase = kPassphrase) {
    const auto restored = restore(to, passphrase);
    ASSERT_FALSE(restored);
    EXPECT_EQ(codeName(restored.error().code), codeName(code)) << restored.error().detail;
  }
  /// A backup of these, however wrong.
  void forge(const std::vector<std::pair<std::string, std::string>>& files) {
    const crypto::PassphraseSalt salt{};
    const auto key = crypto::keyFromPassphrase(crypto::bytesOf(kPassphrase), salt, kCheap);
    std::ostringstream out;
    BackupWriter writer(out, *key, salt, kCheap);
    for (const auto& [name, content] : files) {
      writer.beginEntry(name, content.size());
      writer.add(crypto::bytesOf(content));
    }
    writer.finish();
    test::writeFile(file, out.str());
  }

  test::TemporaryFolder folder;
  fs::path file = folder / "anna.earshot-backup";
  Person anna{folder / "anna"};
  Person empty{folder / "new" / "computer"};
};

TEST_F(ProfileBackupTest, BringsThePersonBackOnAnotherComputer) {
  const auto restored = restore(empty);
  ASSERT_TRUE(restored);
  EXPECT_FALSE(*restored) << "nobody was there";
  EXPECT_EQ(empty.idNow(), anna.id);
  EXPECT_EQ(loadSettings(empty.paths.config / "settings.json").name, "Anna");
  EXPECT_EQ(test::contentOf(empty.paths.config / "trust.db"), "not a database, but kept");
  EXPECT_THAT(empty.words(), ElementsAre("hello"));
  const auto rooms = namesIn(empty.paths.rooms);
  ASSERT_THAT(rooms, SizeIs(1));
  EXPECT_THAT(namesIn(empty.paths.rooms / rooms[0]), testing::IsSupersetOf({"host.key", "room.db"}));
  const auto room = HostLog::openOrCreate(empty.paths.rooms, "Kitchen table");
  ASSERT_TRUE(room);
  EXPECT_EQ((*room)->hostKey().publicKey, anna.hostKey) << "everybody still knows the host";
  EXPECT_THAT(namesIn(empty.paths.rooms), ElementsAre(rooms[0])) << "it is the room, not another one of that name";
}

TEST_F(ProfileBackupTest, MovesBetweenOneFolderAndThoseOfThePlatform) {
  const Person elsewhere(ProfilePaths{folder / "config" / "earshot", folder / "data" / "earshot" / "conversations",
                                      folder / "data" / "earshot" / "rooms", folder / "state" / "logs"});
  ASSERT_TRUE(restore(elsewhere));
  EXPECT_EQ(elsewhere.idNow(), anna.id);
  EXPECT_THAT(elsewhere.words(), ElementsAre("hello"));
  EXPECT_THAT(namesIn(folder / "config" / "earshot"),
              ElementsAre("profile.json", "profile.lock", "settings.json", "trust.db"));
  EXPECT_THAT(namesIn(folder / "data" / "earshot"), ElementsAre("conversations", "rooms"));
}

TEST_F(ProfileBackupTest, LeavesOutLogsAndWhatIsNotEarshots) {
  test::writeFile(anna.paths.logs / "earshot.log", "private");
  test::writeFile(anna.paths.config / "holiday.jpg", "private");
  test::writeFile(anna.paths.config / "earlier.earshot-backup", "private");
  test::writeFile(anna.paths.conversations / "export.txt", "private");
  const auto made = backUpProfile(anna.paths, file, kPassphrase, {}, kCheap);
  ASSERT_TRUE(made);
  EXPECT_EQ(*made, 6U);
}

TEST_F(ProfileBackupTest, IsMadeWhileTheProfileIsInUse) {
  const auto inUse = openProfile(anna.paths);
  ASSERT_TRUE(inUse);
  auto conversation = Conversation::open(anna.paths.conversations, anna.room);
  ASSERT_TRUE(conversation);
  std::atomic<bool> stop = false;
  std::thread talking([&] {
    std::uint64_t seq = 1;
    while (!stop) {
      const std::vector<Event> events{
          {Seq{++seq}, {}, anna.id, "Anna", TextPosted{makeRandom<RequestId>(), TextStyle::Plain, "more"}}};
      if (!(*conversation)->record(events, anna.id)) break;
    }
  });
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(backUpProfile(anna.paths, file, kPassphrase, {}, kCheap));
    const Person copy(folder / ("copy" + std::to_string(i)));
    EXPECT_TRUE(restore(copy));
    EXPECT_THAT(copy.words(), testing::Contains("hello"));
  }
  stop = true;
  talking.join();
}

TEST_F(ProfileBackupTest, IsForThisUserAloneAndLeavesNothingBeside) {
#ifndef _WIN32
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
#endif
  EXPECT_THAT(namesIn(folder.path()), ElementsAre("anna", "anna.earshot-backup"));
  EXPECT_THAT(namesIn(anna.paths.config), ElementsAre("conversations", "logs", "profile.json", "profile.lock", "rooms",
                                                      "settings.json", "trust.db"));
}

TEST_F(ProfileBackupTest, NeedsALongEnoughPassphrase) {
  for (const std::string& weak : {std::string(), std::string("short"),
                                  std::string("Zo\xc3\xab"
                                              "12345")}) {
    const auto made = backUpProfile(anna.paths, file, weak, {}, kCheap);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, Errc::PassphraseShort);
  }
}

TEST_F(ProfileBackupTest, NeedsSomebody) {
  const auto made = backUpProfile(empty.paths, folder / "x", kPassphrase, {}, kCheap);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::NotFound);
  EXPECT_FALSE(fs::exists(folder / "x"));
  EXPECT_FALSE(fs::exists(empty.paths.config));
}

TEST_F(ProfileBackupTest, IsNotMadeOfADamagedIdentity) {
  test::writeFile(anna.paths.config / "profile.json", "{}");
  const auto made = backUpProfile(anna.paths, file, kPassphrase, {}, kCheap);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::StorageCorrupt);
}

TEST_F(ProfileBackupTest, ThatFailsLeavesTheFormerOne) {
  const std::string before = test::contentOf(file);
  const auto cancelled = backUpProfile(
      anna.paths, file, kPassphrase, [](std::uint64_t, std::uint64_t) { return false; }, kCheap);
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, Errc::Cancelled);
  EXPECT_EQ(test::contentOf(file), before);
  EXPECT_THAT(namesIn(folder.path()), ElementsAre("anna", "anna.earshot-backup"));
  const auto nowhere = backUpProfile(anna.paths, folder / "missing" / "x", kPassphrase, {}, kCheap);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, Errc::NotFound);
}

TEST_F(ProfileBackupTest, TellsHowFarItIs) {
  std::vector<std::uint64_t> seen;
  std::uint64_t total = 0;
  ASSERT_TRUE(backUpProfile(
      anna.paths, file, kPassphrase,
      [&](std::uint64_t done, std::uint64_t of) {
        seen.push_back(done);
        total = of;
        return true;
      },
      kCheap));
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_LE(seen.back(), total);
}

// --- restoring ---------------------------------------------------------------------------------------

TEST_F(ProfileBackupTest, RestoredOverSomebodySetsThemAside) {
  Person ben(folder / "ben");
  ben.live("I was here");
  test::writeFile(ben.paths.config / "holiday.jpg", "not Earshot's");
  const auto restored = restore(ben);
  ASSERT_TRUE(restored && *restored);
  EXPECT_THAT((*restored)->filename().string(), StartsWith("before-restore-20261122-133000-"));
  EXPECT_EQ(ben.idNow(), anna.id);
  EXPECT_THAT(ben.words(), ElementsAre("hello"));
  const Person aside(**restored);
  EXPECT_EQ(aside.idNow(), ben.id) << "it can be opened as it is";
  EXPECT_THAT(aside.words(), ElementsAre("I was here"));
  EXPECT_EQ(test::contentOf(ben.paths.config / "holiday.jpg"), "not Earshot's");
}

TEST_F(ProfileBackupTest, RestoredTwiceSetsBothAside) {
  ASSERT_TRUE(restore(anna));
  ASSERT_TRUE(restore(anna));
  int aside = 0;
  for (const std::string& name : namesIn(anna.paths.config)) aside += name.starts_with("before-restore-") ? 1 : 0;
  EXPECT_EQ(aside, 2);
  EXPECT_EQ(anna.idNow(), anna.id);
}

TEST_F(ProfileBackupTest, WaitsUntilTheProfileIsOpenedAgain) {
  Person ben(folder / "ben");
  ben.live("I was here");
  {
    const auto inUse = openProfile(ben.paths);
    ASSERT_TRUE(inUse);
    expectRefused(ben, Errc::ProfileInUse);
    ASSERT_TRUE(prepareRestore(ben.paths, file, kPassphrase, kNow));
    EXPECT_THAT(ben.words(), ElementsAre("I was here")) << "until it ends, everything is as it was";
    ben.say("and still am");
  }
  EXPECT_EQ(ben.idNow(), anna.id);
  EXPECT_THAT(ben.words(), ElementsAre("hello"));
}

TEST_F(ProfileBackupTest, TheLastOneThatWaitsCounts) {
  Person ben(folder / "ben");
  ben.live("I was here");
  const fs::path fileOfBen = folder / "ben.earshot-backup";
  ASSERT_TRUE(backUpProfile(ben.paths, fileOfBen, kPassphrase, {}, kCheap));
  {
    const auto inUse = openProfile(ben.paths);
    ASSERT_TRUE(prepareRestore(ben.paths, file, kPassphrase, kNow));
    ASSERT_TRUE(prepareRestore(ben.paths, fileOfBen, kPassphrase, kNow));
  }
  EXPECT_EQ(ben.idNow(), ben.id);
  for (const std::string& name : namesIn(ben.paths.config)) EXPECT_FALSE(name.starts_with(".restore")) << name;
}

TEST_F(ProfileBackupTest, GoesOnWhereACrashEndedIt) {
  // Every prefix of the moves that finishRestore makes: after each, the file that comes next cannot be
  // moved, because a folder that is not empty stands in its way.
  const std::vector<std::string> obstacles{"before-restore-NAME/profile.json", "before-restore-NAME/trust.db",
                                           "before-restore-NAME/conversations", "before-restore-NAME/rooms"};
  for (const std::string& obstacle : obstacles) {
    Person ben(folder / ("ben" + std::to_string(std::ranges::find(obstacles, obstacle) - obstacles.begin())));
    ben.live("I was here");
    ASSERT_TRUE(prepareRestore(ben.paths, file, kPassphrase, kNow));
    std::string name;
    for (const std::string& entry : namesIn(ben.paths.config)) {
      if (entry.starts_with(".restore-")) name = entry.substr(9);
    }
    fs::path block = ben.paths.config / obstacle;
    block = block.parent_path().parent_path() / ("before-restore-" + name) / block.filename();
    fs::create_directories(block / "in the way");
    EXPECT_FALSE(openProfile(ben.paths)) << obstacle;
    EXPECT_FALSE(openProfile(ben.paths)) << "nobody new is made in the meantime: " << obstacle;
    fs::remove_all(block);
    EXPECT_EQ(ben.idNow(), anna.id) << obstacle;
    EXPECT_THAT(ben.words(), ElementsAre("hello")) << obstacle;
    EXPECT_EQ(Person(ben.paths.config / ("before-restore-" + name)).idNow(), ben.id) << obstacle;
  }
}

TEST_F(ProfileBackupTest, WithTheWrongPassphraseWritesNothing) {
  expectRefused(empty, Errc::PassphraseWrong, "amber tiger lakE");
  EXPECT_FALSE(fs::exists(folder / "new"));
  const auto before = namesIn(anna.paths.config);
  expectRefused(anna, Errc::PassphraseWrong, "");
  EXPECT_EQ(namesIn(anna.paths.config), before);
}

TEST_F(ProfileBackupTest, ThatIsCutOffWritesNothing) {
  const std::string whole = test::contentOf(file);
  for (std::size_t size = 0; size < whole.size(); size += 1 + size / 10) {
    test::writeFile(file, whole.substr(0, size));
    ASSERT_FALSE(restore(empty)) << size;
    ASSERT_FALSE(fs::exists(folder / "new")) << size;
  }
}

TEST_F(ProfileBackupTest, WithoutAPersonIsNone) {
  const std::string profile = test::contentOf(anna.paths.config / "profile.json");
  using Files = std::vector<std::pair<std::string, std::string>>;
  for (const Files& files :
       {Files{}, Files{{"settings.json", "{}"}}, Files{{"profile.json", "{}"}},
        Files{{"profile.json", R"({"version":1,"id":"x"})"}}, Files{{"profile.json", profile}, {"evil.exe", "x"}},
        Files{{"profile.json", profile}, {"logs/a.json", "x"}}, Files{{"profile.json", profile}, {"profile.lock", "x"}},
        Files{{"profile.json", profile}, {"restore.json", "x"}}, Files{{"profile.json", profile}, {"rooms/a.db", "x"}},
        Files{{"profile.json", profile}, {"conversations/a/b.db", "x"}},
        Files{{"profile.json", profile}, {"before-restore-1/profile.json", profile}},
        Files{{"profile.json", std::string(100'000, ' ') + profile}}}) {
    forge(files);
    expectRefused(empty, Errc::BackupInvalid);
    EXPECT_FALSE(fs::exists(folder / "new"));
  }
  forge({{"profile.json", profile}, {"../evil.json", "x"}});
  expectRefused(empty, Errc::BackupDamaged);
  EXPECT_FALSE(fs::exists(folder / "new"));
  forge({{"profile.json", profile}});
  EXPECT_TRUE(restore(empty));
}

TEST_F(ProfileBackupTest, CanBeCancelledWhileItIsRestored) {
  for (const int after : {0, 1}) {
    int asked = 0;
    const auto restored = restoreProfile(empty.paths, file, kPassphrase, kNow,
                                         [&](std::uint64_t, std::uint64_t) { return asked++ < after; });
    ASSERT_FALSE(restored);
    EXPECT_EQ(restored.error().code, Errc::Cancelled);
    EXPECT_FALSE(fs::exists(empty.paths.config));
  }
}

#ifndef _WIN32
TEST_F(ProfileBackupTest, ToAReadOnlyPlaceIsSaidAndLeavesNothing) {
  // Who is nobody while the folder is read-only must be able to read the rest.
  using fs::perms;
  for (const fs::path& readable : {folder.path(), file, anna.paths.config, anna.paths.config / "profile.json"}) {
    fs::permissions(readable, perms::others_read | perms::others_exec | perms::group_read | perms::group_exec,
                    fs::perm_options::add);
  }
  fs::create_directory(folder / "locked");
  const Person there(folder / "locked" / "profile");
  {
    const test::ReadOnly guard(folder / "locked");
    expectRefused(there, Errc::StorageReadOnly);
    expectRefused(Person(folder / "locked"), Errc::StorageReadOnly);
  }
  EXPECT_TRUE(fs::is_empty(folder / "locked"));
}
#endif

TEST_F(ProfileBackupTest, TheMarkOfARestoreIsNotBelievedWhenItIsDamaged) {
  for (const std::string& mark : {std::string(), std::string("{}"), std::string(R"({"name":"../..","aside":false})"),
                                  std::string(R"({"name":"20261122","aside":1})")}) {
    test::writeFile(anna.paths.config / "restore.json", mark);
    const auto opened = openProfile(anna.paths);
    ASSERT_FALSE(opened) << mark;
    EXPECT_EQ(opened.error().code, Errc::StorageCorrupt);
  }
}

TEST(SuggestedBackupName, IsOneForEverySystem) {
  EXPECT_EQ(suggestedBackupName("Anna", "2026-11-22"), "earshot-Anna-2026-11-22.earshot-backup");
  EXPECT_EQ(suggestedBackupName("A/B", "2026-11-22"), "earshot-2026-11-22.earshot-backup");
  EXPECT_EQ(suggestedBackupName("a:b", "2026-11-22"), "earshot-2026-11-22.earshot-backup");
}

TEST(CopyDatabase, ToldFromOtherFiles) {
  const test::TemporaryFolder folder;
  test::writeFile(folder / "a", std::string("SQLite format 3\0 and more", 25));
  test::writeFile(folder / "b", "SQLite");
  EXPECT_TRUE(isDatabase(folder / "a"));
  EXPECT_FALSE(isDatabase(folder / "b"));
  EXPECT_FALSE(isDatabase(folder / "missing"));
  EXPECT_FALSE(copyDatabase(folder / "a", folder / "copy", [] { return true; })) << "it only begins like one";
}

}  // namespace
}  // namespace earshot::app

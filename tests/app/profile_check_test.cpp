#include "app/profile_check.h"
#include "app/search_index.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "app/conversation_schema.h"
#include "app/database_kinds.h"
#include "app/host_log.h"
#include "app/mailbox.h"
#include "app/message_keys.h"
#include "app/private_chat.h"
#include "app/trust_store.h"
#include "app/whole_file.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;
using test::contentOf;
using test::writeFile;

constexpr UtcMillis kNow{std::chrono::milliseconds{1'795'354'205'000}};  // 2026-11-22 13:30:05
constexpr std::uint64_t kMessages = 400;

/// A profile with something in every kind of file.
class ProfileCheckTest : public testing::Test {
 protected:
  void SetUp() override {
    paths = profilePaths(folder / "anna", folder / "earshot");
    auto opened = openProfile(paths);
    ASSERT_TRUE(opened);
    self = opened->id;
    talk();
    host();
    whisper();
    const auto trust = TrustStore::open(paths.config / "trust.db");
    ASSERT_TRUE(trust);
    for (int i = 0; i < 30; ++i) {
      ASSERT_TRUE(
          (*trust)->rememberPerson(room, crypto::makeSigningKey().publicKey, "Person " + std::to_string(i), kNow));
    }
    ASSERT_TRUE((*trust)->rememberHost(
        {room, crypto::makeSigningKey().publicKey, HostProof::JoinCode, "Kitchen table", "10.0.0.1:1060", kNow, kNow}));
    const auto keys = MessageKeys::open(paths.config / kMessageKeysFile, opened->identity);
    ASSERT_TRUE(keys);
    ASSERT_TRUE((*keys)->current(kNow));
    writeFile(paths.config / "settings.json", "{\"version\":1}\n");
  }

  static Event text(std::uint64_t seq) {
    return {
        Seq{seq}, kNow, MemberId{}, "Anna",
        TextPosted{makeRandom<RequestId>(), TextStyle::Plain, "text " + std::to_string(seq) + std::string(50, 'x')}};
  }
  void talk() {
    auto conversation = Conversation::open(paths.conversations, room);
    ASSERT_TRUE(conversation);
    ConversationInfo info;
    info.room = room;
    info.roomName = "Kitchen table";
    info.self = self;
    ASSERT_TRUE((*conversation)->admitted(makeRandom<Epoch>(), info));
    std::vector<Event> events;
    for (std::uint64_t seq = 1; seq <= kMessages; ++seq) events.push_back(text(seq));
    ASSERT_TRUE((*conversation)->record(events, self));
    talkFile = (*conversation)->path();
  }
  void host() {
    auto log = HostLog::openOrCreate(paths.rooms, "Kitchen table");
    ASSERT_TRUE(log);
    std::vector<Event> events;
    for (std::uint64_t seq = 1; seq <= kMessages; ++seq) events.push_back(text(seq));
    ASSERT_TRUE((*log)->commit(events, {}));
    logFile = (*log)->path();
    epoch = (*log)->identity().epoch;
    auto mailbox = Mailbox::open(logFile.parent_path(), kNow);
    ASSERT_TRUE(mailbox);
    const auto ben = crypto::makeSigningKey();
    const MemberId benId = crypto::memberIdOf(ben.publicKey);
    std::vector<MailboxRequest> requests{{benId, "Ben", PublishKey{makeMessageKey(ben, KeyGeneration{1}, kNow).key}}};
    for (int i = 0; i < 40; ++i) {
      requests.push_back({self, "Anna", PostLetter{benId, makeRandom<RequestId>(), crypto::Bytes(300, 7)}});
    }
    ASSERT_TRUE((*mailbox)->apply(requests, kNow));
  }
  void whisper() {
    ConversationInfo info;
    info.roomName = "Kitchen table";
    info.self = self;
    info.selfName = "Anna";
    info.peer = PrivatePeer{makeRandom<MemberId>(), "Ben", room};
    auto chat = PrivateChat::open(paths.conversations, info);
    ASSERT_TRUE(chat);
    ASSERT_TRUE((*chat)->queue({makeRandom<RequestId>(), kNow, TextStyle::Plain, "only for you"}));
    whisperFile = (*chat)->info().path;
  }

  [[nodiscard]] CheckedFile checked(const fs::path& file) const {
    const auto all = checkProfile(paths);
    EXPECT_TRUE(all);
    for (const CheckedFile& each : *all) {
      if (each.path == file) return each;
    }
    ADD_FAILURE() << file;
    return {};
  }
  [[nodiscard]] static std::size_t corruptCopiesOf(const fs::path& file) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(file.parent_path())) {
      if (textOf(entry.path().filename()).starts_with(textOf(file.filename()) + ".corrupt-")) ++count;
    }
    return count;
  }
  /// Overwrites pages of 4,096 bytes.
  static void destroyPages(const fs::path& file, std::size_t first, std::size_t count) {
    std::string content = contentOf(file);
    ASSERT_GT(content.size(), (first + count) * 4096);
    for (std::size_t i = first * 4096; i < (first + count) * 4096; ++i) content[i] = static_cast<char>(i * 31);
    writeFile(file, content);
  }

  test::TemporaryFolder folder;
  ProfilePaths paths;
  MemberId self;
  RoomId room = makeRandom<RoomId>();
  Epoch epoch;
  fs::path talkFile, logFile, whisperFile;
};

TEST_F(ProfileCheckTest, FindsNothingWrongWithWhatEarshotWrote) {
  const auto all = checkProfile(paths);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 9U);
  for (const CheckedFile& each : *all) {
    EXPECT_EQ(each.health, FileHealth::Good) << each.name << " " << each.problem;
    EXPECT_TRUE(each.problem.empty());
  }
  EXPECT_EQ(checked(talkFile).messages, kMessages);
  EXPECT_EQ(checked(talkFile).title, "Kitchen table");
  EXPECT_EQ(checked(logFile).messages, kMessages);
}

TEST_F(ProfileCheckTest, SaysWhenThereIsNoProfile) {
  EXPECT_EQ(checkProfile(profilePaths(folder / "nobody", folder / "earshot")).error().code, Errc::NotFound);
}

TEST_F(ProfileCheckTest, LooksAtFilesThatAreInUse) {
  auto conversation = Conversation::open(paths.conversations, room);
  ASSERT_TRUE(conversation);
  ConversationInfo info;
  info.room = room;
  info.self = self;
  ASSERT_TRUE((*conversation)->admitted(makeRandom<Epoch>(), info));
  const std::vector<Event> events{text(1)};
  ASSERT_TRUE((*conversation)->record(events, self));
  EXPECT_EQ(checked(talkFile).health, FileHealth::Good);
  EXPECT_EQ(checked(talkFile).messages, kMessages + 1);
}

TEST_F(ProfileCheckTest, SeesWhatSqliteDoesNotMind) {
  for (const auto* statement :
       {"UPDATE info SET message_count = 7",
        "UPDATE events SET actor = x'00' WHERE position = (SELECT max(position) FROM events)",
        "UPDATE events SET text = CAST(x'ff' AS TEXT) WHERE position = (SELECT max(position) FROM events)",
        "DELETE FROM info", "DELETE FROM epochs"}) {
    const std::string before = contentOf(talkFile);
    {
      SQLite::Database db(textOf(talkFile), SQLite::OPEN_READWRITE);
      addSearchFunctions(db);
      db.exec(statement);
    }
    const CheckedFile file = checked(talkFile);
    EXPECT_EQ(file.health, FileHealth::Damaged) << statement;
    const auto repaired = repairFile(file, kNow);
    ASSERT_TRUE(repaired) << statement;
    EXPECT_EQ(checked(talkFile).health, FileHealth::Good) << statement;
    EXPECT_GE(*repaired->messages, kMessages - 1) << statement;
    writeFile(talkFile, before);
  }
}

TEST_F(ProfileCheckTest, LeavesAVersionToComeAlone) {
  SQLite::Database(textOf(talkFile), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  EXPECT_EQ(checked(talkFile).health, FileHealth::Newer);
}

TEST_F(ProfileCheckTest, SavesEverythingAroundADestroyedPage) {
  const std::string before = contentOf(talkFile);
  destroyPages(talkFile, before.size() / 4096 / 2, 1);
  const std::string damaged = contentOf(talkFile);
  const CheckedFile file = checked(talkFile);
  ASSERT_EQ(file.health, FileHealth::Damaged);
  const auto repaired = repairFile(file, kNow);
  ASSERT_TRUE(repaired);
  EXPECT_EQ(textOf(repaired->kept.filename()), textOf(talkFile.filename()) + ".corrupt-20261122T133005Z");
  EXPECT_EQ(contentOf(repaired->kept), damaged);
  EXPECT_GT(*repaired->messages, kMessages * 8 / 10);
  EXPECT_EQ(*repaired->messages + repaired->lost, kMessages);
  const CheckedFile after = checked(talkFile);
  EXPECT_EQ(after.health, FileHealth::Good) << after.problem;
  EXPECT_EQ(after.messages, repaired->messages);
  EXPECT_EQ(after.title, "Kitchen table");
  const auto listed = listConversations(paths.conversations);
  EXPECT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed.front().room == room || listed.back().room == room, true) << "it keeps its id";
}

TEST_F(ProfileCheckTest, GivesARepairedRoomANewEpoch) {
  destroyPages(logFile, contentOf(logFile).size() / 4096 / 2, 1);
  const auto repaired = repairFile(checked(logFile), kNow);
  ASSERT_TRUE(repaired);
  EXPECT_GT(*repaired->messages, kMessages / 2);
  const auto log = HostLog::openOrCreate(paths.rooms, "Kitchen table");
  ASSERT_TRUE(log);
  EXPECT_EQ((*log)->path(), logFile);
  EXPECT_NE((*log)->identity().epoch, epoch);
  EXPECT_EQ(toNumber((*log)->loadState()->lastSeq), kMessages);
}

TEST_F(ProfileCheckTest, FindsItsWayWithoutTheFirstPage) {
  destroyPages(talkFile, 0, 1);
  const auto repaired = repairFile(checked(talkFile), kNow);
  ASSERT_TRUE(repaired);
  EXPECT_EQ(*repaired->messages, kMessages);
  EXPECT_TRUE(repaired->mayHaveLostMore);
  EXPECT_EQ(checked(talkFile).health, FileHealth::Good);
}

TEST_F(ProfileCheckTest, KeepsAPrivateChatWhatItIs) {
  SQLite::Database(textOf(whisperFile), SQLite::OPEN_READWRITE).exec("UPDATE info SET message_count = 9");
  ASSERT_TRUE(repairFile(checked(whisperFile), kNow));
  const auto reader = ConversationReader::open(whisperFile);
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->info()->peer->name, "Ben");
  ASSERT_EQ((*reader)->outbox()->size(), 1U);
  EXPECT_EQ((*reader)->outbox()->front().text, "only for you");
}

TEST_F(ProfileCheckTest, LeavesWhatCannotBeSavedAsItWas) {
  const std::string nonsense(20'000, 'z');
  writeFile(talkFile, nonsense);
  const auto repaired = repairFile(checked(talkFile), kNow);
  ASSERT_FALSE(repaired);
  EXPECT_EQ(repaired.error().code, Errc::StorageCorrupt);
  EXPECT_EQ(contentOf(talkFile), nonsense);
  EXPECT_EQ(corruptCopiesOf(talkFile), 0U);
  const fs::path identity = paths.config / "profile.json";
  writeFile(identity, "{}");
  EXPECT_EQ(checked(identity).health, FileHealth::Damaged);
  EXPECT_FALSE(repairFile(checked(identity), kNow));
  EXPECT_EQ(contentOf(identity), "{}");
}

TEST_F(ProfileCheckTest, SetsDamagedSettingsAside) {
  const fs::path settings = paths.config / "settings.json";
  writeFile(settings, "{\"version\":");
  const auto repaired = repairFile(checked(settings), kNow);
  ASSERT_TRUE(repaired);
  EXPECT_EQ(contentOf(repaired->kept), "{\"version\":");
  EXPECT_FALSE(fs::exists(settings));
}

/// Flips bytes of the file, or cuts it.
std::string harmed(std::string content, std::mt19937& random) {
  if (random() % 4 == 0) {
    content.resize(random() % content.size());
    return content;
  }
  for (auto flips = 1 + random() % 40; flips > 0; --flips) {
    // Half of them where they hurt most.
    const std::size_t reach = random() % 2 == 0 ? std::min<std::size_t>(content.size(), 4096) : content.size();
    content[random() % reach] = static_cast<char>(random());
  }
  return content;
}

TEST_F(ProfileCheckTest, RefusesOrSavesWhateverIsHarmed) {
  const bool isLong = std::getenv("EARSHOT_LONG") != nullptr;
  const int rounds = isLong ? 1'000 : 12;
  const unsigned seed = isLong ? std::random_device{}() : 11;
  std::printf("seed %u\n", seed);
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const fs::path rooms = logFile.parent_path();
  for (const fs::path& file : {talkFile, whisperFile, logFile, rooms / "mailbox.db", paths.config / "trust.db",
                               paths.config / kMessageKeysFile}) {
    const std::string good = contentOf(file);
    int saved = 0;
    for (int round = 0; round < rounds; ++round) {
      const std::string bad = harmed(good, random);
      writeFile(file, bad);
      const CheckedFile before = checked(file);
      if (before.health != FileHealth::Damaged) continue;  // nobody can tell, or a version to come
      EXPECT_FALSE(before.problem.empty());
      const auto repaired = repairFile(before, kNow);
      if (repaired) {
        ++saved;
        EXPECT_EQ(contentOf(repaired->kept), bad);
        EXPECT_EQ(checked(file).health, FileHealth::Good) << checked(file).problem;
        fs::remove(repaired->kept);
      } else {
        EXPECT_EQ(contentOf(file), bad);
      }
      for (const auto& entry : fs::directory_iterator(file.parent_path())) {
        EXPECT_FALSE(textOf(entry.path().filename()).starts_with(".earshot-")) << entry.path();
      }
    }
    EXPECT_GT(saved, 0) << file;
    writeFile(file, good);
  }
}

TEST_F(ProfileCheckTest, OpensNoHarmedFileWithACrash) {
  const bool isLong = std::getenv("EARSHOT_LONG") != nullptr;
  std::mt19937 random(5);
  const std::string good = contentOf(talkFile);
  for (int round = 0; round < (isLong ? 1'000 : 60); ++round) {
    writeFile(talkFile, harmed(good, random));
    const auto reader = ConversationReader::open(talkFile);
    if (!reader) continue;
    (void)(*reader)->info().ok();
    (void)(*reader)->before({}, 1'000).ok();
    (void)(*reader)->search({"text"}, 10).ok();
    (void)(*reader)->forEach({}, {}, [](const StoredEvent&) { return true; }).ok();
    (void)(*reader)->outbox().ok();
  }
}

}  // namespace
}  // namespace earshot::app

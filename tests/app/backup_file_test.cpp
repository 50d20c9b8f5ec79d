#include "app/backup_file.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <sstream>

#include "app/backup_format.h"
#include "app/limits.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using crypto::bytesOf;
using crypto::ByteView;
using crypto::PassphraseCost;

constexpr PassphraseCost kCheap{1, 8};
constexpr std::string_view kPassphrase = "amber tiger lake";

class Gathering final : public BackupVisitor {
 public:
  Status beginEntry(const std::string& name, std::uint64_t size) override {
    name_ = name;
    sizes[name] = size;
    files[name] = "";
    return Done{};
  }
  Status add(ByteView bytes) override {
    files[name_].append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return Done{};
  }
  Status endEntry() override { return Done{}; }

  std::map<std::string, std::string> files;
  std::map<std::string, std::uint64_t> sizes;

 private:
  std::string name_;
};

class BackupFileTest : public testing::Test {
 protected:
  using Files = std::vector<std::pair<std::string, std::string>>;

  static std::string sealed(const std::function<void(BackupWriter&)>& write, const PassphraseCost& cost = kCheap) {
    const crypto::PassphraseSalt salt{1, 2, 3};
    const auto key = crypto::keyFromPassphrase(bytesOf(kPassphrase), salt, kCheap);
    std::ostringstream out;
    BackupWriter writer(out, *key, salt, cost);
    write(writer);
    writer.finish();
    return out.str();
  }
  static std::string backupOf(const Files& files) {
    return sealed([&](BackupWriter& writer) {
      for (const auto& [name, content] : files) {
        writer.beginEntry(name, content.size());
        writer.add(bytesOf(content));
      }
    });
  }

  /// As far as reading came.
  Status read(const std::string& backup, std::string_view passphrase = kPassphrase) {
    test::writeFile(file, backup);
    auto reader = BackupReader::open(file);
    if (!reader) return reader.error();
    if (auto unlocked = reader->unlock(bytesOf(passphrase)); !unlocked) return unlocked;
    gathered = Gathering();
    return reader->read(gathered, {});
  }
  std::string refusal(const std::string& backup, std::string_view passphrase = kPassphrase) {
    const Status status = read(backup, passphrase);
    if (status) return "accepted";
    switch (status.error().code) {
      case Errc::BackupInvalid:
        return "invalid";
      case Errc::BackupDamaged:
        return "damaged";
      case Errc::PassphraseWrong:
        return "passphrase";
      case Errc::StorageNewer:
        return "newer";
      default:
        return "other";
    }
  }

  test::TemporaryFolder folder;
  std::filesystem::path file = folder / "a.earshot-backup";
  Gathering gathered;
};

TEST_F(BackupFileTest, GivesBackWhatWasPutIn) {
  const std::string big(200'000, 'x');
  const std::string exactlyOneChunk(backup::kChunkBytes - 1 - 2 - 1 - 8, 'y');
  for (const Files& files : {Files{}, Files{{"a", ""}}, Files{{"a", exactlyOneChunk}},
                             Files{{"profile.json", "{}"}, {"rooms/1/room.db", big}, {"Ärger 你好.json", "x"}}}) {
    ASSERT_TRUE(read(backupOf(files)));
    EXPECT_EQ(gathered.files, (std::map<std::string, std::string>(files.begin(), files.end())));
    for (const auto& [name, content] : files) EXPECT_EQ(gathered.sizes[name], content.size());
  }
}

TEST_F(BackupFileTest, CanBeReadTwice) {
  test::writeFile(file, backupOf({{"a", "content"}}));
  auto reader = BackupReader::open(file);
  ASSERT_TRUE(reader && reader->unlock(bytesOf(kPassphrase)));
  for (int i = 0; i < 2; ++i) {
    Gathering again;
    ASSERT_TRUE(reader->read(again, {}));
    EXPECT_EQ(again.files["a"], "content");
  }
}

TEST_F(BackupFileTest, HoldsNothingThatCanBeRead) {
  const std::string backup = backupOf({{"profile.json", "a canary in a mine"}});
  EXPECT_EQ(backup.find("canary"), std::string::npos);
  EXPECT_EQ(backup.find("profile"), std::string::npos);
  EXPECT_EQ(backup, backup) << "and no two are alike";
  EXPECT_NE(backup, backupOf({{"profile.json", "a canary in a mine"}}));
}

TEST_F(BackupFileTest, OpensWithItsPassphraseOnly) {
  const std::string backup = backupOf({{"a", "content"}});
  EXPECT_EQ(refusal(backup, "amber tiger lakE"), "passphrase");
  EXPECT_EQ(refusal(backup, ""), "passphrase");
  EXPECT_EQ(refusal(backup), "accepted");
}

TEST_F(BackupFileTest, IsRefusedWhereverItIsCutOff) {
  const std::string backup = backupOf({{"profile.json", "{}"}, {"conversations/x.earshot", std::string(300, 'x')}});
  for (std::size_t size = 0; size < backup.size(); ++size) {
    EXPECT_NE(refusal(backup.substr(0, size)), "accepted") << size;
  }
}

TEST_F(BackupFileTest, OfSeveralChunksIsRefusedWhereverItIsCutOff) {
  const std::string backup = backupOf({{"a", std::string(3 * backup::kChunkBytes, 'x')}});
  for (std::size_t chunks = 0; chunks < 4; ++chunks) {
    const std::size_t end = backup::kHeaderBytes + chunks * backup::kSealedChunkBytes;
    for (const std::size_t size : {end - 1, end, end + 1, end + 17, end + 18}) {
      if (size >= backup.size()) continue;
      EXPECT_NE(refusal(backup.substr(0, size)), "accepted") << size;
      EXPECT_TRUE(gathered.files["a"].size() < 3 * backup::kChunkBytes || chunks == 3);
    }
  }
}

TEST_F(BackupFileTest, IsRefusedWithAnyBitFlipped) {
  const std::string backup = backupOf({{"profile.json", "{}"}, {"conversations/x.earshot", std::string(5'000, 'x')}});
  std::mt19937_64 random(20261122);
  std::uniform_int_distribution<std::size_t> bits(0, backup.size() * 8 - 1);
  for (int i = 0; i < 10'000; ++i) {
    const std::size_t bit = bits(random);
    std::string flipped = backup;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_NE(refusal(flipped), "accepted") << bit;
  }
}

TEST_F(BackupFileTest, IsRefusedWithChunksExchangedRepeatedOrLeftOut) {
  const std::string backup = backupOf({{"a", std::string(3 * backup::kChunkBytes, 'x')}});
  const auto chunk = [&](std::size_t number) {
    return backup.substr(backup::kHeaderBytes + number * backup::kSealedChunkBytes, backup::kSealedChunkBytes);
  };
  const std::string header = backup.substr(0, backup::kHeaderBytes);
  EXPECT_EQ(refusal(header + chunk(0) + chunk(1) + chunk(2) + chunk(3)), "accepted");
  EXPECT_EQ(refusal(header + chunk(0) + chunk(2) + chunk(1) + chunk(3)), "damaged");
  EXPECT_EQ(refusal(header + chunk(0) + chunk(1) + chunk(1) + chunk(2) + chunk(3)), "damaged");
  EXPECT_EQ(refusal(header + chunk(0) + chunk(2) + chunk(3)), "damaged");
}

TEST_F(BackupFileTest, IsRefusedWhenAnythingFollows) {
  const std::string backup = backupOf({{"a", "content"}});
  EXPECT_NE(refusal(backup + "x"), "accepted");
  EXPECT_NE(refusal(backup + backup), "accepted");
  const std::string whole = backupOf({{"a", std::string(backup::kChunkBytes, 'x')}});
  EXPECT_NE(refusal(whole + "x"), "accepted");
}

TEST_F(BackupFileTest, OfALaterVersionIsSaidToBeOne) {
  std::string backup = backupOf({{"a", "content"}});
  backup[backup::kVersionAt] = 2;
  EXPECT_EQ(refusal(backup), "newer");
  backup[backup::kVersionAt] = 0;
  EXPECT_EQ(refusal(backup), "invalid");
}

TEST_F(BackupFileTest, IsNotJustAnyFile) {
  for (const std::string& other :
       {std::string(), std::string("hello"), std::string(100'000, '\0'),
        std::string("SQLite format 3\0", 16) + std::string(4'096, 'x'), std::string(backup::kMagic)}) {
    EXPECT_EQ(refusal(other), "invalid");
  }
  EXPECT_EQ(BackupReader::open(folder / "missing").error().code, Errc::NotFound);
  EXPECT_EQ(BackupReader::open(folder.path()).error().code, Errc::StorageFailed);
}

TEST_F(BackupFileTest, AsksForNoMoreWorkThanAComputerCanBear) {
  const auto nothing = [](BackupWriter&) {};
  for (const PassphraseCost& cost :
       {PassphraseCost{1, 0x7fffffff}, PassphraseCost{0xffffffff, 8}, PassphraseCost{0, 8}, PassphraseCost{1, 0}}) {
    test::writeFile(file, sealed(nothing, cost));
    const auto reader = BackupReader::open(file);
    ASSERT_FALSE(reader) << "refused before anything is computed";
    EXPECT_EQ(reader.error().code, Errc::BackupInvalid);
  }
  EXPECT_EQ(refusal(sealed(nothing, {2, 8})), "passphrase") << "the cost is part of what is sealed";
}

TEST_F(BackupFileTest, WithNamesThatLeadElsewhereIsRefused) {
  for (const std::string& name : {std::string(),
                                  std::string("/etc/passwd"),
                                  std::string("../profile.json"),
                                  std::string("rooms/../../x"),
                                  std::string("a/./b"),
                                  std::string("a//b"),
                                  std::string("a/"),
                                  std::string("C:x"),
                                  std::string("C:\\x"),
                                  std::string("a\\b"),
                                  std::string("\\\\server\\share"),
                                  std::string("nul"),
                                  std::string("NUL.json"),
                                  std::string("Com1.db"),
                                  std::string("lpt\xc2\xb9.db"),
                                  std::string("a/b/c/d"),
                                  std::string(".hidden"),
                                  std::string("a/.hidden"),
                                  std::string("name "),
                                  std::string("name."),
                                  std::string("a\nb"),
                                  std::string("a\0b", 3),
                                  std::string("\xff"),
                                  std::string(kMaxBackupNamePartBytes + 1, 'x')}) {
    EXPECT_FALSE(isBackupName(name)) << name;
    EXPECT_EQ(refusal(backupOf({{"a", "x"}, {name, "content"}})), "damaged") << name;
  }
  for (const std::string& name :
       {std::string("profile.json"), std::string("rooms/2b7c/room.db"), std::string("com"), std::string("com10.db"),
        std::string("null"), std::string("你好 ä.json"), std::string(kMaxBackupNamePartBytes, 'x')}) {
    EXPECT_TRUE(isBackupName(name)) << name;
  }
}

TEST_F(BackupFileTest, WithTwoNamesForOneFileIsRefused) {
  EXPECT_EQ(refusal(backupOf({{"a.db", "x"}, {"a.db", "y"}})), "damaged");
  EXPECT_EQ(refusal(backupOf({{"a.db", "x"}, {"A.DB", "y"}})), "damaged");
  EXPECT_EQ(refusal(backupOf({{"\xc3\xa4.db", "x"}, {"a\xcc\x88.db", "y"}})), "damaged") << "composed or not";
}

TEST_F(BackupFileTest, WhoseEntriesDoNotAddUpIsRefused) {
  const auto raw = [](const std::string& content) {
    return sealed([&](BackupWriter& writer) { writer.add(bytesOf(content)); });
  };
  const std::string entry = std::string("\x01\x01\x00", 3) + "a" + std::string("\x02\0\0\0\0\0\0\0", 8) + "xy";
  EXPECT_EQ(refusal(raw("")), "accepted");
  EXPECT_EQ(refusal(raw(entry)), "damaged") << "it ends with a count of none";
  EXPECT_EQ(refusal(raw(entry + std::string("\0\1\0\0\0", 5))), "damaged") << "something follows the end";
  EXPECT_EQ(refusal(raw("\x02")), "damaged") << "a kind that is not known";
  EXPECT_EQ(refusal(raw(entry.substr(0, 12))), "damaged") << "more was announced";
  EXPECT_EQ(refusal(raw(std::string("\x01\x01\x00", 3) + "a" + std::string(8, '\xff') + "xy")), "damaged")
      << "much more was announced";
}

TEST_F(BackupFileTest, CanBeCancelled) {
  test::writeFile(file, backupOf({{"a", std::string(5 * backup::kChunkBytes, 'x')}}));
  auto reader = BackupReader::open(file);
  ASSERT_TRUE(reader && reader->unlock(bytesOf(kPassphrase)));
  Gathering some;
  const auto read = reader->read(some, [](std::uint64_t done) { return done < 2 * backup::kChunkBytes; });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::Cancelled);
}

}  // namespace
}  // namespace earshot::app

#include "app/trust_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <thread>
#include <vector>

#ifndef _WIN32
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "support/read_only.h"
#include "support/temporary_folder.h"

namespace earshot::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr UtcMillis kNow{std::chrono::milliseconds{1'700'000'000'000}};
constexpr std::chrono::hours kDay{24};

class TrustStoreTest : public ::testing::Test {
 protected:
  std::unique_ptr<TrustStore> open() const {
    auto store = TrustStore::open(file_);
    EXPECT_TRUE(store.ok());
    return store ? std::move(*store) : nullptr;
  }
  static KnownHost host(const std::string& address = "10.0.0.1:1060") {
    return {makeRandom<RoomId>(), makeRandom<crypto::PublicKey>(), HostProof::JoinCode, "Kitchen", address, kNow, kNow};
  }
  static Errc errorOf(const Result<std::unique_ptr<TrustStore>>& opened) {
    return opened ? Errc::Cancelled : opened.error().code;
  }

  const test::TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_ / "trust.db";
  const RoomId room_ = makeRandom<RoomId>();
  const crypto::PublicKey anna_ = crypto::makeSigningKey().publicKey;
  const crypto::PublicKey eve_ = crypto::makeSigningKey().publicKey;
};

TEST_F(TrustStoreTest, RemembersHosts) {
  const KnownHost kitchen = host();
  const KnownHost garden = host("10.0.0.2:1060");
  {
    auto store = open();
    EXPECT_EQ(store->hostMemory(kitchen.room, kitchen.address)->room, std::nullopt);
    ASSERT_TRUE(store->rememberHost(kitchen).ok());
    ASSERT_TRUE(store->rememberHost(garden).ok());
  }
  const auto memory = open()->hostMemory(kitchen.room, garden.address);
  ASSERT_TRUE(memory.ok());
  EXPECT_EQ(memory->room, kitchen);
  EXPECT_THAT(memory->othersAtAddress, ElementsAre(garden));
  EXPECT_THAT(open()->hostMemory(kitchen.room, kitchen.address)->othersAtAddress, IsEmpty()) << "only others";
}

TEST_F(TrustStoreTest, NamesTheHostThatWasUsedLastFirst) {
  auto store = open();
  KnownHost first = host();
  KnownHost second = host();
  second.lastUsed += kDay;
  ASSERT_TRUE(store->rememberHost(first).ok());
  ASSERT_TRUE(store->rememberHost(second).ok());
  EXPECT_THAT(store->hostMemory(room_, first.address)->othersAtAddress, ElementsAre(second, first));
  first.lastUsed += 2 * kDay;
  ASSERT_TRUE(store->rememberHost(first).ok());
  EXPECT_THAT(store->hostMemory(room_, first.address)->othersAtAddress, ElementsAre(first, second));
}

TEST_F(TrustStoreTest, KeepsTheBestProofOfTheSameKeyAndFollowsTheHost) {
  auto store = open();
  KnownHost kitchen = host();
  ASSERT_TRUE(store->rememberHost(kitchen).ok());
  KnownHost later = kitchen;
  later.proof = HostProof::FirstUse;
  later.address = "10.0.0.7:1061";
  later.roomName = "Big kitchen";
  later.since = later.lastUsed = kNow + kDay;
  ASSERT_TRUE(store->rememberHost(later).ok());
  KnownHost expected = later;
  expected.proof = HostProof::JoinCode;
  expected.since = kNow;
  EXPECT_EQ(store->hostMemory(kitchen.room, "")->room, expected);
  EXPECT_THAT(store->hostMemory(room_, kitchen.address)->othersAtAddress, IsEmpty()) << "it is elsewhere now";
}

TEST_F(TrustStoreTest, StartsAnewWithANewKey) {
  auto store = open();
  KnownHost kitchen = host();
  kitchen.proof = HostProof::Invite;
  ASSERT_TRUE(store->rememberHost(kitchen).ok());
  kitchen.key = makeRandom<crypto::PublicKey>();
  kitchen.proof = HostProof::JoinCode;
  kitchen.since = kitchen.lastUsed = kNow + kDay;
  ASSERT_TRUE(store->rememberHost(kitchen).ok());
  EXPECT_EQ(store->hostMemory(kitchen.room, "")->room, kitchen);
}

TEST_F(TrustStoreTest, RemembersPeopleByTheirKeys) {
  EXPECT_EQ(*open()->rememberPerson(room_, anna_, "Anna", kNow), PersonSighting::New);
  auto store = open();
  EXPECT_EQ(*store->rememberPerson(room_, anna_, "Anna", kNow + kDay), PersonSighting::Known);
  EXPECT_EQ(*store->personKnownAs(room_, "Anna"), (KnownPerson{anna_, "Anna", kNow, false}));
  EXPECT_EQ(*store->personKnownAs(room_, "Berta"), std::nullopt);
  EXPECT_EQ(*store->personKnownAs(makeRandom<RoomId>(), "Anna"), std::nullopt) << "a name is of one room";
}

TEST_F(TrustStoreTest, TellsAnotherKeyUnderAKnownNameAndForgetsNeither) {
  auto store = open();
  ASSERT_TRUE(store->rememberPerson(room_, anna_, "Anna", kNow).ok());
  for (const char* name : {"Anna", "ANNA", "\xD0\x90nna"}) {  // the last one with a Cyrillic letter
    EXPECT_EQ(*store->rememberPerson(room_, eve_, name, kNow), PersonSighting::OtherKey) << name;
    EXPECT_EQ((*store->personKnownAs(room_, name))->key, anna_) << name;
  }
  EXPECT_EQ(*store->rememberPerson(makeRandom<RoomId>(), eve_, "Anna", kNow), PersonSighting::New);
}

TEST_F(TrustStoreTest, GivesANameToAnotherKeyOnlyWhenThePersonDecidesSo) {
  auto store = open();
  ASSERT_TRUE(store->rememberPerson(room_, anna_, "Anna", kNow).ok());
  ASSERT_TRUE(store->setVerified(crypto::memberIdOf(anna_), true).ok());
  ASSERT_TRUE(store->acceptKey(room_, eve_, "Anna", kNow + kDay).ok());
  EXPECT_EQ(*store->personKnownAs(room_, "Anna"), (KnownPerson{eve_, "Anna", kNow + kDay, false}));
  EXPECT_EQ(*store->rememberPerson(room_, anna_, "Anna", kNow), PersonSighting::OtherKey);
  EXPECT_TRUE(*store->isVerified(crypto::memberIdOf(anna_))) << "that key is still hers";
}

TEST_F(TrustStoreTest, FollowsAPersonToANewName) {
  auto store = open();
  ASSERT_TRUE(store->rememberPerson(room_, anna_, "Anna", kNow).ok());
  EXPECT_EQ(*store->rememberPerson(room_, anna_, "Annabel", kNow), PersonSighting::New);
  EXPECT_EQ((*store->personKnownAs(room_, "Anna"))->name, "Annabel");
  EXPECT_EQ(*store->rememberPerson(room_, eve_, "Anna", kNow), PersonSighting::OtherKey)
      << "the old name is still hers";
}

TEST_F(TrustStoreTest, RemembersWhoIsVerifiedInAllRooms) {
  const MemberId anna = crypto::memberIdOf(anna_);
  {
    auto store = open();
    EXPECT_FALSE(*store->isVerified(anna));
    EXPECT_EQ(store->setVerified(anna, true).error().code, Errc::NotFound);
    ASSERT_TRUE(store->rememberPerson(room_, anna_, "Anna", kNow).ok());
    ASSERT_TRUE(store->setVerified(anna, true).ok());
  }
  auto store = open();
  EXPECT_TRUE(*store->isVerified(anna));
  EXPECT_TRUE((*store->personKnownAs(room_, "Anna"))->verified);
  ASSERT_TRUE(store->rememberPerson(makeRandom<RoomId>(), anna_, "Annabel", kNow).ok());
  EXPECT_TRUE(*store->isVerified(anna));
  ASSERT_TRUE(store->setVerified(anna, false).ok());
  EXPECT_FALSE(*store->isVerified(anna));
}

TEST_F(TrustStoreTest, LeavesADamagedFileAsItIs) {
  for (const std::string& content : {std::string("no database"), std::string(8'192, 'x'), std::string(100, '\0')}) {
    test::writeFile(file_, content);
    EXPECT_EQ(errorOf(TrustStore::open(file_)), Errc::StorageCorrupt) << content.size();
    EXPECT_EQ(test::contentOf(file_), content);
  }
}

TEST_F(TrustStoreTest, LeavesTheFilesOfOthersAlone) {
  { SQLite::Database(file_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE a(b)"); }
  EXPECT_EQ(errorOf(TrustStore::open(file_)), Errc::StorageCorrupt);
  std::filesystem::remove(file_);
  open();
  { SQLite::Database(file_.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 2"); }
  EXPECT_EQ(errorOf(TrustStore::open(file_)), Errc::StorageNewer);
}

TEST_F(TrustStoreTest, RefusesRowsThatNobodyHereWrote) {
  for (const char* damage :
       {"UPDATE hosts SET key = x'00'", "UPDATE hosts SET proof = 4", "UPDATE hosts SET proof = -1"}) {
    const KnownHost kitchen = host();
    auto store = open();
    ASSERT_TRUE(store->rememberHost(kitchen).ok());
    SQLite::Database(file_.string(), SQLite::OPEN_READWRITE).exec(damage);
    EXPECT_EQ(store->hostMemory(kitchen.room, "").error().code, Errc::StorageCorrupt) << damage;
    SQLite::Database(file_.string(), SQLite::OPEN_READWRITE).exec("DELETE FROM hosts");
  }
}

TEST_F(TrustStoreTest, TakesAnyTextThatAHostMayUse) {
  auto store = open();
  KnownHost odd = host();
  odd.roomName = "'; DROP TABLE hosts; --";
  odd.address = std::string(100'000, '%') + "' OR 1=1";
  ASSERT_TRUE(store->rememberHost(odd).ok());
  EXPECT_EQ(store->hostMemory(odd.room, "")->room, odd);
  EXPECT_THAT(store->hostMemory(room_, "' OR 1=1")->othersAtAddress, IsEmpty());
}

TEST_F(TrustStoreTest, ServesManyThreadsEachWithAStoreOfItsOwn) {
  constexpr int kThreads = 8;
  constexpr int kHosts = 20;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([this] {
      auto store = open();
      ASSERT_NE(store, nullptr);
      for (int n = 0; n < kHosts; ++n) {
        EXPECT_TRUE(store->rememberHost(host("shared:1")).ok());
        EXPECT_TRUE(store->hostMemory(room_, "shared:1").ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(open()->hostMemory(room_, "shared:1")->othersAtAddress.size(), std::size_t{kThreads * kHosts});
}

#ifndef _WIN32
TEST_F(TrustStoreTest, ServesSeveralProcesses) {
  constexpr int kProcesses = 4;
  constexpr int kHosts = 20;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      bool good = true;
      for (int n = 0; n < kHosts; ++n) {
        auto store = TrustStore::open(file_);
        good = good && store.ok() && (*store)->rememberHost(host("shared:1")).ok();
      }
      _exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(open()->hostMemory(room_, "shared:1")->othersAtAddress.size(), std::size_t{kProcesses * kHosts});
}

TEST_F(TrustStoreTest, IsForItsOwnerOnly) {
  open();
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(file_).permissions() & perms::mask, perms::owner_read | perms::owner_write);
}

TEST_F(TrustStoreTest, SaysThatAFolderIsReadOnly) {
  const test::ReadOnly locked(folder_.path());
  EXPECT_EQ(errorOf(TrustStore::open(file_)), Errc::StorageReadOnly);
}
#endif

}  // namespace
}  // namespace earshot::app

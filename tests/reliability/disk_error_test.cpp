// Writing or syncing fails: what cannot be kept is refused and never acknowledged, and when the disk is well
// again everything goes on.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <map>

#include "app/message_key.h"
#include "integration/parties.h"
#include "integration/secure_client.h"
#include "net/mail_codec.h"
#include "reliability/fault_vfs.h"
#include "reliability/room_run.h"
#include "reliability/run_length.h"
#include "reliability/storage_work.h"

namespace earshot::test {
namespace {

using net::FrameType;

constexpr std::array kCodes{SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC};
constexpr int kStepsBefore = 5;
constexpr int kSteps = 25;
constexpr int kStepsAfterwards = 3;
constexpr std::size_t kUntilHealed = 1'000'000;

/// The disk fails at the given change for a while, and is well afterwards; then everything that was
/// acknowledged, before, meanwhile and afterwards, must be there.
struct Trial {
  std::string problem;
  std::size_t refused = 0;
  std::size_t acknowledged = 0;
};

template <class Work>
Trial failTheDisk(std::uint64_t seed, bool believing = false) {
  const TemporaryFolder folder;
  FaultVfs disk;
  Work work(folder / "data", seed);
  if (believing) work.believeEverything();
  // Once, a few times, or until space is made.
  const std::array<std::size_t, 3> lengths{1, 5, kUntilHealed};
  // Every other time the file exists already, so that it is not always its making that fails.
  const bool isMade = seed % 2 == 0;
  for (int i = 0; isMade && i < kStepsBefore; ++i) work.step();
  disk.failAt(isMade ? seed / 2 : seed, kCodes[seed % kCodes.size()], lengths[seed / kCodes.size() % lengths.size()]);
  Trial trial;
  for (int i = 0; i < kSteps; ++i) trial.refused += work.step() ? 0 : 1;
  disk.heal();
  for (int i = 0; i < kStepsAfterwards && trial.problem.empty() && !believing; ++i) {
    if (!work.step()) trial.problem = "does not recover";
  }
  if (trial.problem.empty()) trial.problem = work.verify();
  trial.acknowledged = work.acknowledged();
  return trial;
}

template <class Work>
void expectNoFalseAcknowledgement() {
  const auto all = seeds(40, 200);
  std::size_t refused = 0;
  std::size_t acknowledged = 0;
  for (const std::uint64_t seed : all) {
    const Trial trial = failTheDisk<Work>(seed);
    ASSERT_EQ(trial.problem, "") << repeatWith(seed);
    refused += trial.refused;
    acknowledged += trial.acknowledged;
  }
  tell(std::to_string(all.size()) + " disks that failed: " + std::to_string(refused) + " refusals, " +
       std::to_string(acknowledged) + " acknowledged, seeds " + std::to_string(all.front()) + " to " +
       std::to_string(all.back()));
  EXPECT_TRUE(refused > 0 || all.size() == 1) << "the disk never failed";
}

TEST(DiskErrors, OfAHostsLogAreNeverTakenForSuccess) {
  expectNoFalseAcknowledgement<LogWork>();
}

TEST(DiskErrors, OfAConversationAreNeverTakenForSuccess) {
  expectNoFalseAcknowledgement<ConversationWork>();
}

/// What proves that the tests above could fail: somebody who takes what was refused for saved.
TEST(DiskErrors, AreSeenToLoseWhatIsBelieved) {
  constexpr std::uint64_t kTrials = 40;
  std::size_t losses = 0;
  for (std::uint64_t seed = 1; seed <= kTrials; ++seed) {
    losses += failTheDisk<LogWork>(seed, true).problem.empty() ? 0 : 1;
    losses += failTheDisk<ConversationWork>(seed, true).problem.empty() ? 0 : 1;
  }
  tell(std::to_string(losses) + " losses in " + std::to_string(2 * kTrials) + " trials that ignored the refusals");
  EXPECT_GT(losses, kTrials / 2);
}

// --- over the network -----------------------------------------------------------------------------

class HostWithBadDisk : public ::testing::Test {
 protected:
  /// Sends the text and waits for the answer; the number, or 0 for a Nack with a storage code.
  static std::uint64_t say(SecureClient& client, const app::RequestId& id, const std::string& text) {
    // Nothing is said before the one before it has its number, so each is the first of what waits.
    const auto asked = net::frameOf({id, app::SendText{app::TextStyle::Plain, text, {}, true}});
    client.send({reinterpret_cast<const char*>(asked->data()), asked->size()});
    while (const auto received = client.next()) {
      if (received->type == FrameType::Ack) {
        net::wire::Ack ack;
        EXPECT_TRUE(ack.ParseFromString(received->body));
        return ack.seq();
      }
      if (received->type == FrameType::Nack) {
        net::wire::Nack nack;
        EXPECT_TRUE(nack.ParseFromString(received->body));
        const bool saysWhy = nack.code() == net::wire::CODE_STORAGE_FULL || nack.code() == net::wire::CODE_STORAGE;
        EXPECT_TRUE(saysWhy) << nack.code();
        EXPECT_GT(nack.retry_ms(), 0U) << "it would be given up for good";
        return 0;
      }
    }
    ADD_FAILURE() << "the host hung up";
    return 0;
  }

  static void ask(SecureClient& client, const app::MailRequest& what) {
    const auto bytes = net::mailFrame(what);
    client.send({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  }

  static void comeIn(SecureClient& client) {
    client.hello();
    client.join("Anna");
    ASSERT_TRUE(client.nextOf(FrameType::Members));
  }

  /// How many connections are written down in the room there.
  static std::ptrdiff_t cameInto(const std::filesystem::path& rooms) {
    auto log = app::HostLog::openOrCreate(rooms, "Kitchen table");
    EXPECT_TRUE(log.ok());
    if (!log) return -1;
    const auto records = app::readConnectionLog((*log)->path(), 10);
    EXPECT_TRUE(records.ok());
    if (!records) return -1;
    return std::count_if(records->begin(), records->end(), [](const app::ConnectionRecord& record) {
      return record.kind == app::ConnectionKind::Connected;
    });
  }

  enum class Told { Failed, FailedPrivately, Well };

  /// What whoever hosts was told of the disk, at least so often.
  static std::vector<Told> told(TestHost& host, std::size_t count) {
    std::vector<Told> all;
    host.news().waitUntil([&](const auto& updates) {
      all.clear();
      for (const auto& update : updates) {
        const auto* saving = std::get_if<app::HostSaving>(&update);
        if (saving == nullptr) continue;
        all.push_back(!saving->failed ? Told::Well : saving->onlyPrivate ? Told::FailedPrivately : Told::Failed);
      }
      return all.size() >= count;
    });
    return all;
  }
};

TEST_F(HostWithBadDisk, RefusesWithAStorageErrorAndRecovers) {
  const TemporaryFolder folder;
  std::map<std::uint64_t, std::string> acknowledged;
  std::size_t refusals = 0;
  const std::size_t trials = runLength(40, 200);
  {
    FaultVfs disk;
    TestHost host(folder / "rooms");
    auto client = std::make_unique<SecureClient>(host.port());
    SecureClient& anna = *client;
    comeIn(anna);
    for (std::size_t trial = 0; trial < trials; ++trial) {
      SCOPED_TRACE("trial " + std::to_string(trial));
      const auto id = app::makeRandom<app::RequestId>();
      const std::string text = "text " + std::to_string(trial);
      disk.failAt(1 + trial % 7, kCodes[trial % kCodes.size()], 1 + trial % 4);
      std::uint64_t seq = say(anna, id, text);
      disk.heal();
      if (seq == 0) {
        ++refusals;
        seq = say(anna, id, text);
        ASSERT_NE(seq, 0U) << "it does not recover";
      }
      ASSERT_TRUE(acknowledged.emplace(seq, text).second) << "one number for two texts";
    }
    client.reset();
    host.stopAndWait();
  }
  auto log = app::HostLog::openOrCreate(folder / "rooms", "Kitchen table");
  ASSERT_TRUE(log);
  std::map<std::uint64_t, std::string> kept;
  const auto events = (*log)->eventsAfter(app::Seq{}, trials * 10, trials * 100'000);
  for (const app::Event& event : *events) {
    const auto* text = std::get_if<app::TextPosted>(&event.body);
    if (text != nullptr) kept[app::toNumber(event.seq)] = text->text;
  }
  EXPECT_EQ(kept, acknowledged);
  tell(std::to_string(trials) + " trials, " + std::to_string(refusals) + " refusals over the network");
  EXPECT_GT(refusals, 0U);
}

TEST_F(HostWithBadDisk, TellsWhoHostsOnceAndWhenItIsWellAgain) {
  const TemporaryFolder folder;
  FaultVfs disk;
  TestHost host(folder / "rooms");
  SecureClient anna(host.port());
  comeIn(anna);
  const auto id = app::makeRandom<app::RequestId>();
  disk.failAt(1, SQLITE_FULL, kUntilHealed);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(say(anna, id, "hello"), 0U);
  disk.heal();
  EXPECT_NE(say(anna, id, "hello"), 0U);
  EXPECT_NE(say(anna, app::makeRandom<app::RequestId>(), "and more"), 0U);
  EXPECT_EQ(told(host, 2), (std::vector{Told::Failed, Told::Well}));
}

TEST_F(HostWithBadDisk, IsKnownToBeWellAgainBeforeAnythingIsSaid) {
  const TemporaryFolder folder;
  FaultVfs disk;
  TestHost host(folder / "rooms");
  SecureClient anna(host.port());
  comeIn(anna);
  disk.failAt(1, SQLITE_FULL, kUntilHealed);
  EXPECT_EQ(say(anna, app::makeRandom<app::RequestId>(), "hello"), 0U);
  ASSERT_EQ(told(host, 1), (std::vector{Told::Failed}));
  disk.heal();
  EXPECT_EQ(told(host, 2), (std::vector{Told::Failed, Told::Well}));
}

TEST_F(HostWithBadDisk, WritesDownLaterWhoCame) {
  const TemporaryFolder folder;
  FaultVfs disk;
  TestHost host(folder / "rooms");
  const std::uint16_t port = host.port();
  disk.failAt(1, SQLITE_FULL, kUntilHealed);
  SecureClient anna(port);
  anna.hello();
  ASSERT_EQ(told(host, 1), (std::vector{Told::Failed}));
  disk.heal();
  EXPECT_TRUE(host.waitForRecords(app::ConnectionKind::Connected, 1));
  EXPECT_EQ(told(host, 2), (std::vector{Told::Failed, Told::Well}));
}

TEST_F(HostWithBadDisk, WritesDownWhoCameInItsLastMoment) {
  const TemporaryFolder folder;
  {
    FaultVfs disk;
    TestHost host(folder / "rooms");
    std::optional<SecureClient> anna(host.port());
    comeIn(*anna);
    disk.failAt(1, SQLITE_FULL, kUntilHealed);
    std::optional<SecureClient> ben(host.port());
    ben->hello();
    ASSERT_EQ(told(host, 1), (std::vector{Told::Failed}));
    host.room().stop();
    ASSERT_TRUE(anna->nextOf(FrameType::Goodbye)) << "it has tried to save by now";
    disk.heal();
    anna.reset();
    ben.reset();
    ASSERT_NE(host.stopAndWait(), nullptr);
  }
  EXPECT_EQ(cameInto(folder / "rooms"), 2);
}

TEST_F(HostWithBadDisk, KeepsLaterWhatIsPrivateAndNobodySaysAgain) {
  const TemporaryFolder folder;
  FaultVfs disk;
  TestHost host(folder / "rooms");
  const auto identity = app::crypto::makeSigningKey();
  const auto key = makeMessageKey(identity, app::KeyGeneration{1}, app::systemNow()).key;
  SecureClient anna(host.port(), identity);
  comeIn(anna);
  disk.failAt(1, SQLITE_FULL, kUntilHealed, "mailbox.db");
  ask(anna, app::PublishKey{key});
  ASSERT_EQ(told(host, 1), (std::vector{Told::FailedPrivately}));
  EXPECT_NE(say(anna, app::makeRandom<app::RequestId>(), "to all"), 0U);
  ask(anna, app::AskKey{app::ownerOf(key)});
  disk.heal();
  const auto answered = anna.nextOf(FrameType::Prekey);
  ASSERT_TRUE(answered);
  const std::span body(reinterpret_cast<const std::uint8_t*>(answered->body.data()), answered->body.size());
  const auto news = net::mailNewsFrom({answered->type, body});
  ASSERT_TRUE(news && std::holds_alternative<app::KeyAnswer>(*news));
  EXPECT_EQ(std::get<app::KeyAnswer>(*news).key, key);
  EXPECT_EQ(told(host, 2), (std::vector{Told::FailedPrivately, Told::Well}));
}

TEST(DiskErrors, OfTheHostLeaveASendersTextsInTheirOrder) {
  FaultVfs disk;
  RoomRun run(1, 3);
  ASSERT_TRUE(run.begin());
  const std::size_t rounds = runLength(8, 200);
  std::size_t failures = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    disk.failAt(1 + round % 5, kCodes[round % kCodes.size()], 1 + round % 3, run.rooms().filename().string());
    for (int i = 0; i < 4; ++i) {
      for (const auto& person : run.people()) person->say(std::to_string(round) + "." + std::to_string(i));
    }
    const auto last = run.people().front()->say("the last of the round");
    ASSERT_TRUE(run.people().front()->waitUntilAnswered(last)) << "round " << round;
    failures += disk.heal();
  }
  ASSERT_EQ(run.settle(), "");
  EXPECT_EQ(describe(checkHistory(run.history())), "");
  tell(std::to_string(rounds) + " rounds, the host's disk failed " + std::to_string(failures) + " times");
  EXPECT_GT(failures, rounds / 2);
}

}  // namespace
}  // namespace earshot::test

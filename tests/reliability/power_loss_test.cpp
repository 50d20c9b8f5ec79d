// The power goes at a random moment: what was acknowledged before is there when it is back.
#include <gtest/gtest.h>

#include "reliability/fault_vfs.h"
#include "reliability/run_length.h"
#include "reliability/storage_work.h"
#include "support/temporary_folder.h"

namespace earshot::test {
namespace {

constexpr std::uint64_t kLatestCrash = 400;  ///< change of the disk
constexpr int kSteps = 60;
constexpr int kStepsAfterwards = 3;

struct Outcome {
  std::string problem;  ///< empty: nothing was lost
  std::size_t acknowledged = 0;
};

/// One life until the power goes, and another one after it.
template <class Work>
Outcome loseThePower(std::uint64_t seed) {
  const TemporaryFolder folder;
  FaultVfs disk;
  std::mt19937_64 random(seed);
  // The places near the beginning are many: the file is being made.
  const auto latest = random() % 4 == 0 ? 60 : kLatestCrash;
  disk.crashAt(1 + random() % latest, random(), random() % 2 == 0 ? 512 : 4'096);
  Work work(folder / "data", seed);
  for (int i = 0; i < kSteps && !disk.hasCrashed(); ++i) work.step();
  if (!disk.hasCrashed()) {
    disk.crashAt(1, seed, 512);
    work.step();
  }
  work.drop();
  disk.powerOn();
  Outcome outcome{work.verify(), work.acknowledged()};
  for (int i = 0; i < kStepsAfterwards && outcome.problem.empty(); ++i) {
    if (!work.step()) outcome.problem = "cannot be used any more";
  }
  if (outcome.problem.empty()) outcome.problem = work.verify();
  return outcome;
}

template <class Work>
void expectNothingIsLost() {
  const auto all = seeds(60, 1'000);
  std::size_t acknowledged = 0;
  for (const std::uint64_t seed : all) {
    const Outcome outcome = loseThePower<Work>(seed);
    ASSERT_EQ(outcome.problem, "") << repeatWith(seed);
    acknowledged += outcome.acknowledged;
  }
  tell(std::to_string(all.size()) + " power cuts, " + std::to_string(acknowledged) + " acknowledged, seeds " +
       std::to_string(all.front()) + " to " + std::to_string(all.back()));
}

/// What proves that the tests above could fail.
template <class Work>
void expectLossesWithoutSyncing() {
  constexpr std::uint64_t kCuts = 20;
  const SynchronousOff off;
  std::size_t losses = 0;
  for (std::uint64_t seed = 1; seed <= kCuts; ++seed) losses += loseThePower<Work>(seed).problem.empty() ? 0 : 1;
  tell(std::to_string(losses) + " losses in " + std::to_string(kCuts) + " power cuts with synchronous=OFF");
  EXPECT_GT(losses, kCuts / 4);
}

TEST(PowerLoss, OfAHostLosesNothingAcknowledged) {
  expectNothingIsLost<LogWork>();
}

TEST(PowerLoss, OfAMemberLosesNothingSavedOrWaiting) {
  expectNothingIsLost<ConversationWork>();
}

TEST(PowerLoss, IsSeenToLoseWhatAHostDoesNotSync) {
  expectLossesWithoutSyncing<LogWork>();
}

TEST(PowerLoss, IsSeenToLoseWhatAMemberDoesNotSync) {
  expectLossesWithoutSyncing<ConversationWork>();
}

}  // namespace
}  // namespace earshot::test

// Random operations of everybody, with faults: whatever happens, there is one order, and nothing
// acknowledged is lost, repeated or reordered. A seed decides what is done; how the threads meet in it
// differs from run to run, so a seed that failed is repeated some times.
#include <gmock/gmock.h>

#include <random>

#include "reliability/room_run.h"
#include "reliability/run_length.h"

namespace earshot::test {
namespace {

using ::testing::Contains;
using ::testing::Field;

constexpr std::size_t kPeople = 3;
constexpr int kOperations = 25;

class RandomRun {
 public:
  explicit RandomRun(std::uint64_t seed) : random_(seed), run_(seed, kPeople) {}

  /// What is wrong with it; empty: nothing.
  std::string go() {
    if (!run_.begin()) return "nobody could come in";
    for (int i = 0; i < kOperations; ++i) {
      if (!act()) return "somebody waited in vain, operation " + std::to_string(i);
    }
    if (const auto trouble = run_.settle(); !trouble.empty()) return trouble;
    return describe(checkHistory(run_.history()));
  }

 private:
  std::uint64_t draw(std::uint64_t below) { return random_() % below; }
  Person& anybody() { return *run_.people()[draw(kPeople)]; }

  void say(Person& person, std::size_t texts, std::size_t longest) {
    if (!person.isRunning()) return;
    for (std::size_t i = 0; i < texts; ++i) {
      person.say("text " + std::to_string(++texts_) + std::string(draw(longest), 'x'));
    }
  }

  bool act() {
    switch (draw(16)) {
      default:
        say(anybody(), 1 + draw(3), 200);
        return true;
      case 6:
        say(anybody(), 60, 4'000);
        return true;
      case 7:
        if (Person& person = anybody(); person.isRunning()) {
          person.ask(app::SetTopic{"topic " + std::to_string(draw(1'000))});
          person.ask(app::Rename{"Somebody " + std::to_string(draw(1'000))});
        }
        return true;
      case 8:
        goAway(anybody());
        return true;
      case 9:
        anybody().start();  // it may find nobody
        return true;
      case 10:
        run_.network().cutAll();
        return true;
      case 11:
        run_.network().strike(1 + draw(3));
        return true;
      case 12:
        run_.network().holdBack(held_ = !held_);
        return true;
      case 13:
        // With a farewell, or after the network was gone first.
        if (held_ || draw(2) == 0) run_.network().cutAll();
        run_.closeRoom();
        return true;
      case 14:
        run_.openRoom();
        return true;
      case 15:
        return !run_.isOpen() || held_ || comeIn(anybody());
    }
  }
  void goAway(Person& person) {
    // Over a connection that stands still, a farewell would be waited for in vain.
    if (held_) run_.network().cutAll();
    person.stop();
  }
  bool comeIn(Person& person) { return person.comeIn() && person.waitUntilAllSent(); }

  std::mt19937_64 random_;
  RoomRun run_;
  bool held_ = false;
  std::size_t texts_ = 0;
};

TEST(RandomRuns, LoseRepeatAndReorderNothing) {
  const auto all = seeds(10, 1'000);
  for (const std::uint64_t seed : all) ASSERT_EQ(RandomRun(seed).go(), "") << repeatWith(seed);
  tell(std::to_string(all.size()) + " runs of " + std::to_string(kOperations) + " operations by " +
       std::to_string(kPeople) + " people, seeds " + std::to_string(all.front()) + " to " + std::to_string(all.back()));
}

/// What proves that the runs above could fail: a host that goes back to an older copy of its log has lost
/// what it acknowledged since, and the checker says so.
TEST(RandomRuns, SeeAHostThatLosesWhatItAcknowledged) {
  RoomRun run(1, 2);
  ASSERT_TRUE(run.begin());
  run.people()[0]->say("before the copy");
  ASSERT_TRUE(run.people()[0]->waitUntilAllSent());
  run.closeRoom();
  const auto copy = run.rooms().parent_path() / "copy";
  std::filesystem::copy(run.rooms(), copy, std::filesystem::copy_options::recursive);
  ASSERT_TRUE(run.begin());
  run.people()[0]->say("after it");
  ASSERT_TRUE(run.people()[0]->waitUntilAllSent());
  for (auto& person : run.people()) person->stop();
  run.closeRoom();
  std::filesystem::remove_all(run.rooms());
  std::filesystem::rename(copy, run.rooms());
  ASSERT_EQ(run.settle(), "");
  EXPECT_THAT(checkHistory(run.history()), Contains(Field(&Violation::fault, Fault::LostAcknowledged)));
}

}  // namespace
}  // namespace earshot::test

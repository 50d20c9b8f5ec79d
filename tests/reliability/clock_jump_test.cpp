// Clocks jump, at the host or at the members: order, coming back and being let in do not depend on them.
#include <gtest/gtest.h>

#include <atomic>
#include <ostream>

#include "reliability/room_run.h"

namespace earshot::test {
namespace {

using namespace std::chrono_literals;

constexpr auto kTenYears = std::chrono::years{10};

/// A clock that can be set, and goes on from there.
class JumpingClock {
 public:
  void set(app::UtcMillis time) { ahead_ = (time - app::systemNow()).count(); }
  void jump(std::chrono::milliseconds by) { ahead_ += by.count(); }
  [[nodiscard]] app::Clock clock() {
    return [this] { return app::systemNow() + std::chrono::milliseconds{ahead_}; };
  }

 private:
  std::atomic<std::int64_t> ahead_{};
};

struct Jump {
  const char* name;
  void (*make)(JumpingClock& clock);
};
void PrintTo(const Jump& jump, std::ostream* out) {
  *out << jump.name;
}

class ClockJumps : public ::testing::TestWithParam<Jump> {
 protected:
  /// Talks before, across and after the jump, with connections that break and a host that is started again.
  void talkAcross(JumpingClock& jumping) {
    RoomRun run(1, 3, host_.clock(), members_.clock());
    ASSERT_TRUE(run.begin());
    say(run, "before");
    GetParam().make(jumping);
    say(run, "right after");
    run.network().cutAll();
    say(run, "while away");
    run.closeRoom();
    GetParam().make(jumping);
    say(run, "while it is closed");
    run.people()[2]->stop();
    ASSERT_EQ(run.settle(), "");
    EXPECT_EQ(describe(checkHistory(run.history())), "");
    for (const auto& person : run.people()) EXPECT_EQ(person->epochs(), 1U) << "the room was taken for another life";
  }
  static void say(RoomRun& run, const std::string& text) {
    for (const auto& person : run.people()) {
      if (person->isRunning()) person->say(text);
    }
  }

  JumpingClock host_;
  JumpingClock members_;
};

TEST_P(ClockJumps, OfTheHostChangeNothing) {
  talkAcross(host_);
}

TEST_P(ClockJumps, OfTheMembersChangeNothing) {
  talkAcross(members_);
}

TEST_P(ClockJumps, AreStoredAndOrderNothing) {
  // What proves that the clocks above are those of the room: the times that are shown do jump.
  RoomRun run(1, 1, host_.clock());
  ASSERT_TRUE(run.begin());
  say(run, "before");
  ASSERT_EQ(run.settle(), "");
  GetParam().make(host_);
  const app::UtcMillis jumped = host_.clock()();
  EXPECT_GT(std::chrono::abs(jumped - app::systemNow()), kTenYears - 24h);
  say(run, "after");
  ASSERT_EQ(run.settle(), "");
  EXPECT_LT(std::chrono::abs(run.people()[0]->lastShownAt() - jumped), 1h);
}

INSTANTIATE_TEST_SUITE_P(All, ClockJumps,
                         ::testing::Values(Jump{"TenYearsBack", [](JumpingClock& clock) { clock.jump(-kTenYears); }},
                                           Jump{"TenYearsAhead", [](JumpingClock& clock) { clock.jump(kTenYears); }},
                                           Jump{"To1970", [](JumpingClock& clock) { clock.set(app::UtcMillis{}); }}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace earshot::test

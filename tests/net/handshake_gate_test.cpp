#include "net/handshake_gate.h"

#include <gmock/gmock.h>

#include <set>

#include "app/limits.h"

namespace earshot::net {
namespace {

using namespace std::chrono_literals;

class HandshakeGateTest : public ::testing::Test {
 protected:
  std::optional<HandshakeGate::Id> arrive(const std::string& source, bool exempt = false) {
    return gate.arrived(++last, source, exempt, now);
  }
  std::set<HandshakeGate::Id> begun;
  HandshakeGate gate{[this](HandshakeGate::Id id) { return begun.contains(id); }};
  HandshakeGate::Id last = 0;
  NetLoop::Time now{1h};
};

TEST_F(HandshakeGateTest, LetsManyBeginAtOnceBehindOneAddress) {
  for (int i = 0; i < 40; ++i) EXPECT_EQ(arrive("192.0.2.1"), std::nullopt) << i;
  EXPECT_EQ(gate.size(), 40U);
}

TEST_F(HandshakeGateTest, PushesAsideWhoLingersAtTheSameAddress) {
  for (std::size_t i = 0; i < app::kMaxHandshakesPerAddress; ++i) arrive("192.0.2.1");
  arrive("192.0.2.2");
  now += 1s;
  EXPECT_EQ(arrive("192.0.2.1"), 1U);
  EXPECT_EQ(arrive("192.0.2.1"), 2U);
  EXPECT_EQ(arrive("192.0.2.3"), std::nullopt) << "another address has slots of its own";
}

TEST_F(HandshakeGateTest, KeepsSlotsForAddressesThatAreKnown) {
  gate.noteKnown("192.0.2.200");
  const std::size_t strangers = app::kMaxHandshakes - app::kHandshakesForKnown;
  for (std::size_t i = 0; i < strangers; ++i) EXPECT_EQ(arrive("s" + std::to_string(i)), std::nullopt);
  EXPECT_EQ(arrive("one more"), 1U) << "a stranger pushes a stranger aside";
  EXPECT_EQ(arrive("192.0.2.200"), std::nullopt);
  EXPECT_EQ(gate.size(), strangers + 1);
}

TEST_F(HandshakeGateTest, NeverHoldsMoreThanItsSlots) {
  for (int i = 0; i < 5'000; ++i) {
    arrive("s" + std::to_string(i));
    now += 1ms;
  }
  EXPECT_LE(gate.size(), app::kMaxHandshakes);
}

TEST_F(HandshakeGateTest, MakesNewcomersWaitWhileAllAreYoung) {
  for (std::size_t i = 0; i < app::kMaxHandshakes; ++i) {
    EXPECT_FALSE(gate.isFull(now));
    arrive("127.0.0.1", true);
  }
  EXPECT_TRUE(gate.isFull(now));
  now += app::kSilentYouth;
  EXPECT_FALSE(gate.isFull(now)) << "whoever has said nothing gives up the slot";
  EXPECT_EQ(arrive("127.0.0.1", true), 1U);
}

TEST_F(HandshakeGateTest, KeepsWhoHasBegunForLonger) {
  for (std::size_t i = 0; i < app::kMaxHandshakes; ++i) begun.insert(arrive("127.0.0.1", true).value_or(last));
  now += app::kSilentYouth;
  EXPECT_TRUE(gate.isFull(now));
  now += app::kHandshakeYouth - app::kSilentYouth;
  EXPECT_FALSE(gate.isFull(now)) << "but not for ever";
  EXPECT_EQ(arrive("127.0.0.1", true), 1U);
}

TEST_F(HandshakeGateTest, PushesAsideTheSilentBeforeThoseWhoHaveBegun) {
  for (std::size_t i = 0; i < app::kMaxHandshakes; ++i) {
    arrive("127.0.0.1", true);
    if (last != 7 && last != 9) begun.insert(last);
  }
  now += 2s;
  EXPECT_FALSE(gate.isFull(now));
  EXPECT_EQ(arrive("127.0.0.1", true), 7U);
  EXPECT_EQ(arrive("127.0.0.1", true), 9U);
  EXPECT_EQ(arrive("127.0.0.1", true), 1U) << "then the oldest that has begun";
}

TEST_F(HandshakeGateTest, LetsThousandsOfSilentOnesThroughInASecond) {
  const auto start = now;
  for (int i = 0; i < 5'000; ++i) {
    while (gate.isFull(now)) now += 1ms;
    arrive("s" + std::to_string(i), true);
  }
  EXPECT_LE(now - start, 1s);
}

TEST_F(HandshakeGateTest, ForgetsWhoHadBegunWhenItIsSecure) {
  for (std::size_t i = 0; i < app::kMaxHandshakes; ++i) {
    arrive("127.0.0.1", true);
    begun.insert(last);
  }
  now += app::kHandshakeYouth;
  EXPECT_FALSE(gate.isFull(now));
  for (HandshakeGate::Id id = 1; id <= last; ++id) gate.left(id);
  EXPECT_EQ(gate.size(), 0U);
  EXPECT_EQ(arrive("192.0.2.1"), std::nullopt);
}

TEST_F(HandshakeGateTest, FreesTheSlotOfWhoIsSecureOrGone) {
  for (std::size_t i = 0; i < app::kMaxHandshakes; ++i) arrive("127.0.0.1", true);
  gate.left(17);
  gate.left(17);
  gate.left(99'999);
  EXPECT_FALSE(gate.isFull(now));
  EXPECT_EQ(arrive("127.0.0.1", true), std::nullopt);
}

}  // namespace
}  // namespace earshot::net

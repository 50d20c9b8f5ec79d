#include "net/handshake_gate.h"

#include <gmock/gmock.h>

#include "app/limits.h"

namespace earshot::net {
namespace {

using namespace std::chrono_literals;

class HandshakeGateTest : public ::testing::Test {
 protected:
  std::optional<HandshakeGate::Id> arrive(const std::string& source, bool exempt = false) {
    return gate.arrived(++last, source, exempt, now);
  }
  HandshakeGate gate;
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
  now += 1s;
  EXPECT_FALSE(gate.isFull(now)) << "whoever has been at it for a second can give up the slot";
  EXPECT_EQ(arrive("127.0.0.1", true), 1U);
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

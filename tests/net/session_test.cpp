#include "net/session.h"

#include <gtest/gtest.h>

#include <string>

#include "app/limits.h"
#include "net/codec.h"
#include "net/quiet_channel.h"

namespace earshot::net {
namespace {

class SessionTest : public testing::Test, public Session::Owner {
 protected:
  SessionTest() {
    auto channel = std::make_unique<QuietChannel>(in, out);
    session = std::make_unique<Session>(loop, std::move(channel), *this);
  }
  /// What the poller would say.
  void ready(bool readable, bool writable) { static_cast<NetLoop::Handler&>(*session).onReady(readable, writable); }
  void arrive(const SharedBytes& frame) { in->bytes.insert(in->bytes.end(), frame->begin(), frame->end()); }
  static SharedBytes textOf(std::size_t bytes) { return std::make_shared<const Bytes>(bytes, std::uint8_t{0}); }
  static SharedBytes ping() { return frame(FrameType::Ping, wire::Ping{}); }

  NetLoop loop;
  std::shared_ptr<Wire> in = std::make_shared<Wire>();
  std::shared_ptr<Wire> out = std::make_shared<Wire>();
  std::unique_ptr<Session> session;
  int received = 0;
  int drained = 0;

 private:
  bool onEstablished(Session&) override { return true; }
  std::optional<std::size_t> frameLimit(Session&, FrameType) override { return 64; }
  bool onFrame(Session&, const Frame&) override {
    ++received;
    return true;
  }
  void onDrained(Session&) override { ++drained; }
  void onEnded(Session&, app::Error) override {}
};

TEST_F(SessionTest, HearsASideAgainThatTookEverythingAtLast) {
  session->listenOnlyWhileHeard();
  out->room = 0;
  session->send(textOf(app::kMaxQueuedBytes + 1));
  session->flush();
  arrive(ping());
  ready(true, false);
  EXPECT_EQ(received, 0);

  // Nothing more is ever sent to it: only what waited goes out.
  out->room = app::kMaxQueuedBytes + 1 - app::kRefillQueuedBytes;
  ready(true, true);
  EXPECT_EQ(received, 0) << "as much waits as may wait before it is heard again";
  EXPECT_EQ(drained, 0);
  out->room = 1;
  ready(true, true);
  EXPECT_EQ(received, 1);
  EXPECT_EQ(drained, 1);
}

TEST_F(SessionTest, CountsWhatWaitsTogetherWithOthers) {
  const auto total = std::make_shared<std::atomic<std::size_t>>(1'000);
  session->countIn(total);
  out->room = 300;
  session->send(textOf(200));
  session->send(textOf(200));
  EXPECT_EQ(*total, 1'400U);
  session->flush();
  EXPECT_EQ(*total, 1'100U);
  session->end();
  EXPECT_EQ(*total, 1'000U) << "nothing waits in what is over";
}

TEST_F(SessionTest, ListensHoweverMuchWaitsUnlessItWasToldNotTo) {
  out->room = 0;
  session->send(textOf(2 * app::kMaxQueuedBytes));
  session->flush();
  arrive(ping());
  ready(true, false);
  EXPECT_EQ(received, 1);
}

}  // namespace
}  // namespace earshot::net

// Thousands of connections come and go on network threads while the windows' event loop runs. What
// must not happen: wx touching those sockets from the main thread, which shows as asserts, lost
// connections, or a crash.
#include <gmock/gmock.h>
#include <wx/app.h>
#include <wx/apptrait.h>
#include <wx/frame.h>
#include <wx/timer.h>

#include <atomic>
#include <thread>

#include "integration/parties.h"
#include "integration/secure_client.h"
#include "net/worker_socket.h"
#include "net/worker_socket_traits.h"

namespace {

std::atomic<int> asserts{0};
std::atomic<int> timerTicks{0};

void countAssert(const wxString& file, int line, const wxString&, const wxString& condition, const wxString&) {
  ++asserts;
  std::fprintf(stderr, "wx assert %s:%d %s\n", static_cast<const char*>(file.utf8_str()), line,
               static_cast<const char*>(condition.utf8_str()));
}

/// Runs the tests on a thread of their own, because the main thread belongs to the windows.
class ChurnApp final : public wxApp {
 public:
  wxAppTraits* CreateTraits() override { return new earshot::net::WorkerSocketTraits<wxGUIAppTraits>; }
  bool OnInit() override {
    wxSetAssertHandler(countAssert);
    if (!earshot::net::initializeSockets()) return false;
    (new wxFrame(nullptr, wxID_ANY, "churn"))->Show();
    timer_.Bind(wxEVT_TIMER, [](wxTimerEvent&) { ++timerTicks; });
    timer_.Start(5);
    tests_ = std::thread([this] {
      result = RUN_ALL_TESTS();
      CallAfter([this] {
        timer_.Stop();
        ExitMainLoop();
      });
    });
    return true;
  }
  int OnExit() override {
    tests_.join();
    return 0;
  }

  int result = 1;

 private:
  wxTimer timer_;
  std::thread tests_;
};

}  // namespace

namespace earshot::test {
namespace {

/// Whoever hangs up has left at once, and the name is free for the next one.
app::HostOptions withoutGrace(const TemporaryFolder& folder) {
  auto options = TestHost::openRoom(folder / "rooms");
  options.awayGrace = std::chrono::milliseconds(0);
  return options;
}

TEST(Churn, LeavesTheWindowsLoopAlone) {
  constexpr int kConnections = 3'000;
  const TemporaryFolder folder;
  TestHost host(withoutGrace(folder));
  const auto port = host.port();
  const int ticksBefore = timerTicks;
  std::vector<std::thread> threads;
  std::atomic<int> served{0};
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kConnections / 2; ++i) {
        SecureClient client(port);
        client.hello();
        if (i % 3 == 0) continue;  // hangs up in the middle of the greeting
        if (!client.nextOf(net::FrameType::Welcome)) continue;
        if (i % 3 == 1) {
          client.join("T" + std::to_string(t) + " " + std::to_string(i));
          if (!client.nextOf(net::FrameType::Members)) continue;
        }
        ++served;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(served, kConnections / 3 * 2);
  EXPECT_TRUE(host.waitForRecords(app::ConnectionKind::Disconnected, kConnections));
  EXPECT_EQ(asserts, 0);
  EXPECT_GT(timerTicks, ticksBefore) << "the window stood still";
}

TEST(Churn, LetsMembersComeAndGoInAnyOrder) {
  const TemporaryFolder folder;
  for (int i = 0; i < 100; ++i) {
    auto host = std::make_unique<TestHost>(withoutGrace(folder));
    auto member = std::make_unique<TestMember>(folder / "m", host->address(), "Anna");
    if (i % 4 > 1) {
      ASSERT_NE(member->admitted(), nullptr);
    }
    if (i % 2 == 0) host.reset();
    member.reset();
  }
  EXPECT_EQ(asserts, 0);
}

}  // namespace
}  // namespace earshot::test

int main(int argc, char** argv) {
  ::testing::InitGoogleMock(&argc, argv);
  auto* app = new ChurnApp;
  wxApp::SetInstance(app);
  int result = 1;
  if (wxEntryStart(argc, argv) && app->CallOnInit()) {
    app->OnRun();
    app->OnExit();
    result = app->result;
  }
  wxEntryCleanup();
  return result;
}

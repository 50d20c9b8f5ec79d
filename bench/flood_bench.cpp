// Whether one can type while a room is flooded:
//   tests/support/gui_session.sh build/release/flood_bench [messages a second] [seconds]
// The real main window is in a room whose link is a thread that saves each batch in the conversation and posts it
// to the inbox, as a connection's thread does. Meanwhile somebody types into the composer: a key every 50 ms comes
// through the X server. The same is measured before, when nobody says anything.

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <mutex>
#include <thread>

#include <gtk/gtk.h>
#include <wx/app.h>
#include <wx/textctrl.h>
#include <wx/timer.h>

#include "app/crypto/signing_key.h"
#include "app/profile.h"
#include "figures.h"
#include "made_up_talk.h"
#include "screen.h"
#include "support/temporary_folder.h"
#include "ui/composer.h"
#include "ui/transcript_view.h"
#include "ui/window_app.h"

namespace earshot::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Millis = std::chrono::duration<double, std::milli>;

constexpr auto kTick = 10ms;
constexpr auto kBetweenKeys = 50ms;
constexpr auto kQuiet = 5s;

/// A link to a room that others flood.
class FloodedLink final : public app::RoomLink {
 public:
  FloodedLink(const app::JoinOptions& options, std::shared_ptr<app::LinkInbox> inbox)
      : inbox_(std::move(inbox)),
        self_(app::crypto::memberIdOf(options.identity.publicKey)),
        conversation_(makeConversation(options.conversations, room_, self_, kBefore)) {
    app::LinkAdmitted admitted;
    admitted.room = room_;
    admitted.roomName = "Kitchen table";
    admitted.address = options.address;
    admitted.self = self_;
    admitted.selfName = options.name;
    admitted.members = {{self_, options.name}};
    admitted.conversation = conversation_->path();
    admitted.snapshot = conversation_->positionOf(app::Seq{kBefore});
    inbox_->post(std::move(admitted));
  }
  ~FloodedLink() override {
    if (flood_.joinable()) flood_.join();
  }
  void submit(app::Request) override {}
  void submitPrivate(app::PrivateRequest) override {}
  void askHistory(app::Position, std::size_t) override {}
  void tellTyping() override {}
  void retryNow() override {}
  void close() override {}

  void flood(std::uint64_t perSecond, std::chrono::seconds length) {
    flood_ = std::thread([this, perSecond, length] {
      const std::uint64_t all = perSecond * static_cast<std::uint64_t>(length.count());
      const auto begin = Clock::now();
      for (std::uint64_t sent = 0; sent < all;) {
        std::this_thread::sleep_for(4ms);
        const double due = Millis(Clock::now() - begin).count() * static_cast<double>(perSecond) / 1'000;
        std::vector<app::Event> batch;
        while (sent < std::min(all, static_cast<std::uint64_t>(due))) batch.push_back(madeUpText(kBefore + ++sent));
        const auto recorded = conversation_->record(batch, self_);
        for (const auto& stored : recorded.value().received) inbox_->post(app::LinkEvent{stored});
      }
    });
  }
  static constexpr std::uint64_t kBefore = 1'000;

 private:
  std::shared_ptr<app::LinkInbox> inbox_;
  app::RoomId room_ = app::makeRandom<app::RoomId>();
  app::MemberId self_;
  std::unique_ptr<app::Conversation> conversation_;
  std::thread flood_;
};

/// When keys were pressed that have not arrived yet; pressed by a thread of its own, so that a window that
/// hangs does not keep anybody from pressing the next.
class Typist {
 public:
  ~Typist() { stop(); }
  void start() {
    typing_ = true;
    thread_ = std::thread([this] {
      constexpr std::string_view kLetters = "thequickbrownfox";
      auto next = Clock::now();
      for (std::size_t i = 0; typing_; ++i) {
        next += kBetweenKeys;
        std::this_thread::sleep_until(next);
        {
          const std::lock_guard lock(mutex_);
          pressed_.push_back(Clock::now());
        }
        keyboard_.press(kLetters[i % kLetters.size()]);
      }
    });
  }
  void stop() {
    typing_ = false;
    if (thread_.joinable()) thread_.join();
  }
  void arrived() {
    const std::lock_guard lock(mutex_);
    if (pressed_.empty()) return;
    delays_.push_back(Millis(Clock::now() - pressed_.front()).count());
    pressed_.pop_front();
  }
  std::vector<double> takeDelays() {
    const std::lock_guard lock(mutex_);
    return std::exchange(delays_, {});
  }

 private:
  Keyboard keyboard_;
  std::thread thread_;
  std::atomic<bool> typing_ = false;
  std::mutex mutex_;
  std::deque<Clock::time_point> pressed_;
  std::vector<double> delays_;
};

/// What the main loop is able to do during a while.
class Watch final : public wxTimer {
 public:
  void begin() {
    begun_ = last_ = Clock::now();
    ticks_ = paints = 0;
    longestPause_ = 0;
    cpuBefore_ = cpuMs();
    Start(static_cast<int>(kTick.count()));
  }
  void Notify() override {
    const auto now = Clock::now();
    ++ticks_;
    longestPause_ = std::max(longestPause_, Millis(now - last_ - kTick).count());
    last_ = now;
  }
  void end(const std::string& when, const std::vector<double>& delays, bool isFlooded) {
    Stop();
    const double took = Millis(Clock::now() - begun_).count();
    const auto goal = [&](Goal wanted) { return isFlooded ? std::optional(wanted) : std::nullopt; };
    tell(when + ": paints of the transcript", paints * 1'000 / took, "a second", goal(atMost(30)));
    tell(when + ": timer ticks of those planned", ticks_ * 100 / (took / kTick.count()), "%");
    tell(when + ": longest pause of the main loop", longestPause_, "ms", goal(atMost(50)));
    tell(when + ": processor time of the window's thread", (cpuMs() - cpuBefore_) * 100 / took, "% of a core");
    tell(when + ": keys that arrived", static_cast<double>(delays.size()), "");
    tell(when + ": from a key to its letter, median", median(delays), "ms");
    tell(when + ": from a key to its letter, p99", quantile(delays, 0.99), "ms", goal(atMost(50)));
  }
  int paints = 0;

 private:
  static double cpuMs() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
  }

  Clock::time_point begun_;
  Clock::time_point last_;
  int ticks_ = 0;
  double longestPause_ = 0;
  double cpuBefore_ = 0;
};

template <class Part>
Part* findPart(const wxWindow* whole) {
  for (wxWindow* child : whole->GetChildren()) {
    if (auto* found = dynamic_cast<Part*>(child)) return found;
    if (auto* found = findPart<Part>(child)) return found;
  }
  return nullptr;
}

/// More than half of the window is drawn anew, not only what another part's redrawing touches of it.
bool repaintsMost(const wxWindow& window) {
  cairo_rectangle_list_t* clip = cairo_copy_clip_rectangle_list(window.GTKPaintContext());
  double area = 0;
  for (int i = 0; i < clip->num_rectangles; ++i) area += clip->rectangles[i].width * clip->rectangles[i].height;
  cairo_rectangle_list_destroy(clip);
  return area > window.GetClientSize().x * window.GetClientSize().y / 2.0;
}

class DelayedCall final : public wxTimer {
 public:
  void run(std::chrono::milliseconds after, std::function<void()> step) {
    step_ = std::move(step);
    StartOnce(static_cast<int>(after.count()));
  }
  void Notify() override { std::exchange(step_, {})(); }

 private:
  std::function<void()> step_;
};

class FloodApp final : public ui::WindowApp {
 public:
  FloodApp(std::uint64_t perSecond, std::chrono::seconds length) : perSecond_(perSecond), length_(length) {
    ui::Services services;
    services.openLink = [this](const app::JoinOptions& options, std::shared_ptr<app::LinkInbox> inbox) {
      auto link = std::make_unique<FloodedLink>(options, std::move(inbox));
      link_ = link.get();
      return link;
    };
    services.profile = app::openProfile(app::profilePaths(folder_ / "profile", {})).value();
    services.hearSecondStarts = [](const auto&) { return nullptr; };
    configure(std::move(services), {{}, "127.0.0.1:1060", "Me"});
  }

  bool OnInit() override {
    if (!ui::WindowApp::OnInit()) return false;
    // Until the room is open and stands still.
    later_.run(2s, [this] { measureQuiet(); });
    return true;
  }

 private:
  void measureQuiet() {
    transcript_ = findPart<ui::TranscriptView>(GetTopWindow());
    transcript_->Bind(wxEVT_PAINT, [this](wxPaintEvent& event) {
      if (repaintsMost(*transcript_)) ++watch_.paints;
      event.Skip();
    });
    findPart<ui::Composer>(GetTopWindow())->field()->Bind(wxEVT_TEXT, [this](wxCommandEvent& event) {
      typist_.arrived();
      event.Skip();
    });
    watch_.begin();
    typist_.start();
    later_.run(kQuiet, [this] {
      watch_.end("quiet", typist_.takeDelays(), false);
      measureFlood();
    });
  }

  void measureFlood() {
    link_->flood(perSecond_, length_);
    watch_.begin();
    later_.run(length_, [this] {
      typist_.stop();
      watch_.end("flooded", typist_.takeDelays(), true);
      flooded_ = Clock::now();
      waitForLast();
    });
  }

  void waitForLast() {
    const auto all = perSecond_ * static_cast<std::uint64_t>(length_.count());
    if (!transcript_->allText().Contains(" " + std::to_string(FloodedLink::kBefore + all))) {
      return later_.run(5ms, [this] { waitForLast(); });
    }
    tell("flooded: until the last message is there", Millis(Clock::now() - flooded_).count(), "ms", atMost(1'000));
    GetTopWindow()->Close(true);
  }

  std::uint64_t perSecond_;
  std::chrono::seconds length_;
  test::TemporaryFolder folder_;
  FloodedLink* link_ = nullptr;
  ui::TranscriptView* transcript_ = nullptr;
  Typist typist_;
  Watch watch_;
  DelayedCall later_;
  Clock::time_point flooded_;
};

}  // namespace
}  // namespace earshot::bench

int main(int argc, char** argv) {
  const std::uint64_t perSecond = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 5'000;
  const std::chrono::seconds length{argc > 2 ? std::strtol(argv[2], nullptr, 10) : 10};
  wxApp::SetInstance(new earshot::bench::FloodApp(perSecond, length));
  int ownArgc = 1;
  return wxEntry(ownArgc, argv);
}

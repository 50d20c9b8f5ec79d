// How long a cold start takes until the start screen can be seen, beside a program with an empty window:
//   tests/support/gui_session.sh build/release/start_bench [starts of each]
// Both are started alternately. The time goes from the fork to the first look at the screen at which the
// window manager shows the window, and its program has painted every part of it; of Earshot, with the words on it.

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "child_process.h"
#include "figures.h"
#include "screen.h"
#include "support/temporary_folder.h"

namespace earshot::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// Smooth letters have many; an empty window has one or two.
constexpr std::size_t kColoursOfWords = 30;
/// Until it looks as it will stay.
constexpr auto kSettled = 1s;

struct Starts {
  std::vector<std::string> command;
  bool hasWords;
  Screen::Colours settled{};    ///< its window in the end; nothing before the first start
  std::vector<double> shown{};  ///< by the window manager, painted or not
  std::vector<double> painted{};
  std::vector<double> processor{};  ///< time of all its threads until then
  Memory memory{};
};

double processorMs(pid_t process) {
  double nanoseconds = 0;
  for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
    double ofThread = 0;
    std::ifstream(task.path() / "schedstat") >> ofThread;
    nanoseconds += ofThread;
  }
  return nanoseconds / 1e6;
}

/// A window without words has one colour, and the X server may have filled it with another one before.
bool isPainted(const Starts& starts, const Screen::Colours& seen) {
  if (starts.hasWords) return seen.size() >= kColoursOfWords;
  return !seen.empty() && (starts.settled.empty() || seen == starts.settled);
}

void startOnce(Screen& screen, Starts& starts, bool counts) {
  const auto begin = Clock::now();
  const auto sinceBegin = [&] { return std::chrono::duration<double, std::milli>(Clock::now() - begin).count(); };
  double shown = 0;
  const ChildProcess program(starts.command);
  for (;;) {
    const auto window = screen.windowOf(program.id());
    if (window && shown == 0) shown = sinceBegin();
    if (window && isPainted(starts, screen.coloursIn(*window))) break;
    if (sinceBegin() > 30'000) {
      std::fprintf(stderr, "%s shows no window\n", starts.command[0].c_str());
      std::exit(1);
    }
    std::this_thread::sleep_for(1ms);
  }
  if (counts) {
    starts.painted.push_back(sinceBegin());
    starts.shown.push_back(shown);
    starts.processor.push_back(processorMs(program.id()));
  }
  // Whatever it does after that is none of the next one's business.
  std::this_thread::sleep_for(kSettled);
  starts.memory = memoryOf(program.id());
  if (const auto window = screen.windowOf(program.id())) starts.settled = screen.coloursIn(*window);
}

int run(int argc, char** argv) {
  const long times = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 20;
  const test::TemporaryFolder profile;
  Screen screen;
  screen.colourWallpaper();
  Starts empty{{EARSHOT_EMPTY_WINDOW}, false};
  Starts earshot{{EARSHOT_PROGRAM, "--data-dir", profile.path().string()}, true};
  // Once each for the profile, for the files to be in memory, and for what a session starts with its first window.
  for (long i = -1; i < times; ++i) {
    startOnce(screen, empty, i >= 0);
    startOnce(screen, earshot, i >= 0);
  }
  tell("empty window: start to window, median", median(empty.shown), "ms");
  tell("empty window: start to painted, median", median(empty.painted), "ms");
  tell("Earshot: start to window, median", median(earshot.shown), "ms");
  tell("Earshot: start to start screen, median", median(earshot.painted), "ms");
  tell("Earshot: start to start screen, slowest", quantile(earshot.painted, 1), "ms");
  tell("empty window: processor time until painted", median(empty.processor), "ms");
  tell("Earshot: processor time until start screen", median(earshot.processor), "ms");
  tell("Earshot / empty window", median(earshot.painted) / median(empty.painted), "x", atMost(1.8));
  tell("empty window: resident", empty.memory.residentMib, "MiB");
  tell("empty window: its share (Pss)", empty.memory.proportionalMib, "MiB");
  tell("Earshot: resident", earshot.memory.residentMib, "MiB");
  tell("Earshot: its share (Pss)", earshot.memory.proportionalMib, "MiB");
  return 0;
}

}  // namespace
}  // namespace earshot::bench

int main(int argc, char** argv) {
  return earshot::bench::run(argc, argv);
}

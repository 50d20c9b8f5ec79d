// Opening conversations of any length, and what the program weighs with a room open:
//   tests/support/gui_session.sh build/release/open_bench [messages of the longest]
// Each opening is a process of its own with the page that the window has, over a conversation on disk: from the
// request to the last page painted. Then the real program joins a room whose conversation is the longest.

#include <chrono>
#include <cstdlib>
#include <thread>

#include <wx/app.h>
#include <wx/frame.h>
#include <wx/sizer.h>

#include "app/profile.h"
#include "child_process.h"
#include "figures.h"
#include "made_up_talk.h"
#include "screen.h"
#include "support/temporary_folder.h"
#include "ui/chat_page.h"
#include "ui/room_controller.h"
#include "ui/transcript_view.h"

namespace earshot::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Millis = std::chrono::duration<double, std::milli>;

// --- one opening, in a process of its own ---

constexpr const char* kOpenOnce = "--open-once";

class OpeningApp final : public wxApp {
 public:
  explicit OpeningApp(std::filesystem::path folder) : folder_(std::move(folder)) {}

  bool OnInit() override {
    backend_.runOnUi = [this](const std::function<void()>& call) { CallAfter(call); };
    frame_ = new wxFrame(nullptr, wxID_ANY, "open_bench", wxDefaultPosition, wxSize(1'000, 700));
    page_ = new ui::ChatPage(frame_, backend_.runOnUi);
    page_->applyTheme(ui::Theme::current());
    auto* sizer = new wxBoxSizer(wxVERTICAL);
    sizer->Add(page_, 1, wxEXPAND);
    frame_->SetSizer(sizer);
    page_->transcript().Bind(wxEVT_PAINT, [this](wxPaintEvent& event) {
      ++paints_;
      event.Skip();
    });
    frame_->Show();
    CallAfter([this] { open(); });
    return true;
  }

 private:
  /// Goes on with what the main loop has to do.
  void waitUntil(const std::function<bool()>& reached) {
    const auto begin = Clock::now();
    while (!reached() && Clock::now() - begin < 10s) wxYield();
  }

  void open() {
    const auto begun = Clock::now();
    waitUntil([&] { return paints_ > 0 && Clock::now() - begun > 300ms; });
    const double memoryBefore = memoryOf(::getpid()).residentMib;
    const auto info = app::listConversations(folder_).front();
    const auto begin = Clock::now();
    ui::RoomController room(backend_, [](ui::RoomController&, const ui::RoomNews&) {});
    (void)room.openSaved(info);
    page_->show(&room, nullptr, {});
    waitUntil([this, before = paints_] { return paints_ > before; });
    const double took = Millis(Clock::now() - begin).count();
    const double grown = memoryOf(::getpid()).residentMib - memoryBefore;
    std::printf("%f %f\n", took, grown);
    std::fflush(stdout);
    page_->show(nullptr, nullptr, {});
    frame_->Close(true);
  }

  std::filesystem::path folder_;
  ui::RoomBackend backend_;
  wxFrame* frame_ = nullptr;
  ui::ChatPage* page_ = nullptr;
  int paints_ = 0;
};

// --- all of it ---

struct Opening {
  double tookMs;
  double grownMib;
};

Opening open(const char* self, const std::filesystem::path& folder) {
  constexpr int kTimes = 7;
  std::vector<double> took;
  std::vector<double> grown;
  for (int i = 0; i < kTimes; ++i) {
    const std::string line = ChildProcess({self, kOpenOnce, folder.string()}).readLine();
    const auto space = line.find(' ');
    took.push_back(std::strtod(line.c_str(), nullptr));
    grown.push_back(std::strtod(line.c_str() + space, nullptr));
  }
  return {median(took), median(grown)};
}

std::string withThousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string wordAfter(const std::string& line, const std::string& key) {
  const auto begin = line.find(key) + key.size();
  return line.substr(begin, line.find_first_of("\",}", begin) - begin);
}

/// The program in a room whose conversation has that many messages, and nothing to do any more.
Memory memoryInRoom(const app::ProfilePaths& paths, Screen& screen, const std::string& address) {
  const ChildProcess window({EARSHOT_PROGRAM, "join", address, "--as", "Ben", "--data-dir", paths.config.string()});
  for (const auto begin = Clock::now(); Clock::now() - begin < 30s; std::this_thread::sleep_for(50ms)) {
    const auto shown = screen.windowOf(window.id());
    if (!shown || !shown->title.starts_with("Kitchen table")) continue;
    std::this_thread::sleep_for(3s);
    return memoryOf(window.id());
  }
  std::fputs("The program did not come into the room.\n", stderr);
  std::exit(1);
}

/// GTK's first program in an X session loads OpenGL to ask which visuals there are, and leaves the answer to all
/// later ones. None of a person's programs but the desktop's own is ever the first.
void waitForFirstOfSession(Screen& screen) {
  const ChildProcess first({EARSHOT_EMPTY_WINDOW});
  while (!screen.windowOf(first.id())) std::this_thread::sleep_for(20ms);
}

void measureProgram(std::uint64_t messages, Scripts scripts, Screen& screen, const char* self) {
  const test::TemporaryFolder folder;
  ChildProcess host({EARSHOT_PROGRAM, "host", "--headless", "--json", "--open", "--name", "Kitchen table", "--bind",
                     "127.0.0.1", "-p", "0", "--data-dir", (folder / "host").string()});
  const std::string listening = host.readLine();
  const auto room = app::fromHex<app::RoomId>(wordAfter(listening, "\"room_id\":\"")).value_or(app::RoomId{});
  const auto paths = app::profilePaths(folder / "member", {});
  const app::MemberId member = app::openProfile(paths).value().id;
  makeConversation(paths.conversations, room, member, messages, scripts);
  const std::string length =
      withThousands(messages) + (scripts == Scripts::Latin ? " messages in Latin letters: " : " messages: ");
  const Opening opening = open(self, paths.conversations);
  tell(length + "opening to last page painted", opening.tookMs, "ms", atMost(200));
  tell(length + "resident memory grows by", opening.grownMib, "MiB");
  const Memory memory = memoryInRoom(paths, screen, "127.0.0.1:" + wordAfter(listening, "\"port\":"));
  tell(length + "program with the room open, resident", memory.residentMib, "MiB", atMost(60));
  tell(length + "of that its own data", memory.anonymousMib, "MiB");
  tell(length + "its share (Pss)", memory.proportionalMib, "MiB");
}

int run(int argc, char** argv) {
  const std::uint64_t longest = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  Screen screen;
  waitForFirstOfSession(screen);
  for (const std::uint64_t messages : {std::uint64_t{1'000}, longest / 10, longest}) {
    measureProgram(messages, Scripts::Several, screen, argv[0]);
  }
  measureProgram(longest, Scripts::Latin, screen, argv[0]);
  return 0;
}

}  // namespace
}  // namespace earshot::bench

int main(int argc, char** argv) {
  if (argc != 3 || argv[1] != std::string_view(earshot::bench::kOpenOnce)) return earshot::bench::run(argc, argv);
  wxApp::SetInstance(new earshot::bench::OpeningApp(argv[2]));
  int ownArgc = 1;
  return wxEntry(ownArgc, argv);
}

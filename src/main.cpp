// The only file that knows all layers: it reads the command line, chooses a face, gives it the
// network side, and runs it.
#include <wx/app.h>
#include <wx/apptrait.h>
#include <wx/init.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "app/error_text.h"
#include "app/executable_path.h"
#include "app/limits.h"
#include "app/log.h"
#include "app/profile.h"
#include "app/start_program.h"
#include "app/version.h"
#include "app/whole_file.h"
#include "console/faces.h"
#include "console/native_console.h"
#include "net/download_server.h"
#include "net/host.h"
#include "net/member_link.h"
#include "net/start_listener.h"
#include "net/worker_socket.h"
#include "net/worker_socket_traits.h"
#ifdef EARSHOT_GUI
#include "ui/fonts_ahead.h"
#include "ui/start_failure.h"
#include "ui/window_app.h"
#endif

namespace {

using namespace earshot;

std::unique_ptr<app::RoomLink> openLink(app::JoinOptions options, std::shared_ptr<app::LinkInbox> inbox) {
  return std::make_unique<net::MemberLink>(std::move(options), std::move(inbox));
}

std::unique_ptr<app::HostedRoom> startHost(app::HostOptions options, std::shared_ptr<app::HostInbox> inbox) {
  return std::make_unique<net::Host>(std::move(options), std::move(inbox));
}

std::unique_ptr<app::SharedApp> startSharing(app::ShareOptions options, std::shared_ptr<app::SharingInbox> inbox) {
  return std::make_unique<net::DownloadServer>(std::move(options), std::move(inbox));
}

int noNetwork() {
  std::cerr << "earshot: This computer's network is not available.\n";
  return 1;
}

/// wx without a display: its sockets need an application object, not a window system.
class ConsoleApp final : public wxAppConsole {
 public:
  wxAppTraits* CreateTraits() override { return new net::WorkerSocketTraits<wxConsoleAppTraits>; }
  int OnRun() override { return 0; }
};

template <class Face>
int runConsole(int argc, char** argv, const Face& face) {
  wxAppConsole::SetInstance(new ConsoleApp);
  const bool started = wxEntryStart(argc, argv) && net::initializeSockets();
  const int code = started ? face() : noNetwork();
  wxEntryCleanup();
  return code;
}

#ifdef EARSHOT_GUI
class GraphicApp final : public ui::WindowApp {
 public:
  wxAppTraits* CreateTraits() override { return new net::WorkerSocketTraits<wxGUIAppTraits>; }
  bool OnInit() override {
    if (!net::initializeSockets()) {
      noNetwork();
      return false;
    }
    return ui::WindowApp::OnInit();
  }
};

ui::StartRequest startRequestOf(const console::CommandLine& line, const app::ProfilePaths& paths) {
  ui::StartRequest start;
  if (const auto* host = std::get_if<console::HostArguments>(&line.face)) {
    start.host = app::HostOptions{host->name, host->bind, host->port, paths.rooms};
    start.host->access = host->access;
    start.host->joinCode = host->joinCode;
    start.host->history = host->history;
    start.host->limits = host->limits;
  }
  if (const auto* join = std::get_if<console::JoinArguments>(&line.face)) {
    start.joinAddress = join->address;
    if (!join->as.empty()) start.name = join->as;
  }
  return start;
}

/// As the same program would have read its own; what asks for no window only asks it to come to the front.
ui::StartRequest understand(const std::vector<std::string>& arguments, const app::ProfilePaths& paths) {
  std::vector<const char*> pointers{"earshot"};
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  const auto line =
      console::parseCommandLine(static_cast<int>(pointers.size()), pointers.data(), std::string(app::version()));
  return console::wantsWindow(line) ? startRequestOf(line, paths) : ui::StartRequest{};
}

app::SecondStart secondStartOf(int argc, char** argv) {
  app::SecondStart start{{argv + std::min(argc, 1), argv + argc}, {}};
  for (const char* variable : {"XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"}) {
    if (const char* token = std::getenv(variable); token != nullptr && start.activation.empty()) {
      start.activation = token;
    }
  }
  return start;
}

/// The profile, or nothing when the window that has it open does what this start was asked for. One that
/// is just opening or closing is waited for.
app::Result<std::optional<app::Profile>> openOrHandOver(const app::ProfilePaths& paths, const app::SecondStart& start) {
  const auto deadline = std::chrono::steady_clock::now() + app::kProfileInUsePatience;
  for (;;) {
    auto profile = app::openProfile(paths);
    if (profile) return std::optional(*std::move(profile));
    if (profile.error().code != app::Errc::ProfileInUse) return profile.error();
    if (net::handOver(paths.config, start)) return std::optional<app::Profile>();
    if (std::chrono::steady_clock::now() > deadline) return profile.error();
    std::this_thread::sleep_for(app::kProfileInUsePause);
  }
}

int runWindow(int argc, char** argv, const console::CommandLine& line, const app::ProfilePaths& paths) {
  auto profile = openOrHandOver(paths, secondStartOf(argc, argv));
  if (!profile) {
    const int code = console::failWith(profile.error());
    ui::showStartFailure(profile.error());
    return code;
  }
  if (!*profile) return 0;
  ui::startReadingFonts();
  const auto hear = [config = paths.config,
                     lock = (*profile)->lock](std::shared_ptr<app::SecondStartInbox> inbox) -> std::shared_ptr<void> {
    auto listener = net::StartListener::open(*lock, config, std::move(inbox));
    if (listener) return *std::move(listener);
    app::log::warn("later starts cannot be heard: " + app::describe(listener.error()));
    return nullptr;
  };
  const auto read = [paths](const std::vector<std::string>& arguments) { return understand(arguments, paths); };
  auto* graphicApp = new GraphicApp;
  bool restart = false;
  graphicApp->configure(
      {openLink, startHost, startSharing, **std::move(profile), hear, read, [&restart] { restart = true; }},
      startRequestOf(line, paths));
  // wx has options of its own; ours are read already.
  const auto code = ui::DisplayApp::run(graphicApp, std::min(argc, 1), argv);
  if (!code) {
    std::cerr << "earshot: There is no display here to show a window on; use host --headless or join --console.\n";
    return 1;
  }
  if (!restart) return *code;
  std::vector<std::string> arguments;
  if (line.dataDir) arguments = {"--data-dir", app::textOf(paths.config)};
  return app::startProgram(app::executablePath(), arguments) ? 0 : 1;
}
#elif defined(_WIN32)
// earshot.com: the window is the business of earshot.exe beside it.
int runWindow(int, char**, const console::CommandLine&, const app::ProfilePaths&) {
  const auto program = app::executablePath().replace_extension(".exe");
  if (console::startWithSameArguments(program)) return 0;
  std::cerr << "earshot: The program earshot.exe, which has the window, is not beside this one.\n";
  return 1;
}
#else
int runWindow(int, char**, const console::CommandLine&, const app::ProfilePaths&) {
  std::cerr << "earshot: This build has no window; use host --headless or join --console.\n";
  return 1;
}
#endif

/// A broken assumption inside wx is for the log of a developer, not for a dialog in a meeting.
void logAssert(const wxString& file, int line, const wxString& function, const wxString& condition,
               const wxString& message) {
  const wxString text = file + ":" + wxString::Format("%d", line) + " " + function + ": " + condition + " " + message;
  app::log::warn("wx: " + std::string(text.utf8_str()));
}

int run(int argc, char** argv) {
  const console::CommandLine line = console::parseCommandLine(argc, argv, std::string(app::version()));
  if (const auto* exit = std::get_if<console::ExitNow>(&line.face)) return exit->code;
  const app::ProfilePaths paths = app::profilePaths(line.dataDir, app::executablePath());
  if (const auto* arguments = std::get_if<console::ExportArguments>(&line.face)) {
    return console::runExport(*arguments, paths);
  }
  if (const auto* arguments = std::get_if<console::ImportArguments>(&line.face)) {
    return console::runImport(*arguments, paths);
  }
  if (const auto* arguments = std::get_if<console::SearchArguments>(&line.face)) {
    return console::runSearch(*arguments, paths);
  }
  if (const auto* arguments = std::get_if<console::RoomsArguments>(&line.face)) {
    return console::runRooms(*arguments, paths);
  }
  if (const auto* arguments = std::get_if<console::BackupArguments>(&line.face)) {
    return console::runBackup(*arguments, paths);
  }
  if (const auto* arguments = std::get_if<console::RestoreArguments>(&line.face)) {
    return console::runRestore(*arguments, paths);
  }
  if (const auto* arguments = std::get_if<console::CheckArguments>(&line.face)) {
    return console::runCheck(*arguments, paths);
  }
  app::log::start(paths.logs, line.verbose);
  wxSetAssertHandler(logAssert);
  if (console::wantsWindow(line)) return runWindow(argc, argv, line, paths);

  const auto profile = app::openProfile(paths);
  if (!profile) return console::failWith(profile.error(), line);
  return runConsole(argc, argv, [&] {
    if (const auto* host = std::get_if<console::HostArguments>(&line.face)) {
      return console::runHost(*host, *profile, startHost, startSharing);
    }
    return console::runJoin(std::get<console::JoinArguments>(line.face), *profile, openLink);
  });
}

}  // namespace

int main(int argc, char** argv) {
  console::NativeConsole native(argc, argv);
#ifndef _WIN32
  // A file that reaches its size limit is a failed write to be told about, not the end.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
#endif
  return run(native.argc(), native.argv());
}

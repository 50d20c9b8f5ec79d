#ifndef _WIN32
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <iostream>

#include "console/terminal.h"

namespace earshot::console {
namespace {

/// A signal handler may do little more than write a byte; whoever waits for the keyboard waits for it too.
std::atomic<int> wakeEnd{-1};
std::atomic<int> waitEnd{-1};
volatile std::sig_atomic_t interrupted = 0;

void onInterruption(int) {
  const int before = errno;
  interrupted = 1;
  const char byte = 's';
  [[maybe_unused]] const auto n = ::write(wakeEnd.load(), &byte, 1);
  errno = before;
}

/// False after an interruption.
bool waitForInput() {
  for (;;) {
    std::array<pollfd, 2> watched{pollfd{waitEnd.load(), POLLIN, 0}, pollfd{STDIN_FILENO, POLLIN, 0}};
    const int ready = ::poll(watched.data(), watched.size(), -1);
    if (interrupted != 0) return false;
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // let the reading tell
  }
}

constexpr std::array<int, 3> kSignals{SIGINT, SIGTERM, SIGHUP};

class HiddenTyping {
 public:
  HiddenTyping() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    hidden.c_lflag |= ECHONL;
    isHidden_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~HiddenTyping() {
    if (isHidden_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  bool isHidden_ = false;
};

}  // namespace

bool typesOnATerminal() {
  return ::isatty(STDIN_FILENO) != 0;
}

bool errorsGoToATerminal() {
  return ::isatty(STDERR_FILENO) != 0;
}

struct Interruption::Before {
  std::array<struct sigaction, kSignals.size()> actions{};
  std::array<int, 2> pipe{-1, -1};
};

Interruption::Interruption() : before_(std::make_unique<Before>()) {
  interrupted = 0;
  if (::pipe(before_->pipe.data()) == 0) {
    for (const int end : before_->pipe) {  // macOS has no pipe2
      ::fcntl(end, F_SETFD, FD_CLOEXEC);
      ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
  }
  waitEnd = before_->pipe[0];
  wakeEnd = before_->pipe[1];
  struct sigaction action {};
  action.sa_handler = onInterruption;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &action, &before_->actions[i]);
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_->actions[i], nullptr);
  waitEnd = -1;
  wakeEnd = -1;
  for (const int end : before_->pipe) ::close(end);
}

bool Interruption::asked() const {
  return interrupted != 0;
}

std::optional<std::string> readTypedLine(const std::string& question, Echo echo, std::size_t maxBytes) {
  std::optional<HiddenTyping> hidden;
  if (typesOnATerminal()) {
    // What is typed after the question must not be seen any more.
    if (echo == Echo::Hidden) hidden.emplace();
    std::cerr << question << std::flush;
  }
  std::string line;
  for (char letter = 0;;) {
    if (!waitForInput()) return std::nullopt;
    const auto got = ::read(STDIN_FILENO, &letter, 1);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0 || (got == 0 && line.empty())) return std::nullopt;
    if (got == 0 || letter == '\n') break;
    if (line.size() == maxBytes) return std::nullopt;
    line += letter;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

}  // namespace earshot::console
#endif

#ifndef _WIN32
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <iostream>

#include "app/wake_pipe.h"
#include "console/stop_signals.h"
#include "console/terminal.h"

namespace earshot::console {
namespace {

/// Whoever waits for the keyboard waits for it too.
std::atomic<int> waitEnd{-1};
std::atomic<bool> interrupted{false};

/// False after an interruption.
bool waitForInput() {
  for (;;) {
    std::array<pollfd, 2> watched{pollfd{waitEnd.load(), POLLIN, 0}, pollfd{STDIN_FILENO, POLLIN, 0}};
    const int ready = ::poll(watched.data(), watched.size(), -1);
    if (interrupted) return false;
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // let the reading tell
  }
}

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

struct Interruption::Waiting {
  const app::WakePipe pipe;
  std::optional<StopSignals> signals;
};

Interruption::Interruption() : waiting_(std::make_unique<Waiting>()) {
  interrupted = false;
  waitEnd = waiting_->pipe.readEnd();
  waiting_->signals.emplace([&pipe = waiting_->pipe] {
    interrupted = true;
    pipe.wake();
  });
}

Interruption::~Interruption() {
  waiting_->signals.reset();
  waitEnd = -1;
}

bool Interruption::asked() const {
  return interrupted;
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

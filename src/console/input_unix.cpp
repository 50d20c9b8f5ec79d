#ifndef _WIN32
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <thread>

#include "console/input.h"

namespace earshot::console {
namespace {

/// A signal handler may do little more than write a byte; the reading thread does the rest.
std::atomic<int> signalPipe{-1};

void onStopSignal(int) {
  const int before = errno;
  const char byte = 's';
  [[maybe_unused]] const auto n = ::write(signalPipe.load(), &byte, 1);
  errno = before;
}

}  // namespace

struct ConsoleInput::Platform {
  explicit Platform(std::shared_ptr<ConsoleQueue> events) : queue(std::move(events)) {
    if (::pipe(pipe.data()) != 0) pipe = {-1, -1};
    for (const int end : pipe) {  // macOS has no pipe2
      if (end < 0) continue;
      ::fcntl(end, F_SETFD, FD_CLOEXEC);
      ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    signalPipe = pipe[1];
    struct sigaction action {};
    action.sa_handler = onStopSignal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, &oldInt);
    sigaction(SIGTERM, &action, &oldTerm);
    sigaction(SIGHUP, &action, &oldHup);
    thread = std::thread([this] { run(); });
  }

  ~Platform() {
    sigaction(SIGINT, &oldInt, nullptr);
    sigaction(SIGTERM, &oldTerm, nullptr);
    sigaction(SIGHUP, &oldHup, nullptr);
    const char byte = 'q';
    [[maybe_unused]] const auto n = ::write(pipe[1], &byte, 1);
    thread.join();
    signalPipe = -1;
    ::close(pipe[0]);
    ::close(pipe[1]);
  }

  void run() {
    LineCutter cutter;
    const auto post = [this](std::string line) { queue->post(InputLine{std::move(line)}); };
    bool reading = true;
    std::array<char, 4096> buffer;
    for (;;) {
      std::array<pollfd, 2> watched{pollfd{pipe[0], POLLIN, 0}, pollfd{reading ? STDIN_FILENO : -1, POLLIN, 0}};
      if (::poll(watched.data(), watched.size(), -1) < 0) {
        if (errno == EINTR) continue;
        return;
      }
      if (watched[0].revents != 0) {
        const auto count = ::read(pipe[0], buffer.data(), buffer.size());
        for (ssize_t i = 0; i < count; ++i) {
          if (buffer[static_cast<std::size_t>(i)] == 'q') return;
          queue->post(StopAsked{});
        }
      }
      if (watched[1].revents == 0) continue;
      const auto count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
      if (count > 0) {
        cutter.feed({buffer.data(), static_cast<std::size_t>(count)}, post);
      } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
        cutter.end(post);
        queue->post(InputEnded{});
        reading = false;
      }
    }
  }

  std::shared_ptr<ConsoleQueue> queue;
  std::array<int, 2> pipe{-1, -1};
  struct sigaction oldInt {};
  struct sigaction oldTerm {};
  struct sigaction oldHup {};
  std::thread thread;
};

ConsoleInput::ConsoleInput(std::shared_ptr<ConsoleQueue> queue)
    : platform_(std::make_unique<Platform>(std::move(queue))) {}
ConsoleInput::~ConsoleInput() = default;

}  // namespace earshot::console
#endif

#ifndef _WIN32
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <thread>

#include "app/wake_pipe.h"
#include "console/input.h"
#include "console/stop_signals.h"

namespace earshot::console {
struct ConsoleInput::Platform {
  explicit Platform(std::shared_ptr<ConsoleQueue> events) : queue(std::move(events)) {
    thread = std::thread([this] { run(); });
  }

  ~Platform() {
    ended.wake();
    thread.join();
  }

  void run() {
    LineCutter cutter;
    const auto post = [this](std::string line) { queue->post(InputLine{std::move(line)}); };
    bool reading = true;
    std::array<char, 4096> buffer;
    for (;;) {
      std::array<pollfd, 2> watched{pollfd{ended.readEnd(), POLLIN, 0}, pollfd{reading ? STDIN_FILENO : -1, POLLIN, 0}};
      if (::poll(watched.data(), watched.size(), -1) < 0) {
        if (errno == EINTR) continue;
        return;
      }
      if (watched[0].revents != 0) return;
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
  const StopSignals signals{[this] { queue->post(StopAsked{}); }};
  const app::WakePipe ended;
  std::thread thread;
};

ConsoleInput::ConsoleInput(std::shared_ptr<ConsoleQueue> queue)
    : platform_(std::make_unique<Platform>(std::move(queue))) {}
ConsoleInput::~ConsoleInput() = default;

}  // namespace earshot::console
#endif

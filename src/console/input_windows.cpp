#ifdef _WIN32
#include <windows.h>

#include <array>
#include <mutex>
#include <thread>

#include "console/input.h"

namespace earshot::console {
namespace {

std::mutex activeMutex;
std::weak_ptr<ConsoleQueue> activeQueue;  ///< guarded by activeMutex

BOOL WINAPI onConsoleControl(DWORD) {
  const std::lock_guard lock(activeMutex);
  if (const auto queue = activeQueue.lock()) queue->post(StopAsked{});
  return TRUE;
}

/// A blocking read of the console can't be cancelled reliably, so the thread may outlive the
/// program's interest; it holds the queue weakly.
void readLines(const std::weak_ptr<ConsoleQueue>& weak) {
  const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  LineCutter cutter;
  const auto post = [&](std::string line) {
    if (const auto queue = weak.lock()) queue->post(InputLine{std::move(line)});
  };
  std::array<char, 4096> buffer;
  DWORD count = 0;
  while (ReadFile(input, buffer.data(), static_cast<DWORD>(buffer.size()), &count, nullptr) && count > 0) {
    cutter.feed({buffer.data(), count}, post);
  }
  cutter.end(post);
  if (const auto queue = weak.lock()) queue->post(InputEnded{});
}

}  // namespace

struct ConsoleInput::Platform {};

ConsoleInput::ConsoleInput(std::shared_ptr<ConsoleQueue> queue) : platform_(std::make_unique<Platform>()) {
  SetConsoleCP(CP_UTF8);
  SetConsoleOutputCP(CP_UTF8);
  {
    const std::lock_guard lock(activeMutex);
    activeQueue = queue;
  }
  SetConsoleCtrlHandler(onConsoleControl, TRUE);
  std::thread(readLines, std::weak_ptr<ConsoleQueue>(queue)).detach();
}

ConsoleInput::~ConsoleInput() {
  SetConsoleCtrlHandler(onConsoleControl, FALSE);
}

}  // namespace earshot::console
#endif

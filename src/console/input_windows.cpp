#ifdef _WIN32
#include <windows.h>

#include <array>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "console/input.h"

namespace earshot::console {
namespace {

constexpr wchar_t kEndOfInput = 0x1a;  ///< Ctrl+Z

std::mutex activeMutex;
std::weak_ptr<ConsoleQueue> activeQueue;  ///< guarded by activeMutex

BOOL WINAPI onConsoleControl(DWORD) {
  const std::lock_guard lock(activeMutex);
  if (const auto queue = activeQueue.lock()) queue->post(StopAsked{});
  return TRUE;
}

std::string utf8(std::wstring_view wide) {
  const auto length = static_cast<int>(wide.size());
  std::array<char, 4096> text;
  const int size = WideCharToMultiByte(CP_UTF8, 0, wide.data(), length, text.data(), static_cast<int>(text.size()),
                                       nullptr, nullptr);
  return {text.data(), static_cast<std::size_t>(size)};
}

/// What a person types. Read as UTF-16: as bytes, Windows gives zeros for all that is not ASCII.
class Keyboard {
 public:
  explicit Keyboard(HANDLE console) : console_(console) {}

  /// Nothing at the end.
  std::optional<std::string> read() {
    std::array<wchar_t, 1024> buffer;
    std::size_t held = 0;
    if (highSurrogate_ != 0) buffer[held++] = highSurrogate_;
    highSurrogate_ = 0;
    DWORD count = 0;
    const auto room = static_cast<DWORD>(buffer.size() - held);
    if (!ReadConsoleW(console_, buffer.data() + held, room, &count, nullptr) || count == 0) return {};
    std::wstring_view typed(buffer.data(), held + count);
    if (typed.front() == kEndOfInput) return {};
    if (IS_HIGH_SURROGATE(typed.back())) {
      highSurrogate_ = typed.back();
      typed.remove_suffix(1);
    }
    return utf8(typed);
  }

 private:
  HANDLE console_;
  wchar_t highSurrogate_ = 0;  ///< first half of a character whose other half is still to be read
};

std::optional<std::string> readBytes(HANDLE input) {
  std::array<char, 4096> buffer;
  DWORD count = 0;
  if (!ReadFile(input, buffer.data(), static_cast<DWORD>(buffer.size()), &count, nullptr) || count == 0) return {};
  return std::string(buffer.data(), count);
}

/// A blocking read of the console can't be cancelled reliably, so the thread may outlive the
/// program's interest; it holds the queue weakly.
void readLines(const std::weak_ptr<ConsoleQueue>& weak) {
  const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  DWORD mode = 0;
  const bool typed = GetConsoleMode(input, &mode) != 0;
  Keyboard keyboard(input);
  LineCutter cutter;
  const auto post = [&](std::string line) {
    if (const auto queue = weak.lock()) queue->post(InputLine{std::move(line)});
  };
  while (const auto text = typed ? keyboard.read() : readBytes(input)) cutter.feed(*text, post);
  cutter.end(post);
  if (const auto queue = weak.lock()) queue->post(InputEnded{});
}

}  // namespace

struct ConsoleInput::Platform {};

ConsoleInput::ConsoleInput(std::shared_ptr<ConsoleQueue> queue) : platform_(std::make_unique<Platform>()) {
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

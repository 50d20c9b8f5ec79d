#pragma once
// What a console face waits for, in one queue: typed lines, the end of input, a request to stop,
// and news from the network side. The queue is waited on by one thread and fed by any.

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

namespace earshot::console {

struct InputLine {
  std::string text;  ///< without its line end
};
struct InputEnded {};
/// SIGINT, SIGTERM or the console's own close button.
struct StopAsked {};
/// An inbox has something.
struct NewsArrived {};

using ConsoleEvent = std::variant<InputLine, InputEnded, StopAsked, NewsArrived>;

class ConsoleQueue {
 public:
  /// Any thread.
  void post(ConsoleEvent event);
  /// Waits for the next event.
  [[nodiscard]] ConsoleEvent wait();

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<ConsoleEvent> events_;
};

/// Reads standard input and catches the signals that ask to stop, until it is destroyed. One at a
/// time in a program; make it before any other thread, so that these threads inherit its signals.
class ConsoleInput {
 public:
  explicit ConsoleInput(std::shared_ptr<ConsoleQueue> queue);
  ~ConsoleInput();
  ConsoleInput(const ConsoleInput&) = delete;
  ConsoleInput& operator=(const ConsoleInput&) = delete;

 private:
  struct Platform;
  std::unique_ptr<Platform> platform_;
};

/// Cuts a stream of bytes into lines, CR LF and LF alike. A line longer than kMaxLineBytes is cut
/// there, so that input without line ends can't fill the memory.
class LineCutter {
 public:
  static constexpr std::size_t kMaxLineBytes = 1024 * 1024;

  /// Calls line(text) for every complete line.
  template <class F>
  void feed(std::string_view bytes, F&& line) {
    for (const char c : bytes) {
      if (c == '\n' || pending_.size() >= kMaxLineBytes) {
        finish(line);
        if (c == '\n') continue;
      }
      pending_ += c;
    }
  }
  /// The last line, if it had no line end.
  template <class F>
  void end(F&& line) {
    if (!pending_.empty()) finish(line);
  }

 private:
  template <class F>
  void finish(F&& line) {
    if (!pending_.empty() && pending_.back() == '\r') pending_.pop_back();
    std::string text;
    text.swap(pending_);
    line(std::move(text));
  }

  std::string pending_;
};

}  // namespace earshot::console

#pragma once
// A room full of members in one thread: brings them in, lets the first of them speak, and counts what
// everybody hears.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "dialect.h"
#include "mark.h"

namespace earshot::load {

using Clock = std::chrono::steady_clock;

class Crowd {
 public:
  /// first: the number of the first of them in the dialect.
  Crowd(Dialect& dialect, std::uint16_t port, std::size_t members, std::size_t first = 0);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  /// All of them, some at a time. False when somebody was refused or it takes longer than `patience`.
  bool bringIn(std::chrono::seconds patience);
  /// Handles what happens until `until`, or until done() is true.
  void run(
      Clock::time_point until, const std::function<bool()>& done = [] { return false; });

  /// The first member says the next message.
  void say();
  /// Somebody else says so many messages.
  void expect(std::uint32_t messages) { missing_.assign(messages, static_cast<std::uint32_t>(members_.size())); }
  [[nodiscard]] std::uint32_t said() const { return static_cast<std::uint32_t>(missing_.size()); }
  /// Messages that everybody has.
  [[nodiscard]] std::uint32_t heardByAll() const { return heardByAll_; }
  [[nodiscard]] std::uint64_t deliveries() const { return deliveries_; }
  [[nodiscard]] bool everybodyHasAll() const { return heardByAll_ == said(); }
  /// Everything arrived in its order, once, as far as it has arrived, and nobody was thrown out.
  [[nodiscard]] bool inOrder() const { return inOrder_ && lost_ == 0; }
  [[nodiscard]] std::size_t listeners() const;

  /// From now on, the time from saying to hearing of each delivery; takes what was gathered before.
  std::vector<std::uint32_t> takeLatencies() { return std::exchange(latenciesUs_, {}); }
  void measureLatencies(bool on) { measuring_ = on; }

  /// The server is gone: everybody tries again by the rules of Earshot's members until all are inside.
  /// How long that took, counted from `listening`; nothing when it took longer than `patience`.
  std::optional<std::chrono::milliseconds> comeBack(std::uint16_t port, Clock::time_point listening,
                                                    std::chrono::seconds patience);
  /// Everybody notices that the server is gone; false when it does not go.
  bool waitUntilGone(std::chrono::seconds patience);

 private:
  struct Member {
    Stream stream;
    bool tlsHeld = false;  ///< until the server has said its first line
    bool greeted = false;  ///< hello was said
    bool inside = false;
    bool watched = false;  ///< for being writable
    std::uint32_t next = 0;
    std::string received;  ///< not yet understood
  };

  void open(std::size_t index);
  void onEvent(std::size_t index);
  void watch(std::size_t index);
  void greet(std::size_t index);
  void hear(Member& member, std::string_view bytes);
  void gone(std::size_t index);
  void keepAlive();

  Dialect& dialect_;
  std::uint16_t port_;
  std::size_t first_;
  std::vector<Member> members_;
  int epoll_;
  std::size_t inside_ = 0;
  std::size_t lost_ = 0;  ///< connections that ended
  bool refused_ = false;
  bool inOrder_ = true;
  std::function<void(std::size_t)> onGone_;
  std::vector<std::uint32_t> missing_;  ///< of each message: members who have not heard it
  std::uint32_t heardByAll_ = 0;
  std::uint64_t deliveries_ = 0;
  bool measuring_ = false;
  std::vector<std::uint32_t> latenciesUs_;
  std::uint64_t readNs_ = 0;  ///< when what is being read was seen
  Clock::time_point nextKeepAlive_;
  std::size_t keepAliveAt_ = 0;
  std::vector<char> buffer_;
  std::mt19937_64 random_{20'261'128};
};

}  // namespace earshot::load

#pragma once
// The one loop that both a host's and a member's network thread run: readiness, timers, a mailbox
// for other threads, and a hook at the end of each tick where a whole batch is decided and written.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "net/flush_pace.h"
#include "net/poller.h"

namespace earshot::net {

class NetLoop {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Token = std::uint64_t;
  /// (when, serial): unique, and in the order of expiry.
  using TimerId = std::pair<Time, std::uint64_t>;

  class Handler {
   public:
    virtual ~Handler() = default;
    virtual void onReady(bool readable, bool writable) = 0;
  };

  NetLoop();
  ~NetLoop();
  NetLoop(const NetLoop&) = delete;
  NetLoop& operator=(const NetLoop&) = delete;

  // --- any thread ---
  /// Runs work on the loop's thread. Dropped when the loop is gone or has stopped.
  void post(std::function<void()> work);
  /// Ends run() after the current tick.
  void stop();

  // --- the loop's thread (before run(): the thread that will call it) ---
  /// What this thread made of its own meanwhile (thread_owned.h) is gone when it returns, so that no connection may be
  /// read or written any more; it may be closed.
  void run();
  [[nodiscard]] static Time now() { return std::chrono::steady_clock::now(); }
  /// Read once a tick: near enough to now for deadlines of seconds, and it costs nothing.
  [[nodiscard]] Time tickTime() const { return tickTime_; }
  /// For whoever may have taken seconds within a tick.
  void readClock() { tickTime_ = now(); }

  /// The handler must stay alive until unwatch(). Tokens are never used twice, so a late event of a
  /// closed connection finds nobody.
  Token watch(int descriptor, Interest interest, Handler& handler);
  void update(Token token, int descriptor, Interest interest);
  /// descriptor: -1 when it has been closed already.
  void unwatch(Token token, int descriptor);

  TimerId after(std::chrono::milliseconds delay, std::function<void()> work);
  void cancel(const TimerId& timer);

  /// From the end of a tick: that time passes before the next one, whatever comes meanwhile but what is posted; see
  /// Poller::rest.
  void rest(std::chrono::microseconds duration) { rest_ = duration; }

  /// How much of the last tenth of a second it had work to do; 0 to 1.
  [[nodiscard]] double busyShare() const { return busy_.share(); }
  /// Within a tick it only waited, for the disk: that is no work.
  void noteWait(Time from, Time to) {
    tickTime_ = to;
    busy_.idled(from, to);
  }

  /// Called once a tick, after everything that was ready has been handled.
  void setTickEnd(std::function<void()> hook) { tickEnd_ = std::move(hook); }
  /// Keeps the object alive until the tick is over, so that a handler may end itself.
  void discard(std::shared_ptr<void> object) { graveyard_.push_back(std::move(object)); }

 private:
  void runPosted();
  void runTimers();
  [[nodiscard]] std::optional<std::chrono::milliseconds> untilNextTimer() const;

  std::unique_ptr<Poller> poller_;
  std::unordered_map<Token, Handler*> handlers_;
  Token lastToken_ = 0;
  std::map<TimerId, std::function<void()>> timers_;
  std::uint64_t lastTimer_ = 0;
  std::function<void()> tickEnd_;
  Time tickTime_ = now();
  std::chrono::microseconds rest_{};
  BusyMeter busy_;
  std::vector<std::shared_ptr<void>> graveyard_;

  std::mutex mutex_;
  std::vector<std::function<void()>> posted_;  ///< guarded by mutex_
  bool stopping_ = false;                      ///< guarded by mutex_
};

}  // namespace earshot::net

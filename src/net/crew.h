#pragma once
// Threads that share one step of a loop's work and sleep in between.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace earshot::net {

class Crew {
 public:
  /// helpers: beside the thread that calls run(); they are started by the first run() that can use them.
  explicit Crew(unsigned helpers) : helpers_(helpers) {}
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// As many as this computer can use without crowding out others: its processors but one, at most three.
  [[nodiscard]] static unsigned usualHelpers();

  /// Calls work(i) once for each i < count, some of them on helpers, and returns when all calls have returned: whoever
  /// calls sees what they did, and they see what was done before. What one of them touches must be no other's. work
  /// must not throw. Few pieces are not worth waking anybody and stay on the caller's thread. One caller at a time.
  void run(std::size_t count, const std::function<void(std::size_t)>& work);

 private:
  void start();
  void help();
  void take(const std::function<void(std::size_t)>& work, std::size_t count);

  const unsigned helpers_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable begun_;
  std::condition_variable left_;
  const std::function<void(std::size_t)>* work_ = nullptr;  ///< while there is some
  std::size_t count_ = 0;
  unsigned round_ = 0;   ///< so that nobody helps twice with the same
  unsigned inside_ = 0;  ///< helpers that are at it
  bool ends_ = false;
  std::atomic<std::size_t> next_{0};
};

}  // namespace earshot::net

#pragma once
// Where links and hosted rooms go to die: their destructors may block for their goodbyes, which no
// window should wait for. UI thread.

#include <list>
#include <memory>
#include <thread>

namespace earshot::ui {

class Retirement {
 public:
  Retirement() = default;
  /// Waits for everything handed over so far.
  ~Retirement();
  Retirement(const Retirement&) = delete;
  Retirement& operator=(const Retirement&) = delete;

  /// last is the last reference; it is dropped on a thread of its own.
  void retire(std::shared_ptr<void> last);

 private:
  struct Farewell;
  void joinFinished();

  std::list<std::shared_ptr<Farewell>> farewells_;
};

}  // namespace earshot::ui

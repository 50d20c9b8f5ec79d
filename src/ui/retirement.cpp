#include "ui/retirement.h"

#include <atomic>
#include <utility>

namespace earshot::ui {

struct Retirement::Farewell {
  std::atomic<bool> finished = false;
  std::thread thread;
};

Retirement::~Retirement() {
  for (const auto& farewell : farewells_) farewell->thread.join();
}

void Retirement::retire(std::shared_ptr<void> last) {
  joinFinished();
  auto farewell = std::make_shared<Farewell>();
  farewell->thread = std::thread([last = std::move(last), raw = farewell.get()]() mutable {
    last.reset();
    raw->finished = true;
  });
  farewells_.push_back(std::move(farewell));
}

void Retirement::joinFinished() {
  farewells_.remove_if([](const std::shared_ptr<Farewell>& farewell) {
    if (!farewell->finished) return false;
    farewell->thread.join();
    return true;
  });
}

}  // namespace earshot::ui

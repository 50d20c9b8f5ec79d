#include "net/net_loop.h"

#include <algorithm>

#include "net/thread_owned.h"

namespace earshot::net {

NetLoop::NetLoop() : poller_(makePoller()), busy_(tickTime_) {}
NetLoop::~NetLoop() = default;

void NetLoop::post(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    posted_.push_back(std::move(work));
    if (posted_.size() > 1) return;  // whoever posted the first has woken the loop
  }
  poller_->wake();
}

void NetLoop::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  poller_->wake();
}

NetLoop::Token NetLoop::watch(int descriptor, Interest interest, Handler& handler) {
  const Token token = ++lastToken_;
  handlers_.emplace(token, &handler);
  poller_->add(descriptor, token, interest);
  return token;
}

void NetLoop::update(Token token, int descriptor, Interest interest) {
  poller_->modify(descriptor, token, interest);
}

void NetLoop::unwatch(Token token, int descriptor) {
  if (handlers_.erase(token) > 0) poller_->remove(descriptor, token);
}

NetLoop::TimerId NetLoop::after(std::chrono::milliseconds delay, std::function<void()> work) {
  const TimerId id{now() + delay, ++lastTimer_};
  timers_.emplace(id, std::move(work));
  return id;
}

void NetLoop::cancel(const TimerId& timer) {
  timers_.erase(timer);
}

void NetLoop::runPosted() {
  std::vector<std::function<void()>> work;
  {
    const std::lock_guard lock(mutex_);
    work.swap(posted_);
  }
  for (const auto& item : work) item();
}

void NetLoop::runTimers() {
  readClock();
  const Time current = tickTime_;
  while (!timers_.empty() && timers_.begin()->first.first <= current) {
    auto work = std::move(timers_.begin()->second);
    timers_.erase(timers_.begin());
    work();
  }
}

std::optional<std::chrono::milliseconds> NetLoop::untilNextTimer() const {
  if (timers_.empty()) return std::nullopt;
  const auto left = timers_.begin()->first.first - now();
  return std::max(std::chrono::milliseconds{0}, std::chrono::ceil<std::chrono::milliseconds>(left));
}

void NetLoop::run() {
  const ThreadOwner owner;
  std::vector<Readiness> ready;
  for (;;) {
    runPosted();
    runTimers();
    rest_ = {};
    if (tickEnd_) tickEnd_();
    graveyard_.clear();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      if (!posted_.empty()) continue;
    }
    const Time from = now();
    if (rest_ > rest_.zero()) {
      poller_->rest(rest_, ready);
    } else {
      poller_->wait(untilNextTimer(), ready);
    }
    noteWait(from, now());
    for (const Readiness& event : ready) {
      const auto found = handlers_.find(event.token);
      if (found != handlers_.end()) found->second->onReady(event.readable, event.writable);
    }
  }
}

}  // namespace earshot::net

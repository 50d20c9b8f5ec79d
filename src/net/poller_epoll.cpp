#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <thread>

#include "net/poller.h"

namespace earshot::net {
namespace {

constexpr std::uint64_t kWakeToken = 0;
constexpr std::size_t kEventsAtOnce = 512;

class EpollPoller final : public Poller {
 public:
  EpollPoller() : epoll_(epoll_create1(EPOLL_CLOEXEC)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (epoll_ < 0 || wake_ < 0) throw std::system_error(errno, std::generic_category(), "epoll");
    add(wake_, kWakeToken, {.read = true});
  }
  ~EpollPoller() override {
    close(wake_);
    close(epoll_);
  }
  EpollPoller(const EpollPoller&) = delete;
  EpollPoller& operator=(const EpollPoller&) = delete;

  void add(int descriptor, std::uint64_t token, Interest interest) override {
    control(EPOLL_CTL_ADD, descriptor, token, interest);
  }
  void modify(int descriptor, std::uint64_t token, Interest interest) override {
    if (descriptor >= 0) control(EPOLL_CTL_MOD, descriptor, token, interest);
  }
  void remove(int descriptor, std::uint64_t token) override {
    if (descriptor >= 0) control(EPOLL_CTL_DEL, descriptor, token, {});
  }

  void wait(std::optional<std::chrono::milliseconds> timeout, std::vector<Readiness>& ready) override {
    ready.clear();
    std::array<epoll_event, kEventsAtOnce> events;
    const int ms = timeout ? static_cast<int>(std::min<std::int64_t>(timeout->count(), 3'600'000)) : -1;
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), ms);
    for (int i = 0; i < count; ++i) {
      const auto& event = events[static_cast<std::size_t>(i)];
      if (event.data.u64 == kWakeToken) {
        std::uint64_t ignored = 0;
        [[maybe_unused]] const auto n = read(wake_, &ignored, sizeof ignored);
        continue;
      }
      const bool broken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
      ready.push_back(
          {event.data.u64, broken || (event.events & EPOLLIN) != 0, broken || (event.events & EPOLLOUT) != 0});
    }
  }

  void rest(std::chrono::microseconds time, std::vector<Readiness>& ready) override {
    std::this_thread::sleep_for(time);
    wait(std::chrono::milliseconds{0}, ready);
  }

  void wake() override {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto n = write(wake_, &one, sizeof one);
  }

 private:
  void control(int operation, int descriptor, std::uint64_t token, Interest interest) const {
    epoll_event event{};
    event.data.u64 = token;
    if (interest.read) event.events |= EPOLLIN;
    if (interest.write) event.events |= EPOLLOUT;
    epoll_ctl(epoll_, operation, descriptor, &event);
  }

  int epoll_;
  int wake_;
};

}  // namespace

std::unique_ptr<Poller> makePoller() {
  return std::make_unique<EpollPoller>();
}

}  // namespace earshot::net

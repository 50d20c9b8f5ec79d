// macOS and the BSDs. Compiled there only.
#include <sys/event.h>
#include <sys/time.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <ctime>
#include <system_error>
#include <thread>

#include "net/poller.h"

namespace earshot::net {
namespace {

constexpr uintptr_t kWakeIdent = 1;
constexpr std::size_t kEventsAtOnce = 512;

class KqueuePoller final : public Poller {
 public:
  KqueuePoller() : queue_(kqueue()) {
    if (queue_ < 0) throw std::system_error(errno, std::generic_category(), "kqueue");
    apply(kWakeIdent, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0);
  }
  ~KqueuePoller() override { close(queue_); }
  KqueuePoller(const KqueuePoller&) = delete;
  KqueuePoller& operator=(const KqueuePoller&) = delete;

  void add(int descriptor, std::uint64_t token, Interest interest) override { modify(descriptor, token, interest); }

  void modify(int descriptor, std::uint64_t token, Interest interest) override {
    if (descriptor < 0) return;
    const auto ident = static_cast<uintptr_t>(descriptor);
    apply(ident, EVFILT_READ, interest.read ? EV_ADD : EV_DELETE, 0, token);
    apply(ident, EVFILT_WRITE, interest.write ? EV_ADD : EV_DELETE, 0, token);
  }

  void remove(int descriptor, std::uint64_t token) override { modify(descriptor, token, {}); }

  void wait(std::optional<std::chrono::milliseconds> timeout, std::vector<Readiness>& ready) override {
    ready.clear();
    std::array<struct kevent, kEventsAtOnce> events;
    timespec limit{};
    if (timeout) {
      limit.tv_sec = static_cast<time_t>(timeout->count() / 1000);
      limit.tv_nsec = static_cast<long>(timeout->count() % 1000) * 1'000'000;
    }
    const int count =
        kevent(queue_, nullptr, 0, events.data(), static_cast<int>(events.size()), timeout ? &limit : nullptr);
    for (int i = 0; i < count; ++i) {
      const auto& event = events[static_cast<std::size_t>(i)];
      if (event.filter == EVFILT_USER) continue;
      const bool broken = (event.flags & EV_EOF) != 0;
      ready.push_back({reinterpret_cast<std::uint64_t>(event.udata), broken || event.filter == EVFILT_READ,
                       event.filter == EVFILT_WRITE});
    }
  }

  void rest(std::chrono::microseconds time, std::vector<Readiness>& ready) override {
    std::this_thread::sleep_for(time);
    wait(std::chrono::milliseconds{0}, ready);
  }

  void wake() override { apply(kWakeIdent, EVFILT_USER, 0, NOTE_TRIGGER, 0); }

 private:
  void apply(uintptr_t ident, short filter, unsigned flags, unsigned fflags, std::uint64_t token) const {
    struct kevent change;
    EV_SET(&change, ident, filter, static_cast<unsigned short>(flags), fflags, 0, reinterpret_cast<void*>(token));
    kevent(queue_, &change, 1, nullptr, 0, nullptr);
  }

  int queue_;
};

}  // namespace

std::unique_ptr<Poller> makePoller() {
  return std::make_unique<KqueuePoller>();
}

}  // namespace earshot::net

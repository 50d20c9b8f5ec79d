// Windows. Compiled there only.
#include <winsock2.h>
#include <ws2tcpip.h>

#include <algorithm>
#include <system_error>

#include "net/poller.h"

namespace earshot::net {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

/// How often an attempt to connect is asked whether it has failed.
constexpr Milliseconds kAttemptCheck{200};
constexpr Milliseconds::rep kLongestWait = 3'600'000;

/// WSAPoll takes an array, so the watched sockets are kept as one; slot 0 is a loopback UDP socket
/// that is connected to itself, the wake.
class WsaPoller final : public Poller {
 public:
  WsaPoller() : wake_(socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)) {
    sockaddr_in self{};
    self.sin_family = AF_INET;
    self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int length = sizeof self;
    auto* raw = reinterpret_cast<sockaddr*>(&self);
    u_long nonBlocking = 1;
    if (wake_ == INVALID_SOCKET || bind(wake_, raw, length) != 0 || getsockname(wake_, raw, &length) != 0 ||
        connect(wake_, raw, length) != 0 || ioctlsocket(wake_, FIONBIO, &nonBlocking) != 0) {
      throw std::system_error(WSAGetLastError(), std::system_category(), "wake socket");
    }
    polled_.push_back({wake_, POLLRDNORM, 0});
    tokens_.push_back(0);
  }
  ~WsaPoller() override { closesocket(wake_); }
  WsaPoller(const WsaPoller&) = delete;
  WsaPoller& operator=(const WsaPoller&) = delete;

  void add(int descriptor, std::uint64_t token, Interest interest) override {
    polled_.push_back({static_cast<SOCKET>(descriptor), eventsOf(interest), 0});
    tokens_.push_back(token);
  }
  void modify(int, std::uint64_t token, Interest interest) override {
    const auto slot = slotOf(token);
    if (slot < polled_.size()) polled_[slot].events = eventsOf(interest);
  }
  void remove(int, std::uint64_t token) override {
    const auto slot = slotOf(token);
    if (slot >= polled_.size()) return;
    polled_[slot] = polled_.back();
    tokens_[slot] = tokens_.back();
    polled_.pop_back();
    tokens_.pop_back();
  }

  void wait(std::optional<Milliseconds> timeout, std::vector<Readiness>& ready) override {
    ready.clear();
    const auto end = timeout ? std::optional(Clock::now() + *timeout) : std::nullopt;
    for (;;) {
      std::optional<Milliseconds> left;
      if (end) left = std::max(Milliseconds::zero(), std::chrono::ceil<Milliseconds>(*end - Clock::now()));
      const std::vector<std::size_t> attempts = connectionAttempts();
      const auto slice = attempts.empty() ? left : std::min(left.value_or(kAttemptCheck), kAttemptCheck);
      const int ms = slice ? static_cast<int>(std::min(slice->count(), kLongestWait)) : -1;
      const int count = WSAPoll(polled_.data(), static_cast<ULONG>(polled_.size()), ms);
      if (count > 0) return collect(ready);
      if (count == 0 && reportFailed(attempts, ready)) return;
      if (count < 0 || (left && *left <= slice.value_or(Milliseconds::zero()))) return;
    }
  }

  void wake() override { send(wake_, "w", 1, 0); }

 private:
  static SHORT eventsOf(Interest interest) {
    return static_cast<SHORT>((interest.read ? POLLRDNORM : 0) | (interest.write ? POLLWRNORM : 0));
  }
  std::size_t slotOf(std::uint64_t token) const {
    return static_cast<std::size_t>(std::find(tokens_.begin(), tokens_.end(), token) - tokens_.begin());
  }

  void collect(std::vector<Readiness>& ready) {
    char ignored[16];
    while (recv(wake_, ignored, sizeof ignored, 0) > 0) continue;
    for (std::size_t i = 1; i < polled_.size(); ++i) {
      const SHORT events = polled_[i].revents;
      if (events == 0) continue;
      const bool broken = (events & (POLLERR | POLLHUP | POLLNVAL)) != 0;
      ready.push_back({tokens_[i], broken || (events & POLLRDNORM) != 0, broken || (events & POLLWRNORM) != 0});
    }
  }

  /// The sockets that wait for nothing but their connection.
  std::vector<std::size_t> connectionAttempts() const {
    std::vector<std::size_t> slots;
    for (std::size_t i = 1; i < polled_.size(); ++i) {
      if (polled_[i].events == POLLWRNORM) slots.push_back(i);
    }
    return slots;
  }

  /// Before Windows 10 of 2020, WSAPoll never tells that an attempt to connect has failed; select
  /// does, and leaves the error where it is.
  bool reportFailed(const std::vector<std::size_t>& attempts, std::vector<Readiness>& ready) {
    for (const std::size_t slot : attempts) {
      fd_set failed;
      FD_ZERO(&failed);
      FD_SET(polled_[slot].fd, &failed);
      timeval atOnce{};
      if (select(0, nullptr, nullptr, &failed, &atOnce) > 0) ready.push_back({tokens_[slot], true, true});
    }
    return !ready.empty();
  }

  /// Windows counts who needs its sockets.
  struct Winsock {
    Winsock() {
      WSADATA data;
      WSAStartup(MAKEWORD(2, 2), &data);
    }
    ~Winsock() { WSACleanup(); }
    Winsock(const Winsock&) = delete;
    Winsock& operator=(const Winsock&) = delete;
  };

  Winsock winsock_;
  SOCKET wake_;
  std::vector<WSAPOLLFD> polled_;
  std::vector<std::uint64_t> tokens_;
};

}  // namespace

std::unique_ptr<Poller> makePoller() {
  return std::make_unique<WsaPoller>();
}

}  // namespace earshot::net

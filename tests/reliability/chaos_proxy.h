#pragma once
// A bad network on loopback: a TCP proxy between members and a host that passes every byte on until, at
// random positions, it strikes. What it does is drawn from a seed; where that hits a talk depends on the
// talk's own timing.

#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <unordered_set>

#include "integration/plain_socket.h"
#include "net/net_loop.h"

namespace earshot::test {

class ChaosProxy {
 public:
  /// What befell connections, all runs together. Each of the first four ends one.
  struct Strikes {
    std::atomic<std::size_t> closed{};      ///< both sides at once, after an exact byte
    std::atomic<std::size_t> reset{};       ///< the same with a TCP reset
    std::atomic<std::size_t> halfClosed{};  ///< one direction ends, the other goes on for a moment
    std::atomic<std::size_t> blackHoled{};  ///< what is sent vanishes for a moment, then both sides end
    std::atomic<std::size_t> delayed{};     ///< one direction stands still for a moment, nothing is lost

    [[nodiscard]] std::size_t cuts() const { return closed + reset + halfClosed + blackHoled; }
  };

  explicit ChaosProxy(std::uint64_t seed);
  ~ChaosProxy();
  ChaosProxy(const ChaosProxy&) = delete;
  ChaosProxy& operator=(const ChaosProxy&) = delete;

  /// What members are given; the same for the proxy's whole life.
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] const Strikes& strikes() const { return strikes_; }

  // Any thread; they return at once.
  /// Where new connections lead from now on; 0: nowhere, they are closed.
  void leadTo(std::uint16_t port) { target_ = port; }
  /// New connections and those that are open are cut this many more times; 0: it is an honest network.
  void strike(std::size_t times);
  /// Cuts all that are open, now.
  void cutAll();
  /// Nothing reaches the members until it is let go, so that the host's queues fill up.
  void holdBack(bool held);

 private:
  class Listener;
  class Connection;

  void accepted(SocketHandle socket);
  void ended(Connection& connection);
  [[nodiscard]] std::uint64_t draw(std::uint64_t from, std::uint64_t to);

  std::mt19937_64 random_;  ///< on the loop's thread only, as everything below
  std::uint16_t port_ = 0;
  std::atomic<std::uint16_t> target_{};
  Strikes strikes_;
  std::size_t left_ = 0;  ///< strikes still to come
  bool held_ = false;
  net::NetLoop loop_;
  std::unique_ptr<Listener> listener_;
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  std::thread thread_;
};

}  // namespace earshot::test

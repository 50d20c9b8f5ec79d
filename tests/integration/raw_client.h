#pragma once
// A client that says exactly what a test wants, without TLS, on a blocking socket.

#include <string>
#include <utility>

#include "integration/plain_socket.h"

namespace earshot::test {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : fd_(connectToLoopback(port, &connected_)) { setReceiveTimeout(fd_, 60); }
  ~RawClient() { closeSocket(fd_); }
  RawClient(RawClient&& other) noexcept
      : connected_(other.connected_), fd_(std::exchange(other.fd_, static_cast<SocketHandle>(-1))) {}
  RawClient& operator=(RawClient&&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = sendSome(fd_, bytes);
      if (n <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  /// What comes next, and everything up to the end.
  std::string readSome() {
    char chunk[65536];
    const auto n = ::recv(fd_, chunk, sizeof chunk, 0);
    return n > 0 ? std::string(chunk, static_cast<std::size_t>(n)) : std::string();
  }
  std::string readAll() {
    std::string all;
    for (std::string some = readSome(); !some.empty(); some = readSome()) all += some;
    return all;
  }
  void endSending() { stopSending(fd_); }
  /// True once the host has closed the connection, whatever it said before.
  bool closedByHost() {
    (void)readAll();
    char byte = 0;
    return ::recv(fd_, &byte, 1, 0) <= 0 && !receiveTimedOut();
  }

 private:
  bool connected_ = false;  // set while fd_ is made
  SocketHandle fd_;
};

}  // namespace earshot::test

#pragma once
// A client that says exactly what a test wants, on a plain blocking socket.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/limits.h"
#include "integration/plain_socket.h"
#include "net/codec.h"

namespace earshot::test {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    setReceiveTimeout(fd_, 60);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawClient() { closeSocket(fd_); }
  RawClient(RawClient&& other) noexcept
      : fd_(std::exchange(other.fd_, static_cast<SocketHandle>(-1))),
        connected_(other.connected_),
        buffer_(std::move(other.buffer_)) {}
  RawClient& operator=(RawClient&&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = sendSome(fd_, bytes);
      if (n <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  void send(net::FrameType type, const google::protobuf::MessageLite& body) {
    const auto bytes = net::frame(type, body);
    send({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  }
  void hello() {
    net::wire::Hello hello;
    hello.set_major(net::kProtocolMajor);
    send(net::FrameType::Hello, hello);
  }
  void join(const std::string& name, const app::MemberId& id = app::makeRandom<app::MemberId>()) {
    net::wire::Join join;
    join.set_member_id(std::string(id.view()));
    join.set_name(name);
    send(net::FrameType::Join, join);
  }

  struct Received {
    net::FrameType type;
    std::string body;
  };
  /// The next frame, or nothing when the host has closed the connection.
  std::optional<Received> next() {
    while (buffer_.size() < 8 || buffer_.size() < 8 + header().length) {
      char chunk[65536];
      const auto n = ::recv(fd_, chunk, sizeof chunk, 0);
      if (n <= 0) return std::nullopt;
      buffer_.append(chunk, static_cast<std::size_t>(n));
    }
    const auto head = header();
    Received received{static_cast<net::FrameType>(head.type), buffer_.substr(8, head.length)};
    buffer_.erase(0, 8 + head.length);
    return received;
  }
  /// Reads on to the first frame of this type.
  std::optional<Received> nextOf(net::FrameType type) {
    for (;;) {
      auto received = next();
      if (!received || received->type == type) return received;
    }
  }
  /// Without frames: what comes next, and everything up to the end.
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
    while (next()) continue;
    char byte = 0;
    return ::recv(fd_, &byte, 1, 0) <= 0 && !receiveTimedOut();
  }

 private:
  [[nodiscard]] net::FrameHeader header() const {
    return net::readHeader(std::span<const std::uint8_t, 8>(reinterpret_cast<const std::uint8_t*>(buffer_.data()), 8));
  }

  SocketHandle fd_;
  bool connected_ = false;
  std::string buffer_;
};

}  // namespace earshot::test

#pragma once
// The other side of a secure connection that says exactly what a test wants, on a blocking socket.

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/limits.h"
#include "integration/plain_socket.h"
#include "net/codec.h"
#include "net/tls_channel.h"

namespace earshot::test {

/// A plain blocking socket as the layer below TLS. WouldBlock is a time-out of the socket.
class BlockingChannel final : public net::Channel {
 public:
  explicit BlockingChannel(SocketHandle socket) : socket_(socket) {}

  net::IoResult read(std::span<std::uint8_t> into) override {
    const auto n = ::recv(socket_, reinterpret_cast<char*>(into.data()), static_cast<SocketLength>(into.size()), 0);
    if (n > 0) return {net::IoStatus::Ok, static_cast<std::size_t>(n)};
    timedOut_ = n < 0 && receiveTimedOut();
    return {net::IoStatus::Closed};
  }
  net::IoResult write(std::span<const std::uint8_t> from) override {
    const auto n = sendSome(socket_, {reinterpret_cast<const char*>(from.data()), from.size()});
    if (n > 0) return {net::IoStatus::Ok, static_cast<std::size_t>(n)};
    return {net::IoStatus::Closed};
  }
  net::IoStatus advance() override { return net::IoStatus::Ok; }
  [[nodiscard]] bool awaitsWritable() const override { return false; }
  [[nodiscard]] bool isEstablished() const override { return true; }
  void shutdownWrite() override { stopSending(socket_); }
  [[nodiscard]] app::Errc endReason() const override { return app::Errc::ConnectionLost; }
  [[nodiscard]] int descriptor() const override { return static_cast<int>(socket_); }
  [[nodiscard]] bool timedOut() const { return timedOut_; }

 private:
  SocketHandle socket_;
  bool timedOut_ = false;
};

/// TLS over a connected socket, which stays the caller's to close.
class SecureStream {
 public:
  SecureStream(SocketHandle socket, net::TlsRole role, const app::crypto::SigningKey& key) {
    auto below = std::make_unique<BlockingChannel>(socket);
    below_ = below.get();
    auto context = net::TlsContext::make(role, key);
    tls_ = std::make_unique<net::TlsChannel>(std::move(below), std::move(*context));
  }

  /// Blocks until the keys are agreed; false when the other side did not.
  bool establish() {
    if (tls_->advance() == net::IoStatus::Closed) return false;
    while (!tls_->isEstablished()) {
      if (!fill()) return false;
    }
    return true;
  }
  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto part = bytes.substr(0, app::kReadChunkBytes);
      const auto written = tls_->write({reinterpret_cast<const std::uint8_t*>(part.data()), part.size()});
      if (written.status != net::IoStatus::Ok) return;
      bytes.remove_prefix(written.bytes);
    }
  }
  /// Blocks for more bytes; false at the end of the stream.
  bool fill() {
    std::vector<std::uint8_t> chunk(app::kReadChunkBytes);
    const auto got = tls_->read(chunk);
    if (got.status == net::IoStatus::Ok) received_.append(chunk.begin(), chunk.begin() + static_cast<long>(got.bytes));
    return got.status != net::IoStatus::Closed;
  }
  [[nodiscard]] std::string& received() { return received_; }
  [[nodiscard]] bool timedOut() const { return below_->timedOut(); }
  [[nodiscard]] net::TlsChannel& tls() { return *tls_; }

 private:
  BlockingChannel* below_;
  std::unique_ptr<net::TlsChannel> tls_;
  std::string received_;
};

/// A member of the test's own, frame by frame.
class SecureClient {
 public:
  explicit SecureClient(std::uint16_t port, const app::crypto::SigningKey& key = app::crypto::makeSigningKey())
      : fd_(connectToLoopback(port)), stream_(std::make_unique<SecureStream>(fd_, net::TlsRole::Member, key)) {
    setReceiveTimeout(fd_, 60);
    connected_ = stream_->establish();
  }
  ~SecureClient() { closeSocket(fd_); }
  SecureClient(SecureClient&& other) noexcept
      : fd_(std::exchange(other.fd_, static_cast<SocketHandle>(-1))),
        connected_(other.connected_),
        stream_(std::move(other.stream_)),
        events_(std::move(other.events_)) {}
  SecureClient& operator=(SecureClient&&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] net::TlsChannel& tls() { return stream_->tls(); }

  void send(std::string_view bytes) { stream_->send(bytes); }
  void send(net::FrameType type, const google::protobuf::MessageLite& body) {
    const auto bytes = net::frame(type, body);
    send({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  }
  void hello() {
    net::wire::Hello hello;
    hello.set_major(net::kProtocolMajor);
    send(net::FrameType::Hello, hello);
  }
  void join(const std::string& name) {
    net::wire::Join join;
    join.set_name(name);
    send(net::FrameType::Join, join);
  }

  struct Received {
    net::FrameType type;
    std::string body;
  };
  /// The next frame, or nothing when the host has closed the connection.
  std::optional<Received> next() {
    std::string& buffer = stream_->received();
    while (buffer.size() < 8 || buffer.size() < 8 + header().length) {
      if (!stream_->fill()) return std::nullopt;
    }
    const auto head = header();
    Received received{static_cast<net::FrameType>(head.type), buffer.substr(8, head.length)};
    buffer.erase(0, 8 + head.length);
    return received;
  }
  /// Reads on to the first frame of this type.
  std::optional<Received> nextOf(net::FrameType type) {
    for (;;) {
      auto received = next();
      if (!received || received->type == type) return received;
    }
  }
  /// Reads on to the next event.
  std::optional<app::Event> nextEvent() {
    while (events_.empty()) {
      const auto received = nextOf(net::FrameType::Events);
      net::wire::Events message;
      if (!received || !message.ParseFromString(received->body)) return std::nullopt;
      const auto events = net::eventsFromWire(message.events(), app::kMaxEventsOfAFrame);
      if (!events) return std::nullopt;
      events_.assign(events->begin(), events->end());
    }
    auto event = std::move(events_.front());
    events_.pop_front();
    return event;
  }
  /// True once the host has closed the connection, whatever it said before.
  bool closedByHost() {
    while (next()) continue;
    return !stream_->timedOut();
  }

 private:
  [[nodiscard]] net::FrameHeader header() const {
    const std::string& buffer = stream_->received();
    return net::readHeader(std::span<const std::uint8_t, 8>(reinterpret_cast<const std::uint8_t*>(buffer.data()), 8));
  }

  SocketHandle fd_;
  bool connected_ = false;
  std::unique_ptr<SecureStream> stream_;
  std::deque<app::Event> events_;  ///< of a frame, not yet asked for
};

}  // namespace earshot::test

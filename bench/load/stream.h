#pragma once
// One connection of the load generator to a server on this computer: never blocks, with TLS or without.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// OpenSSL's own name for its type.
struct ssl_st;

namespace earshot::load {

class Stream {
 public:
  enum class State { Connecting, Open, Closed };

  Stream() = default;
  /// tls: nullptr for none; owned from here on.
  Stream(std::uint16_t port, ssl_st* tls);
  ~Stream();
  Stream(Stream&& other) noexcept;
  Stream& operator=(Stream&& other) noexcept;

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] int descriptor() const { return fd_; }
  /// Bytes wait to be written, or the connection does not stand yet.
  [[nodiscard]] bool awaitsWritable() const { return state_ == State::Connecting || sent_ < out_.size(); }

  /// A connection that stands begins its TLS only now, for servers that say something before.
  void holdTls() { tlsHeld_ = true; }
  void beginTls();

  /// Goes on with what can be done now.
  void advance();
  void send(std::string_view bytes);
  /// How many bytes were read into `into`; 0: nothing more now, or closed.
  std::size_t read(std::span<char> into);
  void close();

 private:
  void write();
  void handshake();
  [[nodiscard]] bool secured() const { return tls_ != nullptr && !tlsHeld_; }

  int fd_ = -1;
  ssl_st* tls_ = nullptr;
  State state_ = State::Closed;
  bool reached_ = false;  ///< TCP stands
  bool tlsHeld_ = false;
  std::string out_;
  std::size_t sent_ = 0;
};

}  // namespace earshot::load

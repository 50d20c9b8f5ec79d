#include "stream.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace earshot::load {

Stream::Stream(std::uint16_t port, ssl_st* tls)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)), tls_(tls), state_(State::Connecting) {
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (tls_ != nullptr) SSL_set_fd(tls_, fd_);
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 && errno != EINPROGRESS) close();
}

Stream::~Stream() {
  close();
}

Stream::Stream(Stream&& other) noexcept {
  *this = std::move(other);
}

Stream& Stream::operator=(Stream&& other) noexcept {
  if (this == &other) return *this;
  close();
  fd_ = std::exchange(other.fd_, -1);
  tls_ = std::exchange(other.tls_, nullptr);
  state_ = std::exchange(other.state_, State::Closed);
  reached_ = other.reached_;
  tlsHeld_ = other.tlsHeld_;
  out_ = std::move(other.out_);
  sent_ = std::exchange(other.sent_, 0);
  return *this;
}

void Stream::close() {
  SSL_free(std::exchange(tls_, nullptr));
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  state_ = State::Closed;
}

void Stream::beginTls() {
  tlsHeld_ = false;
  if (tls_ != nullptr) state_ = State::Connecting;
  advance();
}

void Stream::advance() {
  if (state_ == State::Connecting) {
    if (!reached_) {
      int error = 0;
      socklen_t length = sizeof error;
      ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &length);
      sockaddr_in peer{};
      socklen_t peerLength = sizeof peer;
      if (error != 0) return close();
      if (::getpeername(fd_, reinterpret_cast<sockaddr*>(&peer), &peerLength) != 0) return;
      reached_ = true;
    }
    if (secured()) {
      handshake();
    } else {
      state_ = State::Open;
    }
  }
  if (state_ == State::Open) write();
}

void Stream::handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(tls_);
  if (result == 1) {
    state_ = State::Open;
    return;
  }
  const int why = SSL_get_error(tls_, result);
  if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) close();
}

void Stream::send(std::string_view bytes) {
  if (state_ == State::Closed) return;
  out_ += bytes;
  if (state_ == State::Open) write();
}

void Stream::write() {
  constexpr std::size_t kPiece = std::size_t{64} * 1024;
  while (sent_ < out_.size()) {
    const std::string_view left = std::string_view(out_).substr(sent_, kPiece);
    std::size_t taken = 0;
    if (secured()) {
      ERR_clear_error();
      if (SSL_write_ex(tls_, left.data(), left.size(), &taken) != 1) {
        const int why = SSL_get_error(tls_, 0);
        if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) close();
        return;
      }
    } else {
      const auto n = ::send(fd_, left.data(), left.size(), MSG_NOSIGNAL);
      if (n < 0) {
        if (errno != EAGAIN) close();
        return;
      }
      taken = static_cast<std::size_t>(n);
    }
    sent_ += taken;
  }
  out_.clear();
  sent_ = 0;
}

std::size_t Stream::read(std::span<char> into) {
  if (state_ != State::Open) return 0;
  if (secured()) {
    std::size_t count = 0;
    ERR_clear_error();
    if (SSL_read_ex(tls_, into.data(), into.size(), &count) == 1) return count;
    const int why = SSL_get_error(tls_, 0);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) close();
    return 0;
  }
  const auto n = ::recv(fd_, into.data(), into.size(), 0);
  if (n > 0) return static_cast<std::size_t>(n);
  if (n == 0 || errno != EAGAIN) close();
  return 0;
}

}  // namespace earshot::load

#pragma once
// The system's own sockets for tests that need the other side to be nobody of ours.

#include "net/socket_api.h"
#ifndef _WIN32
#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#endif

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace earshot::test {

#ifdef _WIN32
using SocketHandle = SOCKET;
using SocketLength = int;
constexpr int kNoSignal = 0;
inline void closeSocket(SocketHandle socket) {
  ::closesocket(socket);
}
inline void setNonBlocking(SocketHandle socket) {
  u_long on = 1;
  ::ioctlsocket(socket, FIONBIO, &on);
}
inline void setReceiveTimeout(SocketHandle socket, int seconds) {
  const DWORD ms = static_cast<DWORD>(seconds) * 1000;
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, reinterpret_cast<const char*>(&ms), sizeof ms);
}
inline void stopSending(SocketHandle socket) {
  ::shutdown(socket, SD_SEND);
}
inline bool receiveTimedOut() {
  return WSAGetLastError() == WSAETIMEDOUT;
}
#else
using SocketHandle = int;
using SocketLength = std::size_t;
constexpr int kNoSignal = MSG_NOSIGNAL;
inline void closeSocket(SocketHandle socket) {
  ::close(socket);
}
inline void setNonBlocking(SocketHandle socket) {
  ::fcntl(socket, F_SETFL, O_NONBLOCK);
}
inline void setReceiveTimeout(SocketHandle socket, int seconds) {
  const timeval patience{seconds, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}
inline void stopSending(SocketHandle socket) {
  ::shutdown(socket, SHUT_WR);
}
inline bool receiveTimedOut() {
  return errno == EAGAIN;
}
#endif

/// A blocking socket, connected or not, as the first send or receive will tell.
inline SocketHandle connectToLoopback(std::uint16_t port, bool* connected = nullptr) {
  const SocketHandle socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool done = ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  if (connected != nullptr) *connected = done;
  return socket;
}

inline auto sendSome(SocketHandle socket, std::string_view bytes) {
  return ::send(socket, bytes.data(), static_cast<SocketLength>(bytes.size()), kNoSignal);
}

}  // namespace earshot::test

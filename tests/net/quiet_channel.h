#pragma once
// Bytes in memory, and a descriptor that the system knows and that never becomes ready.

#include "integration/plain_socket.h"
#include "net/memory_channel.h"

namespace earshot::net {

class QuietChannel final : public MemoryChannel {
 public:
  using MemoryChannel::MemoryChannel;
  ~QuietChannel() override { test::closeSocket(socket_); }
  [[nodiscard]] int descriptor() const override { return static_cast<int>(socket_); }

 private:
  test::SocketHandle socket_ = ::socket(AF_INET, SOCK_DGRAM, 0);
};

}  // namespace earshot::net

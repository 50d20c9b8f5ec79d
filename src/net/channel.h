#pragma once
// Bytes in both directions, without blocking. A socket is one; TLS is another that owns the socket
// below it. One thread.

#include <cstddef>
#include <cstdint>
#include <span>

#include "app/result.h"

namespace earshot::net {

enum class IoStatus { Ok, WouldBlock, Closed };

struct IoResult {
  IoStatus status;
  std::size_t bytes = 0;  ///< > 0 exactly when status is Ok
};

class Channel {
 public:
  virtual ~Channel() = default;
  /// A layer that decrypts wants room for kReadChunkBytes.
  virtual IoResult read(std::span<std::uint8_t> into) = 0;
  /// May take fewer bytes than given; what it has taken may wait inside (see awaitsWritable).
  virtual IoResult write(std::span<const std::uint8_t> from) = 0;
  /// Hands over what waits inside, and begins what has to come before the first byte.
  virtual IoStatus advance() = 0;
  /// Something waits for the network: call write() or advance() when it can take bytes again.
  [[nodiscard]] virtual bool awaitsWritable() const = 0;
  /// False until both sides have agreed on keys and proven theirs; nothing is taken before.
  [[nodiscard]] virtual bool isEstablished() const = 0;
  /// No more bytes will be written; the other side reads the end of the stream.
  virtual void shutdownWrite() = 0;
  /// Why it is closed, as far as this layer knows.
  [[nodiscard]] virtual app::Errc endReason() const = 0;
  /// For the poller; -1 once the channel is closed.
  [[nodiscard]] virtual int descriptor() const = 0;
};

}  // namespace earshot::net

#pragma once
// Bytes in both directions, without blocking. A plain socket is one; a layer that encrypts is
// another that owns the socket below it. One thread.

#include <cstddef>
#include <cstdint>
#include <span>

namespace earshot::net {

enum class IoStatus { Ok, WouldBlock, Closed };

struct IoResult {
  IoStatus status;
  std::size_t bytes = 0;  ///< > 0 exactly when status is Ok
};

class Channel {
 public:
  virtual ~Channel() = default;
  virtual IoResult read(std::span<std::uint8_t> into) = 0;
  /// May take fewer bytes than given.
  virtual IoResult write(std::span<const std::uint8_t> from) = 0;
  /// No more bytes will be written; the other side reads the end of the stream.
  virtual void shutdownWrite() = 0;
  /// For the poller; -1 once the channel is closed.
  [[nodiscard]] virtual int descriptor() const = 0;
};

}  // namespace earshot::net

#pragma once
// Two ends of a network in memory, which delivers when the test says so, whole or byte by byte.

#include <algorithm>
#include <deque>
#include <limits>
#include <memory>

#include "net/channel.h"

namespace earshot::net {

/// One direction.
struct Wire {
  std::deque<std::uint8_t> bytes;
  std::size_t room = std::numeric_limits<std::size_t>::max();  ///< how much more it takes
  bool ended = false;
};

class MemoryChannel : public Channel {
 public:
  MemoryChannel(std::shared_ptr<Wire> in, std::shared_ptr<Wire> out) : in_(std::move(in)), out_(std::move(out)) {}

  IoResult read(std::span<std::uint8_t> into) override {
    const std::size_t count = std::min({into.size(), in_->bytes.size(), atOnce});
    if (count == 0) return {in_->ended && in_->bytes.empty() ? IoStatus::Closed : IoStatus::WouldBlock};
    std::copy_n(in_->bytes.begin(), count, into.begin());
    in_->bytes.erase(in_->bytes.begin(), in_->bytes.begin() + static_cast<std::ptrdiff_t>(count));
    return {IoStatus::Ok, count};
  }
  IoResult write(std::span<const std::uint8_t> from) override {
    const std::size_t count = std::min(from.size(), out_->room);
    blocked_ = count == 0;
    if (blocked_) return {IoStatus::WouldBlock};
    out_->bytes.insert(out_->bytes.end(), from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
    out_->room -= count;
    return {IoStatus::Ok, count};
  }
  IoStatus advance() override { return IoStatus::Ok; }
  [[nodiscard]] bool awaitsWritable() const override { return blocked_; }
  [[nodiscard]] bool isEstablished() const override { return true; }
  void shutdownWrite() override { out_->ended = true; }
  [[nodiscard]] app::Errc endReason() const override { return app::Errc::ConnectionLost; }
  [[nodiscard]] int descriptor() const override { return 3; }

  std::size_t atOnce = std::numeric_limits<std::size_t>::max();  ///< how much one read brings

 private:
  std::shared_ptr<Wire> in_;
  std::shared_ptr<Wire> out_;
  bool blocked_ = false;
};

}  // namespace earshot::net

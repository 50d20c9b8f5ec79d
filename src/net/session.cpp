#include "net/session.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/limits.h"
#include "net/thread_owned.h"

namespace earshot::net {
namespace {

using app::Errc;
using app::Error;

/// Small frames are gathered up to this size, because a write call costs more than the copy.
constexpr std::size_t kGatherBytes = 64 * 1024;

/// Sessions use it only within one call.
struct Scratch {
  std::unique_ptr<std::uint8_t[]> buffer = std::make_unique_for_overwrite<std::uint8_t[]>(app::kReadChunkBytes);
};

std::span<std::uint8_t> scratch() {
  return {threadOwned<Scratch>().buffer.get(), app::kReadChunkBytes};
}

}  // namespace

Session::Session(NetLoop& loop, std::unique_ptr<Channel> channel, Owner& owner)
    : loop_(loop),
      channel_(std::move(channel)),
      owner_(owner),
      decoder_([this](FrameType type) { return owner_.frameLimit(*this, type); }),
      lastReceived_(loop.tickTime()),
      lastWriteProgress_(lastReceived_) {
  token_ = loop_.watch(channel_->descriptor(), armed_, *this);
}

Session::~Session() {
  end();
}

void Session::send(SharedBytes frames) {
  if (state_ != State::Open || frames->empty()) return;
  if (queue_.empty()) lastWriteProgress_ = loop_.tickTime();
  count(frames->size(), 0);
  queue_.push(std::move(frames));
}

void Session::count(std::size_t more, std::size_t less) {
  queuedBytes_ += more - less;
  if (total_) total_->fetch_add(more - less, std::memory_order_relaxed);
}

void Session::consume(std::size_t bytes) {
  count(0, bytes);
  while (bytes > 0) {
    const auto left = queue_.front()->size() - frontSent_;
    const auto taken = std::min(left, bytes);
    bytes -= taken;
    frontSent_ += taken;
    if (taken == left) {
      queue_.pop();
      frontSent_ = 0;
    }
  }
}

void Session::writeQueued() {
  const auto buffer = scratch();
  writeBlocked_ = false;
  if (queue_.empty() && channel_->advance() == IoStatus::Closed) broken_ = true;
  while (!queue_.empty() && !writeBlocked_ && !broken_) {
    const auto front = std::span(*queue_.front()).subspan(frontSent_);
    std::span<const std::uint8_t> chunk = front;
    if (queue_.size() > 1 && front.size() < kGatherBytes) {
      std::size_t filled = 0;
      std::size_t skip = frontSent_;
      for (const SharedBytes& frames : queue_.entries()) {
        const auto part = std::span(*frames).subspan(skip);
        const auto taken = std::min(part.size(), kGatherBytes - filled);
        std::copy_n(part.begin(), taken, buffer.begin() + static_cast<std::ptrdiff_t>(filled));
        filled += taken;
        skip = 0;
        if (filled == kGatherBytes) break;
      }
      chunk = buffer.first(filled);
    }
    const IoResult result = channel_->write(chunk);
    if (result.status == IoStatus::Closed) {
      broken_ = true;
    } else if (result.status == IoStatus::WouldBlock) {
      writeBlocked_ = true;
    } else {
      lastWriteProgress_ = loop_.tickTime();
      consume(result.bytes);
    }
  }
}

/// wx may have closed the descriptor, so no readiness would ever report it.
void Session::reportBreak() {
  if (!std::exchange(breakReported_, true)) endSoon(std::chrono::milliseconds{0});
}

void Session::write() {
  if (state_ != State::Ended && !broken_ && !writeBlocked_) writeQueued();
}

void Session::settle() {
  if (state_ == State::Ended) return;
  if (broken_) return reportBreak();
  weighQueue();
  arm();
}

void Session::weighQueue() {
  if (!onlyWhileHeard_) return;
  if (queuedBytes_ > app::kMaxQueuedBytes) readingPaused_ = true;
  if (queuedBytes_ < app::kRefillQueuedBytes) readingPaused_ = false;
}

void Session::arm() {
  if (state_ == State::Ended || broken_) return;
  if (state_ == State::Finishing && queue_.empty() && !channel_->awaitsWritable() && !writeShut_) {
    writeShut_ = true;
    channel_->shutdownWrite();
  }
  const Interest wanted{.read = state_ == State::Finishing || !readingPaused_, .write = channel_->awaitsWritable()};
  if (wanted == armed_) return;
  armed_ = wanted;
  loop_.update(token_, channel_->descriptor(), armed_);
}

void Session::finish() {
  if (state_ != State::Open) return;
  state_ = State::Finishing;
  endSoon(established_ ? app::kFarewellDeadline : std::chrono::milliseconds{0});
  flush();
  arm();
}

void Session::endSoon(std::chrono::milliseconds delay) {
  if (ending_) loop_.cancel(*ending_);
  ending_ = loop_.after(delay, [this] {
    ending_.reset();
    endWith(state_ == State::Finishing ? Errc::Cancelled : channel_->endReason());
  });
}

void Session::end() {
  if (state_ == State::Ended) return;
  state_ = State::Ended;
  if (ending_) loop_.cancel(*ending_);
  loop_.unwatch(token_, channel_->descriptor());
  queue_.clear();
  count(0, queuedBytes_);
  channel_.reset();
}

void Session::endWith(Errc code) {
  if (state_ == State::Ended) return;
  end();
  owner_.onEnded(*this, Error{code, {}});
}

void Session::onReady(bool readable, bool writable) {
  if (writable && !broken_) {
    writeQueued();
    settle();
    if (queuedBytes_ < app::kRefillQueuedBytes && state_ == State::Open && !broken_) owner_.onDrained(*this);
  }
  if (state_ == State::Ended || broken_ || !readable) return;
  if (state_ == State::Finishing) return readAndDrop();
  if (!readingPaused_) readAvailable();
  if (state_ != State::Ended && !broken_) arm();  // what was read may have to be answered
}

void Session::readAndDrop() {
  if (channel_->read(scratch()).status == IoStatus::Closed) endWith(Errc::Cancelled);
}

bool Session::noteEstablished() {
  established_ = true;
  writeBlocked_ = false;
  return owner_.onEstablished(*this) && state_ == State::Open;
}

void Session::readAvailable() {
  const auto buffer = scratch();
  const IoResult result = channel_->read(buffer);
  if (result.status == IoStatus::Closed) return endWith(channel_->endReason());
  if (!established_ && channel_->isEstablished() && !noteEstablished()) return;
  if (result.status == IoStatus::WouldBlock) return;
  lastReceived_ = loop_.tickTime();
  const auto fed = decoder_.feed(buffer.first(result.bytes), [this](const Frame& frame) {
    return owner_.onFrame(*this, frame) && state_ == State::Open;
  });
  if (!fed && state_ == State::Open) endWith(fed.error().code);
}

}  // namespace earshot::net

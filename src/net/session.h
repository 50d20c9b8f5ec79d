#pragma once
// One connection, the same for host and member: a channel, the framing on it and a bounded queue of
// bytes to send. Lives on its NetLoop's thread.

#include <atomic>
#include <functional>
#include <memory>

#include "app/result.h"
#include "net/channel.h"
#include "net/codec.h"
#include "net/framing.h"
#include "net/net_loop.h"
#include "net/send_queue.h"

namespace earshot::net {

class Session final : public NetLoop::Handler {
 public:
  /// What the owner does with it. All calls come from the loop, never from inside send() or flush().
  class Owner {
   public:
    virtual ~Owner() = default;
    /// The channel is established: who the other side is, is proven. Once, before the first frame.
    /// Returns false to stop reading for good (the owner has called end() or finish()).
    virtual bool onEstablished(Session& session) = 0;
    /// See FrameDecoder::Limit.
    virtual std::optional<std::size_t> frameLimit(Session& session, FrameType type) = 0;
    /// Returns false to stop reading for good (the owner has called end() or finish()).
    virtual bool onFrame(Session& session, const Frame& frame) = 0;
    /// Bytes that had to wait went out, and fewer than kRefillQueuedBytes are left.
    virtual void onDrained(Session& session) = 0;
    /// Once; the session does nothing afterwards. reason: ConnectionLost when the other side closed
    /// or the network broke, what the channel says (Channel::endReason), ProtocolViolation when
    /// nonsense came, Cancelled after finish().
    virtual void onEnded(Session& session, app::Error reason) = 0;
  };

  Session(NetLoop& loop, std::unique_ptr<Channel> channel, Owner& owner);
  ~Session() override;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Queues whole frames; they go out with the next flush().
  void send(SharedBytes frames);
  /// Writes as much as the network takes now, gathered into few writes; the rest follows by itself.
  void flush() {
    write();
    settle();
  }
  /// The two halves of flush(). The first touches nothing but this session, its channel and the total, so that another
  /// thread may do it while the loop's thread waits.
  void write();
  void settle();
  [[nodiscard]] std::size_t queuedBytes() const { return queuedBytes_; }

  /// What waits here is also counted there, with that of other sessions.
  void countIn(std::shared_ptr<std::atomic<std::size_t>> total) { total_ = std::move(total); }

  /// From now on nothing is read while more than kMaxQueuedBytes wait, until fewer than
  /// kRefillQueuedBytes do: a side that only asks and never listens fills its own buffers and not
  /// ours. For one side of a connection only; two that wait for each other would wait for ever.
  void listenOnlyWhileHeard() { onlyWhileHeard_ = true; }

  /// Frames that still arrive are dropped; what is queued is still written. Then onEnded(Cancelled)
  /// when the other side has closed too, at the latest after kFarewellDeadline: closing earlier,
  /// with its bytes unread, could make the network throw away our last ones. At once where nothing
  /// can be said, since the channel is not established.
  void finish();
  /// At once, without onEnded.
  void end();
  [[nodiscard]] bool isOpen() const { return state_ != State::Ended; }
  [[nodiscard]] bool isEstablished() const { return established_; }
  [[nodiscard]] bool isFinishing() const { return state_ == State::Finishing; }

  [[nodiscard]] NetLoop::Time lastReceived() const { return lastReceived_; }
  /// When the other side last took bytes, or when the queue was last empty.
  [[nodiscard]] NetLoop::Time lastWriteProgress() const { return lastWriteProgress_; }

 private:
  enum class State { Open, Finishing, Ended };

  void onReady(bool readable, bool writable) override;
  void readAvailable();
  void writeQueued();
  void reportBreak();
  void readAndDrop();
  bool noteEstablished();
  void endSoon(std::chrono::milliseconds delay);
  void consume(std::size_t bytes);
  void weighQueue();
  void count(std::size_t more, std::size_t less);
  void arm();
  void endWith(app::Errc code);

  NetLoop& loop_;
  std::unique_ptr<Channel> channel_;
  Owner& owner_;
  FrameDecoder decoder_;
  NetLoop::Token token_ = 0;
  Interest armed_{.read = true, .write = false};
  State state_ = State::Open;

  SendQueue queue_;
  std::size_t frontSent_ = 0;  ///< bytes of queue_.front() that are written already
  std::size_t queuedBytes_ = 0;
  std::shared_ptr<std::atomic<std::size_t>> total_;  ///< see countIn
  bool onlyWhileHeard_ = false;
  bool readingPaused_ = false;
  bool established_ = false;
  bool writeBlocked_ = false;
  bool broken_ = false;         ///< a write failed
  bool breakReported_ = false;  ///< from the loop, by ending_
  bool writeShut_ = false;
  std::optional<NetLoop::TimerId> ending_;
  NetLoop::Time lastReceived_;
  NetLoop::Time lastWriteProgress_;
};

}  // namespace earshot::net

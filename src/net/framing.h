#pragma once
// Frames on a stream of bytes:
//
//   u32 big-endian length of the body | u16 big-endian type | u16 big-endian flags | body
//
// Flag bit 0 (optional): a receiver that does not know the type skips the frame; without it the
// connection is over. Everything is checked on the 8 bytes of the header, before the body is waited
// for or memory is taken for it. docs/PROTOCOL.md is the prose twin of this file.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "app/result.h"

namespace earshot::net {

/// Numbers on the wire: never changed, never reused.
enum class FrameType : std::uint16_t {
  Hello = 1,
  Welcome = 2,
  AuthStart = 3,
  AuthStep = 4,
  AuthConfirm = 5,
  AuthOk = 6,
  AuthFail = 7,
  Join = 10,
  Joined = 11,
  Members = 12,
  ChatSend = 20,
  Rename = 21,
  SetTopic = 22,
  Leave = 23,
  ChatEdit = 24,
  ChatDelete = 25,
  ChatReact = 26,
  Ack = 30,
  Nack = 31,
  Events = 32,
  HistoryGet = 33,
  HistoryPage = 34,
  Typing = 35,
  Ping = 40,
  Pong = 41,
  Error = 50,
  Goodbye = 51,
  PrekeyPut = 60,
  PrekeyGet = 61,
  Prekey = 62,
  PrivateSend = 63,
  PrivateDeliver = 64,
  PrivateAck = 65,
  PrivateReceipt = 66,
  PrivateReceiptSeen = 67,
};

inline constexpr std::uint16_t kFlagOptional = 1;

struct FrameHeader {
  std::uint32_t length;
  std::uint16_t type;
  std::uint16_t flags;

  bool operator==(const FrameHeader&) const = default;
};

void writeHeader(const FrameHeader& header, std::span<std::uint8_t, 8> out);
[[nodiscard]] FrameHeader readHeader(std::span<const std::uint8_t, 8> in);

struct Frame {
  FrameType type;
  std::span<const std::uint8_t> body;  ///< valid during the call only
};

/// Cuts a stream into frames. Holds at most one unfinished frame.
class FrameDecoder {
 public:
  /// The largest body that this type may have right now; nullopt: not a type that is known (or
  /// allowed) in this state. Asked once a frame, on its header.
  using Limit = std::function<std::optional<std::size_t>(FrameType)>;
  /// Returns false to stop (the connection is being closed); the rest of the input is dropped.
  using Sink = std::function<bool(const Frame&)>;

  explicit FrameDecoder(Limit limit) : limit_(std::move(limit)) {}

  /// Takes the next bytes, in pieces of any size. An error is final: the stream can't be followed
  /// any more.
  app::Status feed(std::span<const std::uint8_t> bytes, const Sink& sink);

  /// Memory held for an unfinished frame, in bytes.
  [[nodiscard]] std::size_t held() const { return pending_.capacity(); }

 private:
  struct Verdict {
    std::size_t length;
    bool skip;
  };
  [[nodiscard]] app::Result<Verdict> judge(const FrameHeader& header) const;

  Limit limit_;
  std::vector<std::uint8_t> pending_;  ///< header and body so far of the unfinished frame
  std::size_t skipping_ = 0;           ///< bytes of an unknown optional frame still to be dropped
  bool judged_ = false;                ///< pending_ has a header that was allowed
};

}  // namespace earshot::net

#pragma once
// The program's values <-> the messages of protocol.proto. Whatever comes from the network is
// checked here: lengths of ids, sizes and UTF-8 of texts, ranges of numbers. Pure; any thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/event.h"
#include "app/history.h"
#include "app/result.h"
#include "app/room.h"
#include "net/framing.h"
#include "net/protocol.pb.h"

namespace earshot::net {

using Bytes = std::vector<std::uint8_t>;
/// Bytes that many connections send: encoded once, never copied.
using SharedBytes = std::shared_ptr<const Bytes>;

inline constexpr std::uint32_t kProtocolMajor = 1;
inline constexpr std::uint32_t kProtocolMinor = 0;

/// Appends one frame. Precondition: the body fits the frame's limit.
void appendFrame(Bytes& out, FrameType type, const google::protobuf::MessageLite& body);
[[nodiscard]] SharedBytes frame(FrameType type, const google::protobuf::MessageLite& body);

/// False on malformed input, with nothing learnt from it.
[[nodiscard]] bool parse(std::span<const std::uint8_t> body, google::protobuf::MessageLite& out);

/// Events in a list leave out what is as in the one before (protocol.proto); pass it to say so. Precondition: out is
/// empty.
void fill(wire::Event& out, const app::Event& event, const app::Event* before = nullptr);
[[nodiscard]] app::Result<app::Event> fromWire(const wire::Event& event, const app::Event* before = nullptr);
/// At most `most`; ProtocolViolation when there are more, or one is malformed.
[[nodiscard]] app::Result<std::vector<app::Event>> eventsFromWire(
    const google::protobuf::RepeatedPtrField<wire::Event>& events, std::size_t most);
/// As many Events frames as it takes.
[[nodiscard]] SharedBytes eventsFrames(std::span<const app::Event> events);

[[nodiscard]] wire::LastSeen toWire(const app::LastSeen& lastSeen);
/// Nothing when it is malformed.
[[nodiscard]] std::optional<app::LastSeen> lastSeenFrom(const wire::LastSeen& lastSeen);
/// The events in one frame. Precondition: they fit, see app::kHistoryPageBytes.
[[nodiscard]] SharedBytes historyFrame(std::span<const app::Event> events, bool complete);

[[nodiscard]] wire::Code toWire(app::Errc code);
[[nodiscard]] app::Errc fromWire(wire::Code code);
[[nodiscard]] wire::Reason toWire(app::LeaveReason reason);
[[nodiscard]] app::LeaveReason fromWire(wire::Reason reason);

/// A request of a member; nullopt when malformed. The rules of the room come later.
[[nodiscard]] std::optional<app::Request> requestFromWire(FrameType type, std::span<const std::uint8_t> body);
/// The frame that asks this. Precondition: not a Join.
[[nodiscard]] SharedBytes frameOf(const app::Request& request);

[[nodiscard]] std::optional<app::Member> fromWire(const wire::Member& member);
/// As many Members frames as it takes, the last one marked.
[[nodiscard]] SharedBytes membersFrames(const std::vector<app::Member>& members);

/// A one-line text from the other side that is only shown: cleaned and cut to length.
[[nodiscard]] std::string displayText(const std::string& text, std::size_t maxBytes);

}  // namespace earshot::net

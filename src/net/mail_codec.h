#pragma once
// Private messages: the program's values <-> frames. What comes from the network is checked for its
// form; whether signatures are right is for app/. Pure; any thread.

#include <optional>

#include "app/private_mail.h"
#include "net/codec.h"
#include "net/framing.h"

namespace earshot::net {

/// The largest body of a frame that a member may send; nullopt: it is none of these frames.
[[nodiscard]] std::optional<std::size_t> mailRequestLimit(FrameType type);
/// The same for what a host may send.
[[nodiscard]] std::optional<std::size_t> mailNewsLimit(FrameType type);

[[nodiscard]] SharedBytes mailFrame(const app::MailRequest& request);
/// Appends the frame: letters go out in pages. LetterKept and LetterRefused are Ack and Nack.
void appendMailFrame(Bytes& out, const app::MailNews& news);

/// nullopt when malformed, or when it is no such frame.
[[nodiscard]] std::optional<app::MailRequest> mailRequestFrom(const Frame& frame);
[[nodiscard]] std::optional<app::MailNews> mailNewsFrom(const Frame& frame);

}  // namespace earshot::net

#pragma once
// Invites: links that let people into a room and prove its host, without a code to type. The token in
// a link never travels: both sides show that they know it (docs/PROTOCOL.md). Values and pure
// functions; any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "app/clock.h"
#include "app/crypto/signing_key.h"
#include "app/ids.h"
#include "app/result.h"

namespace earshot::app {

/// 128 random bits, the secret of an invite.
using InviteToken = FixedBytes<struct InviteTokenTag, 16>;
/// What the host finds an invite by: the first bytes of the token's SHA-256. Not secret.
using InviteId = FixedBytes<struct InviteIdTag, 8>;

/// An invite as its host keeps it.
struct Invite {
  InviteToken token;
  UtcMillis created{};
  UtcMillis expires{};
  std::uint32_t usesLeft = 0;

  bool operator==(const Invite&) const = default;
};

[[nodiscard]] InviteId idOf(const InviteToken& token);

/// An invite as it is handed on:
/// earshot://HOST:PORT/?r=ROOM&k=KEYHASH&t=TOKEN&e=EXPIRY&n=NAME, binary fields in base64url without
/// padding, EXPIRY in seconds since 1970 (rounded down), NAME percent-encoded.
struct InviteLink {
  std::string address;  ///< host:port
  RoomId room;
  crypto::KeyHash hostKey;
  InviteToken token;
  UtcMillis expires{};
  std::string roomName;

  bool operator==(const InviteLink&) const = default;
};

[[nodiscard]] std::string toText(const InviteLink& link);

/// True for everything that begins with "earshot:" (in any case), well-formed or not.
[[nodiscard]] bool isInviteLink(std::string_view text);

/// What a person typed or the link that they followed: an address, or an invite. An address passes
/// unchanged, right or wrong. A link is "earshot://HOST[:PORT][/]" or "earshot:HOST[:PORT]", with IPv6
/// in brackets; it comes from anybody, so nothing else in it means anything but the parts of an
/// invite. One with some of them but not all, with one of them twice or with any that is malformed
/// is InviteInvalid, as is everything else. Whether an invite is still good is for its host to say.
using WayIn = std::variant<std::string, InviteLink>;
Result<WayIn> parseWayIn(std::string_view typed);
[[nodiscard]] const std::string& addressOf(const WayIn& way);

}  // namespace earshot::app

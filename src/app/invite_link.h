#pragma once
// "earshot:" links, which lead into a room from a message or a web page. They come from anybody, so
// one holds an address and nothing else: no name, no command, no option. Pure; any thread.

#include <string>
#include <string_view>

#include "app/result.h"

namespace earshot::app {

/// True for everything that begins with "earshot:" (in any case), well-formed or not.
[[nodiscard]] bool isInviteLink(std::string_view text);

/// What a person typed, or the link that they followed, as an address to join. An address passes
/// unchanged, right or wrong. A link is "earshot://HOST[:PORT][/]" or "earshot:HOST[:PORT]", with
/// IPv6 in brackets; what follows a "?" or "#" is ignored, everything else is InviteInvalid.
Result<std::string> addressToJoin(std::string_view typed);

}  // namespace earshot::app

#pragma once
// What may stand as a reaction. Pure; any thread.

#include <string_view>

namespace earshot::app {

/// One emoji and nothing else: a pictograph (with a skin tone, or joined to others), a flag or a keycap, of
/// kMaxEmojiBytes at most. By the properties of Unicode that UTS 51 builds its sequences from, so that emoji of
/// next year pass, too.
[[nodiscard]] bool isOneEmoji(std::string_view utf8);

}  // namespace earshot::app

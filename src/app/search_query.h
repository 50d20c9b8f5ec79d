#pragma once
// What somebody looks for in saved conversations. Values.

#include <functional>
#include <optional>
#include <string>

#include "app/clock.h"

namespace earshot::app {

/// All that is given must hold; empty parts ask for nothing.
struct SearchQuery {
  std::string words{};   ///< in the text, all of them; the last may be only begun (search_words.h)
  std::string person{};  ///< in the name of who wrote it, in the same way
  /// In the name of the room or of the person a private chat is with, or the beginning of an id.
  /// Meaningless within one conversation.
  std::string room{};
  std::optional<UtcMillis> from{};  ///< inclusive
  std::optional<UtcMillis> to{};    ///< exclusive

  bool operator==(const SearchQuery&) const = default;
};

/// False when it has nothing but a room, or nothing at all: then nothing is found.
[[nodiscard]] bool asksForSomething(const SearchQuery& query);

/// Asked now and then while a search runs, on its thread; false ends it (Errc::Cancelled). May be empty.
using SearchGoesOn = std::function<bool()>;

}  // namespace earshot::app

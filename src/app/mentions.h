#pragma once
// Who is meant by "@Anna" or "@everyone" in a text. Pure; any thread.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::app {

/// One mention, in bytes of the text, with its "@".
struct Mention {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string name;  ///< as the room writes it; of all: "everyone"
  bool isEveryone = false;

  bool operator==(const Mention&) const = default;
};

/// The longest name that follows each "@" that begins a word, ignoring case; a name ends where the word does.
[[nodiscard]] std::vector<Mention> mentionsIn(std::string_view text, std::span<const std::string> names);

/// Somebody of this name is meant, alone or with all. others: who else is there, so that "@Anna Lee" is not Anna.
[[nodiscard]] bool mentions(std::string_view text, const std::string& name, std::span<const std::string> others);

}  // namespace earshot::app

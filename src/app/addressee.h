#pragma once
// Whom a typed line means: "Ben hello", "Ben B hello" when there is a Ben B, or "\"Ben B\" hello". Pure;
// any thread.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace earshot::app {

struct Addressee {
  std::size_t index = 0;  ///< in the names
  std::string text;       ///< what follows the name, trimmed; may be empty
};

/// The longest of the names that the line begins with, ignoring case; of two equal ones the first.
[[nodiscard]] std::optional<Addressee> findAddressee(std::string_view typed, std::span<const std::string> names);

/// Which of the names this is as a whole, ignoring case.
[[nodiscard]] std::optional<std::size_t> findName(std::string_view name, std::span<const std::string> names);

}  // namespace earshot::app

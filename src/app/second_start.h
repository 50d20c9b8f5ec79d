#pragma once
// What a second start of the program with the same profile tells the first, which has the window: one
// line of JSON. Pure functions; any thread.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/inbox.h"

namespace earshot::app {

struct SecondStart {
  std::vector<std::string> arguments;  ///< its command line, without the program's name
  /// What the desktop gave it so that its window may come to the front; may be empty.
  std::string activation;

  bool operator==(const SecondStart&) const = default;
};

/// Without a line end; nothing when it would break a limit or is no text.
[[nodiscard]] std::optional<std::string> lineOf(const SecondStart& start);
/// Nothing unless the line is exactly what lineOf() writes, within the limits.
[[nodiscard]] std::optional<SecondStart> secondStartOf(std::string_view line);

using SecondStartInbox = Inbox<SecondStart>;

}  // namespace earshot::app

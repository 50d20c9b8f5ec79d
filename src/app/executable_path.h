#pragma once
// Where the running program's own file is.

#include <filesystem>

namespace earshot::app {

/// Absolute, symbolic links resolved; empty when the system doesn't tell.
[[nodiscard]] std::filesystem::path executablePath();

}  // namespace earshot::app

#pragma once
// This program, once more. Main thread, when everything else has ended.

#include <filesystem>
#include <string>
#include <vector>

namespace earshot::app {

/// Becomes the other program where the system can do that, else starts it and returns true. False when
/// it cannot be started. Arguments are in UTF-8, without the program's name.
bool startProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments);

}  // namespace earshot::app

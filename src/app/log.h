#pragma once
// Diagnostics for developers; never what a user has to read. One wrapper, because spdlog's own
// header costs seconds of compile time in every file that includes it. Any thread.

#include <filesystem>
#include <string_view>

namespace earshot::app::log {

/// Until called, only warnings and errors appear, on standard error.
/// verbose: everything to standard error; else warnings there and everything to a small rotating
/// file in the folder (skipped silently when it cannot be written).
void start(const std::filesystem::path& folder, bool verbose);

void debug(std::string_view message);
void info(std::string_view message);
void warn(std::string_view message);
void error(std::string_view message);

}  // namespace earshot::app::log

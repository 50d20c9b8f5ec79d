#pragma once
// A copy of an SQLite file while somebody else may write to it. Any thread.

#include <filesystem>
#include <functional>

#include "app/result.h"

namespace earshot::app {

/// True when the file begins like an SQLite database.
[[nodiscard]] bool isDatabase(const std::filesystem::path& file);

/// The database as it is at one moment, as one file without a journal. goOn returns false to cancel. What
/// was written until an error stays.
Status copyDatabase(const std::filesystem::path& from, const std::filesystem::path& to,
                    const std::function<bool()>& goOn);

}  // namespace earshot::app

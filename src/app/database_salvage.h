#pragma once
// What can be read of a damaged database, in a new one. For profile_check.

#include "app/database_kinds.h"
#include "app/profile_check.h"

namespace earshot::app {

/// As repairFile().
Result<Repaired> salvageDatabase(const std::filesystem::path& file, DatabaseKind kind, UtcMillis now);

/// "NAME.corrupt-20261124T130501Z", or with a number behind it where that exists.
[[nodiscard]] std::filesystem::path freeCorruptName(const std::filesystem::path& file, UtcMillis now);

}  // namespace earshot::app

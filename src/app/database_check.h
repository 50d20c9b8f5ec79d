#pragma once
// Looking at one database. For profile_check and database_salvage.

#include "app/database_kinds.h"
#include "app/profile_check.h"

namespace earshot::app {

/// Fills in everything but path and name.
void checkDatabase(CheckedFile& file, DatabaseKind kind);

}  // namespace earshot::app

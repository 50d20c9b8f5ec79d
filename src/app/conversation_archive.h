#pragma once
// How a conversation's file becomes an archive. For conversation and conversation_import.

#include "app/conversation.h"
#include "app/database.h"

namespace earshot::app {

/// Makes the file an archive of this; throws as SQLiteCpp does.
void saveSource(SQLite::Database& db, const ArchiveSource& source);

}  // namespace earshot::app

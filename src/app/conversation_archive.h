#pragma once
// How a conversation's file becomes an archive. For conversation and conversation_import.

#include <filesystem>

#include "app/conversation.h"
#include "app/database.h"

namespace earshot::app {

/// Makes the file an archive of this; throws as SQLiteCpp does.
void saveSource(SQLite::Database& db, const ArchiveSource& source);

/// Somebody with another identity has seen and said what stands here.
[[nodiscard]] bool belongsToAnother(SQLite::Database& db, const MemberId& self);
/// The conversations of one identity belong to another one from now on. What cannot be changed stays as it is.
void adoptConversations(const std::filesystem::path& folder, const MemberId& former, const MemberId& now);
/// Copies all of it into an archive beside the file, then empties the file. Throws as SQLiteCpp does.
Status setAside(SQLite::Database& db, const std::filesystem::path& file);

}  // namespace earshot::app

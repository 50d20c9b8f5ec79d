#pragma once
// The databases of a profile, each where its own module keeps it: what checking and repairing need to
// know of all of them.

#include <optional>
#include <span>
#include <string_view>

#include "app/database.h"

namespace earshot::app {

enum class DatabaseKind : std::uint8_t { Conversation, HostLog, Mailbox, Trust, MessageKeys };

/// By the name in a backup ("rooms/2b7c…/room.db"); nothing for another file.
[[nodiscard]] std::optional<DatabaseKind> databaseKindOf(std::string_view name);
[[nodiscard]] std::string_view nameOf(DatabaseKind kind);
[[nodiscard]] const DatabaseSchema& schemaOf(DatabaseKind kind);

/// Rows that nobody wrote: those of the table for which the condition holds. is_text(x) in it is what
/// isValidText() says; see useTextFunction().
struct RowRule {
  const char* table;
  const char* broken;
};
[[nodiscard]] std::span<const RowRule> rowRulesOf(DatabaseKind kind);

/// Something that holds for the database as a whole: the query gives 0 where it does.
struct WholeRule {
  const char* query;
  const char* broken;  ///< "its count of messages is wrong"
};
[[nodiscard]] std::span<const WholeRule> wholeRulesOf(DatabaseKind kind);

void useTextFunction(SQLite::Database& db);

// Of the modules.
[[nodiscard]] const DatabaseSchema& hostLogSchema();
[[nodiscard]] const DatabaseSchema& mailboxSchema();
[[nodiscard]] const DatabaseSchema& trustSchema();
[[nodiscard]] const DatabaseSchema& messageKeysSchema();

}  // namespace earshot::app

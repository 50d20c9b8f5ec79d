#pragma once
// The file format of a conversation, shared by its writer and its reader.

#include <vector>

#include "app/database.h"
#include "app/event_row.h"
#include "app/history.h"
#include "app/limits.h"

namespace earshot::app {

inline constexpr DatabaseSchema kConversationSchema{
    0x45534843,  // "ESHC"
    1,
    "CREATE TABLE info(room BLOB NOT NULL, room_name TEXT NOT NULL, address TEXT NOT NULL, self BLOB NOT NULL,"
    " self_name TEXT NOT NULL, hosted_here INTEGER NOT NULL, last_activity INTEGER NOT NULL DEFAULT 0,"
    " message_count INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE epochs(number INTEGER PRIMARY KEY AUTOINCREMENT, epoch BLOB NOT NULL UNIQUE);"
    "CREATE TABLE events(position INTEGER PRIMARY KEY, " EARSHOT_EVENT_COLUMNS_DDL
    ");"
    "CREATE TABLE outbox(number INTEGER PRIMARY KEY AUTOINCREMENT, request BLOB NOT NULL UNIQUE,"
    " time INTEGER NOT NULL, style INTEGER NOT NULL, text TEXT NOT NULL);"};

inline constexpr const char* kConversationExtension = ".earshot";

/// The number of the epoch above, the sequence number in the lower 48 bits (kMaxSeq).
constexpr Position positionAt(std::int64_t epochNumber, Seq seq) {
  return Position{(epochNumber << 48) | static_cast<std::int64_t>(toNumber(seq))};
}
constexpr Seq seqAt(Position position) {
  return Seq{static_cast<std::uint64_t>(toNumber(position)) & kMaxSeq};
}

/// Texts that were never acknowledged, oldest first.
std::vector<OutgoingText> readOutbox(SQLite::Database& db);

}  // namespace earshot::app

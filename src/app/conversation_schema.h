#pragma once
// The file format of a conversation, shared by its writer and its reader.

#include <array>
#include <vector>

#include "app/conversation.h"
#include "app/database.h"
#include "app/event_row.h"
#include "app/history.h"
#include "app/limits.h"
#include "app/search_index.h"

namespace earshot::app {

/// What every version has.
#define EARSHOT_CONVERSATION_TABLES                                                                           \
  "CREATE TABLE info(room BLOB NOT NULL, room_name TEXT NOT NULL, address TEXT NOT NULL, self BLOB NOT NULL," \
  " self_name TEXT NOT NULL, hosted_here INTEGER NOT NULL, last_activity INTEGER NOT NULL DEFAULT 0,"         \
  " message_count INTEGER NOT NULL DEFAULT 0);"                                                               \
  "CREATE TABLE epochs(number INTEGER PRIMARY KEY AUTOINCREMENT, epoch BLOB NOT NULL UNIQUE);"                \
  "CREATE TABLE events(position INTEGER PRIMARY KEY, " EARSHOT_EVENT_COLUMNS_DDL                              \
  ");"                                                                                                        \
  "CREATE TABLE outbox(number INTEGER PRIMARY KEY AUTOINCREMENT, request BLOB NOT NULL UNIQUE,"               \
  " time INTEGER NOT NULL, style INTEGER NOT NULL, text TEXT NOT NULL);" /* style: a detail, event_row.h */

inline constexpr std::array kConversationUpgrades{EARSHOT_SEARCH_TABLES EARSHOT_FILL_SEARCH_TABLES,
                                                  EARSHOT_CHANGES_INDEX};

inline constexpr DatabaseSchema kConversationSchema{
    0x45534843,  // "ESHC"
    3, EARSHOT_CONVERSATION_TABLES EARSHOT_SEARCH_TABLES EARSHOT_CHANGES_INDEX, kConversationUpgrades,
    addSearchFunctions};

/// What the file of a private chat has besides: one row about the peer, one for each own text. state:
/// 0 waiting, 1 the host has it, 2 delivered; number: under which it was sealed last.
inline constexpr const char* kPrivateChatTables =
    "CREATE TABLE IF NOT EXISTS private_chat(one INTEGER PRIMARY KEY, room BLOB NOT NULL, peer BLOB NOT NULL,"
    " peer_name TEXT NOT NULL, last_number INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE IF NOT EXISTS private_sent(message BLOB PRIMARY KEY, state INTEGER NOT NULL,"
    " number INTEGER NOT NULL, sealings INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS private_undelivered ON private_sent(state) WHERE state < 2;"
    "CREATE UNIQUE INDEX IF NOT EXISTS events_by_message ON events(actor, request) WHERE request IS NOT NULL;";

/// What the file of an archive has besides: one row about what it is a copy of.
inline constexpr const char* kArchiveTable =
    "CREATE TABLE IF NOT EXISTS archive(one INTEGER PRIMARY KEY, room BLOB NOT NULL, room_name TEXT NOT NULL,"
    " covers_from INTEGER, covers_to INTEGER, peer BLOB, peer_name TEXT, peer_room BLOB);";

inline constexpr const char* kConversationExtension = ".earshot";

/// The number of the epoch above, the sequence number in the lower 48 bits (kMaxSeq).
constexpr Position positionAt(std::int64_t epochNumber, Seq seq) {
  return Position{(epochNumber << 48) | static_cast<std::int64_t>(toNumber(seq))};
}
constexpr std::int64_t epochNumberAt(Position position) {
  return toNumber(position) >> 48;
}
constexpr Seq seqAt(Position position) {
  return numberAt(position);
}

/// Everything of info but path, messageCount and peer. Never takes lastActivity back.
void saveInfo(SQLite::Database& db, const ConversationInfo& info);

/// Takes the next event from a query for position and EARSHOT_EVENT_COLUMNS. Skips events of kinds that
/// this version does not know.
bool nextEvent(SQLite::Statement& query, StoredEvent& out);

/// Texts that were never acknowledged, oldest first.
std::vector<OutgoingText> readOutbox(SQLite::Database& db);

}  // namespace earshot::app

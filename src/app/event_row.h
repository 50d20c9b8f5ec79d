#pragma once
// How an event becomes columns and comes back, the same in the host's log and in a conversation.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "app/event.h"

namespace earshot::app {

/// The columns of every table of events, after its key.
#define EARSHOT_EVENT_COLUMNS "time, kind, actor, actor_name, request, detail, text"
#define EARSHOT_EVENT_COLUMNS_DDL                                                                \
  "time INTEGER NOT NULL, kind INTEGER NOT NULL, actor BLOB NOT NULL, actor_name TEXT NOT NULL," \
  "request BLOB, detail INTEGER NOT NULL DEFAULT 0, text TEXT NOT NULL DEFAULT ''"
inline constexpr int kEventColumnCount = 7;

/// What the kind column holds for texts; used by queries that want only these.
inline constexpr int kTextKind = 0;
inline constexpr int kKeyChangedKind = 5;

/// Statements are kept and used again. After a failed step SQLiteCpp's reset() throws the old error
/// once more, so they are put back with tryReset().

/// Binds the columns from the parameter firstIndex on (all but seq).
void bindEvent(SQLite::Statement& statement, int firstIndex, const Event& event);

/// Reads the columns from firstColumn on. An event of an unknown kind (made by a newer version)
/// comes back as nullopt.
std::optional<Event> readEvent(SQLite::Statement& statement, int firstColumn, Seq seq);

void bindBlob(SQLite::Statement& statement, int index, std::string_view bytes);
std::string_view blobOf(const SQLite::Column& column);

inline std::int64_t toStored(UtcMillis time) {
  return time.time_since_epoch().count();
}
inline UtcMillis fromStored(std::int64_t millis) {
  return UtcMillis{std::chrono::milliseconds{millis}};
}

}  // namespace earshot::app

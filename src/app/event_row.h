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
/// Kinds from here on change or add to an earlier text, and stand nowhere by themselves.
inline constexpr int kFirstChangeKind = 6;

/// Finds what changes a text: its number is in the detail column, which packs what an event has besides its
/// text. Bits 0…7: style of a text, reason of a leave, 1 for a reaction that stands. Bit 8: the text was edited;
/// bit 9: it was deleted. From bit 16 on: the number of the text that is answered or changed.
#define EARSHOT_CHANGES_INDEX "CREATE INDEX events_by_target ON events(detail >> 16, kind) WHERE kind >= 6;"

/// Makes the rows of a database of events what they are after this one: an edit or a deletion changes the row of
/// its text, and a deletion blanks its edits.
class TextChanges {
 public:
  /// key: "seq" or "position"; the table must have EARSHOT_CHANGES_INDEX.
  TextChanges(SQLite::Database& db, const std::string& key);
  /// keyOfSeq0: what to add to a number to have a key. Call once event itself is stored.
  void apply(const Event& event, std::int64_t keyOfSeq0);

 private:
  SQLite::Statement edit_, blank_, blankEdits_;
};

[[nodiscard]] std::int64_t packedDetail(const TextPosted& text);
/// A text from its detail column and the others.
[[nodiscard]] TextPosted unpackedText(const RequestId& id, std::int64_t detail, std::string text);

/// Statements are kept and used again. After a failed step SQLiteCpp's reset() throws the old error
/// once more, so they are put back with tryReset().

/// Binds the columns from the parameter firstIndex on (all but seq), without copying: the event must stay until the
/// statement has run.
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

#pragma once
// The search index inside each conversation file: a contentless FTS5 table of search_words.h tokens, and
// for each day where its texts stand. Triggers keep it in the transaction of whatever writes the
// events, so that no writer can forget it. Storage modules only; throws as database.h says.

#include <vector>

#include "app/database.h"
#include "app/event_row.h"
#include "app/history.h"
#include "app/search_query.h"

namespace earshot::app {

/// What the triggers call. On every connection that writes or upgrades a conversation.
void addSearchFunctions(SQLite::Database& db);

// What a text is found by is the text of its row: a later edit or deletion changes the row with
// replaceText. The old tokens are taken out by making them again from the old text, which is what a table
// without content asks for (SQLite learned to do without only in 3.43).
#define EARSHOT_SEARCH_TABLES                                                                                   \
  "CREATE VIRTUAL TABLE search USING fts5(words, person, content='', columnsize=0, tokenize='ascii');"          \
  "CREATE TABLE search_days(day INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);"           \
  "CREATE TRIGGER search_added AFTER INSERT ON events WHEN new.kind = 0 BEGIN"                                  \
  " INSERT INTO search(rowid, words, person)"                                                                   \
  "  VALUES(new.position, search_tokens(new.text), search_tokens(new.actor_name));"                             \
  " INSERT INTO search_days VALUES(new.time / 86400000, new.position, new.position) ON CONFLICT(day) DO UPDATE" \
  "  SET first = min(first, excluded.first), last = max(last, excluded.last);"                                  \
  " END;"                                                                                                       \
  "CREATE TRIGGER search_changed AFTER UPDATE OF text ON events WHEN new.kind = 0 BEGIN"                        \
  " INSERT INTO search(search, rowid, words, person)"                                                           \
  "  VALUES('delete', old.position, search_tokens(old.text), search_tokens(old.actor_name));"                   \
  " INSERT INTO search(rowid, words, person)"                                                                   \
  "  VALUES(new.position, search_tokens(new.text), search_tokens(new.actor_name));"                             \
  " END;"                                                                                                       \
  "CREATE TRIGGER search_removed AFTER DELETE ON events WHEN old.kind = 0 BEGIN"                                \
  " INSERT INTO search(search, rowid, words, person)"                                                           \
  "  VALUES('delete', old.position, search_tokens(old.text), search_tokens(old.actor_name));"                   \
  " END;"

/// Makes the index of a file that had none.
#define EARSHOT_FILL_SEARCH_TABLES                                                                                 \
  "INSERT INTO search(rowid, words, person)"                                                                       \
  " SELECT position, search_tokens(text), search_tokens(actor_name) FROM events WHERE kind = 0 ORDER BY position;" \
  "INSERT INTO search_days SELECT time / 86400000 AS day, min(position), max(position) FROM events WHERE kind = 0" \
  " GROUP BY day;"

/// Changes or blanks the text at this position, and what it is found by. No-op unless a text is there. The
/// old words are found no more, but stand in the file until FTS5 merges their part of the index; "INSERT INTO
/// search(search) VALUES('optimize')" does that at once.
void replaceText(SQLite::Database& db, Position position, const std::string& text);

/// Texts that fit, newest first. A file of before there was an index is read from end to end.
/// Precondition: query asks for words, a person or a time.
std::vector<StoredEvent> searchEvents(SQLite::Database& db, const SearchQuery& query, std::size_t limit,
                                      const SearchGoesOn& goesOn);

/// An ended search is this.
struct SearchEnded {};

}  // namespace earshot::app

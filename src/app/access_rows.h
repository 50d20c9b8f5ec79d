#pragma once
// Who may come into a room, as rows of the host's log. Used by HostLog only; throws as SQLiteCpp does.

#include <SQLiteCpp/SQLiteCpp.h>

#include "app/room_access.h"

namespace earshot::app {

/// What a room that was made before there were join codes lacks. join_code: NULL is never decided,
/// empty is open.
#define EARSHOT_ACCESS_DDL                                                                         \
  "ALTER TABLE room ADD COLUMN join_code TEXT;"                                                    \
  "CREATE TABLE invites(number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, token BLOB NOT NULL," \
  " created INTEGER NOT NULL, expires INTEGER NOT NULL, uses_left INTEGER NOT NULL);"              \
  "CREATE TABLE admitted(id BLOB PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;"

/// Throws DatabaseRefused for rows that nobody here wrote.
AccessState readAccess(SQLite::Database& db);

class AccessWriter {
 public:
  explicit AccessWriter(SQLite::Database& db);
  /// Inside a transaction of the caller's.
  void store(const AccessChange& change);

 private:
  SQLite::Statement setCode_, forgetMembers_, insertInvite_, deleteInvite_, spendUse_, insertMember_;
};

}  // namespace earshot::app

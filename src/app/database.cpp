#include "app/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <system_error>

#include "app/log.h"

namespace earshot::app {
namespace {

constexpr int kBusyTimeoutMs = 5'000;

/// Without the locks that SQLite takes several times for each row: every connection is one thread's at a time, and
/// nobody asks how much memory all of them use. (In a process that uses SQLite already, only the second lock stays.)
SQLite::Database open(const std::string& name, int flags) {
  [[maybe_unused]] static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  return {name, flags | SQLITE_OPEN_NOMUTEX, kBusyTimeoutMs};
}

int versionOf(SQLite::Database& db) {
  return db.execAndGet("PRAGMA user_version").getInt();
}

/// What is read within its life is of one moment, whoever else writes meanwhile.
class OneLook {
 public:
  explicit OneLook(SQLite::Database& db) : db_(db) { db_.exec("SAVEPOINT one_look"); }
  ~OneLook() { db_.tryExec("RELEASE one_look"); }
  OneLook(const OneLook&) = delete;
  OneLook& operator=(const OneLook&) = delete;

 private:
  SQLite::Database& db_;
};

/// True for a new, empty file.
bool verifySchema(SQLite::Database& db, const DatabaseSchema& schema) {
  const OneLook look(db);  // another program may be making the file
  const int applicationId = db.execAndGet("PRAGMA application_id").getInt();
  const int version = versionOf(db);
  if (applicationId == 0 && version == 0 && db.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0) {
    return true;
  }
  if (applicationId != schema.applicationId || version < 1) throw DatabaseRefused{Errc::StorageCorrupt};
  if (version > schema.version) throw DatabaseRefused{Errc::StorageNewer};
  return false;
}

void create(SQLite::Database& db, const DatabaseSchema& schema) {
  db.exec(schema.create);
  db.exec("PRAGMA application_id = " + std::to_string(schema.applicationId));
}

void upgrade(SQLite::Database& db, const DatabaseSchema& schema) {
  for (int version = versionOf(db); version < schema.version; ++version) {
    db.exec(schema.upgrades[static_cast<std::size_t>(version) - 1]);
  }
}

/// In one transaction: after a power cut the file is of the old version or of the new one.
void bringUpToDate(SQLite::Database& db, const DatabaseSchema& schema) {
  if (!verifySchema(db, schema) && versionOf(db) == schema.version) return;
  // IMMEDIATE: of two programs that make the same file, the second waits and finds it made.
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  if (verifySchema(db, schema)) {
    create(db, schema);
  } else {
    upgrade(db, schema);
  }
  db.exec("PRAGMA user_version = " + std::to_string(schema.version));
  transaction.commit();
}

/// RFC 3986 escaping of what an SQLite URI would read as syntax.
std::string immutableUri(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : textOf(file)) {
    if (c == '%') {
      uri += "%25";
    } else if (c == '?') {
      uri += "%3f";
    } else if (c == '#') {
      uri += "%23";
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

}  // namespace

SQLite::Database openForWriting(const std::filesystem::path& file, const DatabaseSchema& schema, Durability durability,
                                Journal journal) {
  std::error_code ignored;
  const bool isNew = !std::filesystem::exists(file, ignored);
  SQLite::Database db = open(textOf(file), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  if (isNew) {
    using std::filesystem::perms;
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write, ignored);
  }
  if (journal == Journal::WriteAhead) db.exec("PRAGMA journal_mode = WAL");
  db.exec(durability == Durability::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  db.exec("PRAGMA foreign_keys = ON");
  if (schema.prepare != nullptr) schema.prepare(db);
  bringUpToDate(db, schema);
  return db;
}

SQLite::Database openReadOnly(const std::filesystem::path& file) {
  // Only when something is read does SQLite look at the file.
  const auto looked = [](SQLite::Database db) {
    (void)db.execAndGet("SELECT count(*) FROM sqlite_schema");
    return db;
  };
  try {
    return looked(open(textOf(file), SQLite::OPEN_READONLY));
  } catch (const SQLite::Exception& failure) {
    // On a read-only disk the shared-memory file of WAL cannot be made; then nobody writes either.
    const int code = failure.getErrorCode();
    if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY) throw;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) throw;
    return looked(open(immutableUri(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI));
  }
}

SQLite::Database openForReading(const std::filesystem::path& file, const DatabaseSchema& schema) {
  SQLite::Database db = openReadOnly(file);
  if (verifySchema(db, schema)) throw DatabaseRefused{Errc::StorageCorrupt};
  return db;
}

void refuseIfGone(SQLite::Database& db) {
  int moved = 0;
  const int asked = sqlite3_file_control(db.getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (asked == SQLITE_OK && moved != 0) throw DatabaseRefused{Errc::StorageGone};
}

void trySaving(SQLite::Database& db) {
  refuseIfGone(db);
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  // SQLite writes the page also where the number is as before.
  db.exec("PRAGMA user_version = " + std::to_string(db.execAndGet("PRAGMA user_version").getInt()));
  transaction.commit();
}

Error storageError(const SQLite::Exception& failure, const std::filesystem::path& file) {
  // Whoever asked tells the person in one sentence.
  log::info(std::string("storage: ") + failure.what() + " (" + std::to_string(failure.getExtendedErrorCode()) + ") " +
            textOf(file));
  switch (failure.getErrorCode()) {
    case SQLITE_FULL:
      return {Errc::StorageFull, textOf(file)};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN: {
      std::error_code ignored;
      if (!std::filesystem::exists(file.parent_path(), ignored)) return {Errc::NotFound, textOf(file)};
      return {Errc::StorageReadOnly, textOf(file)};
    }
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {Errc::StorageCorrupt, textOf(file)};
    default:
      return {Errc::StorageFailed, textOf(file)};
  }
}

}  // namespace earshot::app

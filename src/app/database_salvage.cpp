#include "app/database_salvage.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "app/conversation_schema.h"
#include "app/database_check.h"
#include "app/local_time.h"
#include "app/log.h"
#include "app/table_salvage.h"
#include "app/whole_file.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;

constexpr std::array kJournals{"-wal", "-journal", "-shm"};

fs::path besides(const fs::path& file, const std::string& ending) {
  return fs::path(file) += ending;
}

/// Files of our own beside the damaged one; gone with this object unless they were given another name.
class Workplace {
 public:
  explicit Workplace(const fs::path& file)
      : copy(file.parent_path() / (".earshot-" + hexOf(makeRandom<RequestId>()) + ".tmp")),
        whole(besides(copy, ".whole")) {}
  ~Workplace() {
    for (const fs::path& each : {copy, whole}) remove(each);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  static void remove(const fs::path& database) {
    std::error_code ignored;
    fs::remove(database, ignored);
    for (const char* journal : kJournals) fs::remove(besides(database, journal), ignored);
  }

  const fs::path copy;   ///< of the damaged one, which SQLite may change
  const fs::path whole;  ///< the new one
};

Status copyFile(const fs::path& from, const fs::path& to) {
  std::error_code code;
  fs::copy_file(from, to, code);
  if (code) return storageError(code, to);
  return Done{};
}

/// With what was written last and is not in the file itself yet.
Status copyWithJournals(const fs::path& from, const fs::path& to) {
  if (auto copied = copyFile(from, to); !copied) return copied;
  for (const char* journal : {"-wal", "-journal"}) {
    std::error_code ignored;
    if (!fs::exists(besides(from, journal), ignored)) continue;
    if (auto copied = copyFile(besides(from, journal), besides(to, journal)); !copied) return copied;
  }
  return Done{};
}

/// Where the first page, which leads to all others, is destroyed: that of a new database has the same
/// tables in the same places, if nothing was added to the file since it was made.
void putFirstPage(const fs::path& into, const fs::path& from) {
  constexpr std::size_t kMaxPage = 65'536;
  std::string page(kMaxPage, '\0');
  std::ifstream in(from, std::ios::binary);
  in.read(page.data(), kMaxPage);
  // Bytes 16 and 17: the size of a page, of which 1 stands for the greatest.
  const std::size_t size =
      static_cast<std::size_t>(static_cast<unsigned char>(page[16])) * 256 + static_cast<unsigned char>(page[17]);
  page.resize(size < 512 ? kMaxPage : size);
  page[18] = page[19] = 1;                   // no write-ahead log
  std::fill_n(page.begin() + 28, 12, '\0');  // sizes that are another file's
  page[92] = '\x7F';
  std::fstream out(into, std::ios::binary | std::ios::in | std::ios::out);
  out.write(page.data(), static_cast<std::streamsize>(page.size()));
}

class Salvage {
 public:
  Salvage(const fs::path& file, DatabaseKind kind, UtcMillis now) : file_(file), kind_(kind), now_(now), place_(file) {}

  Result<Repaired> run() {
    if (auto copied = copyWithJournals(file_, place_.copy); !copied) return copied.error();
    auto read = attempt(file_, [&]() -> Status { return readAll(); });
    if (!read) return read.error();
    CheckedFile result{place_.whole, {}};
    checkDatabase(result, kind_);
    if (result.health != FileHealth::Good) return Error{Errc::StorageCorrupt, textOf(file_)};
    if (auto placed = exchange(); !placed) return placed.error();
    return repaired_;
  }

 private:
  Status readAll() {
    if (!tryRead()) {
      // Once more, with a beginning that leads somewhere.
      Workplace::remove(place_.copy);
      if (auto copied = copyFile(file_, place_.copy); !copied) return copied;
      putFirstPage(place_.copy, place_.whole);
      repaired_.mayHaveLostMore = true;
      if (!tryRead()) return Error{Errc::StorageCorrupt, textOf(file_)};
    }
    return Done{};
  }

  /// False when nothing was found at all.
  bool tryRead() {
    Workplace::remove(place_.whole);
    SQLite::Database whole = openForWriting(place_.whole, schemaOf(kind_), Durability::Full, Journal::Rollback);
    try {
      SQLite::Database damaged(textOf(place_.copy), SQLite::OPEN_READWRITE);
      damaged.exec("PRAGMA cell_size_check = ON");
      SQLite::Transaction transaction(whole, SQLite::TransactionBehavior::IMMEDIATE);
      makeOptionalTables(damaged, whole);
      copyTables(damaged, whole);
      if (isEmpty(whole)) return false;
      mend(damaged, whole);
      transaction.commit();
    } catch (const SQLite::Exception& failure) {
      const int code = whole.getErrorCode();
      if (code == SQLITE_FULL || code == SQLITE_IOERR) throw;
      log::info(std::string("salvage: ") + failure.what());
      return false;
    }
    return true;
  }

  void makeOptionalTables(SQLite::Database& damaged, SQLite::Database& whole) const {
    if (kind_ != DatabaseKind::Conversation) return;
    if (damaged.tableExists("private_chat")) whole.exec(kPrivateChatTables);
    if (damaged.tableExists("archive")) whole.exec(kArchiveTable);
  }

  void copyTables(SQLite::Database& damaged, SQLite::Database& whole) {
    struct Table {
      std::string name;
      bool hasRowid;
    };
    std::vector<Table> tables;
    SQLite::Statement query(whole,
                            "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                            " AND name NOT LIKE 'sqlite_%'");
    while (query.executeStep()) tables.push_back({query.getColumn(0).getString(), query.getColumn(1).getInt() == 0});
    // References are looked at when all is there.
    whole.exec("PRAGMA defer_foreign_keys = ON");
    for (const Table& table : tables) {
      TableSalvage salvage(damaged, whole, table.name, table.hasRowid);
      salvage.run();
      const bool isOptional = table.name == "archive" || table.name.starts_with("private_");
      if (salvage.isIncomplete() && !isOptional) repaired_.mayHaveLostMore = true;
    }
    useTextFunction(whole);
    for (const RowRule& rule : rowRulesOf(kind_)) {
      const int removed = whole.exec(std::string("DELETE FROM ") + rule.table + " WHERE " + rule.broken);
      if (removed > 0) repaired_.mayHaveLostMore = true;
    }
  }

  [[nodiscard]] bool isEmpty(SQLite::Database& whole) const {
    for (const RowRule& rule : rowRulesOf(kind_)) {
      if (whole.execAndGet(std::string("SELECT count(*) FROM ") + rule.table).getInt64() > 0) return false;
    }
    return true;
  }

  void mend(SQLite::Database& damaged, SQLite::Database& whole) {
    if (kind_ == DatabaseKind::Conversation) mendConversation(whole);
    if (kind_ == DatabaseKind::HostLog) mendHostLog(whole);
    keepCounters(damaged, whole);
  }

  /// Numbers that were given out are not given out again.
  static void keepCounters(SQLite::Database& damaged, SQLite::Database& whole) {
    if (!whole.tableExists("sqlite_sequence")) return;
    try {
      SQLite::Statement old(damaged, "SELECT name, seq FROM sqlite_sequence");
      while (old.executeStep()) {
        SQLite::Statement raise(whole, "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?");
        raise.bind(1, old.getColumn(1).getInt64());
        raise.bind(2, old.getColumn(0).getString());
        raise.exec();
      }
    } catch (const SQLite::Exception& failure) {
      log::info(std::string("salvage: ") + failure.what());
    }
  }

  [[nodiscard]] std::string nameFromFile() const {
    return textOf(kind_ == DatabaseKind::HostLog ? file_.parent_path().filename() : file_.stem());
  }

  void mendConversation(SQLite::Database& db) {
    SQLite::Statement(db, "DELETE FROM info WHERE rowid > (SELECT min(rowid) FROM info)").exec();
    if (db.execAndGet("SELECT count(*) FROM info").getInt() == 0) {
      SQLite::Statement insert(db,
                               "INSERT INTO info(room, room_name, address, self, self_name, hosted_here, last_activity)"
                               " SELECT ?, 'Recovered conversation', '', zeroblob(32), '', 0, coalesce(max(time), 0)"
                               " FROM events");
      bindBlob(insert, 1, fromHex<RoomId>(nameFromFile()).value_or(makeRandom<RoomId>()).view());
      insert.exec();
    }
    if (!db.tableExists("private_chat") && !db.tableExists("archive")) {
      db.exec(
          "INSERT OR IGNORE INTO epochs(number, epoch)"
          " SELECT DISTINCT position >> 48, randomblob(16) FROM events");
    }
    const auto before = db.execAndGet("SELECT message_count FROM info").getInt64();
    const auto saved = db.execAndGet("SELECT count(*) FROM events WHERE kind = 0").getInt64();
    repaired_.messages = static_cast<std::uint64_t>(saved);
    repaired_.lost = static_cast<std::uint64_t>(std::clamp<std::int64_t>(before - saved, 0, INT32_MAX));
    db.exec("UPDATE info SET message_count = (SELECT count(*) FROM events WHERE kind = 0)");
  }

  void mendHostLog(SQLite::Database& db) {
    SQLite::Statement(db, "DELETE FROM room WHERE rowid > (SELECT min(rowid) FROM room)").exec();
    if (db.execAndGet("SELECT count(*) FROM room").getInt() == 0) {
      SQLite::Statement insert(db, "INSERT INTO room(id, epoch, name) VALUES(?, zeroblob(16), ?)");
      const auto id = fromHex<RoomId>(nameFromFile()).value_or(makeRandom<RoomId>());
      bindBlob(insert, 1, id.view());
      insert.bind(2, "Recovered room " + hexOf(id).substr(0, 8));
      insert.exec();
    }
    db.exec("UPDATE room SET epoch = randomblob(16)");
    repaired_.messages =
        static_cast<std::uint64_t>(db.execAndGet("SELECT count(*) FROM events WHERE kind = 0").getInt64());
    const auto gaps = db.execAndGet("SELECT coalesce(max(seq), 0) - count(*) FROM events").getInt64();
    repaired_.lost = static_cast<std::uint64_t>(std::clamp<std::int64_t>(gaps, 0, INT32_MAX));
  }

  /// A crash at any point leaves the damaged file under one name or the other, with its journal, and the
  /// database under its own either damaged or repaired.
  Status exchange() {
    repaired_.kept = freeCorruptName(file_, now_);
    if (auto copied = copyWithJournals(file_, repaired_.kept); !copied) {
      Workplace::remove(repaired_.kept);
      return copied;
    }
    for (const char* journal : kJournals) {
      std::error_code code;
      fs::remove(besides(file_, journal), code);
      if (code) return storageError(code, file_);
    }
    return moveFile(place_.whole, file_);
  }

  const fs::path& file_;
  const DatabaseKind kind_;
  const UtcMillis now_;
  const Workplace place_;
  Repaired repaired_;
};

}  // namespace

fs::path freeCorruptName(const fs::path& file, UtcMillis now) {
  std::string time = formatRfc3339(now).substr(0, 19) + "Z";
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  fs::path name = besides(file, ".corrupt-" + time);
  std::error_code ignored;
  for (int number = 2; fs::exists(name, ignored); ++number) {
    name = besides(file, ".corrupt-" + time + "-" + std::to_string(number));
  }
  return name;
}

Result<Repaired> salvageDatabase(const fs::path& file, DatabaseKind kind, UtcMillis now) {
  return Salvage(file, kind, now).run();
}

}  // namespace earshot::app

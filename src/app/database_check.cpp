#include "app/database_check.h"

#include "app/conversation.h"
#include "app/log.h"

namespace earshot::app {
namespace {

/// Nothing when all is well.
std::string problemIn(SQLite::Database& db, DatabaseKind kind) {
  // One moment of it, whatever others write meanwhile.
  const SQLite::Transaction reading(db);
  SQLite::Statement integrity(db, "PRAGMA integrity_check(1)");
  if (!integrity.executeStep()) return "it cannot be read";
  if (const std::string told = integrity.getColumn(0).getString(); told != "ok") {
    log::info("integrity: " + told);
    return "its content is damaged";
  }
  useTextFunction(db);
  for (const RowRule& rule : rowRulesOf(kind)) {
    if (!db.tableExists(rule.table)) continue;  // of an older version
    const std::string count = std::string("SELECT count(*) FROM ") + rule.table + " WHERE " + rule.broken;
    if (db.execAndGet(count).getInt64() > 0) return std::string("nobody wrote what stands in its ") + rule.table;
  }
  for (const WholeRule& rule : wholeRulesOf(kind)) {
    if (db.execAndGet(rule.query).getInt64() != 0) return rule.broken;
  }
  return {};
}

FileHealth healthOf(Errc code) {
  switch (code) {
    case Errc::StorageCorrupt:
      return FileHealth::Damaged;
    case Errc::StorageNewer:
      return FileHealth::Newer;
    default:
      return FileHealth::Unreadable;
  }
}

void tellTitle(CheckedFile& file, DatabaseKind kind, SQLite::Database& db) {
  if (kind == DatabaseKind::Conversation) {
    const auto reader = ConversationReader::open(file.path);
    const auto info = reader ? (*reader)->info() : Result<ConversationInfo>(reader.error());
    if (!info) return;
    file.title = titleOf(*info);
    file.messages = info->messageCount;
  } else if (kind == DatabaseKind::HostLog) {
    SQLite::Statement room(db, "SELECT name FROM room");
    if (room.executeStep()) file.title = room.getColumn(0).getString();
    file.messages = static_cast<std::uint64_t>(db.execAndGet("SELECT count(*) FROM events WHERE kind = 0").getInt64());
  }
}

}  // namespace

void checkDatabase(CheckedFile& file, DatabaseKind kind) {
  const auto looked = attempt(file.path, [&]() -> Status {
    auto db = openForReading(file.path, schemaOf(kind));
    file.problem = problemIn(db, kind);
    if (!file.problem.empty()) file.health = FileHealth::Damaged;
    if (file.problem.empty()) tellTitle(file, kind, db);
    return Done{};
  });
  if (looked) return;
  file.health = healthOf(looked.error().code);
  switch (file.health) {
    case FileHealth::Damaged:
      file.problem = "it cannot be read as what it should be";
      break;
    case FileHealth::Newer:
      file.problem = "it was made by a newer Earshot";
      break;
    default:
      file.problem = "it could not be read";
  }
}

}  // namespace earshot::app

#include "app/conversation_archive.h"

#include "app/conversation_schema.h"
#include "app/database_copy.h"
#include "app/whole_file.h"

namespace earshot::app {
namespace {

namespace fs = std::filesystem;

void bindBound(SQLite::Statement& statement, int index, const std::optional<UtcMillis>& bound) {
  if (bound) {
    statement.bind(index, toStored(*bound));
  } else {
    statement.bind(index);
  }
}

void becomeArchive(const fs::path& file, const RoomId& id) {
  SQLite::Database db = openForWriting(file, kConversationSchema, Durability::Full, Journal::Rollback);
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement head(db, "SELECT room, room_name, self_name FROM info");
  if (!head.executeStep()) throw DatabaseRefused{Errc::StorageCorrupt};
  const auto room = RoomId::fromView(blobOf(head.getColumn(0)));
  if (!room) throw DatabaseRefused{Errc::StorageCorrupt};
  const std::string name = head.getColumn(1).getString();
  const std::string title = name + " (of " + head.getColumn(2).getString() + ")";
  head.reset();
  saveSource(db, {*room, name});
  SQLite::Statement rename(db, "UPDATE info SET room = ?, room_name = ?");
  bindBlob(rename, 1, id.view());
  rename.bind(2, title);
  rename.exec();
  transaction.commit();
}

}  // namespace

void saveSource(SQLite::Database& db, const ArchiveSource& source) {
  db.exec(kArchiveTable);
  SQLite::Statement save(db,
                         "INSERT INTO archive(one, room, room_name, covers_from, covers_to, peer, peer_name, peer_room)"
                         " VALUES(1,?,?,?,?,?,?,?)");
  bindBlob(save, 1, source.room.view());
  save.bind(2, source.roomName);
  bindBound(save, 3, source.from);
  bindBound(save, 4, source.to);
  if (source.peer) {
    bindBlob(save, 5, source.peer->id.view());
    save.bind(6, source.peer->name);
    bindBlob(save, 7, source.peer->room.view());
  }
  save.exec();
}

bool belongsToAnother(SQLite::Database& db, const MemberId& self) {
  SQLite::Statement owner(db, "SELECT self FROM info");
  if (!owner.executeStep()) return false;
  const auto known = MemberId::fromView(blobOf(owner.getColumn(0)));
  return known && *known != MemberId{} && *known != self;
}

void adoptConversations(const fs::path& folder, const MemberId& former, const MemberId& now) {
  for (const ConversationInfo& info : listConversations(folder)) {
    if (info.self != former || info.archive) continue;
    (void)attempt(info.path, [&]() -> Status {
      SQLite::Database db = openForWriting(info.path, kConversationSchema, Durability::Full);
      SQLite::Statement adopt(db, "UPDATE info SET self = ?");
      bindBlob(adopt, 1, now.view());
      adopt.exec();
      return Done{};
    }).ok();
  }
}

Status setAside(SQLite::Database& db, const fs::path& file) {
  const auto id = makeRandom<RoomId>();
  const fs::path folder = file.parent_path();
  const fs::path draft = folder / (".earshot-" + hexOf(id) + ".tmp");
  auto kept = copyDatabase(file, draft, [] { return true; });
  if (kept) {
    becomeArchive(draft, id);
    kept = moveFile(draft, folder / (hexOf(id) + kConversationExtension));
  }
  if (!kept) {
    std::error_code ignored;
    fs::remove(draft, ignored);
    return kept;
  }
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  for (const char* table : {"events", "outbox", "epochs", "info"}) {
    db.exec(std::string("DELETE FROM ") + table);
  }
  transaction.commit();
  return Done{};
}

}  // namespace earshot::app

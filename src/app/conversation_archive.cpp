#include "app/conversation_archive.h"

#include "app/conversation_schema.h"

namespace earshot::app {
namespace {

void bindBound(SQLite::Statement& statement, int index, const std::optional<UtcMillis>& bound) {
  if (bound) {
    statement.bind(index, toStored(*bound));
  } else {
    statement.bind(index);
  }
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

}  // namespace earshot::app

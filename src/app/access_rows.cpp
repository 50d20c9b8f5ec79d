#include "app/access_rows.h"

#include <limits>

#include "app/crypto/join_code.h"
#include "app/database.h"
#include "app/event_row.h"

namespace earshot::app {
namespace {

template <class Id>
Id idFrom(const SQLite::Column& column) {
  const auto id = Id::fromView(blobOf(column));
  if (!id) throw DatabaseRefused{Errc::StorageCorrupt};
  return *id;
}

std::optional<std::string> codeFrom(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  std::string code = column.getString();
  if (code.empty()) return code;
  const auto parsed = crypto::parseJoinCode(code);
  if (!parsed || *parsed != code) throw DatabaseRefused{Errc::StorageCorrupt};
  return code;
}

void run(SQLite::Statement& statement) {
  statement.exec();
  statement.tryReset();
}

}  // namespace

AccessState readAccess(SQLite::Database& db) {
  AccessState state;
  SQLite::Statement room(db, "SELECT join_code FROM room");
  if (room.executeStep()) state.joinCode = codeFrom(room.getColumn(0));
  SQLite::Statement invites(db, "SELECT token, created, expires, uses_left FROM invites ORDER BY number");
  while (invites.executeStep()) {
    const std::int64_t uses = invites.getColumn(3).getInt64();
    if (uses < 0 || uses > std::numeric_limits<std::uint32_t>::max()) throw DatabaseRefused{Errc::StorageCorrupt};
    state.invites.push_back({idFrom<InviteToken>(invites.getColumn(0)), fromStored(invites.getColumn(1).getInt64()),
                             fromStored(invites.getColumn(2).getInt64()), static_cast<std::uint32_t>(uses)});
  }
  SQLite::Statement members(db, "SELECT id FROM admitted");
  while (members.executeStep()) state.members.push_back(idFrom<MemberId>(members.getColumn(0)));
  return state;
}

AccessWriter::AccessWriter(SQLite::Database& db)
    : setCode_(db, "UPDATE room SET join_code = ?"),
      forgetMembers_(db, "DELETE FROM admitted"),
      insertInvite_(db, "INSERT INTO invites(id, token, created, expires, uses_left) VALUES(?,?,?,?,?)"),
      deleteInvite_(db, "DELETE FROM invites WHERE id = ?"),
      spendUse_(db, "UPDATE invites SET uses_left = uses_left - 1 WHERE id = ? AND uses_left > 0"),
      insertMember_(db, "INSERT OR REPLACE INTO admitted(id, since) VALUES(?,?)") {}

void AccessWriter::store(const AccessChange& change) {
  if (const auto* set = std::get_if<JoinCodeSet>(&change)) {
    setCode_.tryReset();
    setCode_.bind(1, set->code);
    run(setCode_);
    forgetMembers_.tryReset();
    run(forgetMembers_);
  } else if (const auto* made = std::get_if<InviteMade>(&change)) {
    insertInvite_.tryReset();
    bindBlob(insertInvite_, 1, idOf(made->invite.token).view());
    bindBlob(insertInvite_, 2, made->invite.token.view());
    insertInvite_.bind(3, toStored(made->invite.created));
    insertInvite_.bind(4, toStored(made->invite.expires));
    insertInvite_.bind(5, static_cast<std::int64_t>(made->invite.usesLeft));
    run(insertInvite_);
  } else if (const auto* revoked = std::get_if<InviteRevoked>(&change)) {
    deleteInvite_.tryReset();
    bindBlob(deleteInvite_, 1, revoked->id.view());
    run(deleteInvite_);
  } else if (const auto* admitted = std::get_if<MemberAdmitted>(&change)) {
    insertMember_.tryReset();
    bindBlob(insertMember_, 1, admitted->member.view());
    insertMember_.bind(2, toStored(admitted->time));
    run(insertMember_);
    if (!admitted->invite) return;
    spendUse_.tryReset();
    bindBlob(spendUse_, 1, admitted->invite->view());
    run(spendUse_);
  }
}

}  // namespace earshot::app

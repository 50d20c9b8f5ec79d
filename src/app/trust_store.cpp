#include "app/trust_store.h"

#include <algorithm>
#include <array>
#include <vector>

#include "app/database.h"
#include "app/database_kinds.h"
#include "app/event_row.h"
#include "app/names.h"

namespace earshot::app {
namespace {

constexpr DatabaseSchema kSchema{
    0x45534854,  // "ESHT"
    1,
    "CREATE TABLE hosts(room BLOB PRIMARY KEY, key BLOB NOT NULL, proof INTEGER NOT NULL, name TEXT NOT NULL,"
    " address TEXT NOT NULL, since INTEGER NOT NULL, last_used INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX hosts_by_address ON hosts(address);"
    "CREATE TABLE people(id BLOB PRIMARY KEY, key BLOB NOT NULL, name TEXT NOT NULL, first_seen INTEGER NOT NULL,"
    " verified INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
    // Two rows for most names: both of nameKeys().
    "CREATE TABLE names(room BLOB NOT NULL, name_key TEXT NOT NULL, person BLOB NOT NULL REFERENCES people(id),"
    " PRIMARY KEY(room, name_key)) WITHOUT ROWID;"};

constexpr const char* kHostColumns = "SELECT room, key, proof, name, address, since, last_used FROM hosts WHERE ";

template <class Id>
Id idFrom(const SQLite::Column& column) {
  const auto id = Id::fromView(blobOf(column));
  if (!id) throw DatabaseRefused{Errc::StorageCorrupt};
  return *id;
}

KnownHost hostFrom(SQLite::Statement& row) {
  const int proof = row.getColumn(2).getInt();
  if (proof < static_cast<int>(HostProof::FirstUse) || proof > static_cast<int>(HostProof::Own)) {
    throw DatabaseRefused{Errc::StorageCorrupt};
  }
  return {idFrom<RoomId>(row.getColumn(0)),       idFrom<crypto::PublicKey>(row.getColumn(1)),
          static_cast<HostProof>(proof),          row.getColumn(3).getString(),
          row.getColumn(4).getString(),           fromStored(row.getColumn(5).getInt64()),
          fromStored(row.getColumn(6).getInt64())};
}

}  // namespace

const DatabaseSchema& trustSchema() {
  return kSchema;
}

struct TrustStore::Impl {
  std::filesystem::path path;
  SQLite::Database db;

  std::optional<KnownHost> hostOf(const RoomId& room);
  /// At most two: a name that is taken for the names of two others.
  std::vector<KnownPerson> peopleAs(const RoomId& room, std::string_view name);
  void savePerson(const RoomId& room, const crypto::PublicKey& key, const std::string& name, UtcMillis now);
};

std::optional<KnownHost> TrustStore::Impl::hostOf(const RoomId& room) {
  SQLite::Statement query(db, std::string(kHostColumns) + "room = ?");
  bindBlob(query, 1, room.view());
  if (!query.executeStep()) return std::nullopt;
  return hostFrom(query);
}

std::vector<KnownPerson> TrustStore::Impl::peopleAs(const RoomId& room, std::string_view name) {
  const std::array<std::string, 2> keys = nameKeys(name);
  SQLite::Statement query(db,
                          "SELECT DISTINCT people.key, people.name, first_seen, verified FROM names"
                          " JOIN people ON people.id = names.person WHERE room = ? AND name_key IN (?, ?)");
  bindBlob(query, 1, room.view());
  query.bind(2, keys[0]);
  query.bind(3, keys[1]);
  std::vector<KnownPerson> found;
  while (query.executeStep()) {
    found.push_back({idFrom<crypto::PublicKey>(query.getColumn(0)), query.getColumn(1).getString(),
                     fromStored(query.getColumn(2).getInt64()), query.getColumn(3).getInt() != 0});
  }
  return found;
}

void TrustStore::Impl::savePerson(const RoomId& room, const crypto::PublicKey& key, const std::string& name,
                                  UtcMillis now) {
  const MemberId id = crypto::memberIdOf(key);
  SQLite::Statement person(db,
                           "INSERT INTO people(id, key, name, first_seen) VALUES(?,?,?,?)"
                           " ON CONFLICT(id) DO UPDATE SET name = excluded.name");
  bindBlob(person, 1, id.view());
  bindBlob(person, 2, key.view());
  person.bind(3, name);
  person.bind(4, toStored(now));
  person.exec();
  for (const std::string& nameKey : nameKeys(name)) {
    SQLite::Statement insert(db, "INSERT OR REPLACE INTO names(room, name_key, person) VALUES(?,?,?)");
    bindBlob(insert, 1, room.view());
    insert.bind(2, nameKey);
    bindBlob(insert, 3, id.view());
    insert.exec();
  }
}

TrustStore::TrustStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TrustStore::~TrustStore() = default;

Result<std::unique_ptr<TrustStore>> TrustStore::open(const std::filesystem::path& file) {
  return attempt(file, [&]() -> Result<std::unique_ptr<TrustStore>> {
    auto db = openForWriting(file, kSchema, Durability::Full, Journal::Rollback);
    return std::unique_ptr<TrustStore>(new TrustStore(std::make_unique<Impl>(Impl{file, std::move(db)})));
  });
}

Result<HostMemory> TrustStore::hostMemory(const RoomId& room, const std::string& address) {
  return attempt(impl_->path, [&]() -> Result<HostMemory> {
    const SQLite::Transaction oneSnapshot(impl_->db);
    HostMemory memory{impl_->hostOf(room), {}};
    SQLite::Statement others(impl_->db,
                             std::string(kHostColumns) + "address = ? AND room <> ? ORDER BY last_used DESC");
    others.bind(1, address);
    bindBlob(others, 2, room.view());
    while (others.executeStep()) memory.othersAtAddress.push_back(hostFrom(others));
    return memory;
  });
}

Status TrustStore::rememberHost(const KnownHost& host) {
  return attempt(impl_->path, [&]() -> Status {
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    const auto before = impl_->hostOf(host.room);
    const bool known = before && before->key == host.key;
    SQLite::Statement save(impl_->db,
                           "INSERT OR REPLACE INTO hosts(room, key, proof, name, address, since, last_used)"
                           " VALUES(?,?,?,?,?,?,?)");
    bindBlob(save, 1, host.room.view());
    bindBlob(save, 2, host.key.view());
    save.bind(3, static_cast<int>(known ? std::max(before->proof, host.proof) : host.proof));
    save.bind(4, host.roomName);
    save.bind(5, host.address);
    save.bind(6, toStored(known ? std::min(before->since, host.since) : host.since));
    save.bind(7, toStored(host.lastUsed));
    save.exec();
    transaction.commit();
    return Done{};
  });
}

Result<PersonSighting> TrustStore::rememberPerson(const RoomId& room, const crypto::PublicKey& key,
                                                  const std::string& name, UtcMillis now) {
  return attempt(impl_->path, [&]() -> Result<PersonSighting> {
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    const auto before = impl_->peopleAs(room, name);
    const bool taken = std::any_of(before.begin(), before.end(), [&](const auto& other) { return other.key != key; });
    if (taken) return PersonSighting::OtherKey;
    if (!before.empty() && before.front().name == name) return PersonSighting::Known;
    impl_->savePerson(room, key, name, now);
    transaction.commit();
    return before.empty() ? PersonSighting::New : PersonSighting::Known;
  });
}

Result<std::optional<KnownPerson>> TrustStore::personKnownAs(const RoomId& room, std::string_view name) {
  return attempt(impl_->path, [&]() -> Result<std::optional<KnownPerson>> {
    const auto found = impl_->peopleAs(room, name);
    return found.empty() ? std::nullopt : std::optional<KnownPerson>{found.front()};
  });
}

Status TrustStore::acceptKey(const RoomId& room, const crypto::PublicKey& key, const std::string& name, UtcMillis now) {
  return attempt(impl_->path, [&]() -> Status {
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    impl_->savePerson(room, key, name, now);
    transaction.commit();
    return Done{};
  });
}

Status TrustStore::setVerified(const MemberId& person, bool verified) {
  return attempt(impl_->path, [&]() -> Status {
    SQLite::Statement update(impl_->db, "UPDATE people SET verified = ? WHERE id = ?");
    update.bind(1, verified ? 1 : 0);
    bindBlob(update, 2, person.view());
    if (update.exec() == 0) return Error{Errc::NotFound};
    return Done{};
  });
}

Result<bool> TrustStore::isVerified(const MemberId& person) {
  return attempt(impl_->path, [&]() -> Result<bool> {
    SQLite::Statement query(impl_->db, "SELECT verified FROM people WHERE id = ?");
    bindBlob(query, 1, person.view());
    return query.executeStep() && query.getColumn(0).getInt() != 0;
  });
}

}  // namespace earshot::app

#include "app/message_keys.h"

#include "app/database.h"
#include "app/database_kinds.h"
#include "app/event_row.h"

namespace earshot::app {
namespace {

constexpr DatabaseSchema kSchema{
    0x4553484D,  // "ESHM"
    1,
    "CREATE TABLE own(generation INTEGER PRIMARY KEY, key BLOB NOT NULL, secret BLOB NOT NULL, replaced INTEGER);"
    "CREATE TABLE seen(person BLOB PRIMARY KEY, generation INTEGER NOT NULL, key BLOB NOT NULL) WITHOUT ROWID;"};

crypto::ByteView bytesIn(const SQLite::Column& column) {
  return crypto::bytesOf(blobOf(column));
}

void bindBytes(SQLite::Statement& statement, int index, crypto::ByteView bytes) {
  bindBlob(statement, index, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::int64_t stored(KeyGeneration generation) {
  return static_cast<std::int64_t>(toNumber(generation));
}

}  // namespace

const DatabaseSchema& messageKeysSchema() {
  return kSchema;
}

struct MessageKeys::Impl {
  std::filesystem::path path;
  SQLite::Database db;
  crypto::SigningKey identity;

  /// Of this identity: what another profile left in the file is not ours to use.
  std::optional<OwnMessageKey> ownIn(SQLite::Statement& row) const;
  std::optional<OwnMessageKey> newestOwn();
  OwnMessageKey makeNext(KeyGeneration generation, UtcMillis now);
  void forgetOld(UtcMillis now);
  std::optional<SignedMessageKey> newestSeen(const MemberId& person);
  Result<OwnMessageKey> current(std::optional<KeyGeneration> above, UtcMillis now);
};

std::optional<OwnMessageKey> MessageKeys::Impl::ownIn(SQLite::Statement& row) const {
  const auto key = messageKeyFrom(bytesIn(row.getColumn(0)));
  const auto secret = bytesIn(row.getColumn(1));
  if (!key || key->identity != identity.publicKey || secret.size() != 32) return std::nullopt;
  OwnMessageKey own{*key, crypto::hpkeKeyPairOf(crypto::SecretArray<32>(secret.first<32>()))};
  if (own.pair.publicKey != key->publicKey) return std::nullopt;
  return own;
}

std::optional<OwnMessageKey> MessageKeys::Impl::newestOwn() {
  SQLite::Statement query(db, "SELECT key, secret FROM own WHERE replaced IS NULL ORDER BY generation DESC LIMIT 1");
  return query.executeStep() ? ownIn(query) : std::nullopt;
}

OwnMessageKey MessageKeys::Impl::makeNext(KeyGeneration generation, UtcMillis now) {
  OwnMessageKey made = makeMessageKey(identity, generation, now);
  SQLite::Statement retire(db, "UPDATE own SET replaced = ? WHERE replaced IS NULL");
  retire.bind(1, toStored(now));
  retire.exec();
  SQLite::Statement insert(db, "INSERT OR REPLACE INTO own(generation, key, secret) VALUES(?,?,?)");
  insert.bind(1, stored(generation));
  bindBytes(insert, 2, toBytes(made.key));
  bindBytes(insert, 3, made.pair.secretKey.view());
  insert.exec();
  return made;
}

void MessageKeys::Impl::forgetOld(UtcMillis now) {
  std::vector<std::int64_t> old;
  SQLite::Statement query(db, "SELECT generation, replaced FROM own WHERE replaced IS NOT NULL");
  while (query.executeStep()) {
    if (isForgotten(fromStored(query.getColumn(1).getInt64()), now)) old.push_back(query.getColumn(0).getInt64());
  }
  for (const std::int64_t generation : old) {
    SQLite::Statement wipe(db, "DELETE FROM own WHERE generation = ?");
    wipe.bind(1, generation);
    wipe.exec();
  }
}

std::optional<SignedMessageKey> MessageKeys::Impl::newestSeen(const MemberId& person) {
  SQLite::Statement query(db, "SELECT key FROM seen WHERE person = ?");
  bindBlob(query, 1, person.view());
  return query.executeStep() ? messageKeyFrom(bytesIn(query.getColumn(0))) : std::nullopt;
}

Result<OwnMessageKey> MessageKeys::Impl::current(std::optional<KeyGeneration> above, UtcMillis now) {
  return attempt(path, [&]() -> Result<OwnMessageKey> {
    // IMMEDIATE: of two links that find a new key due, the second waits and finds it made.
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    auto newest = newestOwn();
    auto highest = newest ? std::optional(newest->key.generation) : std::nullopt;
    const bool overtaken = above && (!highest || *highest <= *above);
    if (overtaken) highest = above;
    if (newest && !overtaken && !isDue(newest->key.created, now)) return *newest;
    OwnMessageKey made = makeNext(nextGeneration(highest, now), now);
    forgetOld(now);
    transaction.commit();
    return made;
  });
}

MessageKeys::MessageKeys(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MessageKeys::~MessageKeys() = default;

Result<std::unique_ptr<MessageKeys>> MessageKeys::open(const std::filesystem::path& file,
                                                       const crypto::SigningKey& identity) {
  return attempt(file, [&]() -> Result<std::unique_ptr<MessageKeys>> {
    auto impl = std::unique_ptr<Impl>(
        new Impl{file, openForWriting(file, kSchema, Durability::Full, Journal::Rollback), identity});
    // A secret that is deleted is overwritten in the file.
    impl->db.exec("PRAGMA secure_delete = ON");
    return std::unique_ptr<MessageKeys>(new MessageKeys(std::move(impl)));
  });
}

Result<OwnMessageKey> MessageKeys::current(UtcMillis now) {
  return impl_->current(std::nullopt, now);
}

Result<OwnMessageKey> MessageKeys::currentAbove(KeyGeneration known, UtcMillis now) {
  return impl_->current(known, now);
}

Result<std::optional<OwnMessageKey>> MessageKeys::find(KeyGeneration generation) {
  return attempt(impl_->path, [&]() -> Result<std::optional<OwnMessageKey>> {
    SQLite::Statement query(impl_->db, "SELECT key, secret FROM own WHERE generation = ?");
    query.bind(1, stored(generation));
    return query.executeStep() ? impl_->ownIn(query) : std::nullopt;
  });
}

Result<SignedMessageKey> MessageKeys::seen(const SignedMessageKey& key) {
  return attempt(impl_->path, [&]() -> Result<SignedMessageKey> {
    if (const auto known = impl_->newestSeen(ownerOf(key)); known && known->generation >= key.generation) return *known;
    SQLite::Statement keep(impl_->db,
                           "INSERT INTO seen(person, generation, key) VALUES(?1,?2,?3) ON CONFLICT(person) DO UPDATE"
                           " SET generation = ?2, key = ?3 WHERE generation < ?2");
    const MemberId person = ownerOf(key);
    bindBlob(keep, 1, person.view());
    keep.bind(2, stored(key.generation));
    bindBytes(keep, 3, toBytes(key));
    keep.exec();
    return impl_->newestSeen(person).value_or(key);
  });
}

Result<std::optional<SignedMessageKey>> MessageKeys::newestOf(const MemberId& person) {
  return attempt(impl_->path, [&]() -> Result<std::optional<SignedMessageKey>> { return impl_->newestSeen(person); });
}

}  // namespace earshot::app

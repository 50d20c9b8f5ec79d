#include "app/mailbox.h"

#include <sqlite3.h>

#include "app/database.h"
#include "app/database_kinds.h"
#include "app/event_row.h"
#include "app/limits.h"

namespace earshot::app {
namespace {

constexpr DatabaseSchema kSchema{
    0x45534850,  // "ESHP"
    1,
    "CREATE TABLE keys(person BLOB PRIMARY KEY, generation INTEGER NOT NULL, key BLOB NOT NULL,"
    " put INTEGER NOT NULL);"
    "CREATE INDEX keys_by_put ON keys(put);"
    "CREATE TABLE letters(number INTEGER PRIMARY KEY AUTOINCREMENT, sender BLOB NOT NULL, sender_name TEXT NOT NULL,"
    " recipient BLOB NOT NULL, message BLOB NOT NULL, time INTEGER NOT NULL, bytes INTEGER NOT NULL,"
    " sealed BLOB NOT NULL, UNIQUE(sender, message));"
    "CREATE INDEX letters_by_recipient ON letters(recipient, number, bytes);"
    "CREATE INDEX letters_by_time ON letters(time, bytes);"
    "CREATE TABLE receipts(number INTEGER PRIMARY KEY AUTOINCREMENT, sender BLOB NOT NULL, recipient BLOB NOT NULL,"
    " message BLOB NOT NULL, time INTEGER NOT NULL, receipt BLOB NOT NULL, UNIQUE(sender, message));"
    "CREATE INDEX receipts_by_time ON receipts(time);"};

constexpr const char* kFileName = "mailbox.db";

crypto::ByteView bytesIn(const SQLite::Column& column) {
  return crypto::bytesOf(blobOf(column));
}
void bindBytes(SQLite::Statement& statement, int index, crypto::ByteView bytes) {
  bindBlob(statement, index, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}
template <class Id>
Id idIn(const SQLite::Column& column) {
  return Id::fromView(blobOf(column)).value_or(Id{});
}
std::int64_t oldestKept(UtcMillis now) {
  return toStored(now - std::chrono::duration_cast<std::chrono::milliseconds>(kMailKept));
}

MailboxAnswer refused(const RequestId& message, Errc code) {
  return {LetterRefused{message, {code, {}}}, {}};
}

}  // namespace

const DatabaseSchema& mailboxSchema() {
  return kSchema;
}

struct Mailbox::Impl {
  Impl(std::filesystem::path file, SQLite::Database database)
      : path(std::move(file)),
        db(std::move(database)),
        selectKey(db, "SELECT key FROM keys WHERE person = ?"),
        putKey(db, "INSERT OR REPLACE INTO keys(person, generation, key, put) VALUES(?,?,?,?)"),
        trimKeys(db, "DELETE FROM keys WHERE person IN (SELECT person FROM keys ORDER BY put DESC LIMIT -1 OFFSET ?)"),
        findLetter(db, "SELECT time, recipient, bytes FROM letters WHERE sender = ? AND message = ?"),
        waiting(db, "SELECT count(*), coalesce(sum(bytes), 0) FROM letters WHERE recipient = ?"),
        insertLetter(db,
                     "INSERT INTO letters(sender, sender_name, recipient, message, time, bytes, sealed)"
                     " VALUES(?,?,?,?,?,?,?)"),
        deleteLetter(db, "DELETE FROM letters WHERE sender = ? AND message = ?"),
        insertReceipt(db,
                      "INSERT OR REPLACE INTO receipts(sender, recipient, message, time, receipt) VALUES(?,?,?,?,?)"),
        deleteReceipt(db, "DELETE FROM receipts WHERE number = ? AND sender = ?"),
        selectLetters(db,
                      "SELECT number, sender, sender_name, message, time, sealed FROM letters"
                      " WHERE recipient = ? AND number > ? AND time >= ? ORDER BY number LIMIT ?"),
        selectReceipts(db,
                       "SELECT number, recipient, message, time, receipt FROM receipts"
                       " WHERE sender = ? AND number > ? AND time >= ? ORDER BY number LIMIT ?") {}

  std::filesystem::path path;
  SQLite::Database db;
  SQLite::Statement selectKey, putKey, trimKeys, findLetter, waiting, insertLetter, deleteLetter, insertReceipt,
      deleteReceipt, selectLetters, selectReceipts;
  std::int64_t allBytes = 0;  ///< of all letters, as of the last commit or the running transaction

  MailboxAnswer apply(const MailboxRequest& request, const PublishKey& publish, UtcMillis now);
  MailboxAnswer apply(const MailboxRequest& request, const AskKey& ask, UtcMillis now);
  MailboxAnswer apply(const MailboxRequest& request, const PostLetter& post, UtcMillis now);
  MailboxAnswer apply(const MailboxRequest& request, const PostReceipt& post, UtcMillis now);
  MailboxAnswer apply(const MailboxRequest& request, const ReceiptSeen& seen, UtcMillis now);

  std::optional<SignedMessageKey> keyOf(const MemberId& person);
  void countAll();
};

namespace {

void run(SQLite::Statement& statement) {
  statement.exec();
  statement.tryReset();
}

}  // namespace

std::optional<SignedMessageKey> Mailbox::Impl::keyOf(const MemberId& person) {
  selectKey.tryReset();
  bindBlob(selectKey, 1, person.view());
  auto key = selectKey.executeStep() ? messageKeyFrom(bytesIn(selectKey.getColumn(0))) : std::nullopt;
  selectKey.tryReset();
  return key;
}

void Mailbox::Impl::countAll() {
  allBytes = db.execAndGet("SELECT coalesce(sum(bytes), 0) FROM letters").getInt64();
}

MailboxAnswer Mailbox::Impl::apply(const MailboxRequest& request, const PublishKey& publish, UtcMillis now) {
  // Who says it is known from the connection; a key of somebody else is nobody's business here.
  if (ownerOf(publish.key) != request.from || !isGenuine(publish.key)) return {};
  const auto known = keyOf(request.from);
  if (known && *known != publish.key && known->generation >= publish.key.generation) {
    return {KeyAnswer{request.from, known}, {}};
  }
  putKey.tryReset();
  bindBlob(putKey, 1, request.from.view());
  putKey.bind(2, static_cast<std::int64_t>(toNumber(publish.key.generation)));
  bindBytes(putKey, 3, toBytes(publish.key));
  putKey.bind(4, toStored(now));
  run(putKey);
  if (!known) {
    trimKeys.tryReset();
    trimKeys.bind(1, static_cast<std::int64_t>(kMaxPublishedKeys));
    run(trimKeys);
  }
  return {};
}

MailboxAnswer Mailbox::Impl::apply(const MailboxRequest&, const AskKey& ask, UtcMillis) {
  return {KeyAnswer{ask.person, keyOf(ask.person)}, {}};
}

MailboxAnswer Mailbox::Impl::apply(const MailboxRequest& request, const PostLetter& post, UtcMillis now) {
  findLetter.tryReset();
  bindBlob(findLetter, 1, request.from.view());
  bindBlob(findLetter, 2, post.message.view());
  std::optional<UtcMillis> before;
  if (findLetter.executeStep()) before = fromStored(findLetter.getColumn(0).getInt64());
  findLetter.tryReset();
  if (before) return {LetterKept{post.message, *before}, {}};

  if (post.to == request.from || !keyOf(post.to)) return refused(post.message, Errc::PersonUnreachable);
  waiting.tryReset();
  bindBlob(waiting, 1, post.to.view());
  waiting.executeStep();
  const auto count = static_cast<std::size_t>(waiting.getColumn(0).getInt64());
  const auto bytes = static_cast<std::size_t>(waiting.getColumn(1).getInt64());
  waiting.tryReset();
  const std::size_t more = post.sealed.size();
  if (count >= kMaxMailOfOne || bytes + more > kMaxMailBytesOfOne ||
      static_cast<std::size_t>(allBytes) + more > kMaxMailBytesOfRoom) {
    return refused(post.message, Errc::MailboxFull);
  }
  insertLetter.tryReset();
  bindBlob(insertLetter, 1, request.from.view());
  insertLetter.bind(2, request.fromName);
  bindBlob(insertLetter, 3, post.to.view());
  bindBlob(insertLetter, 4, post.message.view());
  insertLetter.bind(5, toStored(now));
  insertLetter.bind(6, static_cast<std::int64_t>(more));
  bindBytes(insertLetter, 7, post.sealed);
  run(insertLetter);
  allBytes += static_cast<std::int64_t>(more);
  return {LetterKept{post.message, now}, post.to};
}

MailboxAnswer Mailbox::Impl::apply(const MailboxRequest& request, const PostReceipt& post, UtcMillis now) {
  findLetter.tryReset();
  bindBlob(findLetter, 1, post.sender.view());
  bindBlob(findLetter, 2, post.message.view());
  const bool isTheirs = findLetter.executeStep() && idIn<MemberId>(findLetter.getColumn(1)) == request.from;
  const std::int64_t bytes = isTheirs ? findLetter.getColumn(2).getInt64() : 0;
  findLetter.tryReset();
  if (!isTheirs) return {};
  deleteLetter.tryReset();
  bindBlob(deleteLetter, 1, post.sender.view());
  bindBlob(deleteLetter, 2, post.message.view());
  run(deleteLetter);
  allBytes -= bytes;
  insertReceipt.tryReset();
  bindBlob(insertReceipt, 1, post.sender.view());
  bindBlob(insertReceipt, 2, request.from.view());
  bindBlob(insertReceipt, 3, post.message.view());
  insertReceipt.bind(4, toStored(now));
  bindBytes(insertReceipt, 5, toBytes(post.receipt));
  run(insertReceipt);
  return {{}, post.sender};
}

MailboxAnswer Mailbox::Impl::apply(const MailboxRequest& request, const ReceiptSeen& seen, UtcMillis) {
  deleteReceipt.tryReset();
  deleteReceipt.bind(1, static_cast<std::int64_t>(seen.number));
  bindBlob(deleteReceipt, 2, request.from.view());
  run(deleteReceipt);
  return {};
}

Mailbox::Mailbox(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Mailbox::~Mailbox() = default;

Result<std::unique_ptr<Mailbox>> Mailbox::open(const std::filesystem::path& folder, UtcMillis now) {
  const auto file = folder / kFileName;
  auto opened = attempt(file, [&]() -> Result<std::unique_ptr<Mailbox>> {
    auto impl = std::make_unique<Impl>(file, openForWriting(file, kSchema, Durability::Full));
    return std::unique_ptr<Mailbox>(new Mailbox(std::move(impl)));
  });
  if (!opened) return opened;
  if (auto expired = (*opened)->expire(now); !expired) return expired.error();
  return opened;
}

Result<std::vector<MailboxAnswer>> Mailbox::apply(std::span<const MailboxRequest> requests, UtcMillis now) {
  const std::int64_t before = impl_->allBytes;
  auto applied = attempt(impl_->path, [&]() -> Result<std::vector<MailboxAnswer>> {
    std::vector<MailboxAnswer> answers;
    answers.reserve(requests.size());
    refuseIfGone(impl_->db);
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    for (const MailboxRequest& request : requests) {
      answers.push_back(std::visit([&](const auto& what) { return impl_->apply(request, what, now); }, request.what));
    }
    transaction.commit();
    return answers;
  });
  if (!applied) impl_->allBytes = before;
  return applied;
}

Result<std::vector<NumberedLetter>> Mailbox::letters(const MemberId& recipient, MailNumber after, std::size_t maxCount,
                                                     std::size_t maxBytes, UtcMillis now) {
  return attempt(impl_->path, [&]() -> Result<std::vector<NumberedLetter>> {
    auto& query = impl_->selectLetters;
    query.tryReset();
    bindBlob(query, 1, recipient.view());
    query.bind(2, static_cast<std::int64_t>(after));
    query.bind(3, oldestKept(now));
    query.bind(4, static_cast<std::int64_t>(maxCount));
    std::vector<NumberedLetter> page;
    std::size_t bytes = 0;
    while ((page.empty() || bytes < maxBytes) && query.executeStep()) {
      const auto sealed = bytesIn(query.getColumn(5));
      bytes += sealed.size();
      page.push_back({MailNumber{query.getColumn(0).getInt64()},
                      {idIn<MemberId>(query.getColumn(1)),
                       query.getColumn(2).getString(),
                       idIn<RequestId>(query.getColumn(3)),
                       fromStored(query.getColumn(4).getInt64()),
                       {sealed.begin(), sealed.end()}}});
    }
    query.tryReset();
    return page;
  });
}

Result<std::vector<Receipt>> Mailbox::receipts(const MemberId& sender, MailNumber after, std::size_t maxCount,
                                               UtcMillis now) {
  return attempt(impl_->path, [&]() -> Result<std::vector<Receipt>> {
    auto& query = impl_->selectReceipts;
    query.tryReset();
    bindBlob(query, 1, sender.view());
    query.bind(2, static_cast<std::int64_t>(after));
    query.bind(3, oldestKept(now));
    query.bind(4, static_cast<std::int64_t>(maxCount));
    std::vector<Receipt> page;
    while (query.executeStep()) {
      auto receipt = receiptFrom(bytesIn(query.getColumn(4)));
      if (!receipt) continue;
      page.push_back({MailNumber{query.getColumn(0).getInt64()}, idIn<MemberId>(query.getColumn(1)),
                      idIn<RequestId>(query.getColumn(2)), fromStored(query.getColumn(3).getInt64()), *receipt});
    }
    query.tryReset();
    return page;
  });
}

Status Mailbox::expire(UtcMillis now) {
  return attempt(impl_->path, [&]() -> Status {
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    for (const char* sql : {"DELETE FROM letters WHERE time < ?", "DELETE FROM receipts WHERE time < ?"}) {
      SQLite::Statement remove(impl_->db, sql);
      remove.bind(1, oldestKept(now));
      remove.exec();
    }
    transaction.commit();
    impl_->countAll();
    return Done{};
  });
}

void Mailbox::releaseMemory() {
  sqlite3_db_release_memory(impl_->db.getHandle());
}

Status Mailbox::trySaving() {
  return attempt(impl_->path, [&]() -> Status {
    app::trySaving(impl_->db);
    return Done{};
  });
}

}  // namespace earshot::app

#include "app/host_log.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/access_rows.h"
#include "app/database.h"
#include "app/database_kinds.h"
#include "app/event_row.h"
#include "app/host_key.h"
#include "app/limits.h"
#include "app/log.h"
#include "app/names.h"
#include "app/newest_requests.h"

namespace earshot::app {
namespace {

#define EARSHOT_SETTINGS_DDL \
  "CREATE TABLE settings(one INTEGER PRIMARY KEY, port INTEGER NOT NULL, history INTEGER NOT NULL);"

#define EARSHOT_LIMITS_DDL "ALTER TABLE settings ADD COLUMN limits TEXT NOT NULL DEFAULT '';"

/// By the id first, which begins with the time: what is said now goes into the same few pages, whoever says it.
#define EARSHOT_REQUEST_INDEX \
  "CREATE UNIQUE INDEX events_by_request ON events(request, actor) WHERE request IS NOT NULL;"

constexpr std::array kUpgrades{EARSHOT_ACCESS_DDL, EARSHOT_SETTINGS_DDL, EARSHOT_CHANGES_INDEX, EARSHOT_LIMITS_DDL,
                               "DROP INDEX events_by_request;" EARSHOT_REQUEST_INDEX};

/// As many as SQLite waits for on its own (PRAGMA wal_autocheckpoint).
constexpr int kCheckpointPages = 1'000;

/// Each statement has to find its way into the table and its indexes anew; so many rows share one.
constexpr std::size_t kRowsTogether = 16;
constexpr int kColumnsOfARow = 1 + kEventColumnCount;

/// FAIL: a transaction whose statement fails is taken back as a whole, so SQLite need not be able to take back the
/// statement alone.
std::string insertionOf(std::size_t rows) {
  std::string sql = "INSERT OR FAIL INTO events(seq, " EARSHOT_EVENT_COLUMNS ") VALUES";
  for (std::size_t row = 0; row < rows; ++row) sql += row == 0 ? "(?,?,?,?,?,?,?,?)" : ",(?,?,?,?,?,?,?,?)";
  return sql;
}

/// In the history column: all texts.
constexpr std::int64_t kAllTexts = -1;

constexpr DatabaseSchema kSchema{
    0x45534852,  // "ESHR"
    6,
    "CREATE TABLE room(id BLOB NOT NULL, epoch BLOB NOT NULL, name TEXT NOT NULL, topic TEXT NOT NULL DEFAULT '');"
    "CREATE TABLE events(seq INTEGER PRIMARY KEY, " EARSHOT_EVENT_COLUMNS_DDL ");" EARSHOT_REQUEST_INDEX
    "CREATE TABLE members(id BLOB PRIMARY KEY, name TEXT NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE connections(id INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " name TEXT NOT NULL, address TEXT NOT NULL, reason TEXT NOT NULL);" EARSHOT_ACCESS_DDL EARSHOT_SETTINGS_DDL
        EARSHOT_CHANGES_INDEX EARSHOT_LIMITS_DDL,
    kUpgrades};

constexpr const char* kFileName = "room.db";
constexpr const char* kUnfinishedName = "room.db.new";

std::optional<RoomIdentity> readIdentity(SQLite::Database& db) {
  SQLite::Statement query(db, "SELECT id, epoch, name FROM room");
  if (!query.executeStep()) return std::nullopt;
  const auto id = RoomId::fromView(blobOf(query.getColumn(0)));
  const auto epoch = Epoch::fromView(blobOf(query.getColumn(1)));
  if (!id || !epoch) throw DatabaseRefused{Errc::StorageCorrupt};
  return RoomIdentity{*id, *epoch, query.getColumn(2).getString()};
}

RoomSettings readSettings(SQLite::Database& db) {
  RoomSettings settings;
  SQLite::Statement query(db, "SELECT port, history, limits FROM settings");
  if (!query.executeStep()) return settings;
  settings.port = static_cast<std::uint16_t>(query.getColumn(0).getInt());
  const std::int64_t history = query.getColumn(1).getInt64();
  if (history != kAllTexts) settings.history = static_cast<std::uint32_t>(history);
  const auto limits = FloodLimits::fromText(query.getColumn(2).getString());
  if (!limits) throw DatabaseRefused{Errc::StorageCorrupt};
  settings.limits = *limits;
  return settings;
}

RequestId readNewestRequest(SQLite::Database& db) {
  SQLite::Statement query(db, "SELECT request FROM events WHERE request IS NOT NULL ORDER BY request DESC LIMIT 1");
  if (!query.executeStep()) return {};
  return RequestId::fromView(blobOf(query.getColumn(0))).value_or(RequestId{});
}

/// The folder of the room with this name. A room that cannot be read might be the one that is
/// wanted, so it is an error and never a reason to make a second room of the same name.
Result<std::optional<std::filesystem::path>> findRoom(const std::filesystem::path& rooms, const std::string& name) {
  std::error_code failed;
  std::filesystem::directory_iterator folders(rooms, failed);
  if (failed) return std::optional<std::filesystem::path>{};
  std::optional<std::filesystem::path> found;
  for (const auto& folder : folders) {
    const auto file = folder.path() / kFileName;
    if (!std::filesystem::exists(file, failed)) continue;
    auto identity = attempt(file, [&]() -> Result<std::optional<RoomIdentity>> {
      auto db = openForReading(file, kSchema);
      return readIdentity(db);
    });
    if (!identity) return identity.error();
    if (*identity && roomNameKey((*identity)->name) == roomNameKey(name)) found = folder.path();
  }
  return found;
}

/// Makes a room's log under another name and then moves it: a file that the power cut found half made would
/// look like a damaged room, and for its sake no room could be opened.
Status makeLog(const std::filesystem::path& file, const RoomIdentity& identity) {
  const auto unfinished = file.parent_path() / kUnfinishedName;
  {
    auto db = openForWriting(unfinished, kSchema, Durability::Full, Journal::Rollback);
    SQLite::Statement insert(db, "INSERT INTO room(id, epoch, name) VALUES(?,?,?)");
    bindBlob(insert, 1, identity.id.view());
    bindBlob(insert, 2, identity.epoch.view());
    insert.bind(3, identity.name);
    insert.exec();
  }
  return moveFile(unfinished, file);
}

}  // namespace

const DatabaseSchema& hostLogSchema() {
  return kSchema;
}

struct HostLog::Impl {
  Impl(std::filesystem::path file, SQLite::Database database)
      : path(std::move(file)),
        db(std::move(database)),
        insertEvent(db, insertionOf(1)),
        insertEvents(db, insertionOf(kRowsTogether)),
        insertMember(db, "INSERT OR REPLACE INTO members(id, name, since) VALUES(?,?,?)"),
        renameMember(db, "UPDATE members SET name = ? WHERE id = ?"),
        deleteMember(db, "DELETE FROM members WHERE id = ?"),
        setTopic(db, "UPDATE room SET topic = ?"),
        insertConnection(db, "INSERT INTO connections(time, kind, name, address, reason) VALUES(?,?,?,?,?)"),
        trimConnections(db, "DELETE FROM connections WHERE id <= (SELECT max(id) FROM connections) - ?"),
        selectByRequest(db, "SELECT seq, " EARSHOT_EVENT_COLUMNS " FROM events WHERE actor = ? AND request = ?"),
        selectAfter(db, "SELECT seq, " EARSHOT_EVENT_COLUMNS " FROM events WHERE seq > ? ORDER BY seq LIMIT ?"),
        selectReaction(db,
                       "SELECT detail & 1 FROM events WHERE detail >> 16 = ? AND kind = 8 AND kind >= 6 AND actor = ?"
                       " AND text = ? ORDER BY seq DESC LIMIT 1"),
        changes(db, "seq"),
        access(db) {
    // Takes the place of SQLite's own hook, which would checkpoint before a commit returns.
    const auto noteLength = [](void* pages, sqlite3*, const char*, int length) {
      *static_cast<int*>(pages) = length;
      return SQLITE_OK;
    };
    sqlite3_wal_hook(db.getHandle(), noteLength, &walPages);
  }

  std::filesystem::path path;
  Impl(const Impl&) = delete;  // SQLite knows where walPages is
  Impl& operator=(const Impl&) = delete;

  int walPages = 0;
  bool warned = false;
  SQLite::Database db;
  RoomIdentity identity;
  RoomSettings settings;
  crypto::SigningKey hostKey;
  SQLite::Statement insertEvent, insertEvents, insertMember, renameMember, deleteMember, setTopic, insertConnection,
      trimConnections, selectByRequest, selectAfter, selectReaction;
  TextChanges changes;
  AccessWriter access;
  NewestRequests newest;
  bool readsTogether = false;
  bool readBegan = false;

  /// Before whatever may be read many times in a row.
  void read() {
    if (readsTogether && !readBegan) readBegan = db.tryExec("BEGIN") == SQLite::OK;
  }
  void store(std::span<const Event> events);
  void store(const ConnectionRecord& record);
  /// One row for each event, as many as it has room for.
  static void insert(SQLite::Statement& statement, std::span<const Event> rows);
  /// What else is different now that this row is there.
  void follow(const Event& event);
};

namespace {

/// What the query finds, of about that many bytes; one at least if there is one.
std::vector<Event> pageOf(SQLite::Statement& query, std::size_t maxBytes) {
  std::vector<Event> page;
  std::size_t bytes = 0;
  while ((page.empty() || bytes < maxBytes) && query.executeStep()) {
    auto event = readEvent(query, 1, Seq{static_cast<std::uint64_t>(query.getColumn(0).getInt64())});
    if (!event) continue;
    bytes += static_cast<std::size_t>(query.getColumn(7).getBytes()) + sizeof(Event);
    page.push_back(std::move(*event));
  }
  return page;
}

void run(SQLite::Statement& statement) {
  statement.exec();
  statement.tryReset();
}

}  // namespace

void HostLog::Impl::store(std::span<const Event> events) {
  auto left = events;
  for (; left.size() >= kRowsTogether; left = left.subspan(kRowsTogether)) {
    insert(insertEvents, left.first(kRowsTogether));
  }
  for (; !left.empty(); left = left.subspan(1)) insert(insertEvent, left.first(1));
  for (const Event& event : events) follow(event);
}

void HostLog::Impl::insert(SQLite::Statement& statement, std::span<const Event> rows) {
  statement.tryReset();
  int parameter = 1;
  for (const Event& event : rows) {
    statement.bind(parameter, static_cast<std::int64_t>(toNumber(event.seq)));
    bindEvent(statement, parameter + 1, event);
    parameter += kColumnsOfARow;
  }
  run(statement);
}

void HostLog::Impl::follow(const Event& event) {
  changes.apply(event, 0);
  if (std::holds_alternative<MemberJoined>(event.body)) {
    insertMember.tryReset();
    bindBlob(insertMember, 1, event.actor.view());
    insertMember.bind(2, event.actorName);
    insertMember.bind(3, toStored(event.time));
    run(insertMember);
  } else if (std::holds_alternative<MemberLeft>(event.body)) {
    deleteMember.tryReset();
    bindBlob(deleteMember, 1, event.actor.view());
    run(deleteMember);
  } else if (const auto* renamed = std::get_if<MemberRenamed>(&event.body)) {
    renameMember.tryReset();
    renameMember.bind(1, renamed->newName);
    bindBlob(renameMember, 2, event.actor.view());
    run(renameMember);
  } else if (const auto* topic = std::get_if<TopicChanged>(&event.body)) {
    setTopic.tryReset();
    setTopic.bind(1, topic->topic);
    run(setTopic);
  }
}

void HostLog::Impl::store(const ConnectionRecord& record) {
  insertConnection.tryReset();
  insertConnection.bind(1, toStored(record.time));
  insertConnection.bind(2, static_cast<int>(record.kind));
  insertConnection.bind(3, record.name);
  insertConnection.bind(4, record.address);
  insertConnection.bind(5, record.reason);
  run(insertConnection);
}

HostLog::HostLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HostLog::~HostLog() = default;
const RoomIdentity& HostLog::identity() const {
  return impl_->identity;
}
const crypto::SigningKey& HostLog::hostKey() const {
  return impl_->hostKey;
}
const std::filesystem::path& HostLog::path() const {
  return impl_->path;
}

Result<std::unique_ptr<HostLog>> HostLog::openOrCreate(const std::filesystem::path& rooms,
                                                       const std::string& roomName) {
  auto name = normalizeRoomName(roomName);
  if (!name) return name.error();
  auto known = findRoom(rooms, *name);
  if (!known) return known.error();
  const RoomIdentity fresh{makeRandom<RoomId>(), makeRandom<Epoch>(), *name};
  const auto folder = *known ? **known : rooms / hexOf(fresh.id);
  const auto file = folder / kFileName;
  return attempt(file, [&]() -> Result<std::unique_ptr<HostLog>> {
    if (auto made = makePrivateFolder(folder); !made) return made.error();
    auto key = openHostKey(folder);
    if (!key) return key.error();
    if (!*known) {
      if (auto made = makeLog(file, fresh); !made) return made.error();
    }
    auto impl = std::make_unique<Impl>(file, openForWriting(file, kSchema, Durability::Full));
    impl->db.exec("PRAGMA cache_size = -256");  // KiB: it writes at the end and reads what is old
    auto identity = readIdentity(impl->db);
    if (!identity) return Error{Errc::StorageCorrupt, textOf(file)};
    impl->identity = std::move(*identity);
    impl->settings = readSettings(impl->db);
    impl->newest = NewestRequests(readNewestRequest(impl->db));
    impl->hostKey = *key;
    return std::unique_ptr<HostLog>(new HostLog(std::move(impl)));
  });
}

const RoomSettings& HostLog::settings() const {
  return impl_->settings;
}

Status HostLog::saveSettings(const RoomSettings& settings) {
  if (settings == impl_->settings) return Done{};
  return attempt(impl_->path, [&]() -> Status {
    SQLite::Statement save(impl_->db, "INSERT OR REPLACE INTO settings(one, port, history, limits) VALUES(1,?,?,?)");
    save.bind(1, settings.port);
    save.bind(2, settings.history ? static_cast<std::int64_t>(*settings.history) : kAllTexts);
    save.bind(3, settings.limits.toText());
    save.exec();
    impl_->settings = settings;
    return Done{};
  });
}

Result<RoomState> HostLog::loadState() {
  return attempt(impl_->path, [&]() -> Result<RoomState> {
    RoomState state;
    SQLite::Statement room(impl_->db, "SELECT topic, coalesce((SELECT max(seq) FROM events), 0) FROM room");
    if (!room.executeStep()) return Error{Errc::StorageCorrupt, textOf(impl_->path)};
    state.topic = room.getColumn(0).getString();
    state.lastSeq = Seq{static_cast<std::uint64_t>(room.getColumn(1).getInt64())};
    SQLite::Statement members(impl_->db, "SELECT id, name, since FROM members");
    while (members.executeStep()) {
      const auto id = MemberId::fromView(blobOf(members.getColumn(0)));
      if (!id) return Error{Errc::StorageCorrupt, textOf(impl_->path)};
      state.members.push_back({*id, members.getColumn(1).getString(), fromStored(members.getColumn(2).getInt64())});
    }
    return state;
  });
}

Result<AccessState> HostLog::loadAccess() {
  return attempt(impl_->path, [&]() -> Result<AccessState> { return readAccess(impl_->db); });
}

HostLog::Reading::Reading(Impl& impl) : impl_(impl) {
  impl_.readsTogether = true;
}

HostLog::Reading::~Reading() {
  impl_.readsTogether = false;
  if (std::exchange(impl_.readBegan, false)) impl_.db.tryExec("END");
}

Status HostLog::commit(std::span<const Event> events, std::span<const ConnectionRecord> connections,
                       std::span<const AccessChange> access) {
  if (events.empty() && connections.empty() && access.empty()) return Done{};
  return attempt(impl_->path, [&]() -> Status {
    refuseIfGone(impl_->db);
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    impl_->store(events);
    for (const ConnectionRecord& record : connections) impl_->store(record);
    for (const AccessChange& change : access) impl_->access.store(change);
    if (!connections.empty()) {
      impl_->trimConnections.tryReset();
      impl_->trimConnections.bind(1, static_cast<std::int64_t>(kMaxConnectionRecords));
      run(impl_->trimConnections);
    }
    transaction.commit();
    for (const Event& event : events) {
      if (const auto* text = std::get_if<TextPosted>(&event.body)) impl_->newest.stored(event.actor, text->id);
    }
    return Done{};
  });
}

Status HostLog::trySaving() {
  return attempt(impl_->path, [&]() -> Status {
    app::trySaving(impl_->db);
    return Done{};
  });
}

void HostLog::releaseMemory() {
  sqlite3_db_release_memory(impl_->db.getHandle());
}

void HostLog::checkpointIfDue() {
  if (impl_->walPages < kCheckpointPages) return;
  // What cannot be moved now is safe where it is, and the next commit makes this due again.
  impl_->walPages = 0;
  const int result =
      sqlite3_wal_checkpoint_v2(impl_->db.getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (result == SQLITE_OK || result == SQLITE_BUSY || std::exchange(impl_->warned, true)) return;
  log::warn("storage: " + textOf(impl_->path) + " cannot be checkpointed: " + sqlite3_errstr(result));
}

Result<std::optional<Event>> HostLog::findText(const MemberId& sender, const RequestId& id) {
  if (!impl_->newest.mayBeStored(sender, id)) return std::optional<Event>{};
  return attempt(impl_->path, [&]() -> Result<std::optional<Event>> {
    impl_->read();
    auto& query = impl_->selectByRequest;
    query.tryReset();
    bindBlob(query, 1, sender.view());
    bindBlob(query, 2, id.view());
    std::optional<Event> found;
    if (query.executeStep())
      found = readEvent(query, 1, Seq{static_cast<std::uint64_t>(query.getColumn(0).getInt64())});
    query.tryReset();
    return found;
  });
}

Result<std::optional<Event>> HostLog::eventAt(Seq seq) {
  const auto found =
      toNumber(seq) == 0 ? Result<std::vector<Event>>(std::vector<Event>{}) : eventsAfter(Seq{toNumber(seq) - 1}, 1, 1);
  if (!found) return found.error();
  return found->empty() || found->front().seq != seq ? std::optional<Event>{} : std::optional<Event>{found->front()};
}

Result<Subject> HostLog::subjectOf(Seq target, const MemberId& asking, const std::string& emoji) {
  const auto event = eventAt(target);
  if (!event) return event.error();
  const auto* text = *event ? std::get_if<TextPosted>(&(*event)->body) : nullptr;
  if (text == nullptr) return Subject{};
  Subject subject{*text, (*event)->actor};
  if (emoji.empty()) return subject;
  return attempt(impl_->path, [&]() -> Result<Subject> {
    auto& query = impl_->selectReaction;
    query.tryReset();
    query.bind(1, static_cast<std::int64_t>(toNumber(target)));
    bindBlob(query, 2, asking.view());
    query.bind(3, emoji);
    subject.reacted = query.executeStep() && query.getColumn(0).getInt() != 0;
    query.tryReset();
    return subject;
  });
}

Result<Seq> HostLog::beforeLastTexts(std::size_t texts, std::size_t maxEvents) {
  return attempt(impl_->path, [&]() -> Result<Seq> {
    const std::int64_t last = impl_->db.execAndGet("SELECT coalesce(max(seq), 0) FROM events").getInt64();
    if (texts == 0) return Seq{static_cast<std::uint64_t>(last)};
    const std::int64_t oldest = std::max<std::int64_t>(0, last - static_cast<std::int64_t>(maxEvents));
    SQLite::Statement query(impl_->db,
                            "SELECT seq FROM events WHERE seq > ? AND kind = ? ORDER BY seq DESC LIMIT 1 OFFSET ?");
    query.bind(1, oldest);
    query.bind(2, kTextKind);
    query.bind(3, static_cast<std::int64_t>(texts - 1));
    const std::int64_t before = query.executeStep() ? query.getColumn(0).getInt64() - 1 : oldest;
    return Seq{static_cast<std::uint64_t>(before)};
  });
}

Result<std::vector<Event>> HostLog::eventsBefore(Seq seq, Seq after, std::size_t maxEvents, std::size_t maxBytes) {
  return attempt(impl_->path, [&]() -> Result<std::vector<Event>> {
    SQLite::Statement query(impl_->db, "SELECT seq, " EARSHOT_EVENT_COLUMNS
                                       " FROM events WHERE seq < ? AND seq > ? ORDER BY seq DESC LIMIT ?");
    query.bind(1, static_cast<std::int64_t>(toNumber(seq)));
    query.bind(2, static_cast<std::int64_t>(toNumber(after)));
    query.bind(3, static_cast<std::int64_t>(maxEvents));
    auto page = pageOf(query, maxBytes);
    std::reverse(page.begin(), page.end());
    return page;
  });
}

Result<std::vector<Event>> HostLog::eventsAfter(Seq seq, std::size_t maxEvents, std::size_t maxBytes) {
  return attempt(impl_->path, [&]() -> Result<std::vector<Event>> {
    impl_->read();
    auto& query = impl_->selectAfter;
    query.tryReset();
    query.bind(1, static_cast<std::int64_t>(toNumber(seq)));
    query.bind(2, static_cast<std::int64_t>(maxEvents));
    auto page = pageOf(query, maxBytes);
    query.tryReset();
    return page;
  });
}

Result<std::vector<ConnectionRecord>> readConnectionLog(const std::filesystem::path& hostLogFile, std::size_t limit) {
  return attempt(hostLogFile, [&]() -> Result<std::vector<ConnectionRecord>> {
    auto db = openForReading(hostLogFile, kSchema);
    SQLite::Statement query(db,
                            "SELECT time, kind, name, address, reason FROM"
                            " (SELECT * FROM connections ORDER BY id DESC LIMIT ?) ORDER BY id");
    query.bind(1, static_cast<std::int64_t>(limit));
    std::vector<ConnectionRecord> records;
    while (query.executeStep()) {
      records.push_back({fromStored(query.getColumn(0).getInt64()),
                         static_cast<ConnectionKind>(query.getColumn(1).getInt()), query.getColumn(2).getString(),
                         query.getColumn(3).getString(), query.getColumn(4).getString()});
    }
    return records;
  });
}

}  // namespace earshot::app

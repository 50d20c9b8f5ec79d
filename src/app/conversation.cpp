#include "app/conversation.h"

#include <algorithm>

#include "app/conversation_archive.h"
#include "app/conversation_schema.h"

namespace earshot::app {

struct Conversation::Impl {
  Impl(std::filesystem::path file, SQLite::Database database)
      : path(std::move(file)),
        db(std::move(database)),
        insertEvent(db, "INSERT OR IGNORE INTO events(position, " EARSHOT_EVENT_COLUMNS ") VALUES(?,?,?,?,?,?,?,?)"),
        deleteOutgoing(db, "DELETE FROM outbox WHERE request = ?"),
        insertOutgoing(db, "INSERT OR IGNORE INTO outbox(request, time, style, text) VALUES(?,?,?,?)"),
        selectOutgoing(db, "SELECT style, text FROM outbox WHERE request = ?"),
        changes(db, "position"),
        touch(db, "UPDATE info SET last_activity = max(last_activity, ?), message_count = message_count + ?") {}

  std::filesystem::path path;
  SQLite::Database db;
  SQLite::Statement insertEvent, deleteOutgoing, insertOutgoing, selectOutgoing;
  TextChanges changes;
  SQLite::Statement touch;
  std::int64_t epochNumber = 0;

  /// True when the event was not here before.
  bool store(const StoredEvent& stored);
  bool takeFromOutbox(const RequestId& id);
  void noteActivity(UtcMillis time, std::int64_t texts);
};

bool Conversation::Impl::store(const StoredEvent& stored) {
  insertEvent.tryReset();
  insertEvent.bind(1, toNumber(stored.position));
  bindEvent(insertEvent, 2, stored.event);
  const bool isNew = insertEvent.exec() > 0;
  insertEvent.tryReset();
  if (isNew) changes.apply(stored.event, toNumber(positionAt(epochNumber, Seq{})));
  return isNew;
}

bool Conversation::Impl::takeFromOutbox(const RequestId& id) {
  deleteOutgoing.tryReset();
  bindBlob(deleteOutgoing, 1, id.view());
  const bool was = deleteOutgoing.exec() > 0;
  deleteOutgoing.tryReset();
  return was;
}

void Conversation::Impl::noteActivity(UtcMillis time, std::int64_t texts) {
  touch.tryReset();
  touch.bind(1, toStored(time));
  touch.bind(2, texts);
  touch.exec();
  touch.tryReset();
}

Conversation::Conversation(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Conversation::~Conversation() = default;
const std::filesystem::path& Conversation::path() const {
  return impl_->path;
}

void saveInfo(SQLite::Database& db, const ConversationInfo& info) {
  const bool known = db.execAndGet("SELECT count(*) FROM info").getInt() > 0;
  SQLite::Statement save(
      db, known ? "UPDATE info SET room=?, room_name=?, address=?, self=?, self_name=?, hosted_here=?,"
                  " last_activity=max(last_activity, ?)"
                : "INSERT INTO info(room, room_name, address, self, self_name, hosted_here, last_activity)"
                  " VALUES(?,?,?,?,?,?,?)");
  bindBlob(save, 1, info.room.view());
  save.bind(2, info.roomName);
  save.bind(3, info.address);
  bindBlob(save, 4, info.self.view());
  save.bind(5, info.selfName);
  save.bind(6, info.hostedHere ? 1 : 0);
  save.bind(7, toStored(info.lastActivity));
  save.exec();
}

Result<std::unique_ptr<Conversation>> Conversation::open(const std::filesystem::path& folder, const RoomId& room) {
  const auto file = folder / (hexOf(room) + kConversationExtension);
  return attempt(file, [&]() -> Result<std::unique_ptr<Conversation>> {
    if (auto made = makePrivateFolder(folder); !made) return made.error();
    // The outbox is a promise to the person who typed, so it outlives a power cut too.
    auto impl = std::make_unique<Impl>(file, openForWriting(file, kConversationSchema, Durability::Full));
    return std::unique_ptr<Conversation>(new Conversation(std::move(impl)));
  });
}

Status Conversation::admitted(const Epoch& epoch, const ConversationInfo& info, bool anew) {
  return attempt(impl_->path, [&]() -> Status {
    auto& db = impl_->db;
    if (belongsToAnother(db, info.self)) {
      if (auto aside = setAside(db, impl_->path); !aside) return aside.error();
    }
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    saveInfo(db, info);
    if (anew) {
      SQLite::Statement archive(db, "UPDATE epochs SET epoch = randomblob(16) WHERE epoch = ?");
      bindBlob(archive, 1, epoch.view());
      archive.exec();
    }
    SQLite::Statement insert(db, "INSERT OR IGNORE INTO epochs(epoch) VALUES(?)");
    bindBlob(insert, 1, epoch.view());
    insert.exec();
    SQLite::Statement number(db, "SELECT number FROM epochs WHERE epoch = ?");
    bindBlob(number, 1, epoch.view());
    number.executeStep();
    impl_->epochNumber = number.getColumn(0).getInt64();
    number.tryReset();
    transaction.commit();
    return Done{};
  });
}

Position Conversation::positionOf(Seq seq) const {
  return positionAt(impl_->epochNumber, seq);
}

std::optional<Seq> Conversation::seqAt(Position position) const {
  const Seq seq = app::seqAt(position);
  return positionOf(seq) == position ? std::optional(seq) : std::nullopt;
}

std::optional<Seq> Conversation::firstSeq() {
  const auto first = attempt(impl_->path, [&]() -> Result<std::optional<Seq>> {
    SQLite::Statement query(impl_->db, "SELECT position FROM events WHERE position > ? ORDER BY position LIMIT 1");
    query.bind(1, toNumber(positionOf(Seq{})));
    if (!query.executeStep()) return std::optional<Seq>{};
    return seqAt(Position{query.getColumn(0).getInt64()});
  });
  return first.ok() ? *first : std::nullopt;
}

Result<Conversation::Recorded> Conversation::record(std::span<const Event> events, const MemberId& self) {
  return attempt(impl_->path, [&]() -> Result<Recorded> {
    refuseIfGone(impl_->db);
    Recorded recorded;
    std::int64_t texts = 0;
    UtcMillis latest{};
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    for (const Event& event : events) {
      StoredEvent stored{positionAt(impl_->epochNumber, event.seq), event};
      const auto* text = std::get_if<TextPosted>(&event.body);
      const bool ours = text != nullptr && event.actor == self && impl_->takeFromOutbox(text->id);
      if (!impl_->store(stored)) continue;
      if (text != nullptr) ++texts;
      latest = std::max(latest, event.time);
      (ours ? recorded.sent : recorded.received).push_back(std::move(stored));
    }
    if (!recorded.sent.empty() || !recorded.received.empty()) impl_->noteActivity(latest, texts);
    transaction.commit();
    return recorded;
  });
}

Result<std::optional<StoredEvent>> Conversation::acknowledge(const RequestId& id, Seq seq, UtcMillis time,
                                                             const MemberId& self, const std::string& selfName) {
  return attempt(impl_->path, [&]() -> Result<std::optional<StoredEvent>> {
    SQLite::Transaction transaction(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    auto& query = impl_->selectOutgoing;
    query.tryReset();
    bindBlob(query, 1, id.view());
    if (!query.executeStep()) {
      query.tryReset();
      return std::optional<StoredEvent>{};
    }
    const TextPosted text = unpackedText(id, query.getColumn(0).getInt64(), query.getColumn(1).getString());
    query.tryReset();
    StoredEvent stored{positionAt(impl_->epochNumber, seq), Event{seq, time, self, selfName, text}};
    impl_->takeFromOutbox(id);
    const bool isNew = impl_->store(stored);
    if (isNew) impl_->noteActivity(time, 1);
    transaction.commit();
    return std::optional<StoredEvent>{std::move(stored)};
  });
}

Status Conversation::queue(const OutgoingText& text) {
  return attempt(impl_->path, [&]() -> Status {
    refuseIfGone(impl_->db);
    auto& insert = impl_->insertOutgoing;
    insert.tryReset();
    bindBlob(insert, 1, text.id.view());
    insert.bind(2, toStored(text.time));
    insert.bind(3, packedDetail({text.id, text.style, {}, text.replyTo}));
    insert.bind(4, text.text);
    insert.exec();
    insert.tryReset();
    return Done{};
  });
}

Status Conversation::discard(const RequestId& id) {
  return attempt(impl_->path, [&]() -> Status {
    impl_->takeFromOutbox(id);
    return Done{};
  });
}

Result<bool> Conversation::isWaiting(const RequestId& id) {
  return attempt(impl_->path, [&]() -> Result<bool> {
    SQLite::Statement query(impl_->db, "SELECT 1 FROM outbox WHERE request = ?");
    bindBlob(query, 1, id.view());
    return query.executeStep();
  });
}

Result<std::vector<OutgoingText>> Conversation::outbox() {
  return attempt(impl_->path, [&]() -> Result<std::vector<OutgoingText>> { return readOutbox(impl_->db); });
}

}  // namespace earshot::app

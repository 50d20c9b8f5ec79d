#include "app/private_chat.h"

#include <algorithm>

#include "app/byte_layout.h"
#include "app/conversation_schema.h"
#include "app/crypto/sha256.h"
#include "app/limits.h"

namespace earshot::app {
namespace {

constexpr std::string_view kIdLabel = "Earshot private chat 1";
/// The numbering of a private chat is its owner's alone and never starts anew.
constexpr std::int64_t kEpochNumber = 1;

// Stored numbers: never change or reuse one.
enum class OwnState : int { Waiting = 0, Sent = 1, Delivered = 2 };

}  // namespace

RoomId privateChatId(const RoomId& room, const MemberId& one, const MemberId& other) {
  ByteWriter out;
  out.bytes(crypto::bytesOf(kIdLabel));
  out.u8(0);
  out.bytes(room.bytes);
  out.bytes(std::min(one, other).bytes);
  out.bytes(std::max(one, other).bytes);
  const auto hash = crypto::sha256(out.written());
  RoomId id;
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

std::filesystem::path privateChatFile(const std::filesystem::path& folder, const RoomId& room, const MemberId& one,
                                      const MemberId& other) {
  return folder / (hexOf(privateChatId(room, one, other)) + kConversationExtension);
}

struct PrivateChat::Impl {
  Impl(SQLite::Database database, ConversationInfo opened)
      : db(std::move(database)),
        info(std::move(opened)),
        insertEvent(db, "INSERT INTO events(position, " EARSHOT_EVENT_COLUMNS ") VALUES(?,?,?,?,?,?,?,?)"),
        findText(db, "SELECT 1 FROM events WHERE actor = ? AND request = ?"),
        touch(db, "UPDATE info SET last_activity = max(last_activity, ?), message_count = message_count + ?") {}

  SQLite::Database db;
  ConversationInfo info;
  SQLite::Statement insertEvent, findText, touch;

  template <class Work>
  auto inTransaction(Work&& work) {
    return attempt(info.path, [&]() -> std::invoke_result_t<Work> {
      refuseIfGone(db);
      SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
      auto result = work();
      transaction.commit();
      return result;
    });
  }

  bool has(const MemberId& sender, const RequestId& message);
  StoredEvent append(UtcMillis time, const MemberId& actor, const std::string& name, EventBody body);
  std::uint64_t nextNumber();
  std::uint64_t numberOf(const RequestId& message);
  std::optional<OutgoingText> waiting(const RequestId& message);
  std::optional<OwnState> stateOf(const RequestId& message);
  void setState(const RequestId& message, OwnState state);
  std::optional<StoredEvent> leaveOutbox(const RequestId& message, UtcMillis time);
  Advanced advance(const Progress& step);
};

bool PrivateChat::Impl::has(const MemberId& sender, const RequestId& message) {
  findText.tryReset();
  bindBlob(findText, 1, sender.view());
  bindBlob(findText, 2, message.view());
  const bool found = findText.executeStep();
  findText.tryReset();
  return found;
}

StoredEvent PrivateChat::Impl::append(UtcMillis time, const MemberId& actor, const std::string& name, EventBody body) {
  const Position last{db.execAndGet("SELECT coalesce(max(position), 0) FROM events").getInt64()};
  const Seq seq = next(seqAt(last));
  StoredEvent stored{positionAt(kEpochNumber, seq), {seq, time, actor, name, std::move(body)}};
  insertEvent.tryReset();
  insertEvent.bind(1, toNumber(stored.position));
  bindEvent(insertEvent, 2, stored.event);
  insertEvent.exec();
  insertEvent.tryReset();
  touch.tryReset();
  touch.bind(1, toStored(time));
  touch.bind(2, std::holds_alternative<TextPosted>(stored.event.body) ? 1 : 0);
  touch.exec();
  touch.tryReset();
  return stored;
}

std::uint64_t PrivateChat::Impl::nextNumber() {
  db.exec("UPDATE private_chat SET last_number = last_number + 1");
  return static_cast<std::uint64_t>(db.execAndGet("SELECT last_number FROM private_chat").getInt64());
}

std::uint64_t PrivateChat::Impl::numberOf(const RequestId& message) {
  SQLite::Statement query(db, "SELECT number FROM private_sent WHERE message = ?");
  bindBlob(query, 1, message.view());
  return query.executeStep() ? static_cast<std::uint64_t>(query.getColumn(0).getInt64()) : 0;
}

std::optional<OutgoingText> PrivateChat::Impl::waiting(const RequestId& message) {
  SQLite::Statement query(db, "SELECT time, style, text FROM outbox WHERE request = ?");
  bindBlob(query, 1, message.view());
  if (!query.executeStep()) return std::nullopt;
  return OutgoingText{message, fromStored(query.getColumn(0).getInt64()),
                      static_cast<TextStyle>(query.getColumn(1).getInt()), query.getColumn(2).getString()};
}

std::optional<OwnState> PrivateChat::Impl::stateOf(const RequestId& message) {
  SQLite::Statement query(db, "SELECT state FROM private_sent WHERE message = ?");
  bindBlob(query, 1, message.view());
  if (!query.executeStep()) return std::nullopt;
  return static_cast<OwnState>(query.getColumn(0).getInt());
}

void PrivateChat::Impl::setState(const RequestId& message, OwnState state) {
  SQLite::Statement update(db, "UPDATE private_sent SET state = ? WHERE message = ?");
  update.bind(1, static_cast<int>(state));
  bindBlob(update, 2, message.view());
  update.exec();
}

std::optional<StoredEvent> PrivateChat::Impl::leaveOutbox(const RequestId& message, UtcMillis time) {
  auto text = waiting(message);
  if (!text) return std::nullopt;
  SQLite::Statement remove(db, "DELETE FROM outbox WHERE request = ?");
  bindBlob(remove, 1, message.view());
  remove.exec();
  return append(time, info.self, info.selfName, TextPosted{message, text->style, std::move(text->text)});
}

PrivateChat::Advanced PrivateChat::Impl::advance(const Progress& step) {
  const auto state = stateOf(step.message);
  if (!state || *state == OwnState::Delivered) return {};
  Advanced advanced{leaveOutbox(step.message, step.time), step.delivered};
  if (step.delivered || advanced.sent) setState(step.message, step.delivered ? OwnState::Delivered : OwnState::Sent);
  return advanced;
}

PrivateChat::PrivateChat(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PrivateChat::~PrivateChat() = default;
const ConversationInfo& PrivateChat::info() const {
  return impl_->info;
}

Result<std::unique_ptr<PrivateChat>> PrivateChat::open(const std::filesystem::path& folder, ConversationInfo info) {
  info.room = privateChatId(info.peer->room, info.self, info.peer->id);
  info.path = privateChatFile(folder, info.peer->room, info.self, info.peer->id);
  return attempt(info.path, [&]() -> Result<std::unique_ptr<PrivateChat>> {
    if (auto made = makePrivateFolder(folder); !made) return made.error();
    auto db = openForWriting(info.path, kConversationSchema, Durability::Full);
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    db.exec(kPrivateChatTables);
    saveInfo(db, info);
    SQLite::Statement save(db,
                           "INSERT INTO private_chat(one, room, peer, peer_name) VALUES(1,?,?,?) ON CONFLICT(one)"
                           " DO UPDATE SET peer_name = excluded.peer_name");
    bindBlob(save, 1, info.peer->room.view());
    bindBlob(save, 2, info.peer->id.view());
    save.bind(3, info.peer->name);
    save.exec();
    transaction.commit();
    return std::unique_ptr<PrivateChat>(new PrivateChat(std::make_unique<Impl>(std::move(db), std::move(info))));
  });
}

Status PrivateChat::setPeerName(const std::string& name) {
  return impl_->inTransaction([&]() -> Status {
    SQLite::Statement save(impl_->db, "UPDATE private_chat SET peer_name = ?");
    save.bind(1, name);
    save.exec();
    impl_->info.peer->name = name;
    return Done{};
  });
}

void PrivateChat::setSelfName(const std::string& name) {
  impl_->info.selfName = name;
}

Result<bool> PrivateChat::has(const RequestId& message) {
  return attempt(impl_->info.path, [&]() -> Result<bool> { return impl_->has(impl_->info.peer->id, message); });
}

Result<std::vector<StoredEvent>> PrivateChat::record(std::span<const Arrival> arrivals) {
  return impl_->inTransaction([&]() -> Result<std::vector<StoredEvent>> {
    std::vector<StoredEvent> stored;
    for (const Arrival& arrival : arrivals) {
      const auto* text = std::get_if<TextPosted>(&arrival.body);
      if (text != nullptr && impl_->has(impl_->info.peer->id, text->id)) continue;
      stored.push_back(impl_->append(arrival.time, impl_->info.peer->id, arrival.name, arrival.body));
    }
    return stored;
  });
}

Result<bool> PrivateChat::saysKeyChanged() {
  return attempt(impl_->info.path, [&]() -> Result<bool> {
    SQLite::Statement query(impl_->db, "SELECT 1 FROM events WHERE kind = ?");
    query.bind(1, kKeyChangedKind);
    return query.executeStep();
  });
}

Result<PrivateChat::Outgoing> PrivateChat::queue(const OutgoingText& text) {
  return impl_->inTransaction([&]() -> Result<Outgoing> {
    if (auto before = impl_->waiting(text.id)) return Outgoing{std::move(*before), impl_->numberOf(text.id)};
    const std::uint64_t number = impl_->nextNumber();
    SQLite::Statement insert(impl_->db, "INSERT INTO outbox(request, time, style, text) VALUES(?,?,?,?)");
    bindBlob(insert, 1, text.id.view());
    insert.bind(2, toStored(text.time));
    insert.bind(3, static_cast<int>(text.style));
    insert.bind(4, text.text);
    insert.exec();
    SQLite::Statement note(impl_->db, "INSERT INTO private_sent(message, state, number) VALUES(?,?,?)");
    bindBlob(note, 1, text.id.view());
    note.bind(2, static_cast<int>(OwnState::Waiting));
    note.bind(3, static_cast<std::int64_t>(number));
    note.exec();
    return Outgoing{text, number};
  });
}

Status PrivateChat::discard(const RequestId& message) {
  return impl_->inTransaction([&]() -> Status {
    for (const char* sql : {"DELETE FROM outbox WHERE request = ?",
                            "DELETE FROM private_sent WHERE message = ?1"
                            " AND state = 0"}) {
      SQLite::Statement remove(impl_->db, sql);
      bindBlob(remove, 1, message.view());
      remove.exec();
    }
    return Done{};
  });
}

Result<std::vector<PrivateChat::Outgoing>> PrivateChat::outbox() {
  return attempt(impl_->info.path, [&]() -> Result<std::vector<Outgoing>> {
    std::vector<Outgoing> waiting;
    for (OutgoingText& text : readOutbox(impl_->db)) {
      const std::uint64_t number = impl_->numberOf(text.id);
      waiting.push_back({std::move(text), number});
    }
    return waiting;
  });
}

Result<std::vector<PrivateChat::Advanced>> PrivateChat::advance(std::span<const Progress> progress) {
  return impl_->inTransaction([&]() -> Result<std::vector<Advanced>> {
    std::vector<Advanced> advanced;
    advanced.reserve(progress.size());
    for (const Progress& step : progress) advanced.push_back(impl_->advance(step));
    return advanced;
  });
}

Result<std::optional<PrivateChat::Outgoing>> PrivateChat::again(const RequestId& message) {
  return impl_->inTransaction([&]() -> Result<std::optional<Outgoing>> {
    SQLite::Statement sealings(impl_->db, "SELECT sealings FROM private_sent WHERE message = ? AND state < 2");
    bindBlob(sealings, 1, message.view());
    if (!sealings.executeStep() || sealings.getColumn(0).getInt() >= kMaxSealings) return std::optional<Outgoing>{};
    sealings.reset();
    auto text = impl_->waiting(message);
    if (!text) {
      SQLite::Statement event(impl_->db,
                              "SELECT " EARSHOT_EVENT_COLUMNS " FROM events WHERE actor = ? AND request = ?");
      bindBlob(event, 1, impl_->info.self.view());
      bindBlob(event, 2, message.view());
      const auto found = event.executeStep() ? readEvent(event, 0, Seq{}) : std::nullopt;
      const auto* posted = found ? std::get_if<TextPosted>(&found->body) : nullptr;
      if (posted == nullptr) return std::optional<Outgoing>{};
      text = OutgoingText{message, found->time, posted->style, posted->text};
    }
    const std::uint64_t number = impl_->nextNumber();
    SQLite::Statement note(impl_->db, "UPDATE private_sent SET number = ?, sealings = sealings + 1 WHERE message = ?");
    note.bind(1, static_cast<std::int64_t>(number));
    bindBlob(note, 2, message.view());
    note.exec();
    return std::optional<Outgoing>{{std::move(*text), number}};
  });
}

}  // namespace earshot::app

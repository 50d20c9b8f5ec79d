#include <algorithm>

#include "app/conversation.h"
#include "app/conversation_schema.h"
#include "app/log.h"

namespace earshot::app {
namespace {

#define SELECT_EVENTS "SELECT position, " EARSHOT_EVENT_COLUMNS " FROM events "

std::vector<StoredEvent> allEvents(SQLite::Statement& query) {
  std::vector<StoredEvent> events;
  StoredEvent event;
  while (nextEvent(query, event)) events.push_back(std::move(event));
  return events;
}

constexpr std::int64_t kEarliest = INT64_MIN;
constexpr std::int64_t kLatest = INT64_MAX;

void bindRange(SQLite::Statement& query, std::optional<UtcMillis> from, std::optional<UtcMillis> to) {
  query.bind(1, from ? toStored(*from) : kEarliest);
  query.bind(2, to ? toStored(*to) : kLatest);
}

}  // namespace

bool nextEvent(SQLite::Statement& query, StoredEvent& out) {
  while (query.executeStep()) {
    const Position position{query.getColumn(0).getInt64()};
    auto event = readEvent(query, 1, seqAt(position));
    if (!event) continue;
    out = {position, std::move(*event)};
    return true;
  }
  return false;
}

std::vector<OutgoingText> readOutbox(SQLite::Database& db) {
  SQLite::Statement query(db, "SELECT request, time, style, text FROM outbox ORDER BY number");
  std::vector<OutgoingText> texts;
  while (query.executeStep()) {
    const auto id = RequestId::fromView(blobOf(query.getColumn(0))).value_or(RequestId{});
    TextPosted text = unpackedText(id, query.getColumn(2).getInt64(), query.getColumn(3).getString());
    texts.push_back({id, fromStored(query.getColumn(1).getInt64()), text.style, std::move(text.text), text.replyTo});
  }
  return texts;
}

namespace {

/// Only the files of private chats have the table.
std::optional<PrivatePeer> readPeer(SQLite::Database& db) {
  if (!db.tableExists("private_chat")) return std::nullopt;
  SQLite::Statement query(db, "SELECT peer, peer_name, room FROM private_chat");
  if (!query.executeStep()) return std::nullopt;
  const auto peer = MemberId::fromView(blobOf(query.getColumn(0)));
  const auto room = RoomId::fromView(blobOf(query.getColumn(2)));
  if (!peer || !room) throw DatabaseRefused{Errc::StorageCorrupt};
  return PrivatePeer{*peer, query.getColumn(1).getString(), *room};
}

std::optional<UtcMillis> readBound(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional(fromStored(column.getInt64()));
}

/// Only archives have the table.
std::optional<ArchiveSource> readArchive(SQLite::Database& db) {
  if (!db.tableExists("archive")) return std::nullopt;
  SQLite::Statement query(db,
                          "SELECT room, room_name, covers_from, covers_to, peer, peer_name, peer_room FROM archive");
  if (!query.executeStep()) return std::nullopt;
  const auto room = RoomId::fromView(blobOf(query.getColumn(0)));
  if (!room) throw DatabaseRefused{Errc::StorageCorrupt};
  ArchiveSource source{
      *room, query.getColumn(1).getString(), {}, readBound(query.getColumn(2)), readBound(query.getColumn(3))};
  if (query.getColumn(4).isNull()) return source;
  const auto peer = MemberId::fromView(blobOf(query.getColumn(4)));
  const auto peerRoom = RoomId::fromView(blobOf(query.getColumn(6)));
  if (!peer || !peerRoom) throw DatabaseRefused{Errc::StorageCorrupt};
  source.peer = PrivatePeer{*peer, query.getColumn(5).getString(), *peerRoom};
  return source;
}

}  // namespace

std::string titleOf(const ConversationInfo& info) {
  return info.peer ? info.peer->name + " in \"" + info.roomName + "\" (private)" : info.roomName;
}

struct ConversationReader::Impl {
  std::filesystem::path path;
  SQLite::Database db;
  bool hasReactions = db.execAndGet("SELECT count(*) FROM sqlite_schema WHERE name = 'events_by_target'").getInt() > 0;
};

/// As of after this event, a Reacted.
static void applyReaction(std::vector<Reaction>& reactions, const Event& event) {
  const auto& reacted = std::get<Reacted>(event.body);
  auto at = std::ranges::find(reactions, reacted.emoji, &Reaction::emoji);
  if (at == reactions.end()) at = reactions.insert(at, Reaction{reacted.emoji, {}});
  std::erase_if(at->people, [&](const Reaction::Person& person) { return person.id == event.actor; });
  if (reacted.on) at->people.push_back({event.actor, event.actorName});
  if (at->people.empty()) reactions.erase(at);
}

ConversationReader::ConversationReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ConversationReader::~ConversationReader() = default;

Result<std::unique_ptr<ConversationReader>> ConversationReader::open(const std::filesystem::path& file) {
  return attempt(file, [&]() -> Result<std::unique_ptr<ConversationReader>> {
    std::error_code failed;
    if (!std::filesystem::exists(file, failed)) return Error{Errc::NotFound, textOf(file)};
    auto impl = std::unique_ptr<Impl>(new Impl{file, openForReading(file, kConversationSchema)});
    return std::unique_ptr<ConversationReader>(new ConversationReader(std::move(impl)));
  });
}

Result<ConversationInfo> ConversationReader::info() {
  return attempt(impl_->path, [&]() -> Result<ConversationInfo> {
    SQLite::Statement query(impl_->db,
                            "SELECT room, room_name, address, self, self_name, hosted_here, last_activity,"
                            " message_count FROM info");
    if (!query.executeStep()) return Error{Errc::NotFound, textOf(impl_->path)};
    const auto room = RoomId::fromView(blobOf(query.getColumn(0)));
    const auto self = MemberId::fromView(blobOf(query.getColumn(3)));
    if (!room || !self) return Error{Errc::StorageCorrupt, textOf(impl_->path)};
    ConversationInfo info;
    info.room = *room;
    info.roomName = query.getColumn(1).getString();
    info.address = query.getColumn(2).getString();
    info.self = *self;
    info.selfName = query.getColumn(4).getString();
    info.hostedHere = query.getColumn(5).getInt() != 0;
    info.lastActivity = fromStored(query.getColumn(6).getInt64());
    info.messageCount = static_cast<std::uint64_t>(query.getColumn(7).getInt64());
    info.path = impl_->path;
    info.peer = readPeer(impl_->db);
    info.archive = readArchive(impl_->db);
    return info;
  });
}

Result<std::vector<StoredEvent>> ConversationReader::before(std::optional<Position> position, std::size_t limit) {
  return attempt(impl_->path, [&]() -> Result<std::vector<StoredEvent>> {
    SQLite::Statement query(impl_->db, SELECT_EVENTS "WHERE position < ? AND kind < 6 ORDER BY position DESC LIMIT ?");
    query.bind(1, position ? toNumber(*position) : kLatest);
    query.bind(2, static_cast<std::int64_t>(limit));
    auto events = allEvents(query);
    std::reverse(events.begin(), events.end());
    return events;
  });
}

Result<std::vector<StoredEvent>> ConversationReader::after(Position position, std::size_t limit) {
  return attempt(impl_->path, [&]() -> Result<std::vector<StoredEvent>> {
    SQLite::Statement query(impl_->db, SELECT_EVENTS "WHERE position > ? AND kind < 6 ORDER BY position LIMIT ?");
    query.bind(1, toNumber(position));
    query.bind(2, static_cast<std::int64_t>(limit));
    return allEvents(query);
  });
}

Result<std::optional<StoredEvent>> ConversationReader::at(Position position) {
  return attempt(impl_->path, [&]() -> Result<std::optional<StoredEvent>> {
    SQLite::Statement query(impl_->db, SELECT_EVENTS "WHERE position = ?");
    query.bind(1, toNumber(position));
    StoredEvent event;
    return nextEvent(query, event) ? std::optional(std::move(event)) : std::nullopt;
  });
}

Result<std::vector<Reaction>> ConversationReader::reactionsTo(Position text) {
  return attempt(impl_->path, [&]() -> Result<std::vector<Reaction>> {
    std::vector<Reaction> reactions;
    // A file of before there were reactions has no index, and none of them either.
    if (!impl_->hasReactions) return reactions;
    const std::int64_t epoch = epochNumberAt(text);
    SQLite::Statement query(impl_->db, SELECT_EVENTS
                            "WHERE detail >> 16 = ? AND kind = 8 AND kind >= 6 AND position > ? AND position < ?"
                            " ORDER BY position");
    query.bind(1, static_cast<std::int64_t>(toNumber(seqAt(text))));
    query.bind(2, toNumber(positionAt(epoch, Seq{})));
    query.bind(3, toNumber(positionAt(epoch + 1, Seq{})));
    StoredEvent stored;
    while (nextEvent(query, stored)) applyReaction(reactions, stored.event);
    return reactions;
  });
}

Result<std::vector<SavedEpoch>> ConversationReader::epochs() {
  return attempt(impl_->path, [&]() -> Result<std::vector<SavedEpoch>> {
    std::vector<SavedEpoch> epochs;
    SQLite::Statement query(impl_->db, "SELECT number, epoch FROM epochs ORDER BY number");
    while (query.executeStep()) {
      const auto epoch = Epoch::fromView(blobOf(query.getColumn(1)));
      if (!epoch) return Error{Errc::StorageCorrupt, textOf(impl_->path)};
      epochs.push_back({query.getColumn(0).getInt64(), *epoch});
    }
    return epochs;
  });
}

Result<std::optional<Position>> ConversationReader::positionOf(Seq seq) {
  return attempt(impl_->path, [&]() -> Result<std::optional<Position>> {
    SQLite::Statement epochs(impl_->db, "SELECT number FROM epochs ORDER BY number DESC");
    SQLite::Statement exists(impl_->db, "SELECT 1 FROM events WHERE position = ?");
    while (epochs.executeStep()) {
      const Position candidate = positionAt(epochs.getColumn(0).getInt64(), seq);
      exists.reset();
      exists.bind(1, toNumber(candidate));
      if (exists.executeStep()) return std::optional<Position>{candidate};
    }
    return std::optional<Position>{};
  });
}

Result<std::vector<StoredEvent>> ConversationReader::search(const SearchQuery& query, std::size_t limit,
                                                            const SearchGoesOn& goesOn) {
  return attempt(impl_->path, [&]() -> Result<std::vector<StoredEvent>> {
    if (!asksForSomething(query)) return std::vector<StoredEvent>{};
    try {
      return searchEvents(impl_->db, query, limit, goesOn);
    } catch (const SearchEnded&) {
      return Error{Errc::Cancelled, {}};
    }
  });
}

Result<std::uint64_t> ConversationReader::countBetween(std::optional<UtcMillis> from, std::optional<UtcMillis> to) {
  return attempt(impl_->path, [&]() -> Result<std::uint64_t> {
    SQLite::Statement query(impl_->db, "SELECT count(*) FROM events WHERE time >= ? AND time < ?");
    bindRange(query, from, to);
    query.executeStep();
    return static_cast<std::uint64_t>(query.getColumn(0).getInt64());
  });
}

Status ConversationReader::forEach(std::optional<UtcMillis> from, std::optional<UtcMillis> to,
                                   const std::function<bool(const StoredEvent&)>& visit) {
  return attempt(impl_->path, [&]() -> Status {
    SQLite::Statement query(impl_->db, SELECT_EVENTS "WHERE time >= ? AND time < ? ORDER BY position");
    bindRange(query, from, to);
    StoredEvent event;
    while (nextEvent(query, event)) {
      if (!visit(event)) break;
    }
    return Done{};
  });
}

Result<std::vector<OutgoingText>> ConversationReader::outbox() {
  return attempt(impl_->path, [&]() -> Result<std::vector<OutgoingText>> { return readOutbox(impl_->db); });
}

Result<std::vector<RequestId>> ConversationReader::undelivered() {
  return attempt(impl_->path, [&]() -> Result<std::vector<RequestId>> {
    std::vector<RequestId> messages;
    if (!impl_->db.tableExists("private_sent")) return messages;
    SQLite::Statement query(impl_->db, "SELECT message FROM private_sent WHERE state = 1");
    while (query.executeStep()) {
      if (const auto id = RequestId::fromView(blobOf(query.getColumn(0)))) messages.push_back(*id);
    }
    return messages;
  });
}

Result<Position> ConversationReader::placeOf(Seq seq) {
  return attempt(impl_->path, [&]() -> Result<Position> {
    const std::int64_t newest = impl_->db.execAndGet("SELECT coalesce(max(number), 1) FROM epochs").getInt64();
    return positionAt(newest, seq);
  });
}

Result<std::optional<LastSeen>> lastSeenIn(const std::filesystem::path& folder, const RoomId& room, const Epoch& epoch,
                                           const MemberId& self) {
  const auto file = folder / (hexOf(room) + kConversationExtension);
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) return std::optional<LastSeen>{};
  return attempt(file, [&]() -> Result<std::optional<LastSeen>> {
    auto db = openForReading(file, kConversationSchema);
    SQLite::Statement number(db, "SELECT number FROM epochs WHERE epoch = ? AND (SELECT self FROM info) = ?");
    bindBlob(number, 1, epoch.view());
    bindBlob(number, 2, self.view());
    if (!number.executeStep()) return std::optional<LastSeen>{};
    const std::int64_t epochNumber = number.getColumn(0).getInt64();
    SQLite::Statement query(
        db,
        "SELECT position, time, actor FROM events WHERE position > ? AND position < ? ORDER BY position DESC LIMIT 1");
    query.bind(1, toNumber(positionAt(epochNumber, Seq{})));
    query.bind(2, toNumber(positionAt(epochNumber + 1, Seq{})));
    if (!query.executeStep()) return std::optional<LastSeen>{};
    const auto actor = MemberId::fromView(blobOf(query.getColumn(2)));
    if (!actor) return Error{Errc::StorageCorrupt, textOf(file)};
    return std::optional<LastSeen>{
        {epoch, seqAt(Position{query.getColumn(0).getInt64()}), fromStored(query.getColumn(1).getInt64()), *actor}};
  });
}

void visitConversations(const std::filesystem::path& folder,
                        const std::function<bool(ConversationReader&, ConversationInfo)>& visit,
                        std::vector<std::filesystem::path>* unreadable) {
  std::error_code failed;
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    if (entry->path().extension() != kConversationExtension) continue;
    auto reader = ConversationReader::open(entry->path());
    auto info = reader ? (*reader)->info() : Result<ConversationInfo>(reader.error());
    if (info) {
      if (!visit(**reader, std::move(*info))) return;
    } else {
      log::info("conversation not readable: " + textOf(entry->path()));
      if (unreadable != nullptr) unreadable->push_back(entry->path());
    }
  }
}

std::vector<ConversationInfo> listConversations(const std::filesystem::path& folder,
                                                std::vector<std::filesystem::path>* unreadable) {
  std::vector<ConversationInfo> conversations;
  visitConversations(
      folder,
      [&](ConversationReader&, ConversationInfo info) {
        conversations.push_back(std::move(info));
        return true;
      },
      unreadable);
  std::sort(conversations.begin(), conversations.end(),
            [](const auto& a, const auto& b) { return a.lastActivity > b.lastActivity; });
  return conversations;
}

}  // namespace earshot::app

#pragma once
// The conversation-saving module: what this person has seen and said in one room, one SQLite file
// (WAL) per conversation. Conversation writes and belongs to the link's network thread;
// ConversationReader reads (windows, export, search) from its own connection, on any one thread.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/event.h"
#include "app/history.h"
#include "app/ids.h"
#include "app/result.h"
#include "app/search_query.h"

namespace earshot::app {

/// With whom a private chat is, and in which room.
struct PrivatePeer {
  MemberId id;
  std::string name;  ///< the name known last
  RoomId room;       ///< the room both are in; ConversationInfo::roomName is its name

  bool operator==(const PrivatePeer&) const = default;
};

/// What an archive is a copy of (conversation_import.h).
struct ArchiveSource {
  RoomId room;
  std::string roomName;
  std::optional<PrivatePeer> peer{};
  std::optional<UtcMillis> from{};  ///< the part of it that was exported: inclusive
  std::optional<UtcMillis> to{};    ///< exclusive

  bool operator==(const ArchiveSource&) const = default;
};

/// One unbroken life of the room's numbering, as the conversation counts them (history.h).
struct SavedEpoch {
  std::int64_t number = 0;
  Epoch epoch;

  bool operator==(const SavedEpoch&) const = default;
};

/// What is known of a conversation without opening its messages.
struct ConversationInfo {
  RoomId room;  ///< of a private chat: an id of its own (app/private_chat.h)
  std::string roomName;
  std::string address;   ///< where it was reached last, with port
  std::string selfName;  ///< the name used there last
  MemberId self;
  bool hostedHere = false;
  UtcMillis lastActivity{};
  std::uint64_t messageCount = 0;  ///< texts, without joins and leaves
  std::filesystem::path path;
  std::optional<PrivatePeer> peer{};       ///< set: a private chat
  std::optional<ArchiveSource> archive{};  ///< set: only to be read, whoever it belongs to
};

/// As lists show it: the room's name, or `Ben in "Kitchen table" (private)`.
[[nodiscard]] std::string titleOf(const ConversationInfo& info);

class Conversation {
 public:
  /// Opens or makes the conversation of this room in the folder. A file made by a newer Earshot is
  /// StorageNewer; a damaged one StorageCorrupt (it is left as it is).
  static Result<std::unique_ptr<Conversation>> open(const std::filesystem::path& folder, const RoomId& room);
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  /// Call after every admission, before anything is recorded. anew: the numbers of this epoch mean other
  /// events than they did; what is saved under it is kept as an epoch of its own. What was copied here from
  /// another person is set aside as an archive first, with all that they had not sent.
  Status admitted(const Epoch& epoch, const ConversationInfo& info, bool anew = false);

  // Of the epoch that was admitted last:
  [[nodiscard]] Position positionOf(Seq seq) const;
  /// Nothing when the place is in another epoch.
  [[nodiscard]] std::optional<Seq> seqAt(Position position) const;
  /// The oldest event that is here.
  [[nodiscard]] std::optional<Seq> firstSeq();

  /// What one batch of frames from the host did to the conversation.
  struct Recorded {
    std::vector<StoredEvent> received;  ///< new here, in the order given
    std::vector<StoredEvent> sent;      ///< our own, taken out of the outbox
  };
  /// Saves a batch in one transaction; nothing is returned that is not committed. Events that are
  /// known already are skipped.
  Result<Recorded> record(std::span<const Event> events, const MemberId& self);
  /// Our text got this number: moves it from the outbox to the history. Empty when it is not in
  /// the outbox (the event itself came first).
  Result<std::optional<StoredEvent>> acknowledge(const RequestId& id, Seq seq, UtcMillis time, const MemberId& self,
                                                 const std::string& selfName);

  /// Saves a text before it is sent.
  Status queue(const OutgoingText& text);
  /// Takes a text that the room refused for good out of the outbox.
  Status discard(const RequestId& id);
  /// Texts that were never acknowledged, oldest first.
  Result<std::vector<OutgoingText>> outbox();
  /// This text is among them.
  Result<bool> isWaiting(const RequestId& id);

  [[nodiscard]] const std::filesystem::path& path() const;

 private:
  struct Impl;
  explicit Conversation(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

class ConversationReader {
 public:
  /// Never changes the file, and works while another process writes it.
  static Result<std::unique_ptr<ConversationReader>> open(const std::filesystem::path& file);
  ~ConversationReader();
  ConversationReader(const ConversationReader&) = delete;
  ConversationReader& operator=(const ConversationReader&) = delete;

  [[nodiscard]] Result<ConversationInfo> info();

  /// At most limit events before the position (or the last ones), oldest first; without those that only change
  /// or add to a text (targetOf), for the texts are as they left them.
  Result<std::vector<StoredEvent>> before(std::optional<Position> position, std::size_t limit);
  /// At most limit events after the position, oldest first, as before() has them.
  Result<std::vector<StoredEvent>> after(Position position, std::size_t limit);
  /// The event there, if there is one.
  Result<std::optional<StoredEvent>> at(Position position);
  /// Who reacts to the text there, as of now: emojis in the order in which they came.
  Result<std::vector<Reaction>> reactionsTo(Position text);
  /// In the order in which they were met.
  Result<std::vector<SavedEpoch>> epochs();
  /// Where this event is, if it is here (newest epoch first).
  Result<std::optional<Position>> positionOf(Seq seq);
  /// Where an event with this number stands, or would stand, in the newest epoch.
  Result<Position> placeOf(Seq seq);
  /// Texts that fit, newest first, at most limit.
  Result<std::vector<StoredEvent>> search(const SearchQuery& query, std::size_t limit, const SearchGoesOn& goesOn = {});
  /// How many events lie in [from, to); a missing bound is open.
  Result<std::uint64_t> countBetween(std::optional<UtcMillis> from, std::optional<UtcMillis> to);
  /// Calls visit for each event in [from, to), in order, from one snapshot, until it returns false.
  Status forEach(std::optional<UtcMillis> from, std::optional<UtcMillis> to,
                 const std::function<bool(const StoredEvent&)>& visit);

  /// Texts that were never acknowledged, oldest first.
  Result<std::vector<OutgoingText>> outbox();
  /// Of a private chat: own texts in the history that their recipient's program has not opened yet.
  Result<std::vector<RequestId>> undelivered();

 private:
  struct Impl;
  explicit ConversationReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The newest event of this room and epoch that this person has saved in the folder.
Result<std::optional<LastSeen>> lastSeenIn(const std::filesystem::path& folder, const RoomId& room, const Epoch& epoch,
                                           const MemberId& self);

/// Every readable conversation in the folder, the most recently active first. Files that cannot be
/// read are skipped and named in unreadable (may be null).
[[nodiscard]] std::vector<ConversationInfo> listConversations(const std::filesystem::path& folder,
                                                              std::vector<std::filesystem::path>* unreadable = nullptr);

/// Opens each of them, in any order, until visit returns false; none is open longer than its visit.
void visitConversations(const std::filesystem::path& folder,
                        const std::function<bool(ConversationReader&, ConversationInfo)>& visit,
                        std::vector<std::filesystem::path>* unreadable = nullptr);

}  // namespace earshot::app

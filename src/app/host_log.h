#pragma once
// The host's memory of one room: identity, numbered events, who is inside, who may come in, the
// connection log.
// One SQLite file (WAL, synchronous=FULL) in the room's folder. Everything that is acknowledged or
// broadcast was committed here first. Owned by the host's network thread; HostLogReader is for
// windows.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/event.h"
#include "app/hosting.h"
#include "app/ids.h"
#include "app/result.h"
#include "app/room.h"
#include "app/room_access.h"

namespace earshot::app {

struct RoomIdentity {
  RoomId id;
  Epoch epoch;
  std::string name;
};

class HostLog {
 public:
  /// Opens the room with this name (compared by roomNameKey) in the folder of rooms, or makes it.
  static Result<std::unique_ptr<HostLog>> openOrCreate(const std::filesystem::path& rooms, const std::string& roomName);
  ~HostLog();
  HostLog(const HostLog&) = delete;
  HostLog& operator=(const HostLog&) = delete;

  [[nodiscard]] const RoomIdentity& identity() const;
  /// What the room's host proves to be: kept beside the log, and made with it.
  [[nodiscard]] const crypto::SigningKey& hostKey() const;
  [[nodiscard]] const std::filesystem::path& path() const;

  /// The room as of the last committed event.
  Result<RoomState> loadState();

  /// Who may come in, as of the last commit.
  Result<AccessState> loadAccess();

  /// All of it or nothing, durable when it returns. Events must continue the numbering.
  Status commit(std::span<const Event> events, std::span<const ConnectionRecord> connections,
                std::span<const AccessChange> access = {});

  /// The event that this request of this sender became, if it did.
  Result<std::optional<Event>> findText(const MemberId& sender, const RequestId& id);

  /// Events after seq, oldest first: at most maxEvents and about maxBytes of text, at least one if
  /// there is one.
  Result<std::vector<Event>> eventsAfter(Seq seq, std::size_t maxEvents, std::size_t maxBytes);

 private:
  struct Impl;
  explicit HostLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The last limit records of a room's connection log, oldest first. Read-only, any thread.
Result<std::vector<ConnectionRecord>> readConnectionLog(const std::filesystem::path& hostLogFile, std::size_t limit);

}  // namespace earshot::app

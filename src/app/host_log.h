#pragma once
// The host's memory of one room: identity, numbered events, who is inside, who may come in, the
// connection log.
// One SQLite file (WAL, synchronous=FULL) in the room's folder. Everything that is acknowledged or
// broadcast was committed here first. Owned by the host's network thread; readConnectionLog is for
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

struct RoomSettings {
  std::uint16_t port = 0;  ///< where it was hosted last; 0: nowhere yet
  /// How many texts from before their first time newcomers may see; nothing: all of them.
  std::optional<std::uint32_t> history{};
  FloodLimits limits{};  ///< how much one member may do

  bool operator==(const RoomSettings&) const = default;
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

  /// How the room is hosted; kept from one time to the next.
  [[nodiscard]] const RoomSettings& settings() const;
  Status saveSettings(const RoomSettings& settings);

  /// The room as of the last committed event.
  Result<RoomState> loadState();

  /// Who may come in, as of the last commit.
  Result<AccessState> loadAccess();

  /// All of it or nothing, durable when it returns. Events must continue the numbering.
  Status commit(std::span<const Event> events, std::span<const ConnectionRecord> connections,
                std::span<const AccessChange> access = {});
  /// Whether something could be saved now.
  Status trySaving();
  /// Gives back what it holds only to be faster; it comes again with use.
  void releaseMemory();

  /// What is committed goes to a write-ahead log, and from there into the file once there is enough of it. That takes
  /// as long as several commits, so call it often, at moments when as few as possible wait.
  void checkpointIfDue();

  /// While it lives, what is read is read in one transaction, which begins with the first that is. Must be gone
  /// before commit().
  class Reading;
  [[nodiscard]] Reading readTogether();

  /// The event that this request of this sender became, if it did. Costs no look into the file when the id is
  /// greater than all of the sender's.
  Result<std::optional<Event>> findText(const MemberId& sender, const RequestId& id);

  /// The event with this number, if there is one.
  Result<std::optional<Event>> eventAt(Seq seq);
  /// What a request of this member about this text is about. emoji: of React, else empty.
  Result<Subject> subjectOf(Seq target, const MemberId& asking, const std::string& emoji);
  /// After which event the last texts begin, of the last maxEvents events.
  Result<Seq> beforeLastTexts(std::size_t texts, std::size_t maxEvents);
  /// The last events before seq and after `after`, oldest first; limits as of eventsAfter.
  Result<std::vector<Event>> eventsBefore(Seq seq, Seq after, std::size_t maxEvents, std::size_t maxBytes);
  /// Events after seq, oldest first: at most maxEvents and about maxBytes of text, at least one if
  /// there is one.
  Result<std::vector<Event>> eventsAfter(Seq seq, std::size_t maxEvents, std::size_t maxBytes);

 private:
  struct Impl;
  explicit HostLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

class HostLog::Reading {
 public:
  ~Reading();
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

 private:
  friend class HostLog;
  explicit Reading(Impl& impl);

  Impl& impl_;
};

inline HostLog::Reading HostLog::readTogether() {
  return Reading(*impl_);
}

/// The last limit records of a room's connection log, oldest first. Read-only, any thread.
Result<std::vector<ConnectionRecord>> readConnectionLog(const std::filesystem::path& hostLogFile, std::size_t limit);

}  // namespace earshot::app

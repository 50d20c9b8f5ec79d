#pragma once
// A room that this program hosts, as windows and consoles see it.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/clock.h"
#include "app/crypto/signing_key.h"
#include "app/flood_limits.h"
#include "app/ids.h"
#include "app/inbox.h"
#include "app/invite.h"
#include "app/limits.h"
#include "app/result.h"

namespace earshot::app {

enum class ConnectionKind : std::uint8_t { Connected = 0, Joined = 1, Left = 2, Disconnected = 3 };

/// One line of the connection log: who came or went, when and from where.
struct ConnectionRecord {
  UtcMillis time{};
  ConnectionKind kind = ConnectionKind::Connected;
  std::string name;     ///< empty as long as nobody said who it is
  std::string address;  ///< numeric, with port
  std::string reason;   ///< for Left and Disconnected: one short English phrase, else empty

  bool operator==(const ConnectionRecord&) const = default;
};

/// The room is open: others can join at any of the addresses, at this port.
struct HostListening {
  RoomId room;
  std::string roomName;
  std::uint16_t port = 0;
  std::vector<std::string> addresses;  ///< numeric, best first; without port
  std::string ownAddress;              ///< what the host's own window joins, with port
  std::filesystem::path log;           ///< the room's file, for reading the connection log
  crypto::PublicKey hostKey{};
  std::string joinCode{};  ///< empty: an open room
  std::string invite{};    ///< a link that lets people in; its terms are the usual ones
};
struct HostConnection {
  ConnectionRecord record;
};
/// The room is closed; nothing follows. Without an error it was asked to stop.
struct HostStopped {
  std::optional<Error> error;
};

/// Who may come in, or what newcomers see, has changed, or was asked for.
struct HostAccess {
  std::string joinCode;         ///< empty: an open room
  std::vector<Invite> invites;  ///< all that still let somebody in, the newest first
  /// Set when one was just made: its link.
  std::string newInvite{};
  /// Set when what was asked could not be saved; then nothing has changed.
  std::optional<Error> failed{};
  /// How many texts from before their first time newcomers may see; nothing: all of them.
  std::optional<std::uint32_t> history{};
};

/// The answer to deleteText.
struct HostDeleted {
  Seq of{};
  /// Set when it could not be done; then nothing has changed.
  std::optional<Error> failed{};
};

/// Whether what happens in the room can be saved; told when that changes.
struct HostSaving {
  /// Set when it cannot: what is said waits until it can. describeUnsaved says why.
  std::optional<Error> failed{};
  bool onlyPrivate = false;  ///< that is so of private messages only, and the room itself is well

  bool operator==(const HostSaving&) const = default;
};

using HostUpdate = std::variant<HostListening, HostConnection, HostAccess, HostDeleted, HostSaving, HostStopped>;
using HostInbox = Inbox<HostUpdate>;

class HostedRoom {
 public:
  /// Stops the room if needed and waits for its thread; cut the inbox first.
  virtual ~HostedRoom() = default;
  /// Any thread; returns at once: tells everyone goodbye, then HostStopped arrives.
  virtual void stop() = 0;

  // Any thread; they return at once, and HostAccess answers.
  virtual void askAccess() = 0;
  /// Everybody but the host's own person is asked for it from now on, those inside when they come back.
  virtual void changeJoinCode() = 0;
  virtual void openToAll() = 0;
  virtual void makeInvite(std::chrono::milliseconds validFor, std::uint32_t uses) = 0;
  virtual void revokeInvite(const InviteId& id) = 0;
  /// As HostAccess::history, for whoever comes from now on.
  virtual void setHistory(std::optional<std::uint32_t> texts) = 0;

  /// Takes back anybody's text, for everybody; the host's person need not be in the room. HostDeleted answers.
  virtual void deleteText(Seq target) = 0;
};

/// Who may come into a room that is being hosted.
enum class Access : std::uint8_t {
  AsBefore,  ///< as the room was; a new room gets a join code
  JoinCode,
  Open,
};

/// As HostOptions::history: newcomers may see everything.
inline constexpr std::uint32_t kWholeHistory = UINT32_MAX;

struct HostOptions {
  std::string roomName;
  std::string bindAddress;            ///< empty: all interfaces
  std::optional<std::uint16_t> port;  ///< set: this one or a failure (0: any free one)
  std::filesystem::path rooms;        ///< folder that holds one folder per hosted room
  Access access = Access::AsBefore;
  std::string joinCode{};  ///< as typed; empty: the room's own, or a new one
  /// How many texts from before their first time newcomers may see; 0: none. Nothing: as the room was, and
  /// all in a new one.
  std::optional<std::uint32_t> history{};
  /// What changes of how much one member may do; the rest is as the room was.
  std::vector<FloodLimitChange> limits{};
  FloodPatience floodPatience{};
  /// Whoever loses the connection is in the room for this long.
  std::chrono::milliseconds awayGrace = kAwayGrace;
  /// How many bytes may wait for all members together before everybody has to wait more.
  std::size_t queueBudget = kMaxQueuedBytesTogether;
  /// The key of the person who hosts: always let in.
  std::optional<crypto::PublicKey> owner{};
};

/// Starts at once; success is HostListening, failure is HostStopped with the error.
using StartHost = std::function<std::unique_ptr<HostedRoom>(HostOptions, std::shared_ptr<HostInbox>)>;

}  // namespace earshot::app

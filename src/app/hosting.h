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
#include "app/ids.h"
#include "app/inbox.h"
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
};
struct HostConnection {
  ConnectionRecord record;
};
/// The room is closed; nothing follows. Without an error it was asked to stop.
struct HostStopped {
  std::optional<Error> error;
};

using HostUpdate = std::variant<HostListening, HostConnection, HostStopped>;
using HostInbox = Inbox<HostUpdate>;

class HostedRoom {
 public:
  /// Stops the room if needed and waits for its thread; cut the inbox first.
  virtual ~HostedRoom() = default;
  /// Any thread; returns at once: tells everyone goodbye, then HostStopped arrives.
  virtual void stop() = 0;
};

struct HostOptions {
  std::string roomName;
  std::string bindAddress;            ///< empty: all interfaces
  std::optional<std::uint16_t> port;  ///< set: this one or a failure (0: any free one)
  std::filesystem::path rooms;        ///< folder that holds one folder per hosted room
};

/// Starts at once; success is HostListening, failure is HostStopped with the error.
using StartHost = std::function<std::unique_ptr<HostedRoom>(HostOptions, std::shared_ptr<HostInbox>)>;

}  // namespace earshot::app

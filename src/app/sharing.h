#pragma once
// Giving the program away to others on the network, as windows and consoles see it.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/inbox.h"
#include "app/installers.h"
#include "app/result.h"

namespace earshot::app {

/// The page can be opened: at any of the addresses, at this port.
struct SharingReady {
  std::uint16_t port = 0;
  std::vector<std::string> urls;  ///< "http://192.168.1.12:8060", best first
  std::vector<Installer> installers;
};
/// Nothing is shared, or not any more; nothing follows.
struct SharingStopped {
  Error error;
};

using SharingUpdate = std::variant<SharingReady, SharingStopped>;
using SharingInbox = Inbox<SharingUpdate>;

class SharedApp {
 public:
  /// Ends every download and closes the port; may wait for the disk. Cut the inbox first.
  virtual ~SharedApp() = default;
};

struct ShareOptions {
  std::filesystem::path folder;            ///< where the installers are
  std::string bindAddress;                 ///< empty: all interfaces
  std::optional<std::uint16_t> port;       ///< set: this one or a failure (0: any free one)
  std::string roomName;                    ///< what the page says about the room
  std::vector<std::string> joinAddresses;  ///< numeric, best first, without port
  std::uint16_t joinPort = 0;
};

/// Starts at once and reads the installers first; success is SharingReady, failure SharingStopped.
using StartSharing = std::function<std::unique_ptr<SharedApp>(ShareOptions, std::shared_ptr<SharingInbox>)>;

}  // namespace earshot::app

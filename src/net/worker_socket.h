#pragma once
// wxSocket off the main thread. This file pair is the only one that knows its flags and traps
// (docs/ARCHITECTURE.md, "Sockets"): sockets here never block, never register with the windows'
// event loop, and belong to the thread that made them until they are destroyed.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/result.h"
#include "net/address.h"
#include "net/channel.h"

class wxSocketBase;
class wxSocketServer;
class wxSocketClient;

namespace earshot::net {

/// Main thread, once, with a wxApp alive and before the first network thread. False when the
/// system has no network at all. Also ignores SIGPIPE and raises the limit of open descriptors.
[[nodiscard]] bool initializeSockets();

class WorkerSocket final : public Channel {
 public:
  explicit WorkerSocket(std::unique_ptr<wxSocketBase> socket);
  ~WorkerSocket() override;

  IoResult read(std::span<std::uint8_t> into) override;
  IoResult write(std::span<const std::uint8_t> from) override;
  IoStatus advance() override { return IoStatus::Ok; }
  [[nodiscard]] bool awaitsWritable() const override { return blocked_; }
  [[nodiscard]] bool isEstablished() const override { return true; }
  void shutdownWrite() override;
  [[nodiscard]] app::Errc endReason() const override { return app::Errc::ConnectionLost; }
  [[nodiscard]] int descriptor() const override;

  /// Numeric address and port of the other side, as of the start.
  [[nodiscard]] const Endpoint& peer() const { return peer_; }
  [[nodiscard]] bool peerIsThisComputer() const;

 private:
  std::unique_ptr<wxSocketBase> socket_;
  Endpoint peer_;
  bool blocked_ = false;  ///< the last write found no room
};

/// A connection that is being made. Ready to be looked at when its descriptor is writable.
class ConnectingSocket {
 public:
  /// Starts at once; address must be numeric.
  explicit ConnectingSocket(const Endpoint& address);
  ~ConnectingSocket();

  enum class State { Pending, Connected, Failed };
  /// Asks the system how far it is; error() says why it failed.
  State poll();
  [[nodiscard]] const app::Error& error() const { return error_; }
  [[nodiscard]] int descriptor() const;
  /// Precondition: poll() said Connected. Leaves this object empty.
  std::unique_ptr<WorkerSocket> take();

 private:
  State fail(int systemError);

  std::unique_ptr<wxSocketClient> socket_;
  Endpoint address_;
  app::Error error_{app::Errc::ConnectionRefused, {}};
  State state_ = State::Pending;
};

class ListeningSocket {
 public:
  enum class Family { V4, V6 };
  /// host empty: all interfaces of the family. Port 0: any free one.
  static app::Result<std::unique_ptr<ListeningSocket>> open(const std::string& host, std::uint16_t port, Family family);
  /// What it takes to be reached at this port in every family there is, all of it or nothing: one socket, or two
  /// where the system keeps the families apart. Whoever finds half of a port taken has not got the port.
  static app::Result<std::vector<std::unique_ptr<ListeningSocket>>> openAll(const std::string& host,
                                                                            std::uint16_t port);
  ~ListeningSocket();

  struct Accepted {
    std::unique_ptr<WorkerSocket> socket;  ///< null when nobody is waiting any more
    bool exhausted = false;                ///< out of descriptors: disarm for a moment, the listener stays readable
  };
  Accepted accept();

  [[nodiscard]] int descriptor() const;
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] bool servesBothFamilies() const;

 private:
  explicit ListeningSocket(std::unique_ptr<wxSocketServer> server);

  std::unique_ptr<wxSocketServer> server_;
  std::uint16_t port_ = 0;
};

}  // namespace earshot::net

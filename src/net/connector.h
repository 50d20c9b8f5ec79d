#pragma once
// From what a person typed to a connection that stands: looks the name up in a helper thread, then
// tries the addresses one after the other, without blocking. Lives on its loop's thread; destroying
// it cancels.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/result.h"
#include "net/address.h"
#include "net/net_loop.h"
#include "net/worker_socket.h"

namespace earshot::net {

class Connector final : public NetLoop::Handler {
 public:
  using Done = std::function<void(app::Result<std::unique_ptr<WorkerSocket>>)>;

  /// done is called once, from the loop, never from inside start().
  Connector(NetLoop& loop, Endpoint target, Done done);
  ~Connector() override;
  Connector(const Connector&) = delete;
  Connector& operator=(const Connector&) = delete;

  void start();

 private:
  struct Lookup;

  void onResolved(app::Result<std::vector<Endpoint>> addresses);
  void tryNext();
  void check();
  void onReady(bool readable, bool writable) override;
  void dropAttempt();
  void finish(app::Result<std::unique_ptr<WorkerSocket>> result);

  NetLoop& loop_;
  Endpoint target_;
  Done done_;
  std::shared_ptr<Lookup> lookup_;
  std::vector<Endpoint> addresses_;
  std::size_t nextAddress_ = 0;
  std::unique_ptr<ConnectingSocket> attempt_;
  NetLoop::Token token_ = 0;
  std::optional<NetLoop::TimerId> deadline_;
  app::Error lastError_{app::Errc::HostUnknown, {}};
};

}  // namespace earshot::net

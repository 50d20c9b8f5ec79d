#pragma once
// The host of a room: wxSocketServer, the rules and the log on one network thread of its own.
//
// A tick: read all that is ready; decide every request in the order it came; commit the batch in
// one transaction; then, and only then, acknowledge and broadcast, encoded once, one write a member.

#include <functional>
#include <memory>
#include <thread>

#include "app/hosting.h"
#include "app/join_code_key.h"
#include "net/net_loop.h"

namespace earshot::net {

class HostServer;

class Host final : public app::HostedRoom {
 public:
  /// Starts the thread; everything else is reported to the inbox. Precondition: initializeSockets().
  Host(app::HostOptions options, std::shared_ptr<app::HostInbox> inbox, app::Clock clock = app::systemNow,
       app::JoinCodeKeys::Derive derive = app::deriveJoinCodeKey);
  ~Host() override;

  void stop() override;
  void askAccess() override;
  void changeJoinCode() override;
  void openToAll() override;
  void makeInvite(std::chrono::milliseconds validFor, std::uint32_t uses) override;
  void revokeInvite(const app::InviteId& id) override;
  void setHistory(std::optional<std::uint32_t> texts) override;
  void deleteText(app::Seq target) override;

 private:
  void run(const app::HostOptions& options, app::HostInbox& inbox, app::Clock clock, app::JoinCodeKeys::Derive derive);
  void onServer(std::function<void(HostServer&)> work);

  NetLoop loop_;
  HostServer* server_ = nullptr;  ///< on the loop's thread only
  std::thread thread_;
};

}  // namespace earshot::net

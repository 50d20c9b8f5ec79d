#include "net/host.h"

#include "net/host_server.h"

namespace earshot::net {

Host::Host(app::HostOptions options, std::shared_ptr<app::HostInbox> inbox, app::Clock clock)
    : thread_([this, options = std::move(options), inbox = std::move(inbox), clock = std::move(clock)] {
        run(options, *inbox, clock);
      }) {}

Host::~Host() {
  stop();
  thread_.join();
}

void Host::stop() {
  loop_.post([this] {
    if (server_ != nullptr) server_->stop();
  });
}

void Host::askAccess() {}
void Host::changeJoinCode() {}
void Host::openToAll() {}
void Host::makeInvite(std::chrono::milliseconds, std::uint32_t) {}
void Host::revokeInvite(const app::InviteId&) {}

void Host::run(const app::HostOptions& options, app::HostInbox& inbox, app::Clock clock) {
  auto server = HostServer::start(loop_, options, inbox, std::move(clock));
  if (!server) {
    loop_.stop();
    inbox.post(app::HostStopped{server.error()});
    return;
  }
  server_ = server->get();
  loop_.run();
  server_ = nullptr;
  inbox.post(app::HostStopped{(*server)->failure()});
}

}  // namespace earshot::net

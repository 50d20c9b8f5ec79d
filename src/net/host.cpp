#include "net/host.h"

#include "net/host_server.h"

namespace earshot::net {

Host::Host(app::HostOptions options, std::shared_ptr<app::HostInbox> inbox, app::Clock clock,
           app::JoinCodeKeys::Derive derive)
    : thread_([this, options = std::move(options), inbox = std::move(inbox), clock = std::move(clock),
               derive = std::move(derive)] { run(options, *inbox, clock, derive); }) {}

Host::~Host() {
  stop();
  thread_.join();
}

void Host::onServer(std::function<void(HostServer&)> work) {
  loop_.post([this, work = std::move(work)] {
    if (server_ != nullptr) work(*server_);
  });
}

void Host::stop() {
  onServer([](HostServer& server) { server.stop(); });
}

void Host::askAccess() {
  onServer([](HostServer& server) { server.tellAccess(); });
}

void Host::changeJoinCode() {
  onServer([](HostServer& server) { server.changeJoinCode(); });
}

void Host::openToAll() {
  onServer([](HostServer& server) { server.openToAll(); });
}

void Host::makeInvite(std::chrono::milliseconds validFor, std::uint32_t uses) {
  onServer([=](HostServer& server) { server.makeInvite(validFor, uses); });
}

void Host::revokeInvite(const app::InviteId& id) {
  onServer([id](HostServer& server) { server.revokeInvite(id); });
}

void Host::setHistory(std::optional<std::uint32_t> texts) {
  onServer([texts](HostServer& server) { server.setHistory(texts); });
}

void Host::deleteText(app::Seq target) {
  onServer([target](HostServer& server) { server.deleteText(target); });
}

void Host::run(const app::HostOptions& options, app::HostInbox& inbox, app::Clock clock,
               app::JoinCodeKeys::Derive derive) {
  auto server = HostServer::start(loop_, options, inbox, std::move(clock), std::move(derive));
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

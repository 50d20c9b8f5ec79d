#include "net/download_server.h"

#include <utility>

#include "app/limits.h"
#include "net/address.h"
#include "net/listening_port.h"

namespace earshot::net {
namespace {

using app::Errc;
using app::Error;

app::Result<ListeningPort> listen(const app::ShareOptions& options) {
  std::string host = options.bindAddress;
  if (!host.empty()) {
    auto resolved = resolve({host, 0});
    if (!resolved) return Error{Errc::SharingFailed, host};
    host = resolved->front().host;
  }
  if (options.port) return ListeningPort::open(host, *options.port);
  Error first{Errc::PortInUse, std::to_string(app::kDefaultSharePort)};
  for (int i = 0; i < app::kPortTries; ++i) {
    auto opened = ListeningPort::open(host, static_cast<std::uint16_t>(app::kDefaultSharePort + i));
    if (opened) return opened;
    if (opened.error().code != Errc::PortInUse && opened.error().code != Errc::PortForbidden) return opened.error();
  }
  return first;
}

/// A browser cannot go to an address with a zone.
bool worksInBrowser(const std::string& address) {
  return address.find('%') == std::string::npos;
}

}  // namespace

DownloadServer::DownloadServer(app::ShareOptions options, std::shared_ptr<app::SharingInbox> inbox)
    : thread_([this, options = std::move(options), inbox = std::move(inbox)] {
        auto ready = open(options);
        if (ready) {
          inbox->post(std::move(*ready));
        } else {
          inbox->post(app::SharingStopped{ready.error()});
        }
      }) {}

DownloadServer::~DownloadServer() {
  stopping_ = true;
  thread_.join();
}

app::Result<app::SharingReady> DownloadServer::open(const app::ShareOptions& options) {
  auto installers = app::openInstallers(options.folder, stopping_);
  if (!installers) return installers.error();
  auto port = listen(options);
  if (!port) return port.error();
  app::SharingReady ready;
  ready.port = port->port();
  DownloadPage page{options.roomName, {}, {}};
  for (const app::OpenInstaller& installer : *installers) page.installers.push_back(installer.about);
  for (const std::string& address : options.joinAddresses) {
    page.joinAddresses.push_back(toString({address, options.joinPort}));
    if (worksInBrowser(address)) ready.urls.push_back("http://" + toString({address, ready.port}));
  }
  ready.installers = page.installers;
  auto service = DownloadService::start(std::move(*port), std::move(page), std::move(*installers));
  if (!service) return service.error();
  service_ = std::move(*service);
  return ready;
}

}  // namespace earshot::net

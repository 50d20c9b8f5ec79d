#pragma once
// Gives the program away: reads the installers, opens the port, serves the page. A thread of its own.

#include <atomic>
#include <memory>
#include <thread>

#include "app/sharing.h"
#include "net/download_service.h"

namespace earshot::net {

class DownloadServer final : public app::SharedApp {
 public:
  /// Starts the thread; everything else is reported to the inbox. Precondition: initializeSockets().
  DownloadServer(app::ShareOptions options, std::shared_ptr<app::SharingInbox> inbox);
  ~DownloadServer() override;

 private:
  app::Result<app::SharingReady> open(const app::ShareOptions& options);

  std::atomic<bool> stopping_ = false;
  std::unique_ptr<DownloadService> service_;  ///< by the thread; after it has ended by the destructor
  std::thread thread_;
};

}  // namespace earshot::net

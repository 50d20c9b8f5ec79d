#pragma once
// HTTP for the page with the installers, by libmicrohttpd on a thread of its own. Everything that
// may be asked for is fixed when it starts.

#include <cstdint>
#include <memory>
#include <vector>

#include "app/installers.h"
#include "app/result.h"
#include "net/download_page.h"
#include "net/listening_port.h"

namespace earshot::net {

class DownloadService {
 public:
  static app::Result<std::unique_ptr<DownloadService>> start(ListeningPort port, DownloadPage page,
                                                             std::vector<app::OpenInstaller> installers);
  /// Ends every connection and waits for the thread.
  ~DownloadService();
  DownloadService(const DownloadService&) = delete;
  DownloadService& operator=(const DownloadService&) = delete;

 private:
  class Desk;
  DownloadService();

  std::unique_ptr<Desk> desk_;
};

}  // namespace earshot::net

#pragma once
// The page from which others get Earshot. Pure; any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/installers.h"

namespace earshot::net {

struct DownloadPage {
  std::string roomName;
  std::vector<std::string> joinAddresses;  ///< with port, best first
  std::vector<app::Installer> installers;
};

/// Whole and valid HTML, without scripts and without anything from elsewhere. The installers of the
/// visitor's system, as the browser tells it, come first and the others are folded away.
[[nodiscard]] std::string renderDownloadPage(const DownloadPage& page, std::string_view userAgent);

/// "24.3 MB".
[[nodiscard]] std::string sizeInWords(std::uint64_t bytes);

}  // namespace earshot::net

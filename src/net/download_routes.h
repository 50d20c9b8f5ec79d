#pragma once
// Which request for the page with the installers gets what. Pure; any thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/installers.h"

namespace earshot::net {

/// What may be asked for. Everything is compared byte by byte as it was sent: nothing is decoded,
/// shortened or looked up on the disk, so no other path leads anywhere.
class DownloadRoutes {
 public:
  struct Resource {
    std::string target;                    ///< "/" or "/" and the name of an installer
    std::optional<std::size_t> installer;  ///< its index; none: the page
  };

  explicit DownloadRoutes(const std::vector<app::Installer>& installers);
  /// nullptr unless the target of the request line is exactly one of ours. Lives as long as this.
  [[nodiscard]] const Resource* find(std::string_view target) const;

 private:
  std::vector<Resource> resources_;
};

[[nodiscard]] bool isReadingMethod(std::string_view method);

/// True for "192.168.1.12:8060", "[fd00::1]" and localhost. A page of somebody else's that points
/// its own name at this computer (DNS rebinding) sends that name and is refused.
[[nodiscard]] bool isAddressedByNumber(std::string_view hostHeader);

/// The bytes from first on; a download that broke off goes on there.
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;

  bool operator==(const ByteRange&) const = default;
};
enum class RangeKind : std::uint8_t { Whole, Part, Unsatisfiable };
struct RangeRequest {
  RangeKind kind = RangeKind::Whole;
  ByteRange range;

  bool operator==(const RangeRequest&) const = default;
};
/// The value of a Range header (RFC 9110, 14.1.2). Anything but one range of bytes is Whole.
[[nodiscard]] RangeRequest parseRange(std::string_view header, std::uint64_t size);

}  // namespace earshot::net

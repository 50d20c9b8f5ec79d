#include "net/download_routes.h"

#include <algorithm>
#include <charconv>

#include "net/address.h"

namespace earshot::net {
namespace {

/// Nothing unless the text is digits alone.
std::optional<std::uint64_t> numberIn(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failed != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

}  // namespace

DownloadRoutes::DownloadRoutes(const std::vector<app::Installer>& installers) {
  resources_.push_back({"/", std::nullopt});
  for (std::size_t i = 0; i < installers.size(); ++i) resources_.push_back({"/" + installers[i].fileName, i});
}

const DownloadRoutes::Resource* DownloadRoutes::find(std::string_view target) const {
  const auto found = std::find_if(resources_.begin(), resources_.end(),
                                  [&](const Resource& resource) { return resource.target == target; });
  return found == resources_.end() ? nullptr : &*found;
}

bool isReadingMethod(std::string_view method) {
  return method == "GET" || method == "HEAD";
}

bool isAddressedByNumber(std::string_view hostHeader) {
  const auto endpoint = parseEndpoint(hostHeader);
  return endpoint && (endpoint->host == "localhost" || isNumeric(endpoint->host));
}

RangeRequest parseRange(std::string_view header, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return {};
  header.remove_prefix(kUnit.size());
  const auto dash = header.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view from = header.substr(0, dash);
  const std::string_view to = header.substr(dash + 1);
  const auto first = numberIn(from);
  const auto last = numberIn(to);
  if ((!first && !from.empty()) || (!last && !to.empty()) || (!first && !last)) return {};
  if (!first) {  // the last bytes
    const std::uint64_t count = std::min(*last, size);
    if (count == 0) return {RangeKind::Unsatisfiable, {}};
    return {RangeKind::Part, {size - count, count}};
  }
  if (last && *last < *first) return {};
  if (*first >= size) return {RangeKind::Unsatisfiable, {}};
  const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
  return {RangeKind::Part, {*first, end - *first + 1}};
}

}  // namespace earshot::net

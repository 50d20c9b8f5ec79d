#include "app/addressee.h"

#include "app/limits.h"
#include "app/text.h"

namespace earshot::app {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

std::string comparable(std::string_view name) {
  return isValidText(name) ? foldCase(cleanLine(name)) : std::string(name);
}

std::optional<Addressee> findQuoted(std::string_view typed, std::span<const std::string> names) {
  const auto end = typed.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  const auto index = findName(typed.substr(1, end - 1), names);
  if (!index) return std::nullopt;
  return Addressee{*index, trimmed(typed.substr(end + 1))};
}

}  // namespace

std::optional<std::size_t> findName(std::string_view name, std::span<const std::string> names) {
  const std::string wanted = comparable(name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!wanted.empty() && comparable(names[i]) == wanted) return i;
  }
  return std::nullopt;
}

std::optional<Addressee> findAddressee(std::string_view typed, std::span<const std::string> names) {
  const auto start = typed.find_first_not_of(kBlank);
  if (start == std::string_view::npos) return std::nullopt;
  typed.remove_prefix(start);
  // A name may itself begin with a quotation mark.
  if (typed.front() == '"') {
    if (auto quoted = findQuoted(typed, names)) return quoted;
  }
  std::optional<Addressee> found;
  for (std::size_t end = 0; end < typed.size() && end <= 2 * kMaxNameBytes;) {
    end = std::min(typed.find_first_of(kBlank, end + 1), typed.size());
    if (const auto index = findName(typed.substr(0, end), names)) found = {*index, trimmed(typed.substr(end))};
  }
  return found;
}

}  // namespace earshot::app

#include <algorithm>
#include <array>
#include <cctype>

#include "app/backup_file.h"
#include "app/limits.h"
#include "app/text.h"

namespace earshot::app {
namespace {

bool isDeviceOnWindows(std::string_view part) {
  std::string stem(part.substr(0, part.find('.')));
  std::ranges::transform(stem, stem.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 6> kDevices{"con", "prn", "aux", "nul", "conin$", "conout$"};
  if (std::ranges::find(kDevices, stem) != kDevices.end()) return true;
  // COM1 to COM9 and LPT1 to LPT9, also with the superscripts ¹, ² and ³.
  if (!stem.starts_with("com") && !stem.starts_with("lpt")) return false;
  const std::string_view number = std::string_view(stem).substr(3);
  return (number.size() == 1 && number[0] >= '0' && number[0] <= '9') || number == "\xc2\xb9" || number == "\xc2\xb2" ||
         number == "\xc2\xb3";
}

bool isPart(std::string_view part) {
  constexpr std::string_view kForbidden = "<>:\"|?*\\/";
  if (part.empty() || part.size() > kMaxBackupNamePartBytes) return false;
  // Hidden files, "." and ".." among them, and what Windows would shorten.
  if (part.front() == '.' || part.front() == ' ' || part.back() == '.' || part.back() == ' ') return false;
  const bool plain = std::ranges::none_of(part, [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || kForbidden.find(c) != std::string_view::npos;
  });
  return plain && !isDeviceOnWindows(part);
}

}  // namespace

bool isBackupName(std::string_view name) {
  constexpr int kMaxParts = 3;
  if (!isValidText(name)) return false;
  for (int parts = 1; parts <= kMaxParts; ++parts) {
    const auto slash = name.find('/');
    if (!isPart(name.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
  return false;
}

}  // namespace earshot::app

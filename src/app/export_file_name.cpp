#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "app/code_points.h"
#include "app/exporter.h"
#include "app/local_time.h"
#include "app/text.h"

namespace earshot::app {

namespace {

/// Leaves room for the date, the ending and a number that a file dialog may add; every usual file
/// system takes 255 bytes.
constexpr std::size_t kMaxRoomBytes = 120;

std::string trimmed(std::string text, std::string_view characters) {
  text.erase(0, std::min(text.find_first_not_of(characters), text.size()));
  text.erase(text.find_last_not_of(characters) + 1);
  return text;
}

/// Windows keeps these names for devices, with any ending.
bool isDeviceName(std::string_view name) {
  const std::string stem = foldCase(name.substr(0, name.find('.')));
  static constexpr std::array<std::string_view, 6> kDevices{"con", "prn", "aux", "nul", "conin$", "conout$"};
  if (std::find(kDevices.begin(), kDevices.end(), trimmed(stem, " ")) != kDevices.end()) return true;
  const std::string port = trimmed(stem, " ");
  return port.size() == 4 && (port.starts_with("com") || port.starts_with("lpt")) && port[3] >= '0' && port[3] <= '9';
}

std::string safeName(std::string_view roomName) {
  std::string_view rest = roomName;
  std::string safe;
  while (!rest.empty()) {
    const CodePoint codePoint = takeCodePoint(rest);
    const bool forbidden = codePoint < 0x80 &&
                           std::string_view("<>:\"/\\|?*").find(static_cast<char>(codePoint)) != std::string_view::npos;
    if (codePoint < 0 || forbidden) {
      safe += '_';
    } else if (isWhiteSpace(codePoint)) {
      safe += ' ';
    } else if (!isControl(codePoint) && !isFormat(codePoint)) {
      appendCodePoint(safe, codePoint);
    }
  }
  // A dot at the start hides a file, a minus looks like an option, dots at the end vanish on Windows.
  safe = trimmed(std::string(firstGraphemes(trimmed(cleanLine(safe), " .-"), kMaxRoomBytes, kMaxRoomBytes)), " .");
  if (safe.empty()) return "Conversation";
  return isDeviceName(safe) ? "_" + safe : safe;
}

}  // namespace

std::string suggestedFileName(const std::string& roomName, UtcMillis now, const TimeZone& zone, ExportFormat format) {
  return safeName(roomName) + " " + isoDate(localTime(now, zone).day) + std::string(extensionOf(format));
}

}  // namespace earshot::app

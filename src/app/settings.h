#pragma once
// Preferences that the program remembers between starts: a small JSON file, replaced whole at each
// save. A file that is damaged or has unknown keys is not an error: what is known is used, unknown
// keys are kept. One thread.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "app/result.h"

namespace earshot::app {

struct WindowPlace {
  int x = -1;  ///< -1: let the system choose
  int y = -1;
  int width = 0;  ///< 0: the default size; in device-independent pixels
  int height = 0;
  bool maximized = false;
  int sidebarWidth = 0;

  bool operator==(const WindowPlace&) const = default;
};

struct Settings {
  std::string name;         ///< what the person calls themselves; empty before the first start
  std::string roomName;     ///< the last room hosted
  std::string lastAddress;  ///< the last address joined
  std::string exportFolder;
  std::string exportFormat;  ///< name of the format that was exported last
  std::string shareFolder;   ///< where the installers were that were shared last
  bool tellTyping = true;    ///< others are told that something is being written to them
  WindowPlace window;
  std::map<std::string, std::string> drafts;     ///< room id (hex) -> unsent text
  std::map<std::string, std::int64_t> readUpTo;  ///< room id (hex) -> Position read last

  bool operator==(const Settings&) const = default;
};

[[nodiscard]] Settings loadSettings(const std::filesystem::path& file);
Status saveSettings(const std::filesystem::path& file, const Settings& settings);

/// Replaces a file so that after a crash it holds either all of the old or all of the new text
/// (written beside it, flushed to disk, renamed).
Status replaceFile(const std::filesystem::path& file, const std::string& content, bool privateToUser = true);

}  // namespace earshot::app

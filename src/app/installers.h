#pragma once
// The files with which Earshot is installed, as its releases name them, and their hashes. Any thread.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/open_file.h"
#include "app/result.h"

namespace earshot::app {

enum class InstallerSystem : std::uint8_t { Windows, WindowsPortable, MacOs, Debian, Fedora, LinuxPortable };

/// "Windows", "Debian and Ubuntu", "Linux, without installing" …
[[nodiscard]] std::string systemName(InstallerSystem system);

/// What the name of a file tells.
struct InstallerName {
  std::string fileName;  ///< letters, digits and ._~+- only
  InstallerSystem system{};
  std::string version;

  bool operator==(const InstallerName&) const = default;
};

/// Nothing unless it is exactly a name that Earshot's releases use, of any version.
[[nodiscard]] std::optional<InstallerName> parseInstallerName(std::string_view fileName);
/// "1.10.0" is newer than "1.9.2", "1.0.0" newer than "1.0.0-rc1".
[[nodiscard]] bool isNewer(std::string_view version, std::string_view than);

/// Regular files directly in the folder, newest version first, then by system. NoInstallers when
/// there are none; looks at names only, so it is quick.
Result<std::vector<InstallerName>> findInstallers(const std::filesystem::path& folder);

struct Installer : InstallerName {
  std::uint64_t bytes = 0;
  std::string sha256;  ///< 64 lower-case hexadecimal digits

  bool operator==(const Installer&) const = default;
};

/// An installer whose file stays open, so that what is given away is what was hashed.
struct OpenInstaller {
  Installer about;
  OpenFile file;
  OpenFile::State state;  ///< as it was when it was hashed

  [[nodiscard]] bool isUnchanged() const { return file.state() == state; }
};

/// As findInstallers, and reads every file once, which takes as long as the disk needs. Cancelled
/// soon after stop becomes true.
Result<std::vector<OpenInstaller>> openInstallers(const std::filesystem::path& folder, const std::atomic<bool>& stop);

}  // namespace earshot::app

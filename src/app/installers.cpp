#include "app/installers.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

#include "app/ids.h"
#include "app/limits.h"
#include "app/whole_file.h"

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxVersionLetters = 64;
constexpr std::size_t kHashChunkBytes = std::size_t{256} * 1024;

struct NamePattern {
  std::string_view before;
  std::string_view after;
  InstallerSystem system;
};
constexpr std::array<NamePattern, 6> kPatterns{{
    {"earshot-", "-win64.exe", InstallerSystem::Windows},
    {"earshot-", "-win64.zip", InstallerSystem::WindowsPortable},
    {"earshot-", "-macos.dmg", InstallerSystem::MacOs},
    {"earshot_", "_amd64.deb", InstallerSystem::Debian},
    {"earshot-", "-1.x86_64.rpm", InstallerSystem::Fedora},
    {"earshot-", "-linux-x86_64.tar.gz", InstallerSystem::LinuxPortable},
}};

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isVersion(std::string_view text) {
  if (text.empty() || text.size() > kMaxVersionLetters || !isDigit(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || isDigit(c) || std::string_view("._~+-").find(c) != std::string_view::npos;
  });
}

/// The numbers at the beginning of a version, and what follows them.
std::pair<std::vector<unsigned long>, std::string_view> versionParts(std::string_view text) {
  std::vector<unsigned long> numbers;
  while (!text.empty() && isDigit(text.front())) {
    unsigned long number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{}) break;  // more digits than a number holds
    numbers.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.size() < 2 || text.front() != '.' || !isDigit(text[1])) break;
    text.remove_prefix(1);
  }
  return {std::move(numbers), text};
}

Result<std::string> sha256Of(const OpenFile& file, const std::atomic<bool>& stop, const fs::path& path) {
  crypto_hash_sha256_state hash;
  crypto_hash_sha256_init(&hash);
  std::vector<char> chunk(kHashChunkBytes);
  for (std::uint64_t offset = 0;;) {
    if (stop) return Error{Errc::Cancelled};
    const auto got = file.readAt(offset, chunk);
    if (!got) return Error{Errc::StorageFailed, textOf(path)};
    if (*got == 0) break;
    crypto_hash_sha256_update(&hash, reinterpret_cast<const unsigned char*>(chunk.data()), *got);
    offset += *got;
  }
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&hash, digest.data());
  return toHex(digest);
}

Result<OpenInstaller> openInstaller(const fs::path& folder, InstallerName name, const std::atomic<bool>& stop) {
  const fs::path path = folder / pathFromText(name.fileName);
  auto file = OpenFile::open(path);
  if (!file) return file.error();
  const auto before = file->state();
  auto sha256 = sha256Of(*file, stop, path);
  if (!sha256) return sha256.error();
  // Somebody is still copying it there.
  if (!before || file->state() != before) return Error{Errc::StorageFailed, textOf(path)};
  return OpenInstaller{{std::move(name), before->bytes, std::move(*sha256)}, std::move(*file), *before};
}

}  // namespace

std::string systemName(InstallerSystem system) {
  switch (system) {
    case InstallerSystem::Windows:
      return "Windows";
    case InstallerSystem::WindowsPortable:
      return "Windows, without installing";
    case InstallerSystem::MacOs:
      return "macOS";
    case InstallerSystem::Debian:
      return "Debian and Ubuntu";
    case InstallerSystem::Fedora:
      return "Fedora";
    case InstallerSystem::LinuxPortable:
      break;
  }
  return "Linux, without installing";
}

std::optional<InstallerName> parseInstallerName(std::string_view fileName) {
  for (const NamePattern& pattern : kPatterns) {
    if (fileName.size() <= pattern.before.size() + pattern.after.size()) continue;
    if (!fileName.starts_with(pattern.before) || !fileName.ends_with(pattern.after)) continue;
    const std::string_view version =
        fileName.substr(pattern.before.size(), fileName.size() - pattern.before.size() - pattern.after.size());
    if (isVersion(version)) return InstallerName{std::string(fileName), pattern.system, std::string(version)};
  }
  return std::nullopt;
}

bool isNewer(std::string_view version, std::string_view than) {
  const auto [numbers, rest] = versionParts(version);
  const auto [otherNumbers, otherRest] = versionParts(than);
  if (numbers != otherNumbers) return numbers > otherNumbers;
  if (rest.empty() != otherRest.empty()) return rest.empty();
  return rest > otherRest;
}

Result<std::vector<InstallerName>> findInstallers(const fs::path& folder) {
  std::error_code code;
  fs::directory_iterator entry(folder, code);
  std::vector<InstallerName> found;
  for (; !code && entry != fs::directory_iterator(); entry.increment(code)) {
    std::error_code unknown;
    if (entry->symlink_status(unknown).type() != fs::file_type::regular) continue;
    if (auto name = parseInstallerName(textOf(entry->path().filename()))) found.push_back(std::move(*name));
  }
  if (code) {
    Error error = storageError(code, folder);
    if (error.code != Errc::NotFound) error.code = Errc::StorageFailed;
    return error;
  }
  if (found.empty()) return Error{Errc::NoInstallers, textOf(folder)};
  std::sort(found.begin(), found.end(), [](const InstallerName& a, const InstallerName& b) {
    if (a.version != b.version && isNewer(a.version, b.version)) return true;
    if (a.version != b.version && isNewer(b.version, a.version)) return false;
    return std::pair(a.system, a.fileName) < std::pair(b.system, b.fileName);
  });
  if (found.size() > kMaxSharedInstallers) found.resize(kMaxSharedInstallers);
  return found;
}

Result<std::vector<OpenInstaller>> openInstallers(const fs::path& folder, const std::atomic<bool>& stop) {
  auto names = findInstallers(folder);
  if (!names) return names.error();
  std::vector<OpenInstaller> opened;
  for (InstallerName& name : *names) {
    auto installer = openInstaller(folder, std::move(name), stop);
    if (!installer) return installer.error();
    opened.push_back(std::move(*installer));
  }
  return opened;
}

}  // namespace earshot::app

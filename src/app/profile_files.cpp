#include "app/profile_files.h"

#include <algorithm>
#include <array>

#include "app/backup_file.h"
#include "app/conversation_schema.h"
#include "app/log.h"
#include "app/whole_file.h"

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 4> kExtensions{".json", ".key", ".db", kConversationExtension};
/// What SQLite keeps beside a database that is in use.
constexpr std::array<std::string_view, 3> kJournals{"-wal", "-shm", "-journal"};

bool hasOurExtension(std::string_view name) {
  return std::ranges::any_of(kExtensions, [&](std::string_view extension) { return name.ends_with(extension); });
}

/// Regular files and folders in it; nothing when it is not there.
std::vector<fs::path> entriesOf(const fs::path& folder, fs::file_type type) {
  std::vector<fs::path> found;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    std::error_code unknown;
    if (entry->symlink_status(unknown).type() == type) found.push_back(entry->path());
  }
  return found;
}

class Collector {
 public:
  void add(const fs::path& path, std::string_view prefix) {
    const std::string name = std::string(prefix) + textOf(path.filename());
    if (!isProfileFile(path.filename(), false)) return;
    if (isBackupName(name)) {
      files_.push_back({path, name});
    } else {
      log::warn("not part of the backup, because of its name: " + textOf(path));
    }
  }
  void addAll(const fs::path& folder, const std::string& prefix) {
    for (const fs::path& file : entriesOf(folder, fs::file_type::regular)) add(file, prefix);
  }
  std::vector<ProfileFile> sorted() && {
    const auto isEarlier = [](const ProfileFile& left, const ProfileFile& right) {
      return std::pair(left.name != kProfileFile, left.name) < std::pair(right.name != kProfileFile, right.name);
    };
    std::ranges::sort(files_, isEarlier);
    return std::move(files_);
  }

 private:
  std::vector<ProfileFile> files_;
};

}  // namespace

bool isProfileFile(const fs::path& path, bool withJournals) {
  std::string name = textOf(path);
  if (name.starts_with('.') || name == kRestoreMark) return false;
  for (const std::string_view journal : kJournals) {
    if (withJournals && name.ends_with(journal)) {
      name.resize(name.size() - journal.size());
      break;
    }
  }
  return hasOurExtension(name);
}

std::vector<ProfileFile> profileFiles(const ProfilePaths& paths) {
  Collector collector;
  collector.addAll(paths.config, "");
  collector.addAll(paths.conversations, std::string(kConversationsPart) + "/");
  for (const fs::path& room : entriesOf(paths.rooms, fs::file_type::directory)) {
    collector.addAll(room, std::string(kRoomsPart) + "/" + textOf(room.filename()) + "/");
  }
  return std::move(collector).sorted();
}

bool hasProfile(const ProfilePaths& paths) {
  return !profileFiles(paths).empty();
}

}  // namespace earshot::app

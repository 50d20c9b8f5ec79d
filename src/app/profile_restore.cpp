// A backup becomes a profile in two steps: unpacked beside the one that is there (prepareRestore), then
// exchanged for it (finishRestore), which openProfile() does first. A mark in the profile's folder says
// how far the exchange has come, so that a crash at any point only delays it.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ctime>
#include <functional>
#include <ostream>

#include "app/backup_file.h"
#include "app/limits.h"
#include "app/profile_backup.h"
#include "app/profile_files.h"
#include "app/settings.h"
#include "app/whole_file.h"

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

/// The exchange that waits to be done.
struct Mark {
  std::string name;      ///< of the folders, see Places
  bool isAside = false;  ///< the former profile is out of the way
};

/// Where the parts of a profile are on their way. Folders are renamed, so each is on its own disk.
struct Places {
  Places(const ProfilePaths& paths, const std::string& name)
      : stagedConfig(paths.config / (".restore-" + name)),
        stagedData(paths.conversations.parent_path() / (".restore-" + name)),
        aside(paths.config / ("before-restore-" + name)),
        asideData(paths.conversations.parent_path() / ("before-restore-" + name)) {}

  fs::path stagedConfig, stagedData;
  fs::path aside;
  fs::path asideData;  ///< the same, or where folders on another disk than aside go

  void removeStaged() const {
    std::error_code ignored;
    fs::remove_all(stagedConfig, ignored);
    fs::remove_all(stagedData, ignored);
  }
};

bool isMarkName(const std::string& name) {
  return !name.empty() && name.size() <= 40 &&
         std::ranges::all_of(name, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-'; });
}

Result<std::optional<Mark>> readMark(const fs::path& config) {
  const fs::path file = config / kRestoreMark;
  auto content = readWholeFile(file);
  if (!content && content.error().code == Errc::NotFound) return std::optional<Mark>{};
  if (!content) return content.error();
  const auto json = nlohmann::json::parse(*content, nullptr, false);
  if (!json.is_object()) return Error{Errc::StorageCorrupt, textOf(file)};
  const auto name = json.value("name", nlohmann::json());
  const auto aside = json.value("aside", nlohmann::json());
  if (!name.is_string() || !isMarkName(name.get<std::string>()) || !aside.is_boolean()) {
    return Error{Errc::StorageCorrupt, textOf(file)};
  }
  return std::optional(Mark{name.get<std::string>(), aside.get<bool>()});
}

Status writeMark(const fs::path& config, const Mark& mark) {
  return replaceFile(config / kRestoreMark, nlohmann::json{{"name", mark.name}, {"aside", mark.isAside}}.dump() + "\n");
}

/// "20261122-133000-2b7c": the time for people, the rest so that no two are equal.
std::string markName(UtcMillis now) {
  const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  std::array<std::uint8_t, 2> unique{};
  fillRandom(unique);
  std::tm utc{};
#ifdef _WIN32
  ::gmtime_s(&utc, &seconds);
#else
  ::gmtime_r(&seconds, &utc);
#endif
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S-", &utc);
  return std::string(text.data(), size) + toHex(unique);
}

// --- looking at a backup, unpacking it ---------------------------------------------------------------

/// Where an entry goes; empty: no part of a profile.
fs::path placeOf(const std::string& name, const Places& places) {
  const fs::path path = pathFromText(name);
  const auto parts = std::distance(path.begin(), path.end());
  if (!isProfileFile(path.filename(), false)) return {};
  if (parts == 1) return places.stagedConfig / path;
  const std::string part = textOf(*path.begin());
  const bool fits = (part == kConversationsPart && parts == 2) || (part == kRoomsPart && parts == 3);
  return fits ? places.stagedData / path : fs::path();
}

/// Writes nothing: everything must be right before anything is written.
class Looking final : public BackupVisitor {
 public:
  Looking(fs::path backup, const Places& places) : backup_(std::move(backup)), places_(places) {}

  Status beginEntry(const std::string& name, std::uint64_t size) override {
    isIdentity_ = name == kProfileFile;
    if (placeOf(name, places_).empty() || (isIdentity_ && size > kMaxProfileFileBytes)) return invalid();
    return Done{};
  }
  Status add(crypto::ByteView bytes) override {
    if (isIdentity_) identity_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return Done{};
  }
  Status endEntry() override { return Done{}; }

  /// There is somebody in it.
  [[nodiscard]] Status verdict() const { return identityIn(identity_, backup_).ok() ? Status(Done{}) : invalid(); }
  ~Looking() override { crypto::wipe({reinterpret_cast<std::uint8_t*>(identity_.data()), identity_.size()}); }

 private:
  [[nodiscard]] Error invalid() const { return {Errc::BackupInvalid, textOf(backup_)}; }

  fs::path backup_;
  const Places& places_;
  bool isIdentity_ = false;
  std::string identity_;
};

class Unpacking final : public BackupVisitor {
 public:
  explicit Unpacking(const Places& places) : places_(places) {}

  Status beginEntry(const std::string& name, std::uint64_t) override {
    const fs::path place = placeOf(name, places_);
    if (auto made = makePrivateFolder(place.parent_path()); !made) return made;
    auto file = WholeFile::create(place, true);
    if (!file) return file.error();
    file_ = std::make_unique<WholeFile>(*std::move(file));
    return Done{};
  }
  Status add(crypto::ByteView bytes) override {
    file_->stream().write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return file_->status();
  }
  Status endEntry() override {
    const auto kept = file_->commitNew();
    file_.reset();
    if (!kept) return kept.error();
    return *kept ? Status(Done{}) : Error{Errc::BackupDamaged, {}};
  }

 private:
  const Places& places_;
  std::unique_ptr<WholeFile> file_;
};

/// A backup that was opened and found right from its first byte to its last.
Result<BackupReader> lookThrough(const fs::path& backup, std::string_view passphrase, const Places& places,
                                 const BackupProgress& progress) {
  auto reader = BackupReader::open(backup);
  if (!reader) return reader.error();
  if (auto unlocked = reader->unlock(crypto::passphraseBytes(passphrase).view()); !unlocked) return unlocked.error();
  Looking looking(backup, places);
  const std::uint64_t total = 2 * reader->fileBytes();
  const auto read = reader->read(looking, [&](std::uint64_t done) { return !progress || progress(done, total); });
  if (!read) return read.error();
  if (auto verdict = looking.verdict(); !verdict) return verdict.error();
  return *std::move(reader);
}

Status unpack(const BackupReader& reader, const ProfilePaths& paths, const Mark& mark, const BackupProgress& progress) {
  const Places places(paths, mark.name);
  Unpacking unpacking(places);
  const std::uint64_t half = reader.fileBytes();
  auto read = reader.read(unpacking, [&](std::uint64_t done) { return !progress || progress(half + done, 2 * half); });
  if (read) read = writeMark(paths.config, mark);
  if (!read) places.removeStaged();
  return read;
}

// --- exchanging ---------------------------------------------------------------------------------------

/// Renames unless there is nothing to rename. What was moved before a crash is not there any more.
Status move(const fs::path& from, const fs::path& to) {
  std::error_code code;
  if (!fs::exists(fs::symlink_status(from, code))) return Done{};
  fs::rename(from, to, code);
  if (code) return storageError(code, from);
  return Done{};
}

std::vector<fs::path> profileFilesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    std::error_code unknown;
    if (entry->is_regular_file(unknown) && isProfileFile(entry->path().filename(), true))
      files.push_back(entry->path());
  }
  return files;
}

/// Into the folder with all of the former profile, or beside the data when that is on another disk.
Status setFolderAside(const fs::path& folder, const Places& places) {
  std::error_code code;
  if (!fs::is_directory(folder, code) || fs::remove(folder, code)) return Done{};  // it was empty
  if (auto made = makePrivateFolder(places.aside); !made) return made;
  if (move(folder, places.aside / folder.filename()).ok()) return Done{};
  if (auto made = makePrivateFolder(places.asideData); !made) return made;
  return move(folder, places.asideData / folder.filename());
}

Status setAside(const ProfilePaths& paths, const Places& places) {
  for (const fs::path& file : profileFilesIn(paths.config)) {
    if (auto made = makePrivateFolder(places.aside); !made) return made;
    if (auto moved = move(file, places.aside / file.filename()); !moved) return moved;
  }
  for (const fs::path& folder : {paths.conversations, paths.rooms}) {
    if (auto moved = setFolderAside(folder, places); !moved) return moved;
  }
  return Done{};
}

Status putInPlace(const ProfilePaths& paths, const Places& places) {
  for (const fs::path& folder : {paths.conversations, paths.rooms}) {
    if (auto moved = move(places.stagedData / folder.filename(), folder); !moved) return moved;
  }
  // The identity is the last to come, in case that anybody looks before the mark is gone.
  std::vector<fs::path> files = profileFilesIn(places.stagedConfig);
  std::partition(files.begin(), files.end(), [](const fs::path& file) { return file.filename() != kProfileFile; });
  for (const fs::path& file : files) {
    if (auto moved = move(file, paths.config / file.filename()); !moved) return moved;
  }
  return Done{};
}

/// The profile's folder, if it was made for this restore only and is not needed in the end.
class MadeFolder {
 public:
  explicit MadeFolder(fs::path folder) : folder_(std::move(folder)) {}
  ~MadeFolder() {
    if (!isUnneeded_) return;
    std::error_code code;
    fs::remove(folder_ / "profile.lock", code);
    fs::remove(folder_, code);
  }
  MadeFolder(const MadeFolder&) = delete;
  MadeFolder& operator=(const MadeFolder&) = delete;
  void setUnneeded(bool isUnneeded) { isUnneeded_ = isUnneeded; }

 private:
  fs::path folder_;
  bool isUnneeded_ = false;
};

}  // namespace

Result<std::optional<fs::path>> finishRestore(const ProfilePaths& paths) {
  const auto mark = readMark(paths.config);
  if (!mark) return mark.error();
  if (!*mark) return std::optional<fs::path>{};
  const Places places(paths, (*mark)->name);
  if (!(*mark)->isAside) {
    if (auto done = setAside(paths, places); !done) return done.error();
    if (auto noted = writeMark(paths.config, {(*mark)->name, true}); !noted) return noted.error();
  }
  if (auto done = putInPlace(paths, places); !done) return done.error();
  std::error_code code;
  fs::remove(paths.config / kRestoreMark, code);
  if (code) return storageError(code, paths.config / kRestoreMark);
  places.removeStaged();
  return fs::exists(places.aside, code) ? std::optional(places.aside) : std::nullopt;
}

Status prepareRestore(const ProfilePaths& paths, const fs::path& backup, std::string_view passphrase, UtcMillis now,
                      const BackupProgress& progress) {
  const Mark mark{markName(now), false};
  const auto former = readMark(paths.config);
  const auto reader = lookThrough(backup, passphrase, Places(paths, mark.name), progress);
  if (!reader) return reader.error();
  auto unpacked = unpack(*reader, paths, mark, progress);
  // One that waited until now will never be needed.
  if (unpacked && former && *former) Places(paths, (*former)->name).removeStaged();
  return unpacked;
}

Result<std::optional<fs::path>> restoreProfile(const ProfilePaths& paths, const fs::path& backup,
                                               std::string_view passphrase, UtcMillis now,
                                               const BackupProgress& progress) {
  const Mark mark{markName(now), false};
  std::error_code code;
  MadeFolder config(paths.config);  // goes after the lock, which keeps a file in it open
  std::optional<ProfileLock> lock;
  const auto takeLock = [&]() -> Status {
    auto taken = ProfileLock::take(paths.config);
    if (!taken) return taken.error();
    lock.emplace(*std::move(taken));
    return Done{};
  };
  if (fs::is_directory(paths.config, code)) {
    if (auto taken = takeLock(); !taken) return taken.error();
    if (auto finished = finishRestore(paths); !finished) return finished.error();
  }
  const auto reader = lookThrough(backup, passphrase, Places(paths, mark.name), progress);
  if (!reader) return reader.error();
  for (const fs::path& folder : {paths.config, paths.conversations.parent_path()}) {
    if (auto made = makePrivateFolder(folder); !made) return made.error();
  }
  if (!lock) {
    if (auto taken = takeLock(); !taken) return taken.error();
    config.setUnneeded(true);
  }
  if (auto unpacked = unpack(*reader, paths, mark, progress); !unpacked) return unpacked.error();
  config.setUnneeded(false);
  return finishRestore(paths);
}

Status looksLikeBackup(const fs::path& file) {
  const auto reader = BackupReader::open(file);
  return reader ? Status(Done{}) : reader.error();
}

}  // namespace earshot::app

#include "app/profile_backup.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "app/backup_file.h"
#include "app/database_copy.h"
#include "app/ids.h"
#include "app/limits.h"
#include "app/open_file.h"
#include "app/profile_files.h"
#include "app/text.h"
#include "app/whole_file.h"

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

/// A folder for this user alone that is gone afterwards. On the disk of the profile, where its size fits in.
class PrivateScratch {
 public:
  static Result<PrivateScratch> make(const fs::path& parent) {
    std::array<std::uint8_t, 8> unique{};
    fillRandom(unique);
    const fs::path folder = parent / (".backup-" + toHex(unique));
    if (auto made = makePrivateFolder(folder); !made) return made.error();
    return PrivateScratch(folder);
  }
  PrivateScratch(PrivateScratch&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  PrivateScratch& operator=(PrivateScratch&&) = delete;
  ~PrivateScratch() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] const fs::path& folder() const { return folder_; }

 private:
  explicit PrivateScratch(fs::path folder) : folder_(std::move(folder)) {}
  fs::path folder_;
};

class Making {
 public:
  Making(std::vector<ProfileFile> files, fs::path scratch, const BackupProgress& progress)
      : files_(std::move(files)), scratch_(std::move(scratch)), progress_(progress) {
    std::error_code unknown;
    for (const ProfileFile& file : files_) {
      const auto size = fs::file_size(file.path, unknown);
      if (!unknown) total_ += size;
    }
  }

  Status writeTo(BackupWriter& writer, WholeFile& whole) {
    for (const ProfileFile& file : files_) {
      auto added = isDatabase(file.path) ? addDatabase(writer, whole, file) : addFile(writer, whole, file, file.path);
      if (!added) return added;
    }
    writer.finish();
    return whole.status();
  }

 private:
  /// Journals may hold more than the file did at first, so the end can be reached a little early.
  [[nodiscard]] bool goOn() const { return !progress_ || progress_(std::min(done_, total_), total_); }

  Status addDatabase(BackupWriter& writer, WholeFile& whole, const ProfileFile& file) {
    const fs::path copy = scratch_ / "copy";
    if (auto copied = copyDatabase(file.path, copy, [this] { return goOn(); }); !copied) return copied;
    auto added = addFile(writer, whole, file, copy);
    std::error_code ignored;
    fs::remove(copy, ignored);
    return added;
  }

  Status addFile(BackupWriter& writer, WholeFile& whole, const ProfileFile& file, const fs::path& content) {
    const auto opened = OpenFile::open(content);
    if (!opened) return opened.error();
    const auto before = opened->state();
    const Error unreadable{Errc::StorageFailed, textOf(file.path)};
    if (!before) return unreadable;
    writer.beginEntry(file.name, before->bytes);
    crypto::SecretBuffer buffer(std::size_t{64} * 1024);
    for (std::uint64_t offset = 0; offset < before->bytes;) {
      if (!goOn()) return Error{Errc::Cancelled, {}};
      const std::size_t wanted = std::min<std::uint64_t>(buffer.size(), before->bytes - offset);
      if (opened->readAt(offset, {reinterpret_cast<char*>(buffer.data()), wanted}) != wanted) return unreadable;
      writer.add(buffer.view().first(wanted));
      if (auto written = whole.status(); !written) return written;
      offset += wanted;
      done_ += wanted;
    }
    return Done{};
  }

  std::vector<ProfileFile> files_;
  fs::path scratch_;
  const BackupProgress& progress_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

Status checkNewPassphrase(std::string_view typed) {
  const bool isText = isValidText(typed);
  const std::size_t length = isText ? countCodePoints(typed) : typed.size();
  if (length < kMinPassphraseCodePoints) return Error{Errc::PassphraseShort, {}};
  return Done{};
}

Result<std::uint32_t> backUpProfile(const ProfilePaths& paths, const fs::path& target, std::string_view passphrase,
                                    const BackupProgress& progress, const crypto::PassphraseCost& cost) {
  if (auto checked = checkNewPassphrase(passphrase); !checked) return checked.error();
  const std::vector<ProfileFile> files = profileFiles(paths);
  if (files.empty() || files.front().name != kProfileFile) {
    return Error{Errc::NotFound, textOf(paths.config / kProfileFile)};
  }
  // What nobody could open again is no backup.
  auto profile = readWholeFile(files.front().path);
  if (!profile) return profile.error();
  const auto identity = identityIn(*profile, files.front().path);
  crypto::wipe({reinterpret_cast<std::uint8_t*>(profile->data()), profile->size()});
  if (!identity) return identity.error();
  const auto scratch = PrivateScratch::make(paths.conversations.parent_path());
  if (!scratch) return scratch.error();
  // Before the second of work: a place that cannot be written is said at once.
  auto whole = WholeFile::create(target, true);
  if (!whole) return whole.error();
  crypto::PassphraseSalt salt{};
  fillRandom(salt);
  const auto key = crypto::keyFromPassphrase(crypto::passphraseBytes(passphrase).view(), salt, cost);
  if (!key) return Error{Errc::StorageFailed, textOf(target)};
  BackupWriter writer(whole->stream(), *key, salt, cost);
  if (auto made = Making(files, scratch->folder(), progress).writeTo(writer, *whole); !made) return made.error();
  if (auto kept = whole->commit(); !kept) return kept.error();
  return static_cast<std::uint32_t>(files.size());
}

std::string suggestedBackupName(const std::string& personName, const std::string& date) {
  const std::string name = "earshot-" + personName + "-" + date + ".earshot-backup";
  return isBackupName(name) && name.find('/') == std::string::npos ? name : "earshot-" + date + ".earshot-backup";
}

}  // namespace earshot::app

#include "app/profile_lock.h"

#include <utility>

#include "app/limits.h"
#include "app/whole_file.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

fs::path lockFileIn(const fs::path& config) {
  return config / "profile.lock";
}

}  // namespace

#ifdef _WIN32

namespace {

std::error_code lastError() {
  return {static_cast<int>(::GetLastError()), std::system_category()};
}

/// What is locked on Windows cannot be read by others, so it is a byte far behind the word.
OVERLAPPED lockedByte() {
  OVERLAPPED place{};
  place.OffsetHigh = 0x40000000;
  return place;
}

}  // namespace

Result<ProfileLock> ProfileLock::take(const fs::path& config) {
  const fs::path file = lockFileIn(config);
  const HANDLE handle = ::CreateFileW(file.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                      nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (handle == INVALID_HANDLE_VALUE) return storageError(lastError(), file);
  ProfileLock lock(handle);
  OVERLAPPED place = lockedByte();
  if (!::LockFileEx(handle, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place)) {
    if (::GetLastError() == ERROR_LOCK_VIOLATION) return Error{Errc::ProfileInUse};
    return storageError(lastError(), file);
  }
  // The word of the program that held it before leads nowhere.
  if (auto emptied = lock.leaveWord({}); !emptied) return emptied.error();
  return lock;
}

ProfileLock::ProfileLock(ProfileLock&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

ProfileLock::~ProfileLock() {
  if (handle_ != nullptr) ::CloseHandle(handle_);
}

Status ProfileLock::leaveWord(std::string_view word) {
  DWORD written = 0;
  const bool left =
      ::SetFilePointer(handle_, 0, nullptr, FILE_BEGIN) != INVALID_SET_FILE_POINTER && ::SetEndOfFile(handle_) != 0 &&
      (word.empty() || ::WriteFile(handle_, word.data(), static_cast<DWORD>(word.size()), &written, nullptr) != 0);
  if (!left || written != word.size()) return storageError(lastError(), "profile.lock");
  return Done{};
}

#else

namespace {

std::error_code lastError() {
  return {errno, std::generic_category()};
}

}  // namespace

Result<ProfileLock> ProfileLock::take(const fs::path& config) {
  const fs::path file = lockFileIn(config);
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return storageError(lastError(), file);
  ProfileLock lock(fd);
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) return Error{Errc::ProfileInUse};
    return storageError(lastError(), file);
  }
  // The word of the program that held it before leads nowhere.
  if (auto emptied = lock.leaveWord({}); !emptied) return emptied.error();
  return lock;
}

ProfileLock::ProfileLock(ProfileLock&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

ProfileLock::~ProfileLock() {
  if (handle_ >= 0) ::close(handle_);
}

Status ProfileLock::leaveWord(std::string_view word) {
  const bool left = ::ftruncate(handle_, 0) == 0 &&
                    ::pwrite(handle_, word.data(), word.size(), 0) == static_cast<ssize_t>(word.size());
  return left ? Status(Done{}) : storageError(lastError(), "profile.lock");
}

#endif

std::string wordOfHolder(const fs::path& config) {
  auto word = readWholeFile(lockFileIn(config));
  return word && word->size() <= kMaxHolderWordBytes ? *word : std::string();
}

}  // namespace earshot::app

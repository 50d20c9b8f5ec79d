#include "app/open_file.h"

#include <utility>

#include "app/whole_file.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

Error unreadable(std::error_code code, const fs::path& file) {
  Error error = storageError(code, file);
  if (error.code != Errc::NotFound) error.code = Errc::StorageFailed;
  return error;
}

}  // namespace

#ifdef _WIN32

Result<OpenFile> OpenFile::open(const fs::path& file) {
  // Nobody may write to it while it is shared with others.
  HANDLE handle = CreateFileW(file.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING,
                              FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
  if (handle == INVALID_HANDLE_VALUE) {
    return unreadable({static_cast<int>(GetLastError()), std::system_category()}, file);
  }
  OpenFile opened(handle);
  BY_HANDLE_FILE_INFORMATION about{};
  constexpr DWORD kNoPlainFile = FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT;
  if (!GetFileInformationByHandle(handle, &about) || (about.dwFileAttributes & kNoPlainFile) != 0) {
    return Error{Errc::StorageFailed, textOf(file)};
  }
  return opened;
}

OpenFile::OpenFile(OpenFile&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

OpenFile::~OpenFile() {
  if (handle_ != nullptr) CloseHandle(handle_);
}

std::optional<OpenFile::State> OpenFile::state() const {
  BY_HANDLE_FILE_INFORMATION about{};
  if (!GetFileInformationByHandle(handle_, &about)) return std::nullopt;
  const auto joined = [](DWORD high, DWORD low) { return (std::uint64_t{high} << 32) | low; };
  return State{
      joined(about.nFileSizeHigh, about.nFileSizeLow),
      static_cast<std::int64_t>(joined(about.ftLastWriteTime.dwHighDateTime, about.ftLastWriteTime.dwLowDateTime))};
}

std::optional<std::size_t> OpenFile::readAt(std::uint64_t offset, std::span<char> into) const {
  std::size_t done = 0;
  while (done < into.size()) {
    OVERLAPPED place{};
    place.Offset = static_cast<DWORD>(offset + done);
    place.OffsetHigh = static_cast<DWORD>((offset + done) >> 32);
    DWORD got = 0;
    if (!ReadFile(handle_, into.data() + done, static_cast<DWORD>(into.size() - done), &got, &place)) {
      if (GetLastError() == ERROR_HANDLE_EOF) break;
      return std::nullopt;
    }
    if (got == 0) break;
    done += got;
  }
  return done;
}

#else

Result<OpenFile> OpenFile::open(const fs::path& file) {
  // O_NONBLOCK: a pipe of that name would otherwise wait for somebody to write into it.
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return unreadable({errno, std::generic_category()}, file);
  OpenFile opened(fd);
  struct stat about {};
  if (::fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return Error{Errc::StorageFailed, textOf(file)};
  return opened;
}

OpenFile::OpenFile(OpenFile&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

OpenFile::~OpenFile() {
  if (handle_ >= 0) ::close(handle_);
}

std::optional<OpenFile::State> OpenFile::state() const {
  struct stat about {};
  if (::fstat(handle_, &about) != 0) return std::nullopt;
#ifdef __APPLE__
  const timespec& modified = about.st_mtimespec;
#else
  const timespec& modified = about.st_mtim;
#endif
  constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
  return State{static_cast<std::uint64_t>(about.st_size),
               static_cast<std::int64_t>(modified.tv_sec) * kNanosecondsPerSecond + modified.tv_nsec};
}

std::optional<std::size_t> OpenFile::readAt(std::uint64_t offset, std::span<char> into) const {
  std::size_t done = 0;
  while (done < into.size()) {
    const auto got = ::pread(handle_, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

#endif

}  // namespace earshot::app

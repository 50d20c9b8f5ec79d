#include "app/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <ostream>
#include <streambuf>
#include <utility>

#include "app/ids.h"
#include "app/only_this_user.h"

#ifdef _WIN32
#include <io.h>
#include <windows.h>
#else
#include <unistd.h>
#endif

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

std::error_code lastError() {
  return {errno, std::generic_category()};
}

// The C runtime's descriptors exist everywhere and, unlike std::ofstream, say why a write failed.
#ifdef _WIN32
/// As a descriptor of the C runtime; -1 with errno set otherwise.
int descriptorOf(HANDLE handle, int flags) {
  if (handle != INVALID_HANDLE_VALUE) {
    return ::_open_osfhandle(reinterpret_cast<std::intptr_t>(handle), flags | _O_BINARY | _O_NOINHERIT);
  }
  const std::error_code code(static_cast<int>(::GetLastError()), std::system_category());
  errno = code == std::errc::no_such_file_or_directory ? ENOENT
          : code == std::errc::file_exists             ? EEXIST
          : code == std::errc::no_space_on_device      ? ENOSPC
                                                       : EACCES;
  return -1;
}
int openNew(const fs::path& file, bool privateToUser) {
  OnlyThisUser owner;
  return descriptorOf(::CreateFileW(file.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                    privateToUser ? owner.get() : nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr),
                      _O_WRONLY);
}
// Shares deletion too: who gives a file its name has it open like that at that moment.
int openForReading(const fs::path& file) {
  constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  return descriptorOf(
      ::CreateFileW(file.c_str(), GENERIC_READ, kShareAll, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr),
      _O_RDONLY);
}
std::ptrdiff_t writeSome(int fd, const char* data, std::size_t size) {
  return ::_write(fd, data, static_cast<unsigned>(size));
}
std::ptrdiff_t readSome(int fd, char* data, std::size_t size) {
  return ::_read(fd, data, static_cast<unsigned>(size));
}
int flushToDisk(int fd) {
  return ::_commit(fd);
}
int closeFile(int fd) {
  return ::_close(fd);
}
// NTFS journals its directories by itself.
void flushFolder(const fs::path&) {}
#else
int openNew(const fs::path& file, bool privateToUser) {
  return ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, privateToUser ? 0600 : 0666);
}
int openForReading(const fs::path& file) {
  return ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
}
std::ptrdiff_t writeSome(int fd, const char* data, std::size_t size) {
  return ::write(fd, data, size);
}
std::ptrdiff_t readSome(int fd, char* data, std::size_t size) {
  return ::read(fd, data, size);
}
int flushToDisk(int fd) {
  return ::fsync(fd);
}
int closeFile(int fd) {
  return ::close(fd);
}
// Best effort: some file systems cannot flush a folder, and the content is safe by then.
void flushFolder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  (void)::fsync(fd);
  (void)::close(fd);
}
#endif

fs::path folderOf(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

class DescriptorBuffer : public std::streambuf {
 public:
  explicit DescriptorBuffer(int fd) : fd_(fd) { setp(buffer_.data(), buffer_.data() + buffer_.size()); }
  ~DescriptorBuffer() override { (void)close(); }
  DescriptorBuffer(const DescriptorBuffer&) = delete;
  DescriptorBuffer& operator=(const DescriptorBuffer&) = delete;

  [[nodiscard]] std::error_code error() const { return error_; }

  bool finish() {
    if (!drain()) return false;
    if (flushToDisk(fd_) != 0) return fail();
    return close();
  }

 protected:
  int_type overflow(int_type ch) override {
    if (!drain()) return traits_type::eof();
    if (!traits_type::eq_int_type(ch, traits_type::eof())) sputc(traits_type::to_char_type(ch));
    return traits_type::not_eof(ch);
  }
  int sync() override { return drain() ? 0 : -1; }

 private:
  bool drain() {
    if (error_) return false;
    for (const char* from = pbase(); from != pptr();) {
      const std::ptrdiff_t written = writeSome(fd_, from, static_cast<std::size_t>(pptr() - from));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return fail();
      from += written;
    }
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return true;
  }

  bool close() {
    if (fd_ < 0) return true;
    return closeFile(std::exchange(fd_, -1)) == 0 || fail();
  }

  bool fail() {
    error_ = lastError();
    if (!error_) error_ = std::make_error_code(std::errc::io_error);
    return false;
  }

  int fd_;
  std::error_code error_;
  std::array<char, std::size_t{64} * 1024> buffer_{};
};

}  // namespace

std::string textOf(const fs::path& path) {
  const std::u8string utf8 = path.u8string();
  return {reinterpret_cast<const char*>(utf8.data()), utf8.size()};
}

fs::path pathFromText(std::string_view utf8) {
  return fs::path(std::u8string(reinterpret_cast<const char8_t*>(utf8.data()), utf8.size()));
}

Error storageError(std::error_code code, const fs::path& path) {
  const auto is = [&](std::errc wanted) { return code == wanted; };
  const std::string detail = textOf(path);
  if (is(std::errc::no_space_on_device) || is(std::errc::file_too_large)) return {Errc::StorageFull, detail};
#ifdef EDQUOT
  if (code == std::error_code(EDQUOT, std::generic_category())) return {Errc::StorageFull, detail};
#endif
  if (is(std::errc::read_only_file_system) || is(std::errc::permission_denied) ||
      is(std::errc::operation_not_permitted)) {
    return {Errc::StorageReadOnly, detail};
  }
  if (is(std::errc::no_such_file_or_directory) || is(std::errc::not_a_directory)) return {Errc::NotFound, detail};
  return {Errc::StorageFailed, detail};
}

Result<std::string> readWholeFile(const fs::path& file) {
  const int fd = openForReading(file);
  if (fd < 0) {
    Error error = storageError(lastError(), file);
    if (error.code == Errc::StorageReadOnly) error.code = Errc::StorageFailed;
    return error;
  }
  std::string content;
  std::array<char, std::size_t{16} * 1024> chunk{};
  for (;;) {
    const std::ptrdiff_t got = readSome(fd, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      (void)closeFile(fd);
      return Error{Errc::StorageFailed, textOf(file)};
    }
    if (got == 0) break;
    content.append(chunk.data(), static_cast<std::size_t>(got));
  }
  (void)closeFile(fd);
  return content;
}

Status makePrivateFolder(const fs::path& folder) {
  std::error_code code;
  if (fs::is_directory(folder, code)) return Done{};
  if (folder.has_parent_path() && folder.parent_path() != folder) {
    if (auto above = makePrivateFolder(folder.parent_path()); !above) return above.error();
  }
#ifdef _WIN32
  OnlyThisUser owner;
  const bool made = ::CreateDirectoryW(folder.c_str(), owner.get()) != 0;
  if (!made) code.assign(static_cast<int>(::GetLastError()), std::system_category());
#else
  const bool made = ::mkdir(folder.c_str(), 0700) == 0;
  code = made ? std::error_code{} : lastError();
#endif
  std::error_code ignored;
  if (made || fs::is_directory(folder, ignored)) return Done{};
  return storageError(code, folder);
}

Status moveFile(const fs::path& from, const fs::path& to) {
  std::error_code code;
  fs::rename(from, to, code);
  if (code) return storageError(code, to);
  flushFolder(folderOf(to));
  return Done{};
}

struct WholeFile::Impl {
  fs::path target;
  fs::path temporary;
  DescriptorBuffer buffer;
  std::ostream out;

  Impl(fs::path targetFile, fs::path temporaryFile, int fd)
      : target(std::move(targetFile)), temporary(std::move(temporaryFile)), buffer(fd), out(&buffer) {}

  bool finish() { return buffer.finish() && out.good(); }
};

WholeFile::WholeFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WholeFile::WholeFile(WholeFile&&) noexcept = default;

WholeFile::~WholeFile() {
  if (!impl_) return;
  const fs::path temporary = std::move(impl_->temporary);
  // Windows removes no file that is open.
  impl_.reset();
  std::error_code ignored;
  if (!temporary.empty()) fs::remove(temporary, ignored);
}

Result<WholeFile> WholeFile::create(const fs::path& target, bool privateToUser) {
  std::array<std::uint8_t, 8> unique{};
  fillRandom(unique);
  // Not made from the target's name, which may already be as long as the system allows.
  const fs::path temporary = folderOf(target) / (".earshot-" + toHex(unique) + ".tmp");
  const int fd = openNew(temporary, privateToUser);
  if (fd < 0) {
    const std::error_code code = lastError();
    const Error error = storageError(code, target);
    return error.code == Errc::NotFound ? storageError(code, folderOf(target)) : error;
  }
  return WholeFile(std::make_unique<Impl>(target, temporary, fd));
}

std::ostream& WholeFile::stream() {
  return impl_->out;
}

Status WholeFile::status() const {
  if (impl_->buffer.error()) return storageError(impl_->buffer.error(), impl_->target);
  if (!impl_->out.good()) return Error{Errc::StorageFailed, textOf(impl_->target)};
  return Done{};
}

Status WholeFile::commit() {
  if (!impl_->finish()) return status();
  auto moved = moveFile(impl_->temporary, impl_->target);
  if (moved) impl_->temporary.clear();
  return moved;
}

Result<bool> WholeFile::commitNew() {
  if (!impl_->finish()) return status().error();
  std::error_code code;
#ifdef _WIN32
  if (::MoveFileExW(impl_->temporary.c_str(), impl_->target.c_str(), MOVEFILE_WRITE_THROUGH) != 0) {
    impl_->temporary.clear();
    return true;
  }
  code.assign(static_cast<int>(::GetLastError()), std::system_category());
  std::error_code ignored;
  if (code == std::errc::file_exists || fs::exists(impl_->target, ignored)) return false;
  return storageError(code, impl_->target);
#else
  // A hard link is the one portable way to give a name that must not exist yet.
  fs::create_hard_link(impl_->temporary, impl_->target, code);
  if (!code) {
    flushFolder(folderOf(impl_->target));
    return true;
  }
  if (code == std::errc::file_exists) return false;
  // Memory sticks with FAT know no links; there two programs starting at once are not a worry.
  std::error_code ignored;
  if (fs::exists(impl_->target, ignored)) return false;
  if (auto status = commit(); !status) return status.error();
  return true;
#endif
}

}  // namespace earshot::app

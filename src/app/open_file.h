#pragma once
// A file that was opened once: what is read later is of that same file, whatever happens to its
// name in the meantime. Any thread.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

#include "app/result.h"

namespace earshot::app {

class OpenFile {
 public:
  /// Regular files only, never through a symbolic link. NotFound, or StorageFailed.
  static Result<OpenFile> open(const std::filesystem::path& file);
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile();

  /// Two equal states mean: nobody has written to it in between.
  struct State {
    std::uint64_t bytes = 0;
    std::int64_t modified = 0;  ///< in the file system's own finest unit

    bool operator==(const State&) const = default;
  };
  /// Nothing when the system does not tell.
  [[nodiscard]] std::optional<State> state() const;

  /// How many bytes were read; fewer than asked at the end of the file. Nothing on failure.
  std::optional<std::size_t> readAt(std::uint64_t offset, std::span<char> into) const;

 private:
#ifdef _WIN32
  using Handle = void*;
#else
  using Handle = int;
#endif
  explicit OpenFile(Handle handle) : handle_(handle) {}

  Handle handle_;
};

}  // namespace earshot::app

#pragma once
// Files that are read and written as a whole: what stands under a name is complete or was never
// there. Nothing here throws. One thread per object.

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#include "app/result.h"

namespace earshot::app {

/// A path as people read it, and back. Paths that are not Unicode stay as they are where the
/// system allows it.
[[nodiscard]] std::string textOf(const std::filesystem::path& path);
[[nodiscard]] std::filesystem::path pathFromText(std::string_view utf8);

/// What went wrong with this path, as one of the storage errors.
[[nodiscard]] Error storageError(std::error_code code, const std::filesystem::path& path);

/// The whole content. NotFound when there is no such file.
Result<std::string> readWholeFile(const std::filesystem::path& file);

/// Makes the folder and those above it that are missing, for this user alone (0700). Existing ones
/// are left as they are.
Status makePrivateFolder(const std::filesystem::path& folder);

/// Gives the file another name in the same folder, replacing what has it; durable when it returns.
Status moveFile(const std::filesystem::path& from, const std::filesystem::path& to);

/// A file in the making: it is written beside the target under a name of its own and takes the
/// target's place at the end. Without commit() it vanishes and the target is as before.
class WholeFile {
 public:
  static Result<WholeFile> create(const std::filesystem::path& target, bool privateToUser);
  WholeFile(WholeFile&&) noexcept;
  ~WholeFile();
  WholeFile& operator=(WholeFile&&) = delete;

  [[nodiscard]] std::ostream& stream();
  /// Why the stream failed, if it did.
  [[nodiscard]] Status status() const;

  /// Puts the file in the target's place, replacing it; durable when it returns.
  Status commit();
  /// The same, but never replaces: false when the target exists already.
  Result<bool> commitNew();

 private:
  struct Impl;
  explicit WholeFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::app

#pragma once
// A profile belongs to one running program at a time. The operating system holds the lock and takes it
// back when the program ends, however it ends: nothing stale is left behind. One object, one thread at
// a time.

#include <filesystem>
#include <string>
#include <string_view>

#include "app/result.h"

namespace earshot::app {

class ProfileLock {
 public:
  /// config: the profile's folder, which must exist; "profile.lock" in it is made and never deleted.
  /// ProfileInUse when another program, or another object of this one, holds it.
  static Result<ProfileLock> take(const std::filesystem::path& config);
  ProfileLock(ProfileLock&& other) noexcept;
  ProfileLock& operator=(ProfileLock&&) = delete;
  ~ProfileLock();

  /// Where another start of the program can reach this one; until then, nowhere.
  Status leaveWord(std::string_view word);

 private:
#ifdef _WIN32
  using Handle = void*;
#else
  using Handle = int;
#endif
  explicit ProfileLock(Handle handle) : handle_(handle) {}

  Handle handle_;
};

/// The word that the holder has left; empty when it left none. Means nothing when nobody holds the lock.
[[nodiscard]] std::string wordOfHolder(const std::filesystem::path& config);

}  // namespace earshot::app

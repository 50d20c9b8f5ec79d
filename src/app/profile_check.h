#pragma once
// Whether everything that a profile consists of is as Earshot wrote it, and what can be saved of what is
// not. Nothing here throws. Any thread; slow.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/clock.h"
#include "app/profile.h"
#include "app/result.h"

namespace earshot::app {

enum class FileHealth : std::uint8_t {
  Good,
  Damaged,
  Newer,       ///< of a version to come: nobody here can say
  Unreadable,  ///< no permission, or the disk does not answer
};

struct CheckedFile {
  std::filesystem::path path;
  std::string name;  ///< inside the profile: "conversations/2b7c….earshot"
  FileHealth health = FileHealth::Good;
  std::string problem{};  ///< why it is not good, as half a sentence
  std::string title{};    ///< of a conversation or a room
  std::optional<std::uint64_t> messages{};
};

/// Every file of the profile, also while it is in use. NotFound when there is none.
Result<std::vector<CheckedFile>> checkProfile(const ProfilePaths& paths);

struct Repaired {
  std::filesystem::path kept;               ///< the damaged one, under its new name
  std::optional<std::uint64_t> messages{};  ///< saved, of a conversation or a room
  std::uint64_t lost = 0;                   ///< messages that are known to have been there and are not any more
  bool mayHaveLostMore = false;
};

/// Saves what can be read of a damaged file into a new one, which takes its place; the damaged one stays
/// beside it as NAME.corrupt-TIME. A host's log begins a new epoch, since its numbering may have been cut.
/// StorageCorrupt when nothing can be read, or the file is a key that nothing can take the place of: then
/// all is as before. Precondition: the profile is locked, and health is Damaged.
Result<Repaired> repairFile(const CheckedFile& file, UtcMillis now);

}  // namespace earshot::app

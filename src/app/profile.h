#pragma once
// Where a person's things are kept on this computer, and who they are. One folder is one person.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/crypto/signing_key.h"
#include "app/ids.h"
#include "app/profile_lock.h"
#include "app/result.h"

namespace earshot::app {

/// Folders of one profile. With --data-dir or portable mode all of them are in one folder.
struct ProfilePaths {
  std::filesystem::path config;         ///< profile.json, settings.json, trust.db, profile.lock
  std::filesystem::path conversations;  ///< one file per conversation
  std::filesystem::path rooms;          ///< one folder per room hosted here
  std::filesystem::path logs;           ///< diagnostics; may be deleted at any time
};

/// dataDir wins; else a file named "portable" beside the executable (on macOS: beside Earshot.app)
/// puts all into "earshot-data" there; else the platform's folders (XDG, %APPDATA%/%LOCALAPPDATA%,
/// ~/Library/Application Support).
[[nodiscard]] ProfilePaths profilePaths(const std::optional<std::filesystem::path>& dataDir,
                                        const std::filesystem::path& executable);

struct Profile {
  MemberId id;                  ///< of the identity key
  crypto::SigningKey identity;  ///< who this person is
  ProfilePaths paths;
  /// Nobody else can open this profile as long as any copy of this lives.
  std::shared_ptr<ProfileLock> lock;
};

/// Takes the profile and reads it, or makes it (folders 0700, files 0600) on the first start. ProfileInUse
/// when another program has it open. One of version 1, which had no key, becomes a new person.
Result<Profile> openProfile(const ProfilePaths& paths);

/// The person's name on this computer as a first proposal ("Anna", never empty).
[[nodiscard]] std::string proposedName();

}  // namespace earshot::app

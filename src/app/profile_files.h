#pragma once
// Which files make a profile: what a backup takes along and a restore sets aside. For profile.cpp and
// profile_backup.cpp, profile_restore.cpp only.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/crypto/signing_key.h"
#include "app/profile.h"

namespace earshot::app {

inline constexpr const char* kProfileFile = "profile.json";
inline constexpr const char* kRestoreMark = "restore.json";
inline constexpr std::string_view kConversationsPart = "conversations";
inline constexpr std::string_view kRoomsPart = "rooms";

/// The identity in the text of a profile.json. file: for the error.
Result<crypto::SigningKey> identityIn(const std::string& content, const std::filesystem::path& file);

/// One that belongs directly into the profile's folder: settings, keys, databases; with their journals
/// when asked for. Everything else in that folder is somebody else's.
[[nodiscard]] bool isProfileFile(const std::filesystem::path& name, bool withJournals);

struct ProfileFile {
  std::filesystem::path path;
  std::string name;  ///< in a backup
};
/// Sorted by name; the identity comes first.
[[nodiscard]] std::vector<ProfileFile> profileFiles(const ProfilePaths& paths);

/// Puts a restored profile that waits for it into its place. Nothing happens when there is none. May be
/// repeated after a crash at any point. Precondition: the profile is locked. Returns the folder in which
/// the former one is kept, if there was one.
Result<std::optional<std::filesystem::path>> finishRestore(const ProfilePaths& paths);

}  // namespace earshot::app

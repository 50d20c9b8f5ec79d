#pragma once
// A whole profile as one file with a passphrase, and back. Any thread, but slow: never on one that must
// answer. What a backup holds and its form: docs/BACKUP.md.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/clock.h"
#include "app/crypto/passphrase_key.h"
#include "app/profile.h"
#include "app/result.h"

namespace earshot::app {

/// done and total are bytes; return false to cancel (nothing is left behind, Errc::Cancelled).
using BackupProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// Done when a backup may be sealed with it.
Status checkNewPassphrase(std::string_view typed);

/// Writes target whole or not at all, replacing what is there. The profile may be in use: every database
/// is copied as it is at one moment. Returns how many files went into it.
Result<std::uint32_t> backUpProfile(const ProfilePaths& paths, const std::filesystem::path& target,
                                    std::string_view passphrase, const BackupProgress& progress = {},
                                    const crypto::PassphraseCost& cost = crypto::kModerateCost);

/// "earshot-Anna-2026-11-22.earshot-backup", without what some system forbids.
[[nodiscard]] std::string suggestedBackupName(const std::string& personName, const std::string& date);

/// Looks at all of the backup, then unpacks it beside the profile, which stays as it is until it is opened
/// the next time: openProfile() then sets it aside and puts the unpacked one in its place. An error leaves
/// everything as it was. Precondition: the caller holds the profile's lock.
Status prepareRestore(const ProfilePaths& paths, const std::filesystem::path& backup, std::string_view passphrase,
                      UtcMillis now, const BackupProgress& progress = {});

/// For a profile that nobody uses, or that is not there yet: all of it at once. ProfileInUse. Returns the
/// folder in which the profile that was there is kept, if there was one.
Result<std::optional<std::filesystem::path>> restoreProfile(const ProfilePaths& paths,
                                                            const std::filesystem::path& backup,
                                                            std::string_view passphrase, UtcMillis now,
                                                            const BackupProgress& progress = {});

/// Done unless this is no backup at all, as far as can be told without its passphrase.
Status looksLikeBackup(const std::filesystem::path& file);

/// True when there is somebody's profile, which a restored one would have to replace.
[[nodiscard]] bool hasProfile(const ProfilePaths& paths);

}  // namespace earshot::app

#include "app/profile_check.h"

#include <nlohmann/json.hpp>

#include "app/database_check.h"
#include "app/database_salvage.h"
#include "app/profile_files.h"
#include "app/whole_file.h"

namespace earshot::app {
namespace {

constexpr std::string_view kSettingsFile = "settings.json";
constexpr std::string_view kKeyExtension = ".key";

bool isKey(const std::string& name) {
  return name == kProfileFile || name.ends_with(kKeyExtension);
}

void checkText(CheckedFile& file) {
  auto content = readWholeFile(file.path);
  if (!content) {
    file.health = FileHealth::Unreadable;
    file.problem = "it could not be read";
    return;
  }
  bool good = false;
  if (file.name == kProfileFile) {
    const auto version = nlohmann::json::parse(*content, nullptr, false);
    const bool isFirst = version.is_object() && version.value("version", nlohmann::json()) == 1;
    const auto identity = identityIn(*content, file.path);
    good = isFirst || identity.ok();
    if (!good && identity.error().code == Errc::StorageNewer) {
      file.health = FileHealth::Newer;
      file.problem = "it was made by a newer Earshot";
      return;
    }
  } else if (file.name.ends_with(kKeyExtension)) {
    std::string_view hex = *content;
    while (hex.ends_with('\n') || hex.ends_with('\r')) hex.remove_suffix(1);
    crypto::SecretArray<32> seed;
    good = parseHex(hex, seed.span());
  } else {
    good = nlohmann::json::parse(*content, nullptr, false).is_object();
  }
  crypto::wipe({reinterpret_cast<std::uint8_t*>(content->data()), content->size()});
  if (good) return;
  file.health = FileHealth::Damaged;
  file.problem = "it cannot be read as what it should be";
}

bool isChecked(const std::string& name) {
  return databaseKindOf(name) || isKey(name) || name == kSettingsFile;
}

}  // namespace

Result<std::vector<CheckedFile>> checkProfile(const ProfilePaths& paths) {
  std::vector<CheckedFile> checked;
  for (const ProfileFile& each : profileFiles(paths)) {
    if (!isChecked(each.name)) continue;
    CheckedFile file{each.path, each.name};
    if (const auto kind = databaseKindOf(each.name)) {
      checkDatabase(file, *kind);
    } else {
      checkText(file);
    }
    checked.push_back(std::move(file));
  }
  if (checked.empty()) return Error{Errc::NotFound, textOf(paths.config)};
  return checked;
}

Result<Repaired> repairFile(const CheckedFile& file, UtcMillis now) {
  // A key has no second copy here, and nobody would be recognized by another one.
  if (isKey(file.name)) return Error{Errc::StorageCorrupt, textOf(file.path)};
  if (const auto kind = databaseKindOf(file.name)) return salvageDatabase(file.path, *kind, now);
  const auto kept = freeCorruptName(file.path, now);
  if (auto moved = moveFile(file.path, kept); !moved) return moved.error();
  return Repaired{kept};
}

}  // namespace earshot::app

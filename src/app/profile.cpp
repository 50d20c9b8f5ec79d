#include "app/profile.h"

#include <nlohmann/json.hpp>

#include <ostream>

#include "app/whole_file.h"

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

constexpr int kVersion = 1;

Result<MemberId> parseProfile(const std::string& content, const fs::path& file) {
  const Error damaged{Errc::StorageCorrupt, textOf(file)};
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (!json.is_object()) return damaged;
  const auto version = json.find("version");
  if (version == json.end() || !version->is_number_integer()) return damaged;
  if (version->get<std::int64_t>() > kVersion) return Error{Errc::StorageNewer, textOf(file)};
  const auto hex = json.find("id");
  if (hex == json.end() || !hex->is_string()) return damaged;
  const auto id = fromHex<MemberId>(hex->get_ref<const std::string&>());
  if (!id) return damaged;
  return *id;
}

Result<MemberId> readProfile(const fs::path& file) {
  auto content = readWholeFile(file);
  if (!content) return content.error();
  return parseProfile(*content, file);
}

Result<MemberId> makeProfile(const fs::path& file) {
  const auto id = makeRandom<MemberId>();
  auto whole = WholeFile::create(file, true);
  if (!whole) return whole.error();
  whole->stream() << nlohmann::json{{"version", kVersion}, {"id", hexOf(id)}}.dump(2) << '\n';
  auto made = whole->commitNew();
  if (!made) return made.error();
  // Another Earshot that started at the same moment was first: this person is who it says.
  if (!*made) return readProfile(file);
  return id;
}

}  // namespace

Result<Profile> openProfile(const ProfilePaths& paths) {
  for (const fs::path* folder : {&paths.config, &paths.conversations, &paths.rooms}) {
    if (auto made = makePrivateFolder(*folder); !made) return made.error();
  }
  // Diagnostics are welcome but not needed.
  (void)makePrivateFolder(paths.logs).ok();

  const fs::path file = paths.config / "profile.json";
  auto id = readProfile(file);
  if (!id && id.error().code == Errc::NotFound) id = makeProfile(file);
  if (!id) return id.error();
  return Profile{*id, paths};
}

}  // namespace earshot::app

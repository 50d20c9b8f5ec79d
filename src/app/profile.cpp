#include "app/profile.h"

#include <nlohmann/json.hpp>

#include <ostream>

#include "app/whole_file.h"

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

constexpr int kVersion = 2;

using crypto::SigningKey;

Result<SigningKey> parseProfile(const std::string& content, const fs::path& file) {
  const Error damaged{Errc::StorageCorrupt, textOf(file)};
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (!json.is_object()) return damaged;
  const auto version = json.find("version");
  if (version == json.end() || !version->is_number_integer()) return damaged;
  if (version->get<std::int64_t>() > kVersion) return Error{Errc::StorageNewer, textOf(file)};
  const auto hex = json.find("identity_key");
  if (hex == json.end() || !hex->is_string()) return damaged;
  crypto::SecretArray<32> seed;
  if (!parseHex(hex->get_ref<const std::string&>(), seed.span())) return damaged;
  return crypto::signingKeyOf(seed);
}

Result<SigningKey> readProfile(const fs::path& file) {
  auto content = readWholeFile(file);
  if (!content) return content.error();
  return parseProfile(*content, file);
}

Result<SigningKey> makeProfile(const fs::path& file) {
  SigningKey key = crypto::makeSigningKey();
  auto whole = WholeFile::create(file, true);
  if (!whole) return whole.error();
  whole->stream() << nlohmann::json{{"version", kVersion}, {"identity_key", toHex(key.seed.view())}}.dump(2) << '\n';
  auto made = whole->commitNew();
  if (!made) return made.error();
  // Another Earshot that started at the same moment was first: this person is who it says.
  if (!*made) return readProfile(file);
  return key;
}

}  // namespace

Result<Profile> openProfile(const ProfilePaths& paths) {
  for (const fs::path* folder : {&paths.config, &paths.conversations, &paths.rooms}) {
    if (auto made = makePrivateFolder(*folder); !made) return made.error();
  }
  // Diagnostics are welcome but not needed.
  (void)makePrivateFolder(paths.logs).ok();

  const fs::path file = paths.config / "profile.json";
  auto key = readProfile(file);
  if (!key && key.error().code == Errc::NotFound) key = makeProfile(file);
  if (!key) return key.error();
  return Profile{crypto::memberIdOf(key->publicKey), *key, paths};
}

}  // namespace earshot::app

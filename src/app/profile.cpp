#include "app/profile.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <ostream>

#include "app/conversation_archive.h"
#include "app/profile_files.h"
#include "app/whole_file.h"

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

constexpr int kVersion = 2;

using crypto::SigningKey;

/// What a profile of version 1 was known by.
std::optional<MemberId> formerIdIn(const std::string& content) {
  const auto json = nlohmann::json::parse(content, nullptr, false);
  const auto id = json.is_object() ? json.find("id") : json.end();
  if (!json.is_object() || id == json.end() || !id->is_string()) return std::nullopt;
  return fromHex<MemberId>(id->get_ref<const std::string&>());
}

/// Nothing: a well-formed profile of version 1, which had an id but no key to prove it with.
Result<std::optional<SigningKey>> parseProfile(const std::string& content, const fs::path& file) {
  const Error damaged{Errc::StorageCorrupt, textOf(file)};
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (!json.is_object()) return damaged;
  const auto version = json.find("version");
  if (version == json.end() || !version->is_number_integer()) return damaged;
  if (version->get<std::int64_t>() > kVersion) return Error{Errc::StorageNewer, textOf(file)};
  if (*version == 1) {
    const auto id = json.find("id");
    MemberId ignored;
    if (id == json.end() || !id->is_string() || !parseHex(id->get_ref<const std::string&>(), ignored.bytes)) {
      return damaged;
    }
    return std::optional<SigningKey>{};
  }
  const auto hex = json.find("identity_key");
  if (hex == json.end() || !hex->is_string()) return damaged;
  crypto::SecretArray<32> seed;
  if (!parseHex(hex->get_ref<const std::string&>(), seed.span())) return damaged;
  return std::optional(crypto::signingKeyOf(seed));
}

Result<SigningKey> makeProfile(const fs::path& file) {
  SigningKey key = crypto::makeSigningKey();
  auto whole = WholeFile::create(file, true);
  if (!whole) return whole.error();
  whole->stream() << nlohmann::json{{"version", kVersion}, {"identity_key", toHex(key.seed.view())}}.dump(2) << '\n';
  if (auto made = whole->commit(); !made) return made.error();
  return key;
}

/// Precondition: the profile is locked, so that nobody else makes it at the same moment.
Result<SigningKey> readOrMakeProfile(const fs::path& file, const fs::path& conversations) {
  auto content = readWholeFile(file);
  if (!content && content.error().code != Errc::NotFound) return content.error();
  if (!content) return makeProfile(file);
  auto read = parseProfile(*content, file);
  if (!read) return read.error();
  if (*read) return **read;
  const auto former = formerIdIn(*content);
  auto made = makeProfile(file);
  if (made && former) adoptConversations(conversations, *former, crypto::memberIdOf(made->publicKey));
  return made;
}

}  // namespace

Result<SigningKey> identityIn(const std::string& content, const fs::path& file) {
  const auto key = parseProfile(content, file);
  if (!key) return key.error();
  if (!*key) return Error{Errc::StorageCorrupt, textOf(file)};
  return **key;
}

Result<Profile> openProfile(const ProfilePaths& paths) {
  if (auto made = makePrivateFolder(paths.config); !made) return made.error();
  auto lock = ProfileLock::take(paths.config);
  if (!lock) return lock.error();
  // A restored profile takes the place of this one before anybody is in it.
  if (auto finished = finishRestore(paths); !finished) return finished.error();
  for (const fs::path* folder : {&paths.conversations, &paths.rooms}) {
    if (auto made = makePrivateFolder(*folder); !made) return made.error();
  }
  // Diagnostics are welcome but not needed.
  (void)makePrivateFolder(paths.logs).ok();

  const auto key = readOrMakeProfile(paths.config / kProfileFile, paths.conversations);
  if (!key) return key.error();
  return Profile{crypto::memberIdOf(key->publicKey), *key, paths, std::make_shared<ProfileLock>(*std::move(lock))};
}

}  // namespace earshot::app

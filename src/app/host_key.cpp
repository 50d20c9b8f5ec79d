#include "app/host_key.h"

#include <ostream>
#include <string>

#include "app/whole_file.h"

namespace earshot::app {

namespace fs = std::filesystem;

namespace {

using crypto::SigningKey;

/// The file holds the seed as hexadecimal digits and the end of a line.
Result<SigningKey> readKey(const fs::path& file) {
  auto content = readWholeFile(file);
  if (!content) return content.error();
  std::string_view hex = *content;
  if (hex.ends_with('\n')) hex.remove_suffix(1);
  if (hex.ends_with('\r')) hex.remove_suffix(1);
  crypto::SecretArray<32> seed;
  const bool fits = parseHex(hex, seed.span());
  crypto::wipe({reinterpret_cast<std::uint8_t*>(content->data()), content->size()});
  if (!fits) return Error{Errc::StorageCorrupt, textOf(file)};
  return crypto::signingKeyOf(seed);
}

Result<SigningKey> makeKey(const fs::path& file) {
  SigningKey key = crypto::makeSigningKey();
  auto whole = WholeFile::create(file, true);
  if (!whole) return whole.error();
  whole->stream() << toHex(key.seed.view()) << '\n';
  auto made = whole->commitNew();
  if (!made) return made.error();
  // Another Earshot that opened the room at the same moment was first.
  if (!*made) return readKey(file);
  return key;
}

}  // namespace

Result<SigningKey> openHostKey(const fs::path& roomFolder) {
  const fs::path file = roomFolder / "host.key";
  auto key = readKey(file);
  if (!key && key.error().code == Errc::NotFound) return makeKey(file);
  // A folder that came on a memory stick may have lost its permissions.
  std::error_code ignored;
  if (key) fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, ignored);
  return key;
}

}  // namespace earshot::app

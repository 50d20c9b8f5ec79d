#pragma once
// The key that a hosted room proves itself with: one file beside the room's log, so that a copy of the
// folder on another computer is still the host that everybody knows.

#include <filesystem>

#include "app/crypto/signing_key.h"
#include "app/result.h"

namespace earshot::app {

/// Reads the key of the room in this folder, or makes it (0600) where there is none. A damaged file is
/// StorageCorrupt and stays as it is: with another key nobody would recognize the room.
Result<crypto::SigningKey> openHostKey(const std::filesystem::path& roomFolder);

}  // namespace earshot::app

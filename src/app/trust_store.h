#pragma once
// What this person remembers of whom they have met: the hosts of rooms and the people in them, by
// their keys. One SQLite file of the profile (trust.db). Every link and window has a store of its own
// on its own thread; they, and other programs, wait for each other. Everything is durable when it
// returns.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/clock.h"
#include "app/crypto/signing_key.h"
#include "app/host_trust.h"
#include "app/ids.h"
#include "app/result.h"

namespace earshot::app {

/// Somebody whose key was seen under a name in a room.
struct KnownPerson {
  crypto::PublicKey key;
  std::string name;  ///< the last one, as the room wrote it
  UtcMillis firstSeen{};
  bool verified = false;  ///< safety words were compared

  bool operator==(const KnownPerson&) const = default;
};

/// What a key under a name is, compared with what is remembered.
enum class PersonSighting : std::uint8_t {
  New,       ///< nobody had this name here; remembered from now on
  Known,     ///< the key that had it before
  OtherKey,  ///< another key had it before, and is still the one remembered: see acceptKey()
};

class TrustStore {
 public:
  /// A damaged file is StorageCorrupt and is left as it is: forgetting hosts silently would trust
  /// anybody once more.
  static Result<std::unique_ptr<TrustStore>> open(const std::filesystem::path& file);
  ~TrustStore();
  TrustStore(const TrustStore&) = delete;
  TrustStore& operator=(const TrustStore&) = delete;

  // --- hosts ---
  /// What judgeHost needs. The address is compared byte by byte: give it in the spelling of KnownHost.
  Result<HostMemory> hostMemory(const RoomId& room, const std::string& address);
  /// We are in: remembers the host from now on. With the key that is known already, proof and since
  /// stay what they were if those are better; another key takes its place, so ask judgeHost first.
  Status rememberHost(const KnownHost& host);

  // --- people; names and what counts as the same name are those of names.h ---
  Result<PersonSighting> rememberPerson(const RoomId& room, const crypto::PublicKey& key, const std::string& name,
                                        UtcMillis now);
  /// Whose name this is in the room, or would be taken for.
  Result<std::optional<KnownPerson>> personKnownAs(const RoomId& room, std::string_view name);
  /// The person decided: in this room the name belongs to this key from now on. It is not verified by that.
  Status acceptKey(const RoomId& room, const crypto::PublicKey& key, const std::string& name, UtcMillis now);
  /// In all rooms. NotFound for a key that was never seen.
  Status setVerified(const MemberId& person, bool verified);
  Result<bool> isVerified(const MemberId& person);

 private:
  struct Impl;
  explicit TrustStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::app

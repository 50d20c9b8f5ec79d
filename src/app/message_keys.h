#pragma once
// This person's message keys with their secrets, and the newest message key seen of everybody else.
// One small SQLite file in the profile, which every link of the profile opens for itself on its own
// network thread; each call is one transaction.

#include <filesystem>
#include <memory>
#include <optional>

#include "app/message_key.h"
#include "app/result.h"

namespace earshot::app {

/// Beside the profile's TrustStore.
inline constexpr const char* kMessageKeysFile = "message_keys.db";

class MessageKeys {
 public:
  static Result<std::unique_ptr<MessageKeys>> open(const std::filesystem::path& file,
                                                   const crypto::SigningKey& identity);
  ~MessageKeys();
  MessageKeys(const MessageKeys&) = delete;
  MessageKeys& operator=(const MessageKeys&) = delete;

  /// The key to publish and to seal with. Makes a new one when it is due, and wipes the secrets of those
  /// that were replaced kMessageKeyKept ago.
  Result<OwnMessageKey> current(UtcMillis now);
  /// The same, but above a generation of ours that somebody else knows (this profile was restored).
  Result<OwnMessageKey> currentAbove(KeyGeneration known, UtcMillis now);
  /// Nothing when it was wiped, or made after the backup that this profile comes from.
  Result<std::optional<OwnMessageKey>> find(KeyGeneration generation);

  /// Keeps it if it is newer than what was seen of its owner; returns the newest. So nothing is ever
  /// sealed to an older key than one that was seen, whatever a host answers.
  /// Precondition: isGenuine(key).
  Result<SignedMessageKey> seen(const SignedMessageKey& key);
  Result<std::optional<SignedMessageKey>> newestOf(const MemberId& person);

 private:
  struct Impl;
  explicit MessageKeys(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::app

#pragma once
// The form of a backup: files with names, in one file that is sealed with a passphrase. docs/BACKUP.md
// is this in prose. Nothing in here knows what a profile is. One thread per object; slow.
//
//   backup  = magic[16] version:u32 passes:u32 memoryKib:u32 salt[16] streamHeader[24] chunk…
//   chunk   = sealed(64 KiB, the last one 0 to 64 KiB); the first one's context is all before streamHeader
//   content = entry… 0:u8 count:u32
//   entry   = 1:u8 nameLength:u16 name size:u64 byte…
//   numbers are little-endian; nothing follows the end

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "app/crypto/passphrase_key.h"
#include "app/result.h"

namespace earshot::app {

/// A name that is safe to make a file of on every system: one to three parts with "/" between them, of
/// which none leads elsewhere, is a device, or differs between systems.
[[nodiscard]] bool isBackupName(std::string_view name);

class BackupWriter {
 public:
  /// out outlives it; whoever owns it looks whether writing failed.
  BackupWriter(std::ostream& out, const crypto::SecretArray<32>& key, const crypto::PassphraseSalt& salt,
               const crypto::PassphraseCost& cost);
  ~BackupWriter();
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  /// Precondition: isBackupName(name), and no two are equal when their case is ignored. Exactly size bytes
  /// must be added before the next entry.
  void beginEntry(std::string_view name, std::uint64_t size);
  void add(crypto::ByteView bytes);
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Takes what a backup holds. An error ends the reading.
class BackupVisitor {
 public:
  virtual ~BackupVisitor() = default;
  virtual Status beginEntry(const std::string& name, std::uint64_t size) = 0;
  virtual Status add(crypto::ByteView bytes) = 0;
  virtual Status endEntry() = 0;
};

class BackupReader {
 public:
  /// NotFound, BackupInvalid, StorageNewer. Looks at the beginning only, and refuses there what would cost
  /// too much.
  static Result<BackupReader> open(const std::filesystem::path& file);
  BackupReader(BackupReader&&) noexcept;
  BackupReader& operator=(BackupReader&&) = delete;
  ~BackupReader();

  [[nodiscard]] std::uint64_t fileBytes() const;
  /// Takes about a second. PassphraseWrong.
  Status unlock(crypto::ByteView passphrase);
  /// From the first byte to the last, as often as wanted. BackupDamaged, also when anything follows; what
  /// the visitor was given before may be incomplete then. Precondition: unlock() was Done.
  /// progress: bytes of the file that are done; returns false to cancel.
  Status read(BackupVisitor& visitor, const std::function<bool(std::uint64_t done)>& progress) const;

 private:
  struct Impl;
  explicit BackupReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::app

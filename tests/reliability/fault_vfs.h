#pragma once
// A disk under SQLite that loses its power or fails. While one of these lives it is SQLite's default VFS, so
// that the program's own code opens its databases on it, unchanged.
//
// What is written is only in memory until SQLite syncs the file; the file on the real disk is what a power cut
// leaves at least. At the crash point every sector of every write that was not synced is kept or lost by a
// seeded choice, in any combination: disks write in any order, and tear. From then on every call fails, until
// powerOn(). Making and deleting files is taken to be lasting at once, as on file systems with a journal.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace earshot::test {

class FaultVfs {
 public:
  FaultVfs();
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  /// What changes a disk: writing, truncating, syncing, deleting. Counted over all files.
  [[nodiscard]] std::size_t changes() const;

  /// Loses the power at that change from now on (1: the next one); sectorBytes: where writes tear.
  void crashAt(std::size_t change, std::uint64_t seed, std::size_t sectorBytes);
  [[nodiscard]] bool hasCrashed() const;
  /// After every database was closed: what the files hold now is what the power cut left.
  void powerOn();

  /// Fails the change with this number from now on (1: the next one), and the calls after it, `times` in all.
  /// code: of SQLite, for writing (SQLITE_FULL, SQLITE_IOERR_WRITE) or syncing (SQLITE_IOERR_FSYNC); other
  /// changes go on as they are. under: only files with that in their path, and only their changes count.
  void failAt(std::size_t change, int code, std::size_t times, std::string under = {});
  /// The disk is well again. How many calls it has failed since failAt().
  std::size_t heal();

  struct Node;

  // For the file methods of the implementation; with the mutex held.
  [[nodiscard]] int beforeChange(const std::string& path, bool writes, bool syncs);
  std::shared_ptr<Node> node(const std::string& path);
  void forget(const std::string& path);
  [[nodiscard]] bool holds(const std::string& path) const;
  [[nodiscard]] sqlite3_vfs& real() const { return *real_; }
  std::recursive_mutex& mutex() { return mutex_; }

 private:
  struct Crash {
    std::size_t left;
    std::uint64_t seed;
    std::size_t sectorBytes;
  };
  struct Failing {
    std::size_t left;
    int code;
    std::size_t times;
    std::string under;
    std::size_t failed = 0;
  };

  void crash();

  mutable std::recursive_mutex mutex_;
  sqlite3_vfs* real_;
  std::unique_ptr<sqlite3_vfs> own_;
  std::map<std::string, std::shared_ptr<Node>> nodes_;
  std::size_t changes_ = 0;
  std::optional<Crash> crash_;
  bool crashed_ = false;
  std::optional<Failing> failing_;
};

/// While one of these lives every database is opened with PRAGMA synchronous=OFF, whatever the program asks
/// for. For seeing that the crash tests can fail.
class SynchronousOff {
 public:
  SynchronousOff();
  ~SynchronousOff();
  SynchronousOff(const SynchronousOff&) = delete;
  SynchronousOff& operator=(const SynchronousOff&) = delete;
};

}  // namespace earshot::test

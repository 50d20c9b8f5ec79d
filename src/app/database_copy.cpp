#include "app/database_copy.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

#include "app/database.h"

namespace earshot::app {
namespace {

/// Between two questions whether to go on; 4 MiB.
constexpr int kPagesAtOnce = 1024;
constexpr int kBusyTimeoutMs = 5'000;

}  // namespace

bool isDatabase(const std::filesystem::path& file) {
  constexpr std::string_view kBeginning("SQLite format 3\0", 16);
  std::array<char, kBeginning.size()> begin{};
  // Unlike OpenFile it does not mind, on Windows, that somebody writes to it.
  std::ifstream in(file, std::ios::binary);
  return in.read(begin.data(), begin.size()) && std::string_view(begin.data(), begin.size()) == kBeginning;
}

Status copyDatabase(const std::filesystem::path& from, const std::filesystem::path& to,
                    const std::function<bool()>& goOn) {
  return attempt(from, [&]() -> Status {
    SQLite::Database source = openReadOnly(from);
    // As long as this transaction reads, what others write is not seen, and the copying never starts anew.
    const SQLite::Transaction reading(source);
    (void)source.execAndGet("SELECT count(*) FROM sqlite_schema");
    SQLite::Database target(textOf(to), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeoutMs);
    target.exec("PRAGMA synchronous = OFF");
    try {
      SQLite::Backup backup(target, source);
      while (backup.executeStep(kPagesAtOnce) != SQLITE_DONE) {
        if (!goOn()) return Error{Errc::Cancelled, {}};
      }
    } catch (const SQLite::Exception& failure) {
      // SQLite knows a full disk, but not a file that may not grow.
      const int number = sqlite3_system_errno(target.getHandle());
      constexpr int kPrimaryCode = 0xff;  // the copying tells extended ones
      if ((failure.getErrorCode() & kPrimaryCode) != SQLITE_IOERR || number == 0) throw;
      return storageError(std::error_code(number, std::generic_category()), to);
    }
    return Done{};
  });
}

}  // namespace earshot::app

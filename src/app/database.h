#pragma once
// How every SQLite file of Earshot is opened, versioned and how its failures are told. Used by the
// storage modules only; exceptions of SQLiteCpp end at attempt().

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <type_traits>

#include "app/result.h"
#include "app/whole_file.h"

namespace earshot::app {

/// applicationId marks the kind of file, version its schema (PRAGMA application_id, user_version).
struct DatabaseSchema {
  int applicationId;
  int version;
  const char* create;  ///< statements that make an empty file version `version`
  /// upgrades[i] makes version i + 1 a version i + 2; as many as lead to `version`.
  std::span<const char* const> upgrades{};
  /// Called on every connection that writes, before anything else; may be null.
  void (*prepare)(SQLite::Database& db) = nullptr;
};

/// Full: what is committed survives a power cut. Normal: it survives the end of the process.
enum class Durability { Full, Normal };

/// WriteAhead: readers and the one writer never wait for each other. Rollback: for a small file that
/// several write now and then; they wait for each other (SQLite before 3.51.3 can lose a commit when
/// two connections write and checkpoint one write-ahead log).
enum class Journal { WriteAhead, Rollback };

/// Opens or makes the file, and brings one of an older version up to date. Throws SQLite::Exception or
/// DatabaseRefused; call inside attempt().
SQLite::Database openForWriting(const std::filesystem::path& file, const DatabaseSchema& schema, Durability durability,
                                Journal journal = Journal::WriteAhead);
/// Opens an existing file without ever writing to it, also on a read-only disk. It may be of an older
/// version: read only what all versions have.
SQLite::Database openForReading(const std::filesystem::path& file, const DatabaseSchema& schema);

/// The same, whatever kind of database it is.
SQLite::Database openReadOnly(const std::filesystem::path& file);

/// The file was taken away, or another one put in its place: what would be written to it is lost, although
/// the system still takes it. Throws DatabaseRefused.
void refuseIfGone(SQLite::Database& db);

/// Saves something that changes nothing, to see whether anything can be saved. Throws what a commit throws.
void trySaving(SQLite::Database& db);

/// A file that is not ours to use: wrong kind, or made by a newer version.
struct DatabaseRefused {
  Errc code;
};

/// What went wrong, in the terms of the rest of the program; detail is the file's path.
Error storageError(const SQLite::Exception& failure, const std::filesystem::path& file);

/// Runs work and turns what the storage throws into an Error.
template <class Work>
auto attempt(const std::filesystem::path& file, Work&& work) -> std::invoke_result_t<Work> {
  try {
    return std::forward<Work>(work)();
  } catch (const DatabaseRefused& refused) {
    return Error{refused.code, textOf(file)};
  } catch (const SQLite::Exception& failure) {
    return storageError(failure, file);
  } catch (const std::filesystem::filesystem_error&) {
    return Error{Errc::StorageFailed, textOf(file)};
  }
}

}  // namespace earshot::app

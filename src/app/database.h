#pragma once
// How every SQLite file of Earshot is opened, versioned and how its failures are told. Used by the
// storage modules only; exceptions of SQLiteCpp end at attempt().

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <functional>
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
};

/// Full: what is committed survives a power cut. Normal: it survives the end of the process.
enum class Durability { Full, Normal };

/// Opens or makes the file (WAL). Throws SQLite::Exception or DatabaseRefused; call inside attempt().
SQLite::Database openForWriting(const std::filesystem::path& file, const DatabaseSchema& schema, Durability durability);
/// Opens an existing file without ever writing to it, also on a read-only disk.
SQLite::Database openForReading(const std::filesystem::path& file, const DatabaseSchema& schema);

/// The same, whatever kind of database it is.
SQLite::Database openReadOnly(const std::filesystem::path& file);

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

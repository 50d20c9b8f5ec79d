#pragma once
// Copies the rows that can be read of one table of a damaged database. For database_salvage.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace earshot::app {

class TableSalvage {
 public:
  /// The table of both databases; columns that one of them lacks are left out. Throws SQLite::Exception
  /// when the new one cannot be written; what is wrong with the old one is never thrown.
  TableSalvage(SQLite::Database& damaged, SQLite::Database& whole, std::string table, bool hasRowid);

  /// Walks in the order of the rowids, from both ends, around what cannot be read, and into what lies
  /// between. A row that the new table refuses is left out.
  void run();
  /// Something of it could not be read.
  [[nodiscard]] bool isIncomplete() const { return incomplete_; }

 private:
  struct Range {
    std::int64_t after;
    std::int64_t before;
  };
  struct Walk {
    bool complete = false;
    std::int64_t reached = 0;  ///< the last rowid that was read
  };
  void walkRowids();
  Walk walk(const Range& range, bool ascending);
  void walkKeys(bool ascending);
  void copy(SQLite::Statement& row, int firstColumn);

  SQLite::Database& damaged_;
  SQLite::Database& whole_;
  std::string table_;
  std::string columns_;  ///< separated by commas
  int columnCount_ = 0;
  bool hasRowid_;
  bool incomplete_ = false;
  std::vector<std::string> keys_;
  std::unique_ptr<SQLite::Statement> insert_;
  std::uint64_t rowsLeft_;
};

}  // namespace earshot::app

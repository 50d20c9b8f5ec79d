#include "app/table_salvage.h"

#include <sqlite3.h>

#include <deque>
#include <limits>

#include "app/code_points.h"
#include "app/event_row.h"
#include "app/log.h"

namespace earshot::app {
namespace {

/// Ranges that are looked into around damaged pages. One page needs a few; what is damaged everywhere would
/// need them without end.
constexpr int kMaxRanges = 2'000;
/// No row is smaller on disk; so a table whose pages lead in circles is read to an end.
constexpr std::uint64_t kMinRowBytes = 4;

struct Column {
  std::string name;
  bool isKey;
};

std::vector<Column> columnsOf(SQLite::Database& db, const std::string& table) {
  std::vector<Column> columns;
  try {
    SQLite::Statement query(db, "SELECT name, pk FROM pragma_table_info(?)");
    query.bind(1, table);
    while (query.executeStep()) {
      columns.push_back({query.getColumn(0).getString(), query.getColumn(1).getInt() != 0});
    }
  } catch (const SQLite::Exception& failure) {
    log::info(std::string("salvage: ") + failure.what());
  }
  return columns;
}

std::uint64_t bytesOf(SQLite::Database& db) {
  try {
    return static_cast<std::uint64_t>(db.execAndGet("PRAGMA page_count").getInt64()) *
           static_cast<std::uint64_t>(db.execAndGet("PRAGMA page_size").getInt64());
  } catch (const SQLite::Exception&) {
    return 0;
  }
}

}  // namespace

TableSalvage::TableSalvage(SQLite::Database& damaged, SQLite::Database& whole, std::string table, bool hasRowid)
    : damaged_(damaged),
      whole_(whole),
      table_(std::move(table)),
      hasRowid_(hasRowid),
      rowsLeft_(bytesOf(damaged) / kMinRowBytes + 1) {
  const auto old = columnsOf(damaged, table_);
  std::string places;
  for (const Column& column : columnsOf(whole, table_)) {
    bool known = false;
    for (const Column& each : old) known = known || each.name == column.name;
    if (!known) continue;
    columns_ += (columns_.empty() ? "" : ", ") + column.name;
    places += places.empty() ? "?" : ",?";
    ++columnCount_;
    if (column.isKey) keys_.push_back(column.name);
  }
  if (columnCount_ == 0) {
    incomplete_ = true;
    return;
  }
  insert_ = std::make_unique<SQLite::Statement>(
      whole_, "INSERT OR IGNORE INTO " + table_ + "(" + columns_ + ") VALUES(" + places + ")");
}

void TableSalvage::run() {
  if (!insert_) return;
  if (hasRowid_) {
    walkRowids();
    return;
  }
  walkKeys(true);
  if (incomplete_) walkKeys(false);
}

void TableSalvage::walkRowids() {
  std::deque<Range> ranges{{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}};
  for (int looked = 0; !ranges.empty() && looked < kMaxRanges; ++looked) {
    const Range range = ranges.front();
    ranges.pop_front();
    const Walk up = walk(range, true);
    if (up.complete) continue;
    incomplete_ = true;
    const Walk down = walk({up.reached, range.before}, false);
    if (down.complete) continue;
    const auto width = static_cast<std::uint64_t>(down.reached) - static_cast<std::uint64_t>(up.reached);
    if (down.reached <= up.reached || width <= 2) continue;
    const auto middle = static_cast<std::int64_t>(static_cast<std::uint64_t>(up.reached) + width / 2);
    ranges.push_back({up.reached, middle + 1});
    ranges.push_back({middle, down.reached});
  }
}

TableSalvage::Walk TableSalvage::walk(const Range& range, bool ascending) {
  Walk walk{false, ascending ? range.after : range.before};
  try {
    SQLite::Statement rows(damaged_, "SELECT rowid, " + columns_ + " FROM " + table_ +
                                         " NOT INDEXED WHERE rowid > ? AND rowid < ? ORDER BY rowid" +
                                         (ascending ? "" : " DESC"));
    rows.bind(1, range.after);
    rows.bind(2, range.before);
    while (rows.executeStep()) {
      const std::int64_t rowid = rows.getColumn(0).getInt64();
      // Pages in another order than they should be.
      if (rowsLeft_ == 0 || (ascending ? rowid <= walk.reached : rowid >= walk.reached)) return walk;
      --rowsLeft_;
      copy(rows, 1);
      walk.reached = rowid;
    }
    walk.complete = true;
  } catch (const SQLite::Exception& failure) {
    if (whole_.getErrorCode() != SQLITE_OK && whole_.getErrorCode() != SQLITE_DONE &&
        whole_.getErrorCode() != SQLITE_ROW && whole_.getErrorCode() != SQLITE_CONSTRAINT) {
      throw;
    }
    log::info(std::string("salvage: ") + failure.what());
  }
  return walk;
}

/// Tables without rowids are small.
void TableSalvage::walkKeys(bool ascending) {
  std::string order;
  for (const std::string& key : keys_)
    order += (order.empty() ? " ORDER BY " : ", ") + key + (ascending ? "" : " DESC");
  try {
    SQLite::Statement rows(damaged_, "SELECT " + columns_ + " FROM " + table_ + order);
    for (; rowsLeft_ > 0 && rows.executeStep(); --rowsLeft_) copy(rows, 0);
  } catch (const SQLite::Exception& failure) {
    incomplete_ = true;
    log::info(std::string("salvage: ") + failure.what());
  }
}

void TableSalvage::copy(SQLite::Statement& row, int firstColumn) {
  insert_->tryReset();
  for (int i = 0; i < columnCount_; ++i) {
    const SQLite::Column value = row.getColumn(firstColumn + i);
    if (value.isInteger()) {
      insert_->bind(i + 1, value.getInt64());
    } else if (value.isFloat()) {
      insert_->bind(i + 1, value.getDouble());
    } else if (value.isText()) {
      insert_->bind(i + 1, withoutMalformed(value.getString()));
    } else if (value.isBlob()) {
      bindBlob(*insert_, i + 1, blobOf(value));
    } else {
      insert_->bind(i + 1);
    }
  }
  insert_->exec();
  insert_->tryReset();
}

}  // namespace earshot::app

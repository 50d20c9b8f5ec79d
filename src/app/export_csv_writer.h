#pragma once
// The export as a table: RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8. Every
// cell stands in quotes. Nothing in it can be a formula: whatever could begin one, at the start of a
// cell or where a spreadsheet with other separators would see one, gets an apostrophe before it.

#include <string>

#include "app/exporter.h"

namespace earshot::app {

class ExportCsvWriter : public ExportWriter {
 public:
  explicit ExportCsvWriter(TimeZone zone);
  void begin(std::ostream& out, const ExportHeader& header) override;
  void event(std::ostream& out, const StoredEvent& stored, const TextContext&) override;
  void end(std::ostream& out) override;

 private:
  TimeZone zone_;
};

/// A cell with its quotes.
[[nodiscard]] std::string csvCell(std::string_view text);

}  // namespace earshot::app

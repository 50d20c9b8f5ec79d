#pragma once
// The plain text export: a header, then one line for each event. No message, name or topic can
// look like a line of the export's own: whatever begins a new line in some viewer begins a marked
// continuation line here, and characters that reorder or hide text are written as "<U+202E>".

#include <chrono>
#include <optional>

#include "app/exporter.h"

namespace earshot::app {

class ExportTextWriter : public ExportWriter {
 public:
  explicit ExportTextWriter(TimeZone zone);
  void begin(std::ostream& out, const ExportHeader& header) override;
  void event(std::ostream& out, const StoredEvent& stored, const TextContext& context) override;
  void end(std::ostream& out) override;

 private:
  TimeZone zone_;
  std::optional<std::chrono::sys_days> day_;
};

}  // namespace earshot::app

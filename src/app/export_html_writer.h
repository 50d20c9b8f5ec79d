#pragma once
// The export as one web page: everything is in the file, nothing in it runs or is fetched (its content
// security policy forbids both), and no text, name or topic can become markup: all of it goes through
// one function. Marks that reorder text are written as "<U+202E>"; every name and text is isolated, so
// that its direction is its own.

#include <chrono>
#include <optional>

#include "app/exporter.h"

namespace earshot::app {

class ExportHtmlWriter : public ExportWriter {
 public:
  explicit ExportHtmlWriter(TimeZone zone);
  void begin(std::ostream& out, const ExportHeader& header) override;
  void event(std::ostream& out, const StoredEvent& stored, const TextContext& context) override;
  void end(std::ostream& out) override;

 private:
  TimeZone zone_;
  std::optional<std::chrono::sys_days> day_;
};

}  // namespace earshot::app

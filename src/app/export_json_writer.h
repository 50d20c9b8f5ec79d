#pragma once
// The export that loses nothing: JSON Lines (conversation_json.h), which can be imported again.

#include <vector>

#include "app/exporter.h"

namespace earshot::app {

class ExportJsonWriter : public ExportWriter {
 public:
  void begin(std::ostream& out, const ExportHeader& header) override;
  void event(std::ostream& out, const StoredEvent& stored, const TextContext&) override;
  void end(std::ostream& out) override;

 private:
  [[nodiscard]] std::size_t epochOf(Position position) const;

  std::vector<SavedEpoch> epochs_;
};

}  // namespace earshot::app

#include "app/export_json_writer.h"

#include <algorithm>
#include <ostream>

#include "app/conversation_json.h"
#include "app/conversation_schema.h"

namespace earshot::app {

void ExportJsonWriter::begin(std::ostream& out, const ExportHeader& header) {
  epochs_ = header.epochs;
  out << lineOf(headerJson(header)) << '\n';
}

/// From 1; the one of a private chat has no name and is 1.
std::size_t ExportJsonWriter::epochOf(Position position) const {
  const auto found = std::ranges::find(epochs_, epochNumberAt(position), &SavedEpoch::number);
  return found == epochs_.end() ? 1 : static_cast<std::size_t>(found - epochs_.begin()) + 1;
}

void ExportJsonWriter::event(std::ostream& out, const StoredEvent& stored, const TextContext&) {
  out << lineOf(eventJson(stored.event, epochOf(stored.position))) << '\n';
}

void ExportJsonWriter::end(std::ostream&) {}

}  // namespace earshot::app

// What the formats are called.
#include <algorithm>
#include <array>

#include "app/exporter.h"
#include "app/text.h"
#include "app/whole_file.h"

namespace earshot::app {
namespace {

struct Format {
  ExportFormat format;
  std::string_view name;
  std::string_view extension;
};

constexpr std::array kFormats{Format{ExportFormat::Text, "text", ".txt"}, Format{ExportFormat::Html, "html", ".html"},
                              Format{ExportFormat::JsonLines, "jsonl", ".jsonl"},
                              Format{ExportFormat::Csv, "csv", ".csv"}};

const Format& entryOf(ExportFormat format) {
  return *std::ranges::find(kFormats, format, &Format::format);
}

}  // namespace

std::string_view nameOf(ExportFormat format) {
  return entryOf(format).name;
}

std::string_view extensionOf(ExportFormat format) {
  return entryOf(format).extension;
}

std::optional<ExportFormat> exportFormatNamed(std::string_view name) {
  const auto* found = std::ranges::find(kFormats, name, &Format::name);
  return found == kFormats.end() ? std::nullopt : std::optional(found->format);
}

std::optional<ExportFormat> exportFormatOf(const std::filesystem::path& file) {
  const std::string extension = textOf(file.extension());
  if (!isValidText(extension)) return std::nullopt;
  const std::string folded = foldCase(extension);
  if (folded == ".htm") return ExportFormat::Html;
  const auto* found = std::ranges::find(kFormats, folded, &Format::extension);
  return found == kFormats.end() ? std::nullopt : std::optional(found->format);
}

}  // namespace earshot::app

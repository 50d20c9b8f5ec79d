#pragma once
// Writes a range of a conversation to a file that other people and programs can read. The file is
// written whole or not at all (a temporary file beside it, then rename). Runs on any thread, best
// not on the one that draws.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/conversation.h"
#include "app/result.h"

namespace earshot::app {

enum class ExportFormat { Text, Html, JsonLines, Csv };

/// "text", "html", "jsonl", "csv": as options and settings have it.
[[nodiscard]] std::string_view nameOf(ExportFormat format);
[[nodiscard]] std::optional<ExportFormat> exportFormatNamed(std::string_view name);
/// By the ending of a file's name, in any case; nothing for one that belongs to no format.
[[nodiscard]] std::optional<ExportFormat> exportFormatOf(const std::filesystem::path& file);
/// ".txt", ".html", ".jsonl", ".csv".
[[nodiscard]] std::string_view extensionOf(ExportFormat format);

struct ExportRange {
  std::optional<UtcMillis> from;  ///< inclusive
  std::optional<UtcMillis> to;    ///< exclusive

  [[nodiscard]] bool holds(UtcMillis time) const { return (!from || time >= *from) && (!to || time < *to); }
  bool operator==(const ExportRange&) const = default;
};

/// Events that the room numbered between two that are saved here, and that are not.
struct ExportGaps {
  std::uint64_t events = 0;
  std::uint64_t places = 0;

  bool operator==(const ExportGaps&) const = default;
};

/// What every export states at its top.
struct ExportHeader {
  std::string roomName;
  std::string address;
  ExportRange range;
  std::string timeZone;  ///< "UTC+02:00 (CEST)"
  std::uint64_t eventCount = 0;
  std::uint64_t messageCount = 0;
  std::string privateWith{};  ///< of a private chat: the other person's name
  ExportGaps gaps{};
  ConversationInfo conversation{};   ///< where it was saved first: of an archive, what it is a copy of
  std::vector<SavedEpoch> epochs{};  ///< empty for a private chat
};

/// What stands with a text.
struct TextContext {
  std::optional<Event> answers{};  ///< the text that it is a reply to, if that is saved here
  std::vector<Reaction> reactions{};
};

/// One format. begin, then event for each in order, then end. Must not keep references.
class ExportWriter {
 public:
  virtual ~ExportWriter() = default;
  virtual void begin(std::ostream& out, const ExportHeader& header) = 0;
  virtual void event(std::ostream& out, const StoredEvent& stored, const TextContext& context) = 0;
  virtual void end(std::ostream& out) = 0;
};

/// How times are written; tests hand in a fixed one.
struct TimeZone {
  std::function<std::chrono::minutes(UtcMillis)> offsetAt;  ///< from UTC
  std::string name;
};
/// The computer's own zone (TZ is honoured).
[[nodiscard]] TimeZone localTimeZone();

[[nodiscard]] std::unique_ptr<ExportWriter> makeExportWriter(ExportFormat format, TimeZone zone);

/// done and total are events; return false to cancel (nothing is left behind, Errc::Cancelled).
using ExportProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// Returns how many messages were written.
Result<std::uint64_t> exportConversation(ConversationReader& conversation, const std::filesystem::path& target,
                                         ExportFormat format, const ExportRange& range, const TimeZone& zone,
                                         const ExportProgress& progress = {});

/// The same to a stream (standard output). The caller checks the stream afterwards.
Result<std::uint64_t> exportConversation(ConversationReader& conversation, std::ostream& out, ExportFormat format,
                                         const ExportRange& range, const TimeZone& zone,
                                         const ExportProgress& progress = {});

/// A file name for this export without characters that some system forbids: "Kitchen table 2026-11-22.txt".
[[nodiscard]] std::string suggestedFileName(const std::string& roomName, UtcMillis now, const TimeZone& zone,
                                            ExportFormat format);

/// "2026-11-22", "2026-11-22 14:30" or RFC 3339; local unless a zone is given.
Result<UtcMillis> parseTime(const std::string& text, const TimeZone& zone);

/// RFC 3339 with milliseconds in UTC: "2026-11-22T13:30:05.250Z".
[[nodiscard]] std::string formatRfc3339(UtcMillis time);

}  // namespace earshot::app

#include "app/exporter.h"

#include <algorithm>
#include <cerrno>
#include <ostream>
#include <utility>
#include <vector>

#include "app/conversation_schema.h"
#include "app/export_csv_writer.h"
#include "app/export_html_writer.h"
#include "app/export_json_writer.h"
#include "app/export_text_writer.h"
#include "app/local_time.h"
#include "app/whole_file.h"

namespace earshot::app {

namespace {

constexpr std::uint64_t kEventsPerProgress = 1'000;

/// Which events were there when they were counted. More may come in while they are written, even
/// between two that were counted; the file holds exactly what its header says.
class Census {
 public:
  /// Precondition: all that are saved, in ascending order, whether they belong to the export or not.
  void see(const StoredEvent& stored, bool belongs) {
    if (events_ > 0 || belongs) countGap(stored.position);
    before_ = stored.position;
    if (belongs) add(stored);
  }

  /// Precondition: asked in ascending order.
  bool has(Position position) {
    const std::int64_t wanted = toNumber(position);
    while (current_ < runs_.size() && runs_[current_].second < wanted) ++current_;
    return current_ < runs_.size() && runs_[current_].first <= wanted;
  }

  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t messages() const { return messages_; }
  /// Between the first event of the export and the last.
  [[nodiscard]] const ExportGaps& gaps() const { return gaps_; }
  [[nodiscard]] UtcMillis first() const { return first_; }
  [[nodiscard]] UtcMillis last() const { return last_; }

 private:
  void countGap(Position position) {
    const bool follows = before_ && events_ > 0 && epochNumberAt(*before_) == epochNumberAt(position);
    const std::uint64_t missing = follows ? toNumber(seqAt(position)) - toNumber(seqAt(*before_)) - 1 : 0;
    if (missing == 0) return;
    seen_.events += missing;
    ++seen_.places;
  }

  void add(const StoredEvent& stored) {
    const std::int64_t position = toNumber(stored.position);
    gaps_ = seen_;
    if (runs_.empty() || runs_.back().second + 1 != position) runs_.emplace_back(position, position);
    runs_.back().second = position;
    if (events_ == 0) first_ = stored.event.time;
    last_ = stored.event.time;
    ++events_;
    if (std::holds_alternative<TextPosted>(stored.event.body)) ++messages_;
  }

  std::optional<Position> before_;
  ExportGaps seen_, gaps_;
  std::vector<std::pair<std::int64_t, std::int64_t>> runs_;  ///< first and last position, ascending
  std::size_t current_ = 0;
  std::uint64_t events_ = 0;
  std::uint64_t messages_ = 0;
  UtcMillis first_{};
  UtcMillis last_{};
};

/// "UTC+01:00 (CET)"; both offsets when clocks changed between the first event and the last.
std::string zoneOf(const TimeZone& zone, UtcMillis first, UtcMillis last) {
  std::string text = utcOffset(zone.offsetAt(first));
  if (zone.offsetAt(first) != zone.offsetAt(last)) text += " to " + utcOffset(zone.offsetAt(last));
  return zone.name.empty() ? text : text + " (" + zone.name + ")";
}

class Export {
 public:
  Export(ConversationReader& conversation, std::ostream& out, ExportFormat format, const ExportRange& range,
         const TimeZone& zone, const ExportProgress& progress)
      : conversation_(conversation),
        out_(out),
        writer_(makeExportWriter(format, zone)),
        range_(range),
        zone_(zone),
        progress_(progress) {}

  /// Returns how many messages were written.
  Result<std::uint64_t> run() {
    const auto info = conversation_.info();
    if (!info) return info.error();
    auto epochs = conversation_.epochs();
    if (!epochs) return epochs.error();
    if (auto counted = count(); !counted) return counted.error();
    ExportHeader header = headerFor(*info);
    header.epochs = *std::move(epochs);
    writer_->begin(out_, header);
    if (auto written = writeEvents(); !written) return written.error();
    writer_->end(out_);
    out_.flush();
    if (!out_) return streamError();
    if (!report(census_.events())) return Error{Errc::Cancelled};
    return census_.messages();
  }

 private:
  Status count() {
    const auto expected = conversation_.countBetween(range_.from, range_.to);
    if (!expected) return expected.error();
    bool cancelled = false;
    std::uint64_t seen = 0;
    auto visited = conversation_.forEach({}, {}, [&](const StoredEvent& stored) {
      census_.see(stored, range_.holds(stored.event.time));
      const bool due = ++seen % kEventsPerProgress == 0;
      cancelled = due && progress_ && !progress_(0, *expected);
      return !cancelled;
    });
    if (cancelled) return Error{Errc::Cancelled};
    return visited;
  }

  [[nodiscard]] ExportHeader headerFor(const ConversationInfo& info) const {
    const UtcMillis first = census_.events() > 0 ? census_.first() : info.lastActivity;
    const UtcMillis last = census_.events() > 0 ? census_.last() : info.lastActivity;
    const ConversationInfo original = originalOf(info);
    return {original.roomName,
            original.address,
            statedRange(info),
            zoneOf(zone_, first, last),
            census_.events(),
            census_.messages(),
            original.peer ? original.peer->name : std::string{},
            census_.gaps(),
            original};
  }

  /// An archive is exported as what it is a copy of.
  [[nodiscard]] static ConversationInfo originalOf(const ConversationInfo& info) {
    if (!info.archive) return info;
    ConversationInfo original = info;
    original.room = info.archive->room;
    original.roomName = info.archive->roomName;
    original.peer = info.archive->peer;
    return original;
  }

  /// An archive holds no more than what was exported into it.
  [[nodiscard]] ExportRange statedRange(const ConversationInfo& info) const {
    ExportRange range = range_;
    if (!info.archive) return range;
    if (info.archive->from) range.from = std::max(range.from.value_or(*info.archive->from), *info.archive->from);
    if (info.archive->to) range.to = std::min(range.to.value_or(*info.archive->to), *info.archive->to);
    return range;
  }

  Status writeEvents() {
    std::uint64_t done = 0;
    bool cancelled = false;
    std::optional<Error> failed;
    auto visited = conversation_.forEach(range_.from, range_.to, [&](const StoredEvent& stored) {
      if (!census_.has(stored.position)) return true;
      errno = 0;
      const auto context = contextOf(stored);
      if (!context) {
        failed = context.error();
        return false;
      }
      writer_->event(out_, stored, *context);
      if (!out_) return false;
      ++done;
      const bool due = done % kEventsPerProgress == 0 && done < census_.events();
      cancelled = due && !report(done);
      return !cancelled;
    });
    if (!visited) return visited;
    if (failed) return *failed;
    if (cancelled) return Error{Errc::Cancelled};
    if (!out_) return streamError();
    if (done != census_.events()) return Error{Errc::StorageFailed};
    return Done{};
  }

  Result<TextContext> contextOf(const StoredEvent& stored) {
    TextContext context;
    const auto* posted = std::get_if<TextPosted>(&stored.event.body);
    if (posted == nullptr || posted->deleted) return context;
    auto reactions = conversation_.reactionsTo(stored.position);
    if (!reactions) return reactions.error();
    context.reactions = *std::move(reactions);
    if (toNumber(posted->replyTo) == 0) return context;
    auto answers = conversation_.at(positionAt(epochNumberAt(stored.position), posted->replyTo));
    if (!answers) return answers.error();
    if (*answers && std::holds_alternative<TextPosted>((*answers)->event.body)) {
      context.answers = std::move((*answers)->event);
    }
    return context;
  }

  [[nodiscard]] bool report(std::uint64_t done) const { return !progress_ || progress_(done, census_.events()); }

  /// The stream does not say why; what the system said last is right for the usual ones.
  [[nodiscard]] static Error streamError() {
    return {errno == ENOSPC || errno == EFBIG ? Errc::StorageFull : Errc::StorageFailed};
  }

  ConversationReader& conversation_;
  std::ostream& out_;
  std::unique_ptr<ExportWriter> writer_;
  const ExportRange& range_;
  const TimeZone& zone_;
  const ExportProgress& progress_;
  Census census_;
};

}  // namespace

std::unique_ptr<ExportWriter> makeExportWriter(ExportFormat format, TimeZone zone) {
  switch (format) {
    case ExportFormat::Html:
      return std::make_unique<ExportHtmlWriter>(std::move(zone));
    case ExportFormat::JsonLines:
      return std::make_unique<ExportJsonWriter>();
    case ExportFormat::Csv:
      return std::make_unique<ExportCsvWriter>(std::move(zone));
    case ExportFormat::Text:
      break;
  }
  return std::make_unique<ExportTextWriter>(std::move(zone));
}

Result<std::uint64_t> exportConversation(ConversationReader& conversation, std::ostream& out, ExportFormat format,
                                         const ExportRange& range, const TimeZone& zone,
                                         const ExportProgress& progress) {
  return Export(conversation, out, format, range, zone, progress).run();
}

Result<std::uint64_t> exportConversation(ConversationReader& conversation, const std::filesystem::path& target,
                                         ExportFormat format, const ExportRange& range, const TimeZone& zone,
                                         const ExportProgress& progress) {
  auto file = WholeFile::create(target, false);
  if (!file) return file.error();
  auto written = exportConversation(conversation, file->stream(), format, range, zone, progress);
  // The file knows better than its stream why it failed.
  if (auto status = file->status(); !status) return status.error();
  if (!written) return written.error();
  if (auto committed = file->commit(); !committed) return committed.error();
  return written;
}

}  // namespace earshot::app

#include "ui/transcript_layout.h"

#include <algorithm>
#include <cmath>

#include "ui/link_finder.h"
#include "ui/transcript_format.h"

namespace earshot::ui {
namespace {

constexpr auto kGroupPause = std::chrono::minutes(5);

/// One paragraph: clusters [first, last) of the text, none of them a line end.
struct Paragraph {
  std::string_view text;
  const std::vector<Cluster>& clusters;
  std::size_t first;
  std::size_t last;
  std::size_t begin;  ///< byte where it begins

  [[nodiscard]] std::size_t endOf(std::size_t cluster) const { return clusters[cluster].end; }
};

/// The first cluster that belongs to the next line when a line starts at `start`.
std::size_t lineEnd(const Paragraph& p, const std::vector<double>& advances, std::size_t start, double maxWidth) {
  const double base = start == p.first ? 0 : advances[start - p.first - 1];
  std::size_t lastBreak = start;
  for (std::size_t i = start; i < p.last; ++i) {
    if (i > start && mayBreakBefore(p.clusters, i)) lastBreak = i;
    if (p.clusters[i].kind == ClusterKind::Space || advances[i - p.first] - base <= maxWidth) continue;
    return lastBreak > start ? lastBreak : std::max(i, start + 1);
  }
  return p.last;
}

void wrapParagraph(const Paragraph& p, double maxWidth, TextFace face, const TextMeasurer& measurer,
                   std::vector<TextLine>& lines) {
  if (p.first == p.last) {
    lines.push_back({{p.begin, p.begin}, p.begin, 0, false});
    return;
  }
  const std::string_view text = p.text.substr(p.begin, p.endOf(p.last - 1) - p.begin);
  std::vector<Cluster> own(p.clusters.begin() + static_cast<std::ptrdiff_t>(p.first),
                           p.clusters.begin() + static_cast<std::ptrdiff_t>(p.last));
  for (Cluster& cluster : own) cluster.end -= static_cast<std::uint32_t>(p.begin);
  const auto advances = measurer.advances(text, own, face);
  const bool rtl = isRightToLeft(text);
  for (std::size_t start = p.first; start < p.last;) {
    const std::size_t end = lineEnd(p, advances, start, maxWidth);
    std::size_t inked = end;
    while (inked > start && p.clusters[inked - 1].kind == ClusterKind::Space) --inked;
    const auto advanceTo = [&](std::size_t cluster) {
      return cluster == p.first ? 0 : advances[cluster - p.first - 1];
    };
    const std::size_t begin = start == p.first ? p.begin : p.endOf(start - 1);
    const std::size_t ink = inked == start ? begin : p.endOf(inked - 1);
    lines.push_back({{begin, p.endOf(end - 1)}, ink, advanceTo(inked) - advanceTo(start), rtl});
    start = end;
  }
}

std::vector<TextLine> wrapClusters(std::string_view text, const std::vector<Cluster>& clusters, double maxWidth,
                                   TextFace face, const TextMeasurer& measurer) {
  std::vector<TextLine> lines;
  std::size_t first = 0;
  for (;;) {
    std::size_t last = first;
    while (last < clusters.size() && clusters[last].kind != ClusterKind::Newline) ++last;
    const std::size_t begin = first == 0 ? 0 : clusters[first - 1].end;
    wrapParagraph({text, clusters, first, last, begin}, maxWidth, face, measurer, lines);
    if (last == clusters.size()) return lines;
    first = last + 1;
  }
}

/// Right-to-left lines end at the right edge of the widest of them, so that the block stays beside
/// the speaker however wide the view is.
void placeLines(RowLayout& layout, std::vector<TextLine> lines, const TranscriptMetrics& metrics, int top) {
  layout.lines.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i;
    double block = 0;
    for (; end < lines.size() && lines[end].rtl == lines[i].rtl; ++end) block = std::max(block, lines[end].width);
    for (; i < end; ++i) {
      const double indent = layout.notice ? (metrics.columnWidth - lines[i].width) / 2 + metrics.columnLeft
                                          : (lines[i].rtl ? block - lines[i].width : 0) + metrics.textLeft;
      layout.lines.push_back({lines[i], static_cast<int>(std::lround(indent)), top});
      top += layout.lineHeight;
    }
  }
}

int lineHeightOf(TextFace face, const TranscriptMetrics& metrics) {
  switch (face) {
    case TextFace::Small:
    case TextFace::SmallBold:
      return metrics.smallLine;
    case TextFace::Name:
      return metrics.nameLine;
    case TextFace::Emoji:
      return metrics.emojiLine;
    case TextFace::Body:
    case TextFace::Action:
      break;
  }
  return metrics.bodyLine;
}

std::string deliveryText(const RowContext& context) {
  switch (context.row.delivery) {
    case Delivery::Failed:
      return "not sent · retry";
    case Delivery::Sending:
      return context.slow ? "sending…" : "";
    case Delivery::Kept:
      return "✓";
    case Delivery::Delivered:
      return "✓✓";
    case Delivery::Sent:
      break;
  }
  return {};
}

std::string statusText(const RowContext& context) {
  const std::string delivery = deliveryText(context);
  if (!context.row.edited) return delivery;
  return delivery.empty() ? "edited" : "edited · " + delivery;
}

/// Returns the height it adds.
int placeQuote(RowLayout& layout, const TranscriptRow& row, const TranscriptMetrics& metrics, int top) {
  if (!row.quote) return 0;
  layout.quote = PlacedQuote{displayText(row.quote->name), displayText(row.quote->text), top};
  if (row.quote->name.empty()) {
    layout.quote->text = "An earlier message";
  } else if (row.quote->text.empty()) {
    layout.quote->text = "Deleted message";
  }
  return metrics.smallLine + metrics.gap;
}

/// Side by side, and in as many lines as it takes. Returns the height they add.
int placeReactions(RowLayout& layout, const TranscriptRow& row, const TranscriptMetrics& metrics,
                   const TextMeasurer& measurer, int bottom) {
  int x = metrics.textLeft;
  int y = bottom + metrics.gap / 2;
  for (const RowReaction& reaction : row.reactions) {
    const std::string count = reaction.names.size() > 1 ? " " + std::to_string(reaction.names.size()) : "";
    PlacedReaction placed{displayText(reaction.emoji) + count, reaction.own};
    placed.width = static_cast<int>(std::ceil(measurer.width(placed.label, TextFace::Small))) + metrics.chipHeight / 2;
    if (x > metrics.textLeft && x + placed.width > metrics.textLeft + metrics.textWidth) {
      x = metrics.textLeft;
      y += metrics.chipHeight + metrics.gap;
    }
    placed.x = x;
    placed.y = y;
    x += placed.width + metrics.gap;
    layout.reactions.push_back(std::move(placed));
  }
  return layout.reactions.empty() ? 0 : y + metrics.chipHeight + metrics.gap / 2 - bottom;
}

/// Behind the last line where there is room, else below it. Returns the height it adds.
int placeStatus(RowLayout& layout, const RowContext& context, const TranscriptMetrics& metrics,
                const TextMeasurer& measurer, int bottom) {
  layout.status.text = statusText(context);
  if (layout.status.text.empty() || layout.notice) return 0;
  layout.status.retry = context.row.delivery == Delivery::Failed;
  layout.status.width = static_cast<int>(std::ceil(measurer.width(layout.status.text, TextFace::Small)));
  const PlacedLine& last = layout.lines.back();
  const int behind = last.x + static_cast<int>(std::ceil(last.width)) + metrics.bodyLine / 2;
  if (behind + layout.status.width <= metrics.textLeft + metrics.textWidth) {
    layout.status.x = behind;
    layout.status.y = last.y + (layout.lineHeight - metrics.smallLine) / 2 + 1;
    return 0;
  }
  layout.status.x = metrics.textLeft;
  layout.status.y = bottom;
  return metrics.smallLine;
}

bool isAction(const TranscriptRow& row) {
  return row.kind == RowKind::Text && row.style == app::TextStyle::Action;
}

/// Lays the lines above the text; returns where the text begins.
int placeAbove(RowLayout& layout, const RowContext& context, const TranscriptMetrics& metrics) {
  const TranscriptRow& row = context.row;
  int y = 0;
  if (!context.previous || !sameDay(context.previous->time, row.time)) {
    layout.day = dayName(row.time);
    layout.dayTop = y;
    y += metrics.dayHeight;
  }
  if (context.unreadLine) {
    layout.unreadLine = true;
    layout.unreadTop = y;
    y += metrics.unreadHeight;
  }
  layout.bodyTop = y;
  const bool begins = beginsGroup(row, context.previous) || context.unreadLine;
  const bool noticeBefore = context.previous && context.previous->kind == RowKind::Notice && layout.day.empty();
  if (layout.notice) return y + (noticeBefore ? metrics.gap / 2 : metrics.gap * 2);
  layout.avatar = begins;
  layout.head = begins && !isAction(row);
  if (!begins) return y + metrics.gap;
  y += metrics.groupGap;
  layout.headTop = y;
  if (!layout.head) return y + std::max(0, metrics.avatarSize - metrics.bodyLine) / 2;
  return y + metrics.nameLine;
}

}  // namespace

std::vector<TextLine> wrapText(std::string_view text, double maxWidth, TextFace face, const TextMeasurer& measurer) {
  return wrapClusters(text, clustersOf(text), maxWidth, face, measurer);
}

bool beginsGroup(const TranscriptRow& row, const TranscriptRow* previous) {
  if (!previous || previous->kind != RowKind::Text || previous->sender != row.sender) return true;
  if (previous->senderName != row.senderName) return true;
  const auto pause = row.time > previous->time ? row.time - previous->time : previous->time - row.time;
  return pause > kGroupPause || !sameDay(previous->time, row.time);
}

RowLayout layoutRow(const RowContext& context, const TranscriptMetrics& metrics, const TextMeasurer& measurer) {
  RowLayout layout;
  layout.notice = context.row.kind == RowKind::Notice;
  layout.text = shownText(context.row);
  layout.time = clockTime(context.row.time);
  const auto clusters = clustersOf(layout.text);
  const bool leans = isAction(context.row) || context.row.deleted;
  layout.face = layout.notice           ? TextFace::Small
                : leans                 ? TextFace::Action
                : isEmojiOnly(clusters) ? TextFace::Emoji
                                        : TextFace::Body;
  layout.lineHeight = lineHeightOf(layout.face, metrics);
  if (!layout.notice) {
    layout.links = findLinks(layout.text);
    layout.found = findWords(layout.text, context.found);
  }

  int textTop = placeAbove(layout, context, metrics);
  textTop += placeQuote(layout, context.row, metrics, textTop);
  const int maxWidth = layout.notice ? metrics.columnWidth - 2 * metrics.bodyLine : metrics.textWidth;
  placeLines(layout, wrapClusters(layout.text, clusters, maxWidth, layout.face, measurer), metrics, textTop);
  int bottom = textTop + static_cast<int>(layout.lines.size()) * layout.lineHeight;
  bottom += placeStatus(layout, context, metrics, measurer, bottom);
  bottom += placeReactions(layout, context.row, metrics, measurer, bottom);
  if (layout.avatar) bottom = std::max(bottom, layout.headTop + metrics.avatarSize);
  layout.height = bottom + (layout.notice ? metrics.gap : metrics.gap / 2);
  return layout;
}

int estimateHeight(const RowContext& context, const TranscriptMetrics& metrics) {
  RowLayout layout;
  layout.notice = context.row.kind == RowKind::Notice;
  const int top = placeAbove(layout, context, metrics);
  const std::size_t perLine =
      static_cast<std::size_t>(std::max(8.0, metrics.textWidth / std::max(1.0, metrics.letter)));
  int lines = 0;
  std::string_view rest = context.row.text;
  for (;;) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines += 1 + static_cast<int>(end / perLine);
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  const int quote = context.row.quote ? metrics.smallLine + metrics.gap : 0;
  const int reactions = context.row.reactions.empty() ? 0 : metrics.chipHeight + metrics.gap;
  return top + quote + lines * (layout.notice ? metrics.smallLine : metrics.bodyLine) + reactions + metrics.gap;
}

}  // namespace earshot::ui

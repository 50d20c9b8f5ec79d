#include "ui/transcript_painter.h"

#include <algorithm>
#include <cmath>

#include <wx/brush.h>
#include <wx/graphics.h>
#include <wx/pen.h>

#include "ui/avatar.h"

namespace earshot::ui {
namespace {

std::optional<TextRange> overlap(TextRange a, TextRange b) {
  const TextRange both{std::max(a.begin, b.begin), std::min(a.end, b.end)};
  return both.empty() ? std::nullopt : std::optional(both);
}

}  // namespace

void TranscriptPainter::row(const RowPaint& paint) {
  if (!paint.layout.day.empty()) dayLine(paint.layout, paint.top + paint.layout.dayTop);
  if (paint.layout.unreadLine) unreadLine(paint.top + paint.layout.unreadTop);
  background(paint);
  if (paint.layout.avatar) head(paint);
  if (paint.layout.quote) quote(paint);
  text(paint);
  reactions(paint);
}

void TranscriptPainter::emptyHint(const std::string& text, const wxSize& view) {
  const double width = engine_.width(text, TextFace::Body);
  engine_.draw(gc_, {text, TextFace::Body}, (view.x - width) / 2, (view.y - metrics_.bodyLine) / 2.0, theme_.muted);
}

void TranscriptPainter::dayLine(const RowLayout& layout, int top) {
  const double width = engine_.width(layout.day, TextFace::Small);
  const double centre = top + std::floor(metrics_.dayHeight / 2.0);
  const double middle = metrics_.columnLeft + metrics_.columnWidth / 2.0;
  const double pill = width + px(24);
  const double pillHeight = metrics_.smallLine + px(6);
  const double left = std::floor(middle - pill / 2);
  const double edge = px(16);
  fill(metrics_.columnLeft + edge, centre, left - metrics_.columnLeft - edge, 1, theme_.separator);
  const double right = left + pill;
  fill(right, centre, metrics_.columnLeft + metrics_.columnWidth - edge - right, 1, theme_.separator);
  gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(theme_.separator).Width(1)));
  gc_.SetBrush(wxNullBrush);
  gc_.DrawRoundedRectangle(left + 0.5, std::floor(centre - pillHeight / 2) + 0.5, pill - 1, std::floor(pillHeight),
                           pillHeight / 2);
  engine_.draw(gc_, {layout.day, TextFace::Small}, std::floor(middle - width / 2),
               std::floor(centre - engine_.faceHeight(TextFace::Small) / 2.0), theme_.muted);
}

void TranscriptPainter::unreadLine(int top) {
  const std::string label = "New messages";
  const double width = engine_.width(label, TextFace::SmallBold);
  const double centre = top + std::floor(metrics_.unreadHeight / 2.0);
  const double middle = metrics_.columnLeft + metrics_.columnWidth / 2.0;
  const double left = std::floor(middle - width / 2);
  const double edge = px(16);
  const double gap = px(12);
  const wxColour line = mix(theme_.surface, theme_.accent, 0.7);
  fill(metrics_.columnLeft + edge, centre, left - gap - metrics_.columnLeft - edge, 1, line);
  fill(left + width + gap, centre, metrics_.columnLeft + metrics_.columnWidth - edge - left - width - gap, 1, line);
  small(label, left, std::floor(centre - metrics_.smallLine / 2.0), theme_.accent, TextFace::SmallBold);
}

void TranscriptPainter::background(const RowPaint& paint) {
  const double inset = px(4);
  const RowLayout& layout = paint.layout;
  const int skipped = layout.avatar ? layout.headTop - static_cast<int>(px(4)) : layout.bodyTop;
  const double y = paint.top + skipped;
  const double height = layout.height - skipped + (paint.layout.avatar ? px(2) : 0);
  const double width = metrics_.columnWidth - 2 * inset;
  const double radius = px(6);
  const double x = metrics_.columnLeft + inset;
  gc_.SetPen(*wxTRANSPARENT_PEN);
  if (paint.row.mentioned) {
    gc_.SetBrush(wxBrush(mix(theme_.surface, theme_.accent, 0.10)));
    gc_.DrawRoundedRectangle(x, y, width, height, radius);
    fill(x, y + radius, px(3), height - 2 * radius, theme_.accent);
  }
  if (paint.hovered && !layout.notice) {
    gc_.SetBrush(wxBrush(theme_.hover));
    gc_.DrawRoundedRectangle(x, y, width, height, radius);
  }
  if (paint.flash > 0) {
    gc_.SetBrush(wxBrush(mix(theme_.surface, theme_.accent, 0.30 * paint.flash)));
    gc_.DrawRoundedRectangle(x, y, width, height, radius);
  }
  if (paint.ring) {
    gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(theme_.accent).Width(px(2))));
    gc_.SetBrush(wxNullBrush);
    gc_.DrawRoundedRectangle(x + px(1), y + px(1), width - px(2), height - px(2), radius);
  }
}

void TranscriptPainter::head(const RowPaint& paint) {
  const int top = paint.top + paint.layout.headTop;
  drawAvatar(gc_, {metrics_.avatarLeft, top, metrics_.avatarSize, metrics_.avatarSize}, paint.row.senderName,
             paint.row.sender, theme_);
  if (!paint.layout.head) return;
  const double timeWidth = engine_.width(paint.layout.time, TextFace::Small);
  const double gap = px(8);
  const std::string name =
      engine_.shortened(paint.row.senderName, TextFace::Name, metrics_.textWidth - timeWidth - gap);
  engine_.draw(gc_, {name, TextFace::Name, isRightToLeft(name)}, metrics_.textLeft, top,
               nameColour(paint.row.sender, theme_));
  const double x = metrics_.textLeft + std::ceil(engine_.width(name, TextFace::Name)) + gap;
  const double drop = engine_.faceHeight(TextFace::Name) - engine_.faceHeight(TextFace::Small);
  engine_.draw(gc_, {paint.layout.time, TextFace::Small}, x, top + std::max(0.0, drop - px(1)), theme_.muted);
}

void TranscriptPainter::text(const RowPaint& paint) {
  const RowLayout& layout = paint.layout;
  for (const PlacedLine& placed : layout.lines) line(paint, placed);
  if (paint.hovered && !layout.head && !layout.notice) {
    const double width = engine_.width(layout.time, TextFace::Small);
    const double x = layout.avatar ? metrics_.textLeft + metrics_.textWidth - width
                                   : metrics_.avatarLeft + (metrics_.avatarSize - width) / 2;
    const double y = paint.top + layout.lines.front().y + leading(TextFace::Small, layout.lineHeight);
    engine_.draw(gc_, {layout.time, TextFace::Small}, x, y, theme_.muted);
  }
  const StatusLabel& status = layout.status;
  if (status.text.empty()) return;
  small(status.text, status.x, paint.top + status.y, status.retry ? theme_.danger : theme_.muted);
  if (status.retry) fill(status.x, paint.top + status.y + metrics_.smallLine - px(3), status.width, 1, theme_.danger);
}

void TranscriptPainter::quote(const RowPaint& paint) {
  const PlacedQuote& quote = *paint.layout.quote;
  const double y = paint.top + quote.y;
  const double inset = px(10);
  fill(metrics_.textLeft, y, px(3), metrics_.smallLine, mix(theme_.surface, theme_.accent, 0.6));
  double x = metrics_.textLeft + inset;
  const double right = metrics_.textLeft + metrics_.textWidth;
  if (!quote.name.empty()) {
    const std::string name = engine_.shortened(quote.name, TextFace::SmallBold, (right - x) / 2);
    small(name, x, y, theme_.muted, TextFace::SmallBold);
    x += std::ceil(engine_.width(name, TextFace::SmallBold)) + px(6);
  }
  small(engine_.shortened(quote.text, TextFace::Small, right - x), x, y, theme_.muted);
}

void TranscriptPainter::reactions(const RowPaint& paint) {
  for (const PlacedReaction& reaction : paint.layout.reactions) {
    const double y = paint.top + reaction.y + 0.5;
    gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(reaction.own ? theme_.accent : theme_.border).Width(1)));
    gc_.SetBrush(wxBrush(reaction.own ? mix(theme_.surface, theme_.accent, 0.18) : theme_.surface));
    gc_.DrawRoundedRectangle(reaction.x + 0.5, y, reaction.width - 1, metrics_.chipHeight - 1,
                             metrics_.chipHeight / 2.0);
    const double width = engine_.width(reaction.label, TextFace::Small);
    engine_.draw(gc_, {reaction.label, TextFace::Small}, reaction.x + std::floor((reaction.width - width) / 2),
                 paint.top + reaction.y + leading(TextFace::Small, metrics_.chipHeight), theme_.text);
  }
}

void TranscriptPainter::line(const RowPaint& paint, const PlacedLine& placed) {
  const RowLayout& layout = paint.layout;
  const TextRange ink{placed.range.begin, placed.ink};
  if (ink.empty()) return;
  const LineOfText text{std::string_view(layout.text).substr(ink.begin, ink.end - ink.begin), layout.face, placed.rtl};
  const int top = paint.top + placed.y;
  for (const TextRange& found : layout.found) {
    if (const auto part = overlap(found, ink)) bands(placed, text, *part, top, layout.lineHeight, theme_.highlight);
  }
  if (paint.selected) {
    if (const auto part = overlap(*paint.selected, ink))
      bands(placed, text, *part, top, layout.lineHeight, theme_.selection);
  }
  const bool waiting = paint.row.delivery == Delivery::Sending;
  const wxColour colour = layout.notice       ? theme_.notice
                          : paint.row.deleted ? theme_.muted
                          : waiting           ? mix(theme_.text, theme_.surface, 0.35)
                                              : theme_.text;
  linkedText(layout, placed, text, top, colour);
}

void TranscriptPainter::bands(const PlacedLine& placed, const LineOfText& text, TextRange range, int top, int height,
                              const wxColour& colour) {
  const TextRange local{range.begin - placed.range.begin, range.end - placed.range.begin};
  for (const auto& [from, to] : engine_.stretches(text, local)) {
    fill(placed.x + std::floor(from), top, std::ceil(to) - std::floor(from), height, colour);
  }
}

/// Draws the line once per stretch of one colour, each time clipped to it: the line is shaped whole,
/// so letters join as they should at the ends of a link.
void TranscriptPainter::linkedText(const RowLayout& layout, const PlacedLine& placed, const LineOfText& text, int top,
                                   const wxColour& colour) {
  std::vector<std::pair<double, double>> linked;
  for (const TextRange& link : layout.links) {
    const auto part = overlap(link, {placed.range.begin, placed.ink});
    if (!part) continue;
    for (const auto& stretch :
         engine_.stretches(text, {part->begin - placed.range.begin, part->end - placed.range.begin})) {
      linked.push_back(stretch);
    }
  }
  const double y = top + leading(layout.face, layout.lineHeight);
  if (linked.empty()) {
    engine_.draw(gc_, text, placed.x, y, colour);
    return;
  }
  std::sort(linked.begin(), linked.end());
  const double farLeft = -px(100);
  const double farRight = metrics_.width + px(100);
  const auto drawWithin = [&](double from, double to, const wxColour& ink) {
    if (to <= from) return;
    gc_.PushState();
    gc_.Clip(placed.x + from, top - px(20), to - from, layout.lineHeight + px(40));
    engine_.draw(gc_, text, placed.x, y, ink);
    gc_.PopState();
  };
  double done = farLeft;
  for (const auto& [from, to] : linked) {
    drawWithin(done, from, colour);
    drawWithin(from, to, theme_.accent);
    fill(placed.x + from, std::floor(y + engine_.faceHeight(layout.face) - px(2)), to - from, std::max(1.0, px(1)),
         theme_.accent);
    done = to;
  }
  drawWithin(done, farRight, colour);
}

void TranscriptPainter::jumpButton(const wxRect& circle, std::size_t unread, bool hovered) {
  const double x = circle.x;
  const double y = circle.y;
  const double size = circle.width;
  gc_.SetPen(*wxTRANSPARENT_PEN);
  for (int ring = 3; ring > 0; --ring) {
    gc_.SetBrush(wxBrush(wxColour(0, 0, 0, theme_.dark ? 40 : 14)));
    const double grow = px(ring);
    gc_.DrawEllipse(x - grow, y - grow + px(1.5), size + 2 * grow, size + 2 * grow);
  }
  gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(theme_.border).Width(1)));
  gc_.SetBrush(wxBrush(hovered       ? mix(theme_.surface, theme_.text, 0.08)
                       : theme_.dark ? mix(theme_.surface, theme_.text, 0.06)
                                     : theme_.surface));
  gc_.DrawEllipse(x + 0.5, y + 0.5, size - 1, size - 1);

  wxGraphicsPath arrow = gc_.CreatePath();
  const double cx = x + size / 2;
  const double cy = y + size / 2;
  arrow.MoveToPoint(cx - px(6), cy - px(2.5));
  arrow.AddLineToPoint(cx, cy + px(3.5));
  arrow.AddLineToPoint(cx + px(6), cy - px(2.5));
  gc_.SetPen(gc_.CreatePen(
      wxGraphicsPenInfo(unread > 0 ? theme_.accent : theme_.text).Width(px(2)).Cap(wxCAP_ROUND).Join(wxJOIN_ROUND)));
  gc_.StrokePath(arrow);
  if (unread == 0) return;
  const std::string count = unread > 99 ? "99+" : std::to_string(unread);
  const double textWidth = engine_.width(count, TextFace::SmallBold);
  const double height = metrics_.smallLine;
  const double width = std::max(height, textWidth + px(10));
  const double top = y - height / 2;
  gc_.SetPen(*wxTRANSPARENT_PEN);
  gc_.SetBrush(wxBrush(theme_.accent));
  gc_.DrawRoundedRectangle(cx - width / 2, top, width, height, height / 2);
  engine_.draw(gc_, {count, TextFace::SmallBold}, cx - textWidth / 2,
               top + leading(TextFace::SmallBold, metrics_.smallLine), theme_.onAccent);
}

void TranscriptPainter::fill(double x, double y, double width, double height, const wxColour& colour) {
  if (width <= 0) return;
  gc_.SetPen(*wxTRANSPARENT_PEN);
  gc_.SetBrush(wxBrush(colour));
  gc_.DrawRectangle(x, y, width, height);
}

void TranscriptPainter::small(const std::string& text, double x, double y, const wxColour& colour, TextFace face) {
  engine_.draw(gc_, {text, face}, x, y + leading(face, metrics_.smallLine), colour);
}

double TranscriptPainter::leading(TextFace face, int lineHeight) const {
  return std::floor((lineHeight - engine_.faceHeight(face)) / 2.0);
}

}  // namespace earshot::ui

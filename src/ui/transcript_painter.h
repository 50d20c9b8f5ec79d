#pragma once
// Draws laid-out rows. Knows colours and shapes, nothing of scrolling or input. UI thread.

#include <optional>
#include <string>

#include <wx/gdicmn.h>

#include "ui/theme.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_text_engine.h"

class wxGraphicsContext;

namespace earshot::ui {

/// A row and how it is to look now.
struct RowPaint {
  const TranscriptRow& row;
  const RowLayout& layout;
  int top = 0;  ///< in the view
  std::optional<TextRange> selected{};
  bool hovered = false;
  bool ring = false;  ///< focused by the keyboard
  double flash = 0;   ///< 1: just revealed … 0: not
};

class TranscriptPainter {
 public:
  TranscriptPainter(wxGraphicsContext& gc, TextEngine& engine, const Theme& theme, const TranscriptMetrics& metrics,
                    double dip)
      : gc_(gc), engine_(engine), theme_(theme), metrics_(metrics), dip_(dip) {}

  void row(const RowPaint& paint);
  /// Centred words for a conversation without rows.
  void emptyHint(const std::string& text, const wxSize& view);
  void jumpButton(const wxRect& circle, std::size_t unread, bool hovered);

 private:
  void dayLine(const RowLayout& layout, int top);
  void unreadLine(int top);
  void background(const RowPaint& paint);
  void head(const RowPaint& paint);
  void text(const RowPaint& paint);
  void quote(const RowPaint& paint);
  void reactions(const RowPaint& paint);
  void line(const RowPaint& paint, const PlacedLine& placed);
  void bands(const PlacedLine& placed, const LineOfText& text, TextRange range, int top, int height,
             const wxColour& colour);
  void linkedText(const RowLayout& layout, const PlacedLine& placed, const LineOfText& text, int top,
                  const wxColour& colour);
  void fill(double x, double y, double width, double height, const wxColour& colour);
  void small(const std::string& text, double x, double y, const wxColour& colour, TextFace face = TextFace::Small);
  [[nodiscard]] double leading(TextFace face, int lineHeight) const;
  [[nodiscard]] double px(double dips) const { return dips * dip_; }

  wxGraphicsContext& gc_;
  TextEngine& engine_;
  const Theme& theme_;
  const TranscriptMetrics& metrics_;
  double dip_;
};

}  // namespace earshot::ui

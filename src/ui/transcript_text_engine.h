#pragma once
// Measures and draws single lines of text, mixed directions included. One implementation draws with
// Pango (GTK), the other with what wxGraphicsContext offers everywhere. UI thread.

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <wx/colour.h>

#include "ui/transcript_layout.h"

class wxGraphicsContext;
class wxWindow;

namespace earshot::ui {

/// A line and the direction of the paragraph that it was cut from.
struct LineOfText {
  std::string_view text;
  TextFace face = TextFace::Body;
  bool rtl = false;
};

class TextEngine : public TextMeasurer {
 public:
  /// The window must outlive it. Make a new one when fonts, theme or resolution change.
  [[nodiscard]] static std::unique_ptr<TextEngine> create(wxWindow& window);

  /// Ascent and descent of the face, without leading.
  [[nodiscard]] virtual int faceHeight(TextFace face) const = 0;
  /// Draws with the top left corner of the face's height at (x, y).
  virtual void draw(wxGraphicsContext& gc, const LineOfText& line, double x, double y, const wxColour& colour) = 0;
  /// The stretches [from, to) in x that bytes of the line cover; several where directions mix.
  [[nodiscard]] virtual std::vector<std::pair<double, double>> stretches(const LineOfText& line, TextRange bytes) = 0;
  /// The byte boundary nearest to x.
  [[nodiscard]] virtual std::size_t boundaryAt(const LineOfText& line, double x) = 0;
  /// The byte of the character at x, or the size when x lies beside the text.
  [[nodiscard]] virtual std::size_t characterAt(const LineOfText& line, double x) = 0;
  /// The beginning of the text, with "…" when it is wider than this.
  [[nodiscard]] std::string shortened(std::string_view text, TextFace face, double maxWidth) const;
};

}  // namespace earshot::ui

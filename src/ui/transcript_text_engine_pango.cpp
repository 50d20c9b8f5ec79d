#include "ui/transcript_text_engine.h"

#ifdef __WXGTK__

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include <gtk/gtk.h>
#include <wx/font.h>
#include <wx/fontutil.h>
#include <wx/graphics.h>
#include <wx/settings.h>
#include <wx/window.h>

#include "ui/pango_ptr.h"

namespace earshot::ui {
namespace {

using LayoutPtr = GObjectPtr<PangoLayout>;
using ContextPtr = GObjectPtr<PangoContext>;

constexpr std::size_t kFaces = 6;
/// More than any screen shows at once.
constexpr std::size_t kMaxCachedLines = 600;

double toPixels(int units) {
  return units / static_cast<double>(PANGO_SCALE);
}

FontPtr fontOf(TextFace face) {
  wxFont font = wxSystemSettings::GetFont(wxSYS_DEFAULT_GUI_FONT);
  switch (face) {
    case TextFace::Body:
      break;
    case TextFace::Action:
      font.MakeItalic();
      break;
    case TextFace::Name:
      font.MakeBold();
      break;
    case TextFace::Small:
      font = font.Scaled(0.86f);
      break;
    case TextFace::SmallBold:
      font = font.Scaled(0.86f).Bold();
      break;
    case TextFace::Emoji:
      font = font.Scaled(2.2f);
      break;
  }
  return FontPtr(pango_font_description_copy(font.GetNativeFontInfo()->description));
}

class PangoEngine final : public TextEngine {
 public:
  explicit PangoEngine(wxWindow& window)
      : leftToRight_(makeContext(window, PANGO_DIRECTION_LTR)), rightToLeft_(makeContext(window, PANGO_DIRECTION_RTL)) {
    for (std::size_t i = 0; i < kFaces; ++i) {
      fonts_[i] = fontOf(static_cast<TextFace>(i));
      PangoFontMetrics* metrics = pango_context_get_metrics(leftToRight_.get(), fonts_[i].get(), nullptr);
      ascents_[i] = PANGO_PIXELS_CEIL(pango_font_metrics_get_ascent(metrics));
      descents_[i] = PANGO_PIXELS_CEIL(pango_font_metrics_get_descent(metrics));
      pango_font_metrics_unref(metrics);
    }
  }

  int faceHeight(TextFace face) const override { return ascents_[index(face)] + descents_[index(face)]; }

  double width(std::string_view line, TextFace face) const override {
    int units = 0;
    pango_layout_get_size(layoutOf({line, face, false}), &units, nullptr);
    return toPixels(units);
  }

  std::vector<double> advances(std::string_view paragraph, std::span<const Cluster> clusters,
                               TextFace face) const override {
    const LayoutPtr layout = makeLayout({paragraph, face, isRightToLeft(paragraph)});
    std::vector<int> widths(paragraph.size() + 1, 0);  // by first byte of each character
    std::vector<int> ofRun;
    PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), 0);
    for (GSList* node = line->runs; node != nullptr; node = node->next) {
      auto* run = static_cast<PangoGlyphItem*>(node->data);
      ofRun.assign(static_cast<std::size_t>(run->item->num_chars), 0);
      pango_glyph_item_get_logical_widths(run, paragraphText(layout.get()), ofRun.data());
      const char* at = paragraphText(layout.get()) + run->item->offset;
      for (const int units : ofRun) {
        widths[static_cast<std::size_t>(at - paragraphText(layout.get()))] = units;
        at = g_utf8_next_char(at);
      }
    }
    std::vector<double> out;
    out.reserve(clusters.size());
    std::int64_t sum = 0;
    std::size_t byte = 0;
    for (const Cluster& cluster : clusters) {
      for (; byte < cluster.end; ++byte) sum += widths[byte];
      out.push_back(static_cast<double>(sum) / PANGO_SCALE);
    }
    return out;
  }

  void draw(wxGraphicsContext& gc, const LineOfText& line, double x, double y, const wxColour& colour) override {
    auto* cairo = static_cast<cairo_t*>(gc.GetNativeContext());
    cairo_save(cairo);
    cairo_set_source_rgba(cairo, colour.Red() / 255.0, colour.Green() / 255.0, colour.Blue() / 255.0,
                          colour.Alpha() / 255.0);
    cairo_move_to(cairo, x, y + ascents_[index(line.face)]);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layoutOf(line), 0));
    cairo_restore(cairo);
  }

  std::vector<std::pair<double, double>> stretches(const LineOfText& line, TextRange bytes) override {
    int* ranges = nullptr;
    int count = 0;
    pango_layout_line_get_x_ranges(pango_layout_get_line_readonly(layoutOf(line), 0), static_cast<int>(bytes.begin),
                                   static_cast<int>(bytes.end), &ranges, &count);
    std::vector<std::pair<double, double>> out;
    for (int i = 0; i < count; ++i) out.emplace_back(toPixels(ranges[2 * i]), toPixels(ranges[2 * i + 1]));
    g_free(ranges);
    return out;
  }

  std::size_t boundaryAt(const LineOfText& line, double x) override {
    int byte = 0;
    int trailing = 0;
    find(line, x, byte, trailing);
    const char* text = paragraphText(layoutOf(line));
    return static_cast<std::size_t>(g_utf8_offset_to_pointer(text + byte, trailing) - text);
  }

  std::size_t characterAt(const LineOfText& line, double x) override {
    int byte = 0;
    int trailing = 0;
    return find(line, x, byte, trailing) ? static_cast<std::size_t>(byte) : line.text.size();
  }

 private:
  static std::size_t index(TextFace face) { return static_cast<std::size_t>(face); }
  static const char* paragraphText(PangoLayout* layout) { return pango_layout_get_text(layout); }

  /// A context for each direction: changing it would lay out every line again that was made with it.
  static ContextPtr makeContext(wxWindow& window, PangoDirection direction) {
    ContextPtr context(gtk_widget_create_pango_context(window.GetHandle()));
    pango_context_set_base_dir(context.get(), direction);
    return context;
  }

  bool find(const LineOfText& line, double x, int& byte, int& trailing) const {
    PangoLayoutLine* pangoLine = pango_layout_get_line_readonly(layoutOf(line), 0);
    return pango_layout_line_x_to_index(pangoLine, static_cast<int>(x * PANGO_SCALE), &byte, &trailing) != FALSE;
  }

  LayoutPtr makeLayout(const LineOfText& line) const {
    LayoutPtr layout(pango_layout_new((line.rtl ? rightToLeft_ : leftToRight_).get()));
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    pango_layout_set_font_description(layout.get(), fonts_[index(line.face)].get());
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_text(layout.get(), line.text.data(), static_cast<int>(line.text.size()));
    return layout;
  }

  PangoLayout* layoutOf(const LineOfText& line) const {
    key_.assign(1, static_cast<char>(static_cast<int>(line.face) * 2 + (line.rtl ? 1 : 0)));
    key_ += line.text;
    if (const auto known = cache_.find(key_); known != cache_.end()) return known->second.get();
    if (cache_.size() >= kMaxCachedLines) cache_.clear();
    return cache_.emplace(key_, makeLayout(line)).first->second.get();
  }

  ContextPtr leftToRight_;
  ContextPtr rightToLeft_;
  std::array<FontPtr, kFaces> fonts_;
  std::array<int, kFaces> ascents_{};
  std::array<int, kFaces> descents_{};
  mutable std::unordered_map<std::string, LayoutPtr> cache_;
  mutable std::string key_;
};

}  // namespace

std::unique_ptr<TextEngine> TextEngine::create(wxWindow& window) {
  return std::make_unique<PangoEngine>(window);
}

}  // namespace earshot::ui

#endif

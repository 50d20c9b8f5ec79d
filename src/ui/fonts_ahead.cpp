#include "ui/fonts_ahead.h"

#include <wx/defs.h>

#include "ui/text_sizes.h"

#ifdef __WXGTK__
#include <gtk/gtk.h>

#include <cmath>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "ui/pango_ptr.h"
#endif

namespace earshot::ui {

#ifdef __WXGTK__
namespace {

using FontMapPtr = GObjectPtr<PangoFontMap>;

using OptionsPtr = std::unique_ptr<cairo_font_options_t, ReleasedBy<cairo_font_options_destroy>>;

/// What a font is looked up by, as GTK's widgets do it.
struct Wanted {
  std::vector<FontPtr> fonts;
  OptionsPtr options;
  double dpi = 0;
  PangoLanguage* language = nullptr;
};

constexpr double kPointsPerInch = 72;

double pointsOf(const PangoFontDescription* font, double dpi) {
  const double size = static_cast<double>(pango_font_description_get_size(font)) / PANGO_SCALE;
  return pango_font_description_get_size_is_absolute(font) != FALSE ? size * kPointsPerInch / dpi : size;
}

/// GTK's widgets have it in pixels.
FontPtr sized(const PangoFontDescription* font, double points, double dpi) {
  FontPtr made(pango_font_description_copy(font));
  pango_font_description_set_absolute_size(made.get(), std::round(points * PANGO_SCALE * dpi / kPointsPerInch));
  return made;
}

/// wxWidgets writes whole points into its style sheets.
FontPtr heading(const PangoFontDescription* usual, double scale, double dpi) {
  FontPtr made = sized(usual, std::floor(pointsOf(usual, dpi) * scale), dpi);
  pango_font_description_set_weight(made.get(), PANGO_WEIGHT_BOLD);
  return made;
}

/// What the desktop has set. GtkSettings would know as well, but reads the theme first.
int settingOf(const char* name, int otherwise) {
  GValue value = G_VALUE_INIT;
  g_value_init(&value, G_TYPE_INT);
  return gdk_screen_get_setting(gdk_screen_get_default(), name, &value) ? g_value_get_int(&value) : otherwise;
}

std::string settingOf(const char* name, const std::string& otherwise) {
  GValue value = G_VALUE_INIT;
  g_value_init(&value, G_TYPE_STRING);
  const bool isSet = gdk_screen_get_setting(gdk_screen_get_default(), name, &value) != FALSE;
  const char* text = isSet ? g_value_get_string(&value) : nullptr;
  std::string out = text != nullptr ? text : otherwise;
  g_value_unset(&value);
  return out;
}

/// What GTK makes of the settings. Something else would be right, too, but then the fonts are loaded a second time.
OptionsPtr drawingOptions() {
  OptionsPtr options(cairo_font_options_create());
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_ON);
  const std::map<std::string, cairo_hint_style_t> styles{{"hintnone", CAIRO_HINT_STYLE_NONE},
                                                         {"hintslight", CAIRO_HINT_STYLE_SLIGHT},
                                                         {"hintmedium", CAIRO_HINT_STYLE_MEDIUM},
                                                         {"hintfull", CAIRO_HINT_STYLE_FULL}};
  const int hinting = settingOf("gtk-xft-hinting", -1);
  const auto style = styles.find(settingOf("gtk-xft-hintstyle", std::string()));
  if (hinting == 0) cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  if (hinting == 1 && style != styles.end()) cairo_font_options_set_hint_style(options.get(), style->second);
  const std::map<std::string, cairo_subpixel_order_t> orders{{"rgb", CAIRO_SUBPIXEL_ORDER_RGB},
                                                             {"bgr", CAIRO_SUBPIXEL_ORDER_BGR},
                                                             {"vrgb", CAIRO_SUBPIXEL_ORDER_VRGB},
                                                             {"vbgr", CAIRO_SUBPIXEL_ORDER_VBGR}};
  const auto order = orders.find(settingOf("gtk-xft-rgba", std::string()));
  const bool knowsOrder = order != orders.end();
  if (knowsOrder) cairo_font_options_set_subpixel_order(options.get(), order->second);
  const int smooth = settingOf("gtk-xft-antialias", -1);
  if (smooth == 0) cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_NONE);
  if (smooth == 1)
    cairo_font_options_set_antialias(options.get(), knowsOrder ? CAIRO_ANTIALIAS_SUBPIXEL : CAIRO_ANTIALIAS_GRAY);
  return options;
}

Wanted fontsOfStartScreen() {
  constexpr int kUsualDpi = 96;
  Wanted wanted;
  wanted.options = drawingOptions();
  const int dpi = settingOf("gtk-xft-dpi", -1);
  wanted.dpi = dpi > 0 ? static_cast<double>(dpi) / PANGO_SCALE : kUsualDpi;
  wanted.language = gtk_get_default_language();
  const FontPtr font(pango_font_description_from_string(settingOf("gtk-font-name", std::string("Sans 10")).c_str()));
  wanted.fonts.push_back(sized(font.get(), pointsOf(font.get(), wanted.dpi), wanted.dpi));
  for (const double scale : {kTitleScale, kHeadingScale})
    wanted.fonts.push_back(heading(font.get(), scale, wanted.dpi));
  return wanted;
}

/// A GtkEntry asks whether the font has the dot of hidden letters, also when it hides none.
void lookForDot(PangoContext* context) {
  const GObjectPtr<PangoLayout> layout(pango_layout_new(context));
  PangoAttrList* itself = pango_attr_list_new();
  pango_attr_list_insert(itself, pango_attr_fallback_new(FALSE));
  pango_layout_set_attributes(layout.get(), itself);
  pango_attr_list_unref(itself);
  pango_layout_set_text(layout.get(), "\u25cf", -1);
  (void)pango_layout_get_unknown_glyphs_count(layout.get());
}

/// wxWidgets asks whether there is a font of the name that the desktop has set.
void listFamilies(PangoFontMap* map) {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(map, &families, &count);
  g_free(families);
}

/// Pango keeps what it has found in the map. The maps are not for two threads at a time, but may be handed over.
FontMapPtr load(const Wanted& wanted) {
  FontMapPtr map(pango_cairo_font_map_new());
  const GObjectPtr<PangoContext> context(pango_font_map_create_context(map.get()));
  pango_cairo_context_set_font_options(context.get(), wanted.options.get());
  pango_cairo_context_set_resolution(context.get(), wanted.dpi);
  pango_context_set_language(context.get(), wanted.language);
  for (const FontPtr& font : wanted.fonts) {
    pango_context_set_font_description(context.get(), font.get());
    const GObjectPtr<PangoLayout> layout(pango_layout_new(context.get()));
    pango_layout_set_text(layout.get(), pango_language_get_sample_string(wanted.language), -1);
    pango_layout_get_pixel_size(layout.get(), nullptr, nullptr);
  }
  pango_context_set_font_description(context.get(), wanted.fonts.front().get());
  lookForDot(context.get());
  listFamilies(map.get());
  return map;
}

}  // namespace

void startReadingFonts() {
  // Where none is named there is hardly a display, and the program would end while they are read.
  if (g_getenv("DISPLAY") == nullptr && g_getenv("WAYLAND_DISPLAY") == nullptr) return;
  (void)pango_cairo_font_map_get_default();
}

struct FontsAhead::Loading {
  std::future<FontMapPtr> map;
};

FontsAhead::FontsAhead() : loading_(std::make_unique<Loading>()) {
  try {
    loading_->map = std::async(std::launch::async, load, fontsOfStartScreen());
  } catch (const std::system_error&) {
    // Without a thread they are loaded when they are needed.
  }
}

void FontsAhead::use() {
  if (!loading_->map.valid()) return;
  const FontMapPtr map = loading_->map.get();
  pango_cairo_font_map_set_default(PANGO_CAIRO_FONT_MAP(map.get()));
}
#else
void startReadingFonts() {}

struct FontsAhead::Loading {};
FontsAhead::FontsAhead() = default;
void FontsAhead::use() {}
#endif

FontsAhead::~FontsAhead() = default;

}  // namespace earshot::ui

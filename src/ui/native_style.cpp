#include "ui/native_style.h"

#include <csignal>
#include <string>
#include <string_view>
#include <utility>

#include <wx/app.h>
#include <wx/button.h>
#include <wx/dialog.h>
#include <wx/textctrl.h>
#include <wx/toplevel.h>

#include "ui/theme.h"

#ifdef __WXMSW__
#include <windows.h>
// After windows.h.
#include <map>
#include <memory>

#include <wx/graphics.h>
#endif

#ifdef __WXGTK__
#include <glib-unix.h>
#include <gtk/gtk.h>
#endif

namespace earshot::ui {
namespace {

void endModalWxDialogs() {
  for (wxWindow* window : wxTopLevelWindows) {
    auto* dialog = dynamic_cast<wxDialog*>(window);
    if (dialog != nullptr && dialog->IsModal()) dialog->EndModal(wxID_CANCEL);
  }
}

}  // namespace

#ifdef __WXGTK__
namespace {

constexpr const char* kHintKey = "earshot-hint";
constexpr const char* kComposingKey = "earshot-composing";
/// More than fills any field; measuring all of a pasted log at every key would be felt.
constexpr int kMeasuredChars = 6'000;

GtkTextView* textViewOf(const wxTextCtrl* field) {
  return GTK_TEXT_VIEW(gtk_bin_get_child(GTK_BIN(field->GetHandle())));
}

bool isEmpty(GtkTextView* view) {
  return gtk_text_buffer_get_char_count(gtk_text_view_get_buffer(view)) == 0 &&
         g_object_get_data(G_OBJECT(view), kComposingKey) == nullptr;
}

gboolean drawHint(GtkWidget* widget, cairo_t* cr, gpointer) {
  GtkTextView* view = GTK_TEXT_VIEW(widget);
  if (!isEmpty(view)) return FALSE;
  if (!gtk_cairo_should_draw_window(cr, gtk_text_view_get_window(view, GTK_TEXT_WINDOW_TEXT))) return FALSE;
  const auto* hint = static_cast<const char*>(g_object_get_data(G_OBJECT(view), kHintKey));
  if (hint == nullptr) return FALSE;
  PangoLayout* layout = gtk_widget_create_pango_layout(widget, hint);
  pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  const int margins = gtk_text_view_get_left_margin(view) + gtk_text_view_get_right_margin(view);
  pango_layout_set_width(layout, (gtk_widget_get_allocated_width(widget) - margins) * PANGO_SCALE);
  const wxColour colour = Theme::current().muted;
  cairo_save(cr);
  cairo_set_source_rgb(cr, colour.Red() / 255.0, colour.Green() / 255.0, colour.Blue() / 255.0);
  cairo_move_to(cr, gtk_text_view_get_left_margin(view), gtk_text_view_get_top_margin(view));
  pango_cairo_show_layout(cr, layout);
  cairo_restore(cr);
  g_object_unref(layout);
  return FALSE;
}

void noteComposing(GtkTextView* view, const char* preedit, gpointer) {
  const bool composing = preedit != nullptr && *preedit != '\0';
  g_object_set_data(G_OBJECT(view), kComposingKey, composing ? GINT_TO_POINTER(1) : nullptr);
  gtk_widget_queue_draw(GTK_WIDGET(view));
}

void redraw(GtkTextBuffer*, gpointer view) {
  gtk_widget_queue_draw(GTK_WIDGET(view));
}

/// As high as the text is when wrapped to this width, margins included.
int heightOf(GtkTextView* view, int width) {
  GtkTextBuffer* buffer = gtk_text_view_get_buffer(view);
  GtkTextIter first;
  GtkTextIter last;
  gtk_text_buffer_get_start_iter(buffer, &first);
  gtk_text_buffer_get_iter_at_offset(buffer, &last, kMeasuredChars);
  char* text = gtk_text_buffer_get_text(buffer, &first, &last, TRUE);
  PangoLayout* layout = gtk_widget_create_pango_layout(GTK_WIDGET(view), text);
  g_free(text);
  const int inside = width - gtk_text_view_get_left_margin(view) - gtk_text_view_get_right_margin(view);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout, (inside > 1 ? inside : 1) * PANGO_SCALE);
  int height = 0;
  pango_layout_get_pixel_size(layout, nullptr, &height);
  g_object_unref(layout);
  return height + gtk_text_view_get_top_margin(view) + gtk_text_view_get_bottom_margin(view);
}

bool isAdwaita() {
  const char* chosen = g_getenv("GTK_THEME");
  if (chosen != nullptr) return std::string_view(chosen).starts_with("Adwaita");
  char* name = nullptr;
  g_object_get(gtk_settings_get_default(), "gtk-theme-name", &name, nullptr);
  const bool is = name != nullptr && std::string_view(name).starts_with("Adwaita");
  g_free(name);
  return is;
}

bool isAnyScreenFine() {
  GdkDisplay* display = gdk_display_get_default();
  for (int i = 0; i < gdk_display_get_n_monitors(display); ++i) {
    if (gdk_monitor_get_scale_factor(gdk_display_get_monitor(display, i)) > 1) return true;
  }
  return false;
}

}  // namespace

void drawChecksWithoutSvg() {
  if (!isAdwaita() || isAnyScreenFine()) return;
  std::string css;
  for (const auto& [selector, picture] : {std::pair{"check:checked", "check"}, std::pair{"radio:checked", "bullet"},
                                          std::pair{"check:indeterminate, radio:indeterminate", "dash"}}) {
    css += std::string(selector) +
           " { -gtk-icon-source: -gtk-recolor(url(\"resource:///org/gtk/libgtk/theme/Adwaita/assets/" + picture +
           "-symbolic.symbolic.png\")); }\n";
  }
  GtkCssProvider* provider = gtk_css_provider_new();
  gtk_css_provider_load_from_data(provider, css.c_str(), static_cast<gssize>(css.size()), nullptr);
  // Just above the theme, so that what a person has of their own still counts.
  gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(provider),
                                            GTK_STYLE_PROVIDER_PRIORITY_SETTINGS + 1);
  g_object_unref(provider);
}

bool takeSizeBeforeShown(wxTopLevelWindow& window, wxWindow& content) {
  // Elsewhere the decoration is part of the window, and its size not yet known.
  if (std::string_view(G_OBJECT_TYPE_NAME(gdk_display_get_default())) != "GdkX11Display") return false;
  content.Hide();
  const wxSize size = window.GetSize();
  GtkAllocation allocation{0, 0, size.x, size.y};
  gtk_widget_size_allocate(window.GetHandle(), &allocation);
  return true;
}

void markPrimary(wxButton* button) {
  gtk_style_context_add_class(gtk_widget_get_style_context(button->GetHandle()), "suggested-action");
}

void setMultilineHint(wxTextCtrl* field, const wxString& hint) {
  GtkTextView* view = textViewOf(field);
  const bool first = g_object_get_data(G_OBJECT(view), kHintKey) == nullptr;
  g_object_set_data_full(G_OBJECT(view), kHintKey, g_strdup(hint.utf8_str()), g_free);
  if (first) {
    g_signal_connect_after(view, "draw", G_CALLBACK(drawHint), nullptr);
    g_signal_connect(view, "preedit-changed", G_CALLBACK(noteComposing), nullptr);
    g_signal_connect_object(gtk_text_view_get_buffer(view), "changed", G_CALLBACK(redraw), view, GConnectFlags{});
  }
  gtk_widget_queue_draw(GTK_WIDGET(view));
}

int wrappedTextHeight(wxTextCtrl* field) {
  return heightOf(textViewOf(field), field->GetClientSize().x);
}

void keepTopVisible(wxTextCtrl* field) {
  const auto scrollBack = +[](GtkAdjustment* place, gpointer data) {
    GtkWidget* view = GTK_WIDGET(data);
    if (gtk_adjustment_get_value(place) <= 0) return;
    const int room = gtk_widget_get_allocated_height(view);
    if (heightOf(GTK_TEXT_VIEW(view), gtk_widget_get_allocated_width(view)) <= room) gtk_adjustment_set_value(place, 0);
  };
  GtkAdjustment* place = gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(field->GetHandle()));
  GtkTextView* view = textViewOf(field);
  g_signal_connect_object(place, "value-changed", G_CALLBACK(scrollBack), view, GConnectFlags{});
  g_signal_connect_object(place, "changed", G_CALLBACK(scrollBack), view, GConnectFlags{});
}

void setTextMargins(wxTextCtrl* field, int horizontal, int vertical) {
  GtkTextView* view = textViewOf(field);
  gtk_text_view_set_left_margin(view, horizontal);
  gtk_text_view_set_right_margin(view, horizontal);
  gtk_text_view_set_top_margin(view, vertical);
  gtk_text_view_set_bottom_margin(view, vertical);
}

void watchDarkMode() {
  // wx forgets the colours it knew only when the theme's name changes.
  const auto tell = +[](GObject*, GParamSpec*, gpointer) {
    wxTheApp->CallAfter([] { g_object_notify(G_OBJECT(gtk_settings_get_default()), "gtk-theme-name"); });
  };
  g_signal_connect(gtk_settings_get_default(), "notify::gtk-application-prefer-dark-theme", G_CALLBACK(tell), nullptr);
}

void markDialog(wxWindow* window) {
  atk_object_set_role(gtk_widget_get_accessible(window->GetHandle()), ATK_ROLE_DIALOG);
}

void endModalDialogs() {
  endModalWxDialogs();
  // Message and file dialogs run a loop of GTK's own.
  GList* windows = gtk_window_list_toplevels();
  for (GList* each = windows; each != nullptr; each = each->next) {
    if (GTK_IS_DIALOG(each->data)) gtk_dialog_response(GTK_DIALOG(each->data), GTK_RESPONSE_CANCEL);
  }
  g_list_free(windows);
}

void onTerminationSignal(std::function<void()> onEnd) {
  auto* action = new std::function<void()>(std::move(onEnd));  // lives as long as the program
  const GSourceFunc call = [](gpointer data) -> gboolean {
    (*static_cast<std::function<void()>*>(data))();
    return G_SOURCE_CONTINUE;
  };
  g_unix_signal_add(SIGTERM, call, action);
  g_unix_signal_add(SIGINT, call, action);
  g_unix_signal_add(SIGHUP, call, action);
}

#else

void drawChecksWithoutSvg() {}

bool takeSizeBeforeShown(wxTopLevelWindow&, wxWindow&) {
  return false;
}

void markPrimary(wxButton* button) {
  button->SetFont(button->GetFont().Bold());
}

void setMultilineHint(wxTextCtrl* field, const wxString& hint) {
  field->SetHint(hint);
}

int wrappedTextHeight(wxTextCtrl* field) {
#ifdef __WXMSW__
  // Wrapped lines count there, and a place behind the last letter has no coordinates. It knows no
  // margin above and below; a little is needed, or the last line scrolls.
  return field->GetNumberOfLines() * field->GetCharHeight() + 2 * field->FromDIP(4);
#else
  const wxPoint first = field->PositionToCoords(0);
  const wxPoint last = field->PositionToCoords(field->GetLastPosition());
  return last.y - first.y + field->GetCharHeight() + 2 * field->GetMargins().y;
#endif
}

#ifdef __WXMSW__
void keepTopVisible(wxTextCtrl* field) {
  // Windows brings it back when there is something to scroll.
  ::ShowScrollBar(static_cast<HWND>(field->GetHandle()), SB_VERT, FALSE);
}
#else
void keepTopVisible(wxTextCtrl*) {}
#endif

void setTextMargins(wxTextCtrl* field, int horizontal, int vertical) {
  field->SetMargins(horizontal, vertical);
}

void watchDarkMode() {}

void markDialog(wxWindow*) {}

void endModalDialogs() {
  endModalWxDialogs();
}

#ifdef __UNIX__
namespace {
std::function<void()> terminationAction;
}

void onTerminationSignal(std::function<void()> onEnd) {
  terminationAction = std::move(onEnd);
  const auto call = [](int) { terminationAction(); };
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) wxTheApp->SetSignalHandler(number, call);
}
#else
void onTerminationSignal(std::function<void()>) {}
#endif
#endif

#ifdef __WXMSW__
namespace {

bool canBeDrawn(const wxFont& font) {
  const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create());
  gc->SetFont(font, *wxBLACK);
  double width = 0;
  double height = 0;
  gc->GetTextExtent("M", &width, &height);
  return width > 0;
}

/// Windows' own names ("MS Shell Dlg") stand for families that GDI knows; GDI+ draws nothing then.
wxString drawableFace(const wxFont& font) {
  wxFont named = font;
  for (const wxString& face :
       {font.GetFaceName(), wxString("Segoe UI"), wxString("Tahoma"), wxString("Arial"), wxString("DejaVu Sans")}) {
    if (named.SetFaceName(face) && canBeDrawn(named)) return face;
  }
  return font.GetFaceName();
}

}  // namespace

wxFont fontForDrawing(const wxFont& font) {
  static std::map<wxString, wxString> faces;
  auto [known, isNew] = faces.try_emplace(font.GetFaceName());
  if (isNew) known->second = drawableFace(font);
  wxFont named = font;
  named.SetFaceName(known->second);
  return named;
}

#else
wxFont fontForDrawing(const wxFont& font) {
  return font;
}

#endif

}  // namespace earshot::ui

#include "ui/transcript_atk.h"

#ifdef __WXGTK__

#include <utility>

#include <gtk/gtk-a11y.h>
#include <wx/window.h>

namespace earshot::ui {
namespace {

constexpr const char* kListKey = "earshot-transcript-list";

struct List {
  GtkContainerAccessible parent;
  std::shared_ptr<AtkRows>* rows;
};

gpointer parentClass = nullptr;

const std::shared_ptr<AtkRows>& rowsOf(gpointer list) {
  return *reinterpret_cast<List*>(list)->rows;
}

gint getChildCount(AtkObject* object) {
  const auto& rows = rowsOf(object);
  return rows->rows ? static_cast<gint>(rows->rows->rowCount()) : 0;
}

AtkObject* refChild(AtkObject* object, gint index) {
  const auto& rows = rowsOf(object);
  return index >= 0 && rows->has(static_cast<std::size_t>(index))
             ? transcriptItem(rows, static_cast<std::size_t>(index))
             : nullptr;
}

/// Manages descendants: readers ask for items instead of keeping copies of all of them.
AtkStateSet* refStateSet(AtkObject* object) {
  AtkStateSet* set = ATK_OBJECT_CLASS(parentClass)->ref_state_set(object);
  if (rowsOf(object)->rows) atk_state_set_add_state(set, ATK_STATE_MANAGES_DESCENDANTS);
  return set;
}

void finalize(GObject* object) {
  auto* list = reinterpret_cast<List*>(object);
  (*list->rows)->list = nullptr;
  delete list->rows;
  G_OBJECT_CLASS(parentClass)->finalize(object);
}

void initList(GTypeInstance* instance, gpointer) {
  reinterpret_cast<List*>(instance)->rows = new std::shared_ptr<AtkRows>(std::make_shared<AtkRows>());
}

void initClass(gpointer klass, gpointer) {
  parentClass = g_type_class_peek_parent(klass);
  auto* atk = static_cast<AtkObjectClass*>(klass);
  atk->get_n_children = getChildCount;
  atk->ref_child = refChild;
  atk->ref_state_set = refStateSet;
  G_OBJECT_CLASS(klass)->finalize = finalize;
}

GType listType() {
  static const GType type = [] {
    GTypeQuery base = {};
    g_type_query(GTK_TYPE_CONTAINER_ACCESSIBLE, &base);
    GTypeInfo info = {};
    info.class_size = static_cast<guint16>(base.class_size);
    info.class_init = initClass;
    info.instance_size = sizeof(List);
    info.instance_init = initList;
    return g_type_register_static(GTK_TYPE_CONTAINER_ACCESSIBLE, "EarshotTranscriptList", &info, GTypeFlags(0));
  }();
  return type;
}

using GetAccessible = AtkObject* (*)(GtkWidget*);
GetAccessible originalGetAccessible = nullptr;

/// Stands in the class of all plain wx windows, and passes on for every widget but the transcripts.
AtkObject* getAccessible(GtkWidget* widget) {
  if (gpointer list = g_object_get_data(G_OBJECT(widget), kListKey)) return ATK_OBJECT(list);
  return originalGetAccessible(widget);
}

/// The widget that draws and has the focus, inside the one that scrolls.
GtkWidget* drawingWidget(wxWindow& window) {
  GtkWidget* outer = window.GetHandle();
  GtkWidget* inner = GTK_IS_SCROLLED_WINDOW(outer) ? gtk_bin_get_child(GTK_BIN(outer)) : nullptr;
  return inner ? inner : outer;
}

class GtkTranscriptAccessible final : public TranscriptAccessible {
 public:
  GtkTranscriptAccessible(wxWindow& window, AccessibleRows& rows) : rows_(std::make_shared<AtkRows>()) {
    rows_->rows = &rows;
    rows_->window = &window;
    GtkWidget* widget = drawingWidget(window);
    auto* klass = GTK_WIDGET_GET_CLASS(widget);
    if (klass->get_accessible != getAccessible) {
      originalGetAccessible = klass->get_accessible;
      klass->get_accessible = getAccessible;
    }
    g_object_set_data_full(G_OBJECT(widget), kListKey, newTranscriptList(widget, rows_), g_object_unref);
  }

  ~GtkTranscriptAccessible() override {
    rows_->rows = nullptr;
    rows_->window = nullptr;
  }

  void rowsReset() override {
    moveTranscriptItems(*rows_, 0, 0, static_cast<std::size_t>(G_MAXINT));
    changed_ = true;
    added_.reset();
  }

  void rowsInserted(std::size_t first, std::size_t count) override {
    moveTranscriptItems(*rows_, first, count, 0);
    added_ = first + count - 1;
  }

  void rowsRemoved(std::size_t first, std::size_t count) override {
    moveTranscriptItems(*rows_, first, 0, count);
    changed_ = true;
    added_.reset();
  }

  void rowChanged(std::size_t row) override {
    const auto held = rows_->items.find(row);
    if (held != rows_->items.end()) g_object_notify(G_OBJECT(held->second), "accessible-name");
  }

  void rowFocused(std::size_t row) override {
    AtkObject* item = transcriptItem(rows_, row);
    g_signal_emit_by_name(rows_->list, "active-descendant-changed", item);
    atk_object_notify_state_change(item, ATK_STATE_FOCUSED, TRUE);
    g_object_unref(item);
  }

  void updated() override {
    if (std::exchange(changed_, false)) g_signal_emit_by_name(rows_->list, "visible-data-changed");
    const auto added = std::exchange(added_, std::nullopt);
    if (!added || !rows_->has(*added)) return;
    AtkObject* item = transcriptItem(rows_, *added);
    g_signal_emit_by_name(rows_->list, "children-changed::add", static_cast<guint>(*added), item);
    g_object_unref(item);
  }

  void announce(const std::string& line) override {
    static const guint known = g_signal_lookup("announcement", ATK_TYPE_OBJECT);  // since ATK 2.46
    if (known != 0) g_signal_emit(rows_->list, known, 0, line.c_str());
  }

 private:
  std::shared_ptr<AtkRows> rows_;
  std::optional<std::size_t> added_;
  bool changed_ = false;
};

}  // namespace

AtkObject* newTranscriptList(GtkWidget* widget, const std::shared_ptr<AtkRows>& rows) {
  auto* list = ATK_OBJECT(g_object_new(listType(), "widget", widget, nullptr));
  *reinterpret_cast<List*>(list)->rows = rows;
  rows->list = list;
  atk_object_initialize(list, widget);
  atk_object_set_role(list, ATK_ROLE_LIST);
  atk_object_set_name(list, "Messages");
  return list;
}

std::unique_ptr<TranscriptAccessible> TranscriptAccessible::create(wxWindow& window, AccessibleRows& rows) {
  return std::make_unique<GtkTranscriptAccessible>(window, rows);
}

}  // namespace earshot::ui

#endif

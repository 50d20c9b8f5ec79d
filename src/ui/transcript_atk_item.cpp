#include "ui/transcript_atk.h"

#ifdef __WXGTK__

#include <wx/window.h>

namespace earshot::ui {
namespace {

constexpr int kNoRow = -1;

/// What the C object carries; lives from init to finalize.
struct ItemState {
  std::shared_ptr<AtkRows> rows;
  int row = kNoRow;
  std::string name;  ///< keeps alive what get_name returned last
};

struct Item {
  AtkObject parent;
  ItemState* state;
};
struct ItemClass {
  AtkObjectClass parent;
};

GType itemType();
gpointer parentClass = nullptr;

ItemState& stateOf(gpointer object) {
  return *reinterpret_cast<Item*>(object)->state;
}

bool isAlive(const ItemState& state) {
  return state.row != kNoRow && state.rows->has(static_cast<std::size_t>(state.row));
}

std::size_t rowOf(const ItemState& state) {
  return static_cast<std::size_t>(state.row);
}

std::string nameOf(const ItemState& state) {
  return isAlive(state) ? state.rows->rows->rowName(rowOf(state)) : "";
}

// --- AtkObject ---

const gchar* getName(AtkObject* object) {
  ItemState& state = stateOf(object);
  state.name = nameOf(state);
  return state.name.c_str();
}

AtkObject* getParent(AtkObject* object) {
  const ItemState& state = stateOf(object);
  return state.rows ? state.rows->list : nullptr;
}

gint getIndexInParent(AtkObject* object) {
  return stateOf(object).row;
}

bool isOnScreen(const ItemState& state) {
  const wxRect rect = state.rows->rows->rowRect(rowOf(state));
  return state.rows->window->IsShownOnScreen() && wxRect(state.rows->window->GetClientSize()).Intersects(rect);
}

AtkStateSet* refStateSet(AtkObject* object) {
  const ItemState& state = stateOf(object);
  AtkStateSet* set = atk_state_set_new();
  if (!isAlive(state)) {
    atk_state_set_add_state(set, ATK_STATE_DEFUNCT);
    return set;
  }
  for (const AtkStateType type : {ATK_STATE_VISIBLE, ATK_STATE_ENABLED, ATK_STATE_SENSITIVE, ATK_STATE_FOCUSABLE,
                                  ATK_STATE_TRANSIENT, ATK_STATE_MULTI_LINE}) {
    atk_state_set_add_state(set, type);
  }
  if (isOnScreen(state)) atk_state_set_add_state(set, ATK_STATE_SHOWING);
  if (state.rows->rows->focusedRow() == rowOf(state)) atk_state_set_add_state(set, ATK_STATE_FOCUSED);
  return set;
}

void finalize(GObject* object) {
  ItemState* state = reinterpret_cast<Item*>(object)->state;
  if (state->rows && state->row != kNoRow) {
    const auto held = state->rows->items.find(rowOf(*state));
    if (held != state->rows->items.end() && held->second == ATK_OBJECT(object)) state->rows->items.erase(held);
  }
  delete state;
  G_OBJECT_CLASS(parentClass)->finalize(object);
}

void initItem(GTypeInstance* instance, gpointer) {
  reinterpret_cast<Item*>(instance)->state = new ItemState;
}

void initClass(gpointer klass, gpointer) {
  parentClass = g_type_class_peek_parent(klass);
  auto* atk = static_cast<AtkObjectClass*>(klass);
  atk->get_name = getName;
  atk->get_parent = getParent;
  atk->get_index_in_parent = getIndexInParent;
  atk->ref_state_set = refStateSet;
  G_OBJECT_CLASS(klass)->finalize = finalize;
}

// --- AtkText: offsets are characters ---

gchar* substring(const std::string& text, gint begin, gint end) {
  const glong size = g_utf8_strlen(text.c_str(), -1);
  const glong last = end < 0 || end > size ? size : end;
  return begin < 0 || begin >= last ? g_strdup("") : g_utf8_substring(text.c_str(), begin, last);
}

gchar* getText(AtkText* text, gint begin, gint end) {
  return substring(nameOf(stateOf(text)), begin, end);
}

gint getCharacterCount(AtkText* text) {
  return static_cast<gint>(g_utf8_strlen(nameOf(stateOf(text)).c_str(), -1));
}

gint getCaretOffset(AtkText*) {
  return 0;
}

gunichar getCharacterAt(AtkText* text, gint offset) {
  const std::string name = nameOf(stateOf(text));
  if (offset < 0 || offset >= g_utf8_strlen(name.c_str(), -1)) return 0;
  return g_utf8_get_char(g_utf8_offset_to_pointer(name.c_str(), offset));
}

bool isSpaceAt(const std::string& text, gint offset) {
  return g_unichar_isspace(g_utf8_get_char(g_utf8_offset_to_pointer(text.c_str(), offset))) != FALSE;
}

/// A character, a word with the spaces behind it, or all.
gchar* getStringAt(AtkText* text, gint offset, AtkTextGranularity granularity, gint* begin, gint* end) {
  const std::string name = nameOf(stateOf(text));
  const gint size = static_cast<gint>(g_utf8_strlen(name.c_str(), -1));
  *begin = *end = 0;
  if (offset < 0 || offset >= size) return g_strdup("");
  *begin = 0;
  *end = size;
  if (granularity == ATK_TEXT_GRANULARITY_CHAR) {
    *begin = offset;
    *end = offset + 1;
  } else if (granularity == ATK_TEXT_GRANULARITY_WORD) {
    *begin = offset;
    while (*begin > 0 && !(isSpaceAt(name, *begin - 1) && !isSpaceAt(name, *begin))) --*begin;
    *end = offset + 1;
    while (*end < size && !(isSpaceAt(name, *end - 1) && !isSpaceAt(name, *end))) ++*end;
  }
  return substring(name, *begin, *end);
}

void initText(gpointer iface, gpointer) {
  auto* text = static_cast<AtkTextIface*>(iface);
  text->get_text = getText;
  text->get_character_count = getCharacterCount;
  text->get_caret_offset = getCaretOffset;
  text->get_character_at_offset = getCharacterAt;
  text->get_string_at_offset = getStringAt;
}

// --- AtkComponent ---

void getExtents(AtkComponent* component, gint* x, gint* y, gint* width, gint* height, AtkCoordType type) {
  const ItemState& state = stateOf(component);
  *x = *y = *width = *height = -1;
  if (!isAlive(state)) return;
  const wxRect rect = state.rows->rows->rowRect(rowOf(state));
  wxPoint corner = rect.GetPosition();
  if (type != ATK_XY_PARENT) corner = state.rows->window->ClientToScreen(corner);
  if (type == ATK_XY_WINDOW) {
    const wxWindow* top = wxGetTopLevelParent(state.rows->window);
    corner -= top ? top->ClientToScreen(wxPoint()) : wxPoint();
  }
  *x = corner.x;
  *y = corner.y;
  *width = rect.width;
  *height = rect.height;
}

gboolean grabFocus(AtkComponent* component) {
  const ItemState& state = stateOf(component);
  if (!isAlive(state)) return FALSE;
  state.rows->rows->focusRow(rowOf(state));
  return TRUE;
}

void initComponent(gpointer iface, gpointer) {
  auto* component = static_cast<AtkComponentIface*>(iface);
  component->get_extents = getExtents;
  component->grab_focus = grabFocus;
}

GType itemType() {
  static const GType type = [] {
    GTypeInfo info = {};
    info.class_size = sizeof(ItemClass);
    info.class_init = initClass;
    info.instance_size = sizeof(Item);
    info.instance_init = initItem;
    const GType made = g_type_register_static(ATK_TYPE_OBJECT, "EarshotTranscriptItem", &info, GTypeFlags(0));
    const GInterfaceInfo text = {initText, nullptr, nullptr};
    g_type_add_interface_static(made, ATK_TYPE_TEXT, &text);
    const GInterfaceInfo component = {initComponent, nullptr, nullptr};
    g_type_add_interface_static(made, ATK_TYPE_COMPONENT, &component);
    return made;
  }();
  return type;
}

}  // namespace

AtkObject* transcriptItem(const std::shared_ptr<AtkRows>& rows, std::size_t row) {
  if (const auto held = rows->items.find(row); held != rows->items.end()) {
    return ATK_OBJECT(g_object_ref(held->second));
  }
  auto* object = ATK_OBJECT(g_object_new(itemType(), nullptr));
  atk_object_set_role(object, ATK_ROLE_LIST_ITEM);
  stateOf(object).rows = rows;
  stateOf(object).row = static_cast<int>(row);
  rows->items.emplace(row, object);
  return object;
}

void moveTranscriptItems(AtkRows& rows, std::size_t first, std::size_t inserted, std::size_t removed) {
  std::map<std::size_t, AtkObject*> moved;
  for (const auto& [row, item] : rows.items) {
    if (row >= first && row < first + removed) {
      stateOf(item).row = kNoRow;
      continue;
    }
    const std::size_t now = row < first ? row : row - removed + inserted;
    stateOf(item).row = static_cast<int>(now);
    moved.emplace(now, item);
  }
  rows.items = std::move(moved);
}

}  // namespace earshot::ui

#endif

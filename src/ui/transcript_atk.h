#pragma once
// The ATK objects behind TranscriptAccessible on GTK: a LIST for the widget and a LIST_ITEM with text
// and place for each row that somebody holds. They refer to the view only through AtkRows, whose
// pointer is cleared when the view goes. UI thread.

#ifdef __WXGTK__

#include <map>
#include <memory>

#include <atk/atk.h>
#include <gtk/gtk.h>

#include "ui/transcript_accessible.h"

namespace earshot::ui {

struct AtkRows {
  AccessibleRows* rows = nullptr;  ///< null once the view is gone
  wxWindow* window = nullptr;
  AtkObject* list = nullptr;                ///< not owned
  std::map<std::size_t, AtkObject*> items;  ///< those that are held, by row; not owned

  [[nodiscard]] bool has(std::size_t row) const { return rows && row < rows->rowCount(); }
};

/// Both return a new reference.
[[nodiscard]] AtkObject* newTranscriptList(GtkWidget* widget, const std::shared_ptr<AtkRows>& rows);
/// The object of this row, the same one for as long as somebody holds it. Precondition: rows->has(row).
[[nodiscard]] AtkObject* transcriptItem(const std::shared_ptr<AtkRows>& rows, std::size_t row);

/// Follows rows that moved; items of removed rows become defunct.
void moveTranscriptItems(AtkRows& rows, std::size_t first, std::size_t inserted, std::size_t removed);

}  // namespace earshot::ui

#endif

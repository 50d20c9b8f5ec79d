#include "ui/accessible.h"

#include <wx/combobox.h>
#include <wx/srchctrl.h>
#include <wx/window.h>

#ifdef __WXGTK__
#include <gtk/gtk.h>
#elif wxUSE_ACCESSIBILITY
#include <wx/access.h>
#endif

namespace earshot::ui {
namespace {

#ifdef __WXGTK__

/// The widget that gets the focus when the window does.
GtkWidget* focusWidget(GtkWidget* widget) {
  if (GTK_IS_SCROLLED_WINDOW(widget) ||
      (GTK_IS_COMBO_BOX(widget) && gtk_combo_box_get_has_entry(GTK_COMBO_BOX(widget)))) {
    if (GtkWidget* child = gtk_bin_get_child(GTK_BIN(widget))) return child;
  }
  return widget;
}

void nameNatively(wxWindow* window, const wxString& name) {
  AtkObject* object = gtk_widget_get_accessible(focusWidget(window->GetHandle()));
  if (object) atk_object_set_name(object, name.utf8_str());
}

#elif wxUSE_ACCESSIBILITY

class NamedAccessible final : public wxAccessible {
 public:
  NamedAccessible(wxWindow* window, wxString name) : wxAccessible(window), name_(std::move(name)) {}

  wxAccStatus GetName(int childId, wxString* name) override {
    if (childId != wxACC_SELF) return wxACC_NOT_IMPLEMENTED;
    *name = name_;
    return wxACC_OK;
  }

 private:
  wxString name_;
};

void nameNatively(wxWindow* window, const wxString& name) {
  window->SetAccessible(new NamedAccessible(window, name));
}

#else

void nameNatively(wxWindow*, const wxString&) {}

#endif

}  // namespace

void setAccessibleName(wxWindow* window, const wxString& name) {
  window->SetName(name);
  nameNatively(window, name);
  // A search field without a native twin is a window around a text field.
  if (dynamic_cast<wxSearchCtrl*>(window) != nullptr) {
    for (wxWindow* child : window->GetChildren()) {
      if (dynamic_cast<wxTextCtrl*>(child) != nullptr) nameNatively(child, name);
    }
  }
}

}  // namespace earshot::ui

#include "ui/bring_to_front.h"

#include <wx/toplevel.h>

#ifdef __WXGTK__
#include <gtk/gtk.h>
#endif

namespace earshot::ui {

void bringToFront(wxTopLevelWindow& window, const std::string& activation) {
  if (window.IsIconized()) window.Iconize(false);
  window.Show();
#ifdef __WXGTK__
  auto* native = GTK_WINDOW(window.GetHandle());
  if (!activation.empty()) gtk_window_set_startup_id(native, activation.c_str());
  gtk_window_present(native);
#else
  (void)activation;
  window.Raise();
#endif
}

}  // namespace earshot::ui

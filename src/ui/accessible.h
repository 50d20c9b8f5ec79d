#pragma once
// What screen readers (and tests) call a control that has no text of its own. UI thread.

#include <wx/string.h>

class wxWindow;

namespace earshot::ui {

/// Call after the control was created. In composite and scrolled controls the part that receives
/// the focus gets the name.
void setAccessibleName(wxWindow* window, const wxString& name);

}  // namespace earshot::ui

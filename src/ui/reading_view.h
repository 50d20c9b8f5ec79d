#pragma once
// The conversation as plain native text, for screen readers and for people who like to read so. UI
// thread.

#include <wx/string.h>

class wxWindow;

namespace earshot::ui {

/// Shows a dialog with read-only text, the caret at its end; returns when it was closed.
void showReadingView(wxWindow* parent, const wxString& title, const wxString& text);

}  // namespace earshot::ui

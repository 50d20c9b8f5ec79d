#pragma once
// Small touches that only the platform's own toolkit can give. UI thread.

#include <functional>

#include <wx/string.h>

class wxButton;
class wxTextCtrl;

namespace earshot::ui {

/// The one important button of a page.
void markPrimary(wxButton* button);

/// A grey hint in an empty text field of several lines, where wxTextCtrl::SetHint has none.
void setMultilineHint(wxTextCtrl* field, const wxString& hint);

/// How high the whole text is when wrapped to the field's width, in pixels.
[[nodiscard]] int wrappedTextHeight(wxTextCtrl* field);

/// Lets the text breathe: free pixels around it inside the field.
void setTextMargins(wxTextCtrl* field, int horizontal, int vertical);

/// Answers every open dialog with "cancel".
void endModalDialogs();

/// Calls onEnd (UI thread, from the event loop) when the system or Ctrl+C in the terminal asks the
/// program to end.
void onTerminationSignal(std::function<void()> onEnd);

}  // namespace earshot::ui

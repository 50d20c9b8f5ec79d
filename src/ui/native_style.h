#pragma once
// Small touches that only the platform's own toolkit can give. UI thread.

#include <functional>

#include <wx/font.h>
#include <wx/string.h>

class wxButton;
class wxTextCtrl;
class wxTopLevelWindow;
class wxWindow;

namespace earshot::ui {

/// GTK's own theme has the marks of its checks and radio buttons as SVG and, for where that cannot be read, as the same
/// picture in pixels. Takes the second, unless a screen is so fine that one would see it: a library for SVG would be
/// loaded for one dot, which takes 7 ms of a start and 8 MiB of memory. Before the first window.
void drawChecksWithoutSvg();

/// With X11, a window that is shown has the size of nothing first, then its least size, then its own, and GTK lays out
/// all that is in it for each. Gives it its own before, and hides its content until then: before, no label knows how
/// large it is, so that it would be laid out in vain. False, and nothing done, elsewhere. Of a window that was never
/// shown; right before it is.
[[nodiscard]] bool takeSizeBeforeShown(wxTopLevelWindow& window, wxWindow& content);

/// The one important button of a page.
void markPrimary(wxButton* button);

/// A grey hint in an empty text field of several lines, where wxTextCtrl::SetHint has none.
void setMultilineHint(wxTextCtrl* field, const wxString& hint);

/// How high the whole text is when wrapped to the field's width, in pixels.
[[nodiscard]] int wrappedTextHeight(wxTextCtrl* field);

/// A field that has room for its whole text never scrolls. GTK scrolls to the caret before the field
/// grows, and would leave the first line cut off; Windows shows a scroll bar from the first line on.
void keepTopVisible(wxTextCtrl* field);

/// Lets the text breathe: free pixels around it inside the field.
void setTextMargins(wxTextCtrl* field, int horizontal, int vertical);

/// The same font by a name that wxGraphicsContext can draw with.
[[nodiscard]] wxFont fontForDrawing(const wxFont& font);

/// Screen readers shall call this window a dialog, not a second main window.
void markDialog(wxWindow* window);

/// Answers every open dialog with "cancel".
void endModalDialogs();

/// From now on windows hear (wxEVT_SYS_COLOUR_CHANGED) when the desktop goes dark or light in a way
/// that wx does not notice by itself. Call once.
void watchDarkMode();

/// Calls onEnd (UI thread, from the event loop) when the system or Ctrl+C in the terminal asks the
/// program to end.
void onTerminationSignal(std::function<void()> onEnd);

}  // namespace earshot::ui

#pragma once
// Help → Keyboard shortcuts: the keys, and the commands that can be typed. UI thread.

class wxWindow;

namespace earshot::ui {

/// Returns when it was closed.
void showShortcuts(wxWindow* parent);

}  // namespace earshot::ui

#pragma once
// A window that somebody has asked for from outside comes before all others. UI thread.

#include <string>

class wxTopLevelWindow;

namespace earshot::ui {

/// activation: what the desktop gave to the program that asked (XDG_ACTIVATION_TOKEN,
/// DESKTOP_STARTUP_ID); without it, or where it means nothing, some desktops only mark the window.
void bringToFront(wxTopLevelWindow& window, const std::string& activation);

}  // namespace earshot::ui

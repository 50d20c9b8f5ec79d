#pragma once
// The colours Earshot draws with, derived from the system's. UI thread. Colours change while the
// program runs: read the theme again on wxEVT_SYS_COLOUR_CHANGED.

#include <wx/colour.h>

namespace earshot::ui {

struct Theme {
  bool dark = false;
  wxColour window;       ///< background of pages, side bar and bars
  wxColour surface;      ///< background of the transcript, cards and lists
  wxColour text;         ///< on window and surface
  wxColour muted;        ///< secondary text: times, hints (contrast 4.5 on surface)
  wxColour accent;       ///< links, focus, the one important button
  wxColour onAccent;     ///< text on accent
  wxColour selection;    ///< behind selected text; text keeps its colour
  wxColour hover;        ///< behind the row under the pointer
  wxColour separator;    ///< hair lines inside a surface
  wxColour border;       ///< outline of cards, fields and pills
  wxColour notice;       ///< text of joins, leaves and the program's own lines
  wxColour danger;       ///< errors, "not sent"
  wxColour success;      ///< "online", "saved", "verified"
  wxColour warning;      ///< "not verified"
  wxColour highlight;    ///< behind found words
  wxColour onHighlight;  ///< text on highlight

  /// The theme of this moment.
  [[nodiscard]] static Theme current();

  bool operator==(const Theme&) const = default;
};

/// The colour that lies the fraction t (0 … 1) of the way from a to b.
[[nodiscard]] wxColour mix(const wxColour& a, const wxColour& b, double t);

}  // namespace earshot::ui

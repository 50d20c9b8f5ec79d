#pragma once
// Where the lines of a text end. Pure.

#include <vector>

#include <wx/string.h>

namespace earshot::ui {

struct MeasuredWord {
  wxString text;
  int width = 0;  ///< in pixels
  bool beginsParagraph = false;
};

/// The words with a space or a line break between them. Each line stays below the width, as far as its first word
/// allows.
[[nodiscard]] wxString wrapWords(const std::vector<MeasuredWord>& words, int spaceWidth, int width);

}  // namespace earshot::ui

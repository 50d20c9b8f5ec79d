#pragma once
// Who is writing just now, in words, above the field where one writes oneself. Its height never changes, so that
// nothing moves when somebody begins. UI thread.

#include <string>
#include <vector>

#include <wx/stattext.h>

#include "ui/theme.h"

namespace earshot::ui {

class TypingLine : public wxStaticText {
 public:
  explicit TypingLine(wxWindow* parent);
  void show(const std::vector<std::string>& names);
  void applyTheme(const Theme& theme);
};

/// Empty for nobody.
[[nodiscard]] wxString typingInWords(const std::vector<std::string>& names);

}  // namespace earshot::ui

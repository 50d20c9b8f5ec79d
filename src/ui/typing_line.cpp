#include "ui/typing_line.h"

#include "ui/strings.h"

namespace earshot::ui {

TypingLine::TypingLine(wxWindow* parent)
    : wxStaticText(parent, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE) {
  SetFont(GetFont().Scaled(0.85F));
  SetMinSize(wxSize(-1, GetCharHeight()));
}

void TypingLine::show(const std::vector<std::string>& names) {
  const wxString words = typingInWords(names);
  if (words != GetLabelText()) SetLabelText(words);
}

void TypingLine::applyTheme(const Theme& theme) {
  SetForegroundColour(theme.muted);
}

wxString typingInWords(const std::vector<std::string>& names) {
  switch (names.size()) {
    case 0:
      return {};
    case 1:
      return wxString::Format(tr("%s is writing…"), fromUtf8(names[0]));
    case 2:
      return wxString::Format(tr("%s and %s are writing…"), fromUtf8(names[0]), fromUtf8(names[1]));
    default:
      return tr("Several people are writing…");
  }
}

}  // namespace earshot::ui

#include "ui/wrapped_label.h"

#include <wx/tokenzr.h>

namespace earshot::ui {
namespace {

/// Asks for little, so that a long sentence never makes its window wide.
constexpr int kMinWidthDip = 60;

}  // namespace

WrappedLabel::WrappedLabel(wxWindow* parent, const wxString& text)
    : wxStaticText(parent, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxST_NO_AUTORESIZE) {
  SetMinSize(wxSize(FromDIP(kMinWidthDip), -1));
  setText(text);
  const auto measureAnew = [this](wxEvent& event) {
    words_.clear();
    event.Skip();
  };
  Bind(wxEVT_DPI_CHANGED, measureAnew);
  Bind(wxEVT_SYS_COLOUR_CHANGED, measureAnew);  // comes with the system's other fonts, too
}

bool WrappedLabel::setText(const wxString& text) {
  if (text != text_) words_.clear();
  text_ = text;
  return wrap();
}

bool WrappedLabel::wrapTo(int width) {
  if (width == width_) return false;
  width_ = width;
  return wrap();
}

bool WrappedLabel::SetFont(const wxFont& font) {
  words_.clear();
  return wxStaticText::SetFont(font);
}

void WrappedLabel::measure() {
  const wxFont font = GetFont();  // asked for once: GTK makes a label to find out
  const auto widthOf = [&](const wxString& text) {
    int width = 0;
    GetTextExtent(text, &width, nullptr, nullptr, nullptr, &font);
    return width;
  };
  spaceWidth_ = widthOf(" ");
  wxStringTokenizer paragraphs(text_, "\n", wxTOKEN_RET_EMPTY_ALL);
  while (paragraphs.HasMoreTokens()) {
    wxStringTokenizer words(paragraphs.GetNextToken(), " ", wxTOKEN_RET_EMPTY_ALL);
    for (bool first = true; words.HasMoreTokens(); first = false) {
      const wxString word = words.GetNextToken();
      words_.push_back({word, widthOf(word), first});
    }
  }
}

bool WrappedLabel::wrap() {
  wxString lines = text_;
  if (width_ >= FromDIP(kMinWidthDip) && !text_.empty()) {
    if (words_.empty()) measure();
    lines = wrapWords(words_, spaceWidth_, width_);
  }
  if (lines == lines_) return false;
  const bool otherHeight = lines.empty() != lines_.empty() || lines.Freq('\n') != lines_.Freq('\n');
  lines_ = lines;
  SetLabelText(lines);
  InvalidateBestSize();
  return otherHeight;
}

}  // namespace earshot::ui

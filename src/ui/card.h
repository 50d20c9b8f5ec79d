#pragma once
// A rounded surface with a soft shadow that groups what belongs together: an icon, a heading, a
// sentence, and whatever is added below. UI thread.

#include <string_view>

#include <wx/panel.h>
#include <wx/sizer.h>

#include "ui/theme.h"

class wxStaticBitmap;
class wxStaticText;

namespace earshot::ui {

class Card : public wxPanel {
 public:
  Card(wxWindow* parent, std::string_view iconSvg, const wxString& heading, const wxString& sentence);

  /// Colours changed.
  virtual void applyTheme(const Theme& theme);

 protected:
  /// Where the card's own things go, below the sentence.
  [[nodiscard]] wxBoxSizer* body() const { return body_; }
  /// A text that wraps to the card's width; also for one that changes later.
  void setWrapped(wxStaticText* label, const wxString& text);

 private:
  void paint();
  void wrapSentence();

  std::string_view iconSvg_;
  wxString sentenceText_;
  Theme theme_;
  wxStaticBitmap* icon_;
  wxStaticText* heading_;
  wxStaticText* sentence_;
  wxBoxSizer* body_;
};

}  // namespace earshot::ui

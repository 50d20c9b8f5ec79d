#pragma once
// A rounded surface with a soft shadow that groups what belongs together: an icon, a heading, a
// sentence, and whatever is added below. UI thread.

#include <functional>
#include <string_view>
#include <vector>

#include <wx/bmpbndl.h>
#include <wx/panel.h>
#include <wx/sizer.h>

#include "ui/theme.h"

class wxStaticText;

namespace earshot::ui {

class WrappedLabel;

class Card : public wxPanel {
 public:
  Card(wxWindow* parent, std::string_view iconSvg, const wxString& heading, const wxString& sentence);

  /// The card needs another height than before.
  std::function<void()> onContentChanged;

  /// The least width it gets, which its sentences are wrapped to. The owner lays out.
  void setWidth(int width);
  /// Colours changed.
  virtual void applyTheme(const Theme& theme);

 protected:
  /// Where the card's own things go, below the sentence.
  [[nodiscard]] wxBoxSizer* body() const { return body_; }
  [[nodiscard]] const Theme& theme() const { return theme_; }
  /// A sentence of the card's own, as wide as the card; not added to the body yet.
  [[nodiscard]] WrappedLabel* makeSentence();
  /// The sentence under the heading, which a second step may do without.
  void showDescription(bool shown);
  /// Call when parts came, went or changed.
  void contentChanged();
  /// Of the card's width, what is left for its things.
  [[nodiscard]] int innerWidth(int cardWidth) const;

 private:
  void paint();
  /// From the card's edge, shadow included, to its things.
  [[nodiscard]] int margin() const;
  bool wrapSentences(int cardWidth);

  std::string_view iconSvg_;
  wxBitmapBundle icon_;
  Theme theme_;
  wxStaticText* heading_;
  std::vector<WrappedLabel*> sentences_;  ///< the first is the card's description
  wxBoxSizer* body_;
};

}  // namespace earshot::ui

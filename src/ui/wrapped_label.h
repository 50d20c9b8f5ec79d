#pragma once
// A sentence that wraps to the width it is given, and says when that changes its height. Each word is measured once,
// because a window on its way to its size asks for one width after the other. UI thread.

#include <vector>

#include <wx/stattext.h>

#include "ui/word_wrap.h"

namespace earshot::ui {

class WrappedLabel : public wxStaticText {
 public:
  explicit WrappedLabel(wxWindow* parent, const wxString& text = {});

  /// Both return true when another height is needed than before; the owner then lays out anew.
  bool setText(const wxString& text);
  bool wrapTo(int width);

  bool SetFont(const wxFont& font) override;

 private:
  bool wrap();
  void measure();

  wxString text_;
  std::vector<MeasuredWord> words_;  ///< of the text, once it was measured
  int spaceWidth_ = 0;
  int width_ = 0;
  wxString lines_;
};

}  // namespace earshot::ui

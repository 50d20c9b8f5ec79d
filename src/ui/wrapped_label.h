#pragma once
// A sentence that wraps to the width it is given, and says when that changes its height. UI thread.

#include <wx/stattext.h>

namespace earshot::ui {

class WrappedLabel : public wxStaticText {
 public:
  explicit WrappedLabel(wxWindow* parent, const wxString& text = {});

  /// Both return true when another height is needed than before; the owner then lays out anew.
  bool setText(const wxString& text);
  bool wrapTo(int width);

 private:
  bool wrap();

  wxString text_;
  int width_ = 0;
};

}  // namespace earshot::ui

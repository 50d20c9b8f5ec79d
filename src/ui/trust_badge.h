#pragma once
// The lock in the header of a conversation: whether its host, or its person, is verified. UI thread.

#include <wx/bmpbuttn.h>

#include "ui/theme.h"
#include "ui/trust_words.h"

namespace earshot::ui {

class TrustBadge : public wxBitmapButton {
 public:
  explicit TrustBadge(wxWindow* parent);

  void show(const TrustLook& look);
  void applyTheme(const Theme& theme);

 private:
  void paintIcon();

  Theme theme_;
  TrustLook look_;
};

}  // namespace earshot::ui

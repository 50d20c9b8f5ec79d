#pragma once
// The line above the composer while what is written there is no new message of its own. UI thread.

#include <functional>

#include <wx/panel.h>

#include "ui/theme.h"

class wxButton;
class wxStaticText;

namespace earshot::ui {

class ComposerPurpose : public wxPanel {
 public:
  explicit ComposerPurpose(wxWindow* parent);

  /// "Reply to Anna", with the words that are answered; shortened where there is no room.
  void show(const wxString& purpose, const wxString& words);
  void applyTheme(const Theme& theme);

  std::function<void()> onCancel;

 private:
  wxStaticText* purpose_;
  wxStaticText* words_;
  wxButton* cancel_;
};

}  // namespace earshot::ui

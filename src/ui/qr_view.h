#pragma once
// A text as a QR code, black on white with its frame in every theme, so that any camera reads it. As
// large as its room allows, in whole pixels. UI thread.

#include <optional>
#include <string>

#include <wx/panel.h>

#include "ui/qr_code.h"

namespace earshot::ui {

class QrView : public wxPanel {
 public:
  QrView(wxWindow* parent, const wxString& accessibleName);

  /// Empty: shows nothing.
  void show(const std::string& text);

 private:
  void paint();

  std::string text_;
  std::optional<QrCode> code_;
};

}  // namespace earshot::ui

#pragma once
// The lock in the header of a room: whether its host is verified. UI thread.

#include <optional>

#include <wx/bmpbuttn.h>

#include "app/trust.h"
#include "ui/theme.h"

namespace earshot::ui {

class TrustBadge : public wxBitmapButton {
 public:
  explicit TrustBadge(wxWindow* parent);

  void show(app::HostProof proof);
  void applyTheme(const Theme& theme);

 private:
  void paintIcon();

  Theme theme_;
  std::optional<app::HostProof> proof_;
};

}  // namespace earshot::ui

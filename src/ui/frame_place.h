#pragma once
// Puts the window where it was last, and remembers where it goes. UI thread.

#include <memory>
#include <optional>

#include <wx/gdicmn.h>

#include "ui/settings_store.h"

class wxFrame;

namespace earshot::ui {

class FramePlace {
 public:
  /// Follows the frame's events; must live as long as it.
  FramePlace(wxFrame& frame, std::shared_ptr<SettingsStore> settings);

  /// Call before the frame is shown.
  void restore();

 private:
  void insist();
  void remember();

  wxFrame& frame_;
  std::shared_ptr<SettingsStore> settings_;
  std::optional<wxRect> wanted_;  ///< until the window has appeared there
};

}  // namespace earshot::ui

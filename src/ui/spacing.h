#pragma once
// The one place that says how far apart things stand.

#include <wx/window.h>

namespace earshot::ui {

/// Distances in device-independent pixels, scaled for the window's screen.
class Spacing {
 public:
  explicit Spacing(const wxWindow* window) : window_(window) {}

  [[nodiscard]] int tiny() const { return dip(2); }      ///< between a label and its field
  [[nodiscard]] int small() const { return dip(4); }     ///< inside one control
  [[nodiscard]] int related() const { return dip(8); }   ///< between things that belong together
  [[nodiscard]] int group() const { return dip(12); }    ///< between groups
  [[nodiscard]] int section() const { return dip(18); }  ///< around a card's content
  [[nodiscard]] int page() const { return dip(24); }     ///< around a page's content

  [[nodiscard]] int dip(int value) const { return window_->FromDIP(value); }

 private:
  const wxWindow* window_;
};

/// Below this width of the frame the side bar hides by itself.
inline constexpr int kNarrowWidthDip = 620;

}  // namespace earshot::ui

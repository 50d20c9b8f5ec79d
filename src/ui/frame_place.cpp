#include "ui/frame_place.h"

#include <algorithm>
#include <utility>

#include <wx/display.h>
#include <wx/frame.h>

namespace earshot::ui {
namespace {

const wxSize kDefaultSizeDip(1000, 700);

}  // namespace

FramePlace::FramePlace(wxFrame& frame, std::shared_ptr<SettingsStore> settings)
    : frame_(frame), settings_(std::move(settings)) {
  frame_.Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    remember();
    event.Skip();
  });
  frame_.Bind(wxEVT_MOVE, [this](wxMoveEvent& event) {
    insist();
    remember();
    event.Skip();
  });
}

void FramePlace::restore() {
  const app::WindowPlace& place = settings_->get().window;
  const bool known = place.width > 0 && place.height > 0;
  frame_.SetSize(frame_.FromDIP(known ? wxSize(place.width, place.height) : kDefaultSizeDip));
  const wxPoint corner = frame_.FromDIP(wxPoint(place.x, place.y));
  if (place.x >= 0 && place.y >= 0 && wxDisplay::GetFromPoint(corner) != wxNOT_FOUND) {
    frame_.SetPosition(corner);
    if (!place.maximized) wanted_ = wxRect(corner, frame_.GetSize());
  } else {
    frame_.CentreOnScreen();
  }
  if (place.maximized) frame_.Maximize();
}

/// Some window managers choose a place of their own when a window appears.
void FramePlace::insist() {
  if (!frame_.IsShown() || !wanted_) return;
  const wxRect place = *std::exchange(wanted_, std::nullopt);
  if (frame_.GetPosition() == place.GetPosition()) return;
  frame_.CallAfter([this, place] { frame_.SetSize(place); });
}

void FramePlace::remember() {
  if (frame_.IsBeingDeleted() || !frame_.IsShown() || frame_.IsIconized() || frame_.IsFullScreen()) return;
  settings_->change([this](app::Settings& settings) {
    app::WindowPlace& place = settings.window;
    place.maximized = frame_.IsMaximized();
    if (place.maximized) return;
    const wxSize size = frame_.ToDIP(frame_.GetSize());
    const wxPoint corner = frame_.ToDIP(frame_.GetPosition());
    place.x = std::max(corner.x, 0);
    place.y = std::max(corner.y, 0);
    place.width = size.x;
    place.height = size.y;
  });
}

}  // namespace earshot::ui

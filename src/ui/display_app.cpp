#include "ui/display_app.h"

#include <wx/log.h>

namespace earshot::ui {

std::optional<int> DisplayApp::run(DisplayApp* app, int argc, char** argv) {
  bool hasDisplay = false;
  app->hasDisplay_ = &hasDisplay;
  wxApp::SetInstance(app);
  const int code = wxEntry(argc, argv);
  return hasDisplay ? std::optional(code) : std::nullopt;
}

bool DisplayApp::Initialize(int& count, wxChar** arguments) {
  const wxLogNull quiet;
  const bool done = wxApp::Initialize(count, arguments);
  if (hasDisplay_ != nullptr) *hasDisplay_ = done;
  return done;
}

}  // namespace earshot::ui

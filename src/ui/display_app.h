#pragma once
// A program with windows that is told when there is no screen for them, instead of what wx has to say. Main thread.

#include <optional>

#include <wx/app.h>

namespace earshot::ui {

class DisplayApp : public wxApp {
 public:
  /// wxEntry with this app, which wx deletes; nothing when there is no screen to show a window on.
  static std::optional<int> run(DisplayApp* app, int argc, char** argv);

  bool Initialize(int& count, wxChar** arguments) override;

 private:
  bool* hasDisplay_ = nullptr;  ///< outlives this app
};

}  // namespace earshot::ui

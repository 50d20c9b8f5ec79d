#pragma once
// The window face of Earshot. main() hands it everything it needs; it knows no socket.

#include <memory>
#include <optional>
#include <string>

#include <wx/app.h>

#include "app/hosting.h"
#include "app/profile.h"
#include "app/room_link.h"
#include "app/sharing.h"

namespace earshot::ui {

class MainFrame;
class Retirement;
class SettingsStore;

/// What main() gives the windows.
struct Services {
  app::OpenLink openLink;
  app::StartHost startHost;
  app::StartSharing startSharing;
  app::Profile profile;
  std::string version;
};

/// What the command line asks the window to do at once.
struct StartRequest {
  std::optional<app::HostOptions> host;  ///< room name may be empty: the remembered one
  std::optional<std::string> joinAddress;
  std::optional<std::string> name;  ///< --as
};

class WindowApp : public wxApp {
 public:
  WindowApp();
  ~WindowApp() override;

  /// Before wxEntry.
  void configure(Services services, StartRequest start);

  bool OnInit() override;
  int OnExit() override;

 private:
  Services services_;
  StartRequest start_;
  std::shared_ptr<SettingsStore> settings_;
  std::shared_ptr<Retirement> retirement_;  ///< its end waits for the last goodbyes
};

}  // namespace earshot::ui

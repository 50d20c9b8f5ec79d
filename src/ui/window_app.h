#pragma once
// The window face of Earshot. main() hands it everything it needs; it knows no socket.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/hosting.h"
#include "app/profile.h"
#include "app/room_link.h"
#include "app/second_start.h"
#include "app/sharing.h"
#include "ui/display_app.h"

namespace earshot::ui {

class MainFrame;
class Retirement;
class SettingsStore;

/// What the command line asks the window to do at once.
struct StartRequest {
  std::optional<app::HostOptions> host;    ///< room name may be empty: the remembered one
  std::optional<std::string> joinAddress;  ///< or an earshot: link; empty: ask for it
  std::optional<std::string> name;         ///< --as
};

/// What main() gives the windows.
struct Services {
  app::OpenLink openLink;
  app::StartHost startHost;
  app::StartSharing startSharing;
  app::Profile profile;
  /// Later starts with the same profile arrive in the inbox as long as the result lives.
  std::function<std::shared_ptr<void>(std::shared_ptr<app::SecondStartInbox>)> hearSecondStarts;
  /// What the arguments of such a start ask of the window.
  std::function<StartRequest(const std::vector<std::string>& arguments)> understand;
  /// When this program has ended, it starts again.
  std::function<void()> restartAtEnd;
};

class WindowApp : public DisplayApp {
 public:
  WindowApp();
  ~WindowApp() override;

  /// Before run().
  void configure(Services services, StartRequest start);

  bool OnInit() override;
  int OnExit() override;
#ifdef __WXOSX__
  /// An earshot: link was clicked somewhere; wx waits with it until OnInit is over.
  void MacOpenURL(const wxString& url) override;
#endif

 private:
  void hearSecondStarts();
  /// As if the program had been started with this.
  void startAgain(const StartRequest& request, const std::string& activation);

  Services services_;
  StartRequest start_;
  std::shared_ptr<app::SecondStartInbox> secondStarts_;
  std::shared_ptr<void> hearing_;
  std::shared_ptr<SettingsStore> settings_;
  std::shared_ptr<Retirement> retirement_;  ///< its end waits for the last goodbyes
};

}  // namespace earshot::ui

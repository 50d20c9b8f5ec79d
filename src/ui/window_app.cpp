#include "ui/window_app.h"

#include <utility>

#include "ui/main_frame.h"
#include "ui/native_style.h"
#include "ui/retirement.h"
#include "ui/settings_store.h"
#include "ui/strings.h"

namespace earshot::ui {

WindowApp::WindowApp() = default;
WindowApp::~WindowApp() = default;

void WindowApp::configure(Services services, StartRequest start) {
  services_ = std::move(services);
  start_ = std::move(start);
}

bool WindowApp::OnInit() {
  SetAppName("earshot");
  SetAppDisplayName("Earshot");
  settings_ = std::make_shared<SettingsStore>(services_.profile.paths.config / "settings.json");
  retirement_ = std::make_shared<Retirement>();
  auto* frame = new MainFrame(services_, settings_, retirement_);
  SetTopWindow(frame);
  watchDarkMode();
  onTerminationSignal([this] {
    if (auto* open = dynamic_cast<MainFrame*>(GetTopWindow())) open->closeAtOnce();
  });
  frame->Show();
  frame->begin(start_);
  return true;
}

void WindowApp::joinLink(const std::string& text) {
  auto* frame = dynamic_cast<MainFrame*>(GetTopWindow());
  if (frame == nullptr) return;
  StartRequest request;
  request.joinAddress = text;
  frame->begin(request);
  frame->Raise();
}

#ifdef __WXOSX__
void WindowApp::MacOpenURL(const wxString& url) {
  joinLink(toUtf8(url));
}
#endif

int WindowApp::OnExit() {
  retirement_.reset();
  settings_.reset();
  return wxApp::OnExit();
}

}  // namespace earshot::ui

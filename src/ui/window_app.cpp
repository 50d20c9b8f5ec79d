#include "ui/window_app.h"

#include <utility>

#include "ui/bring_to_front.h"
#include "ui/fonts_ahead.h"
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
  FontsAhead fonts;
  drawChecksWithoutSvg();
  fonts.use();
  auto* frame = new MainFrame(services_, settings_, retirement_);
  SetTopWindow(frame);
  watchDarkMode();
  onTerminationSignal([this] {
    if (auto* open = dynamic_cast<MainFrame*>(GetTopWindow())) open->closeAtOnce();
  });
  hearSecondStarts();
  // A start that comes from then on waits for the end of this program and gets a window of its own.
  frame->onClosing = [this] { secondStarts_->cut(); };
  frame->Show();
  frame->begin(start_);
  return true;
}

void WindowApp::hearSecondStarts() {
  secondStarts_ = std::make_shared<app::SecondStartInbox>([this] {
    CallAfter([this] {
      for (const app::SecondStart& start : secondStarts_->takeAll()) {
        startAgain(services_.understand(start.arguments), start.activation);
      }
    });
  });
  hearing_ = services_.hearSecondStarts(secondStarts_);
}

void WindowApp::startAgain(const StartRequest& request, const std::string& activation) {
  auto* frame = dynamic_cast<MainFrame*>(GetTopWindow());
  if (frame == nullptr) return;
  frame->begin(request);
  bringToFront(*frame, activation);
}

#ifdef __WXOSX__
void WindowApp::MacOpenURL(const wxString& url) {
  StartRequest request;
  request.joinAddress = toUtf8(url);
  startAgain(request, {});
}
#endif

int WindowApp::OnExit() {
  secondStarts_->cut();
  hearing_.reset();
  retirement_.reset();
  settings_.reset();
  return wxApp::OnExit();
}

}  // namespace earshot::ui

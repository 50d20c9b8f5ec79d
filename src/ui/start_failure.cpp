#include "ui/start_failure.h"

#include <array>

#include <wx/msgdlg.h>

#include "app/error_text.h"
#include "ui/display_app.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

class FailureApp final : public DisplayApp {
 public:
  explicit FailureApp(const app::Error& error) : sentence_(fromUtf8(app::describe(error))) {}

  bool OnInit() override {
    SetAppName("earshot");
    SetAppDisplayName("Earshot");
    wxMessageBox(sentence_, "Earshot", wxOK | wxICON_INFORMATION);
    return false;
  }

 private:
  wxString sentence_;
};

}  // namespace

void showStartFailure(const app::Error& error) {
  std::array<char, 8> name{"earshot"};
  std::array<char*, 2> arguments{name.data(), nullptr};
  (void)DisplayApp::run(new FailureApp(error), 1, arguments.data());
}

}  // namespace earshot::ui

#include "ui/start_failure.h"

#include <array>

#include <wx/app.h>
#include <wx/msgdlg.h>

#include "app/error_text.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

class FailureApp final : public wxApp {
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

int showStartFailure(const app::Error& error) {
  wxApp::SetInstance(new FailureApp(error));
  std::array<char, 8> name{"earshot"};
  std::array<char*, 2> arguments{name.data(), nullptr};
  int count = 1;
  wxEntry(count, arguments.data());
  return 1;
}

}  // namespace earshot::ui

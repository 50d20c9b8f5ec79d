// The least that a program with a window of wxWidgets can be; start_bench compares Earshot with it.
#include <wx/app.h>
#include <wx/frame.h>

namespace {

class EmptyApp final : public wxApp {
 public:
  bool OnInit() override {
    // As large as Earshot's.
    auto* frame = new wxFrame(nullptr, wxID_ANY, "Empty window", wxDefaultPosition, wxSize(1'000, 700));
    frame->CentreOnScreen();
    frame->Show();
    return true;
  }
};

}  // namespace

wxIMPLEMENT_APP(EmptyApp);

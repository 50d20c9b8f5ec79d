// Integration tests: real hosts and members on loopback, port 0, in one process without a display.
#include <gmock/gmock.h>
#include <wx/app.h>
#include <wx/apptrait.h>
#include <wx/init.h>

#include <iostream>

#include "net/worker_socket.h"
#include "net/worker_socket_traits.h"

namespace {

class TestApp final : public wxAppConsole {
 public:
  wxAppTraits* CreateTraits() override { return new earshot::net::WorkerSocketTraits<wxConsoleAppTraits>; }
};

int asserts = 0;

void failOnAssert(const wxString& file, int line, const wxString&, const wxString& condition, const wxString&) {
  ++asserts;
  std::cerr << "wx assert at " << file.utf8_str() << ':' << line << ": " << condition.utf8_str() << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  ::testing::InitGoogleMock(&argc, argv);
  wxAppConsole::SetInstance(new TestApp);
  if (!wxEntryStart(argc, argv) || !earshot::net::initializeSockets()) return 1;
  wxSetAssertHandler(failOnAssert);
  const int code = RUN_ALL_TESTS();
  wxEntryCleanup();
  return asserts == 0 ? code : 1;
}

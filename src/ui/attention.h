#pragma once
// Tells a person who looks elsewhere that something was said: the window's title, the task bar, and
// a notification now and then. UI thread.

#include <chrono>
#include <string>

#include <wx/string.h>

class wxTopLevelWindow;

namespace earshot::ui {

struct RoomNews;

class Attention {
 public:
  explicit Attention(wxTopLevelWindow& window) : window_(window) {}

  /// name is that of the conversation, empty on the start page.
  void showTitle(const std::string& name, std::size_t unread);
  /// Texts of others arrived while the window was not active.
  void announce(const std::string& roomName, const RoomNews& news);
  /// The person is back.
  void calm() { silentSince_ = 0; }

 private:
  void notify(const wxString& title, const std::string& text);

  wxTopLevelWindow& window_;
  std::chrono::steady_clock::time_point last_{};
  std::size_t silentSince_ = 0;  ///< texts that got no notification of their own
};

/// "(3) Kitchen table – Earshot".
[[nodiscard]] wxString windowTitle(const std::string& roomName, std::size_t unread);

}  // namespace earshot::ui

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
  /// Something is wrong with a room that the person does not look at.
  void warn(const std::string& roomName, const std::string& sentence);
  /// The person is back.
  void calm() { silentSince_ = 0; }

 private:
  void notify(const wxString& title, const wxString& body);
  /// A text, and how many came before it without a notification.
  [[nodiscard]] wxString bodyFor(const std::string& text);

  wxTopLevelWindow& window_;
  std::chrono::steady_clock::time_point last_{};
  std::size_t silentSince_ = 0;  ///< texts that got no notification of their own
};

/// "(3) Kitchen table – Earshot".
[[nodiscard]] wxString windowTitle(const std::string& roomName, std::size_t unread);

}  // namespace earshot::ui

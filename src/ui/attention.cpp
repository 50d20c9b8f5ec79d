#include "ui/attention.h"

#include <wx/notifmsg.h>
#include <wx/toplevel.h>

#include "ui/room_controller.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

/// A lively room must not cover the screen with notifications.
constexpr auto kBetweenNotifications = std::chrono::seconds(10);
constexpr std::size_t kMaxShownChars = 200;

}  // namespace

wxString windowTitle(const std::string& roomName, std::size_t unread) {
  wxString title = roomName.empty() ? wxString("Earshot") : wxString::Format(tr("%s – Earshot"), fromUtf8(roomName));
  if (unread > 0) title = wxString::Format("(%u) %s", static_cast<unsigned>(unread), title);
  return title;
}

void Attention::showTitle(const std::string& name, std::size_t unread) {
  const wxString title = windowTitle(name, window_.IsActive() ? 0 : unread);
  if (window_.GetTitle() != title) window_.SetTitle(title);
}

void Attention::announce(const std::string& roomName, const RoomNews& news) {
  const std::size_t count = news.texts.size() + news.privateTexts.size();
  if (count == 0) return;
  window_.RequestUserAttention(wxUSER_ATTENTION_INFO);
  silentSince_ += count;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < kBetweenNotifications) return;
  last_ = now;
  // What is meant for us alone is not pushed aside by what is said to all.
  const bool alone = !news.privateTexts.empty();
  const app::Event& event = (alone ? news.privateTexts : news.texts).back().event;
  const wxString title = wxString::Format(alone ? _("%s, privately, in %s") : _("%s in %s"), fromUtf8(event.actorName),
                                          fromUtf8(roomName));
  notify(title, bodyFor(std::get<app::TextPosted>(event.body).text));
}

void Attention::warn(const std::string& roomName, const std::string& sentence) {
  window_.RequestUserAttention(wxUSER_ATTENTION_INFO);
  notify(fromUtf8(roomName), fromUtf8(sentence));
}

wxString Attention::bodyFor(const std::string& text) {
  wxString body = fromUtf8(text).Left(kMaxShownChars);
  if (silentSince_ > 1) {
    const auto more = static_cast<unsigned>(silentSince_ - 1);
    body += "\n" + wxString::Format(wxPLURAL("and %u more message", "and %u more messages", more), more);
  }
  silentSince_ = 0;
  return body;
}

void Attention::notify(const wxString& title, const wxString& body) {
  wxNotificationMessage(title, body, &window_).Show();
}

}  // namespace earshot::ui

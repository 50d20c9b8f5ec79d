// The windows and dialogs that stand beside the window.

#include <utility>

#include <wx/aboutdlg.h>

#include "app/version.h"
#include "ui/access_dialog.h"
#include "ui/chat_page.h"
#include "ui/connection_log_window.h"
#include "ui/icons.h"
#include "ui/main_frame.h"
#include "ui/reading_view.h"
#include "ui/sharing_dialog.h"
#include "ui/strings.h"
#include "ui/transcript_view.h"

namespace earshot::ui {

void MainFrame::showReadingView() {
  const Talk* talk = shownTalk();
  if (talk != nullptr) ui::showReadingView(this, fromUtf8(talk->title()), chat().transcript().allText());
}

void MainFrame::showConnectionLog() {
  const RoomController* room = rooms_.current();
  if (room == nullptr || room->hostLog().empty()) return;
  if (const auto open = logWindows_.find(room); open != logWindows_.end()) {
    open->second->Raise();
    return;
  }
  auto* window = new ConnectionLogWindow(this, room->roomName(), room->hostLog());
  logWindows_[room] = window;
  window->Bind(wxEVT_CLOSE_WINDOW, [this, room](wxCloseEvent& event) {
    logWindows_.erase(room);
    event.Skip();
  });
  window->CentreOnParent();
  window->Show();
}

void MainFrame::showSharing() {
  RoomController* room = rooms_.current();
  if (room == nullptr || !room->isHosting()) return;
  if (const auto open = sharingDialogs_.find(room); open != sharingDialogs_.end()) {
    open->second->Raise();
    return;
  }
  auto* dialog = new SharingDialog(this, proposedInstallerFolder(settings_->get().shareFolder));
  sharingDialogs_[room] = dialog;
  dialog->onStart = [this, room](const std::filesystem::path& folder) {
    settings_->change([&](app::Settings& settings) { settings.shareFolder = toUtf8(fromPath(folder)); });
    room->shareApp(folder);
  };
  dialog->onStop = [room] { room->stopSharing(); };
  dialog->Bind(wxEVT_CLOSE_WINDOW, [this, room](wxCloseEvent& event) {
    sharingDialogs_.erase(room);
    event.Skip();
  });
  dialog->show(room->sharing(), room->isHosting());
  dialog->CentreOnParent();
  dialog->Show();
}

void MainFrame::showAccess() {
  RoomController* room = rooms_.current();
  if (room == nullptr || !room->isHosting()) return;
  if (const auto open = accessDialogs_.find(room); open != accessDialogs_.end()) {
    open->second->Raise();
    return;
  }
  auto* dialog = new AccessDialog(this);
  accessDialogs_[room] = dialog;
  dialog->onNewCode = [room] { room->changeJoinCode(); };
  dialog->onHistory = [room](std::optional<std::uint32_t> texts) { room->setHistory(texts); };
  dialog->onOpenToAll = [room] { room->openToAll(); };
  dialog->onMakeInvite = [room](std::chrono::milliseconds validFor, std::uint32_t uses) {
    room->makeInvite(validFor, uses);
  };
  dialog->onRevoke = [room](const app::Invite& invite) { room->revokeInvite(invite); };
  dialog->onCopy = [this](const wxString& text) { copyText(toUtf8(text), _("It was copied.")); };
  dialog->Bind(wxEVT_CLOSE_WINDOW, [this, room](wxCloseEvent& event) {
    accessDialogs_.erase(room);
    event.Skip();
  });
  dialog->show(*room);
  room->askAccess();  // how many uses are left may have changed
  dialog->CentreOnParent();
  dialog->Show();
}

void MainFrame::showAbout() {
  wxAboutDialogInfo info;
  info.SetName("Earshot");
  info.SetVersion(fromUtf8(std::string(app::version())));
  info.SetDescription(_("Chat for people within earshot: no account, no server."));
  info.SetLicence(_("MIT License"));
  wxIcon logo;
  logo.CopyFromBitmap(programLogo(64).GetBitmapFor(this));
  info.SetIcon(logo);
  wxAboutBox(info, this);
}

}  // namespace earshot::ui

// What the menus and keys of the window do.

#include <utility>

#include <wx/clipbrd.h>
#include <wx/textctrl.h>

#include "app/error_text.h"
#include "app/exporter.h"
#include "ui/chat_page.h"
#include "ui/find_bar.h"
#include "ui/main_frame.h"
#include "ui/main_menu.h"
#include "ui/shortcuts_dialog.h"
#include "ui/start_page.h"
#include "ui/strings.h"
#include "ui/transcript_view.h"

namespace earshot::ui {

void MainFrame::connectMenu() {
  const auto on = [this](int id, std::function<void()> action) {
    Bind(
        wxEVT_MENU, [action = std::move(action)](wxCommandEvent&) { action(); }, id);
  };
  on(kMenuHost, [this] { showStart(); });
  on(kMenuJoin, [this] {
    showStart();
    start_->focusJoin();
  });
  on(kMenuExport, [this] { exportCurrent({}); });
  on(kMenuImport, [this] { importFile(); });
  on(kMenuCopyAddress, [this] { copyAddress(); });
  on(kMenuCopyInvite, [this] { copyInvite(); });
  on(kMenuAccess, [this] { showAccess(); });
  on(kMenuTrust, [this] { showTrust(); });
  on(kMenuWritePrivately, [this] { choosePersonToWriteTo(); });
  on(kMenuShare, [this] { showSharing(); });
  on(kMenuLeave, [this] { leaveCurrent(); });
  on(wxID_EXIT, [this] { Close(); });
  on(wxID_COPY, [this] { copySelection(); });
  on(wxID_SELECTALL, [this] { selectAll(); });
  on(wxID_FIND, [this] { chat().openFind(); });
  on(kMenuFindNext, [this] { chat().findBar().next(); });
  on(kMenuFindPrevious, [this] { chat().findBar().previous(); });
  on(kMenuSearch, [this] { showSearch(); });
  on(kMenuSidebar, [this] { chat().toggleSidebar(); });
  on(kMenuReadingView, [this] { showReadingView(); });
  on(kMenuFullScreen, [this] { ShowFullScreen(!IsFullScreen(), wxFULLSCREEN_NOBORDER | wxFULLSCREEN_NOCAPTION); });
  on(kMenuConnectionLog, [this] { showConnectionLog(); });
  on(kMenuTellTyping,
     [this] { settings_->change([](app::Settings& settings) { settings.tellTyping = !settings.tellTyping; }); });
  on(kMenuBackup, [this] { backUpProfile(); });
  on(kMenuRestore, [this] { restoreProfile(); });
  on(kMenuShortcuts, [this] { showShortcuts(this); });
  on(wxID_ABOUT, [this] { showAbout(); });
}

void MainFrame::connectMenuState() {
  const auto enable = [this](std::initializer_list<int> ids, const std::function<bool(const RoomController*)>& when) {
    for (const int id : ids) {
      Bind(
          wxEVT_UPDATE_UI,
          [this, when](wxUpdateUIEvent& event) { event.Enable(when(isChatShown() ? rooms_.current() : nullptr)); }, id);
    }
  };
  enable({kMenuLeave, kMenuSidebar, kMenuReadingView}, [](const RoomController* room) { return room != nullptr; });
  for (const int id : {static_cast<int>(kMenuExport), static_cast<int>(wxID_FIND), static_cast<int>(kMenuFindNext),
                       static_cast<int>(kMenuFindPrevious)}) {
    Bind(
        wxEVT_UPDATE_UI,
        [this](wxUpdateUIEvent& event) {
          const Talk* talk = shownTalk();
          event.Enable(talk != nullptr && !talk->conversation().empty());
        },
        id);
  }
  enable({kMenuWritePrivately}, [](const RoomController* room) { return room != nullptr && room->othersInside() > 0; });
  enable({kMenuCopyAddress}, [](const RoomController* room) { return room != nullptr && !room->address().empty(); });
  enable({kMenuTrust}, [](const RoomController* room) { return room != nullptr && room->isOpen(); });
  enable({kMenuShare, kMenuAccess, kMenuCopyInvite},
         [](const RoomController* room) { return room != nullptr && room->isHosting() && room->isOpen(); });
  enable({kMenuConnectionLog}, [](const RoomController* room) { return room != nullptr && !room->hostLog().empty(); });
  Bind(
      wxEVT_UPDATE_UI,
      [this](wxUpdateUIEvent& event) {
        event.Check(isChatShown() && chat().isSidebarShown());
        event.Enable(isChatShown());
      },
      kMenuSidebar);
  Bind(
      wxEVT_UPDATE_UI, [this](wxUpdateUIEvent& event) { event.Check(IsFullScreen()); }, kMenuFullScreen);
  Bind(
      wxEVT_UPDATE_UI, [this](wxUpdateUIEvent& event) { event.Check(settings_->get().tellTyping); }, kMenuTellTyping);
}

// --- keys ------------------------------------------------------------------------------------------

/// Only keys that no input method uses are taken here: Enter and the like belong to the field. F7 and
/// Ctrl+/ are in the menu too, but a GTK text field takes them first.
void MainFrame::handleKey(wxKeyEvent& event) {
  const int key = event.GetKeyCode();
  if (isChatShown() && key == WXK_F6) {
    chat().focusNextRegion(!event.ShiftDown());
  } else if (key == WXK_F1 || (event.GetModifiers() == wxMOD_CONTROL && key == '/')) {
    showShortcuts(this);
  } else if (isChatShown() && key == WXK_F7 && !event.HasAnyModifiers()) {
    showReadingView();
  } else if (isChatShown() && key == WXK_ESCAPE && !event.HasAnyModifiers() &&
             dynamic_cast<wxTextCtrl*>(FindFocus()) == nullptr) {
    chat().focusComposer();
  } else if (!handleRoomKey(event)) {
    event.Skip();
  }
}

bool MainFrame::handleRoomKey(const wxKeyEvent& event) {
  if (rooms_.empty()) return false;
  const int key = event.GetKeyCode();
  if (event.GetModifiers() == wxMOD_ALT && key >= '1' && key <= '9') {
    const auto places = rooms_.places();
    const auto index = static_cast<std::size_t>(key - '1');
    if (index < places.size()) show(places[index]);
    return true;
  }
  if (!event.ControlDown()) return false;
  const bool next = key == WXK_PAGEDOWN || (key == WXK_TAB && !event.ShiftDown());
  const bool previous = key == WXK_PAGEUP || (key == WXK_TAB && event.ShiftDown());
  if (!next && !previous) return false;
  show(isChatShown() ? rooms_.neighbour(next ? 1 : -1) : rooms_.selected());
  return true;
}

void MainFrame::runLocalCommand(const app::TypedLine& line) {
  if (std::holds_alternative<app::SlashHelp>(line)) {
    showShortcuts(this);
  } else if (std::holds_alternative<app::SlashQuit>(line)) {
    Close();
  } else if (std::holds_alternative<app::SlashLeave>(line)) {
    leaveCurrent();
  } else if (const auto* wanted = std::get_if<app::SlashExport>(&line)) {
    exportCurrent(toPath(fromUtf8(wanted->target)));
  }
}

// --- other actions ---------------------------------------------------------------------------------

void MainFrame::copyText(const std::string& text, const wxString& sentence) {
  if (text.empty() || !wxTheClipboard->Open()) return;
  wxTheClipboard->SetData(new wxTextDataObject(fromUtf8(text)));
  wxTheClipboard->Flush();
  wxTheClipboard->Close();
  chat().showBriefly(sentence, false);
}

void MainFrame::copyAddress() {
  const RoomController* room = rooms_.current();
  if (room == nullptr) return;
  copyText(room->address(), wxString::Format(_("%s was copied; others type it to join."), fromUtf8(room->address())));
}

void MainFrame::copyCode() {
  const RoomController* room = rooms_.current();
  if (room == nullptr || !room->access().isKnown()) return;
  copyText(room->access().joinCode(), _("The join code was copied; give it only to those who may join."));
}

void MainFrame::copyInvite() {
  const RoomController* room = rooms_.current();
  if (room == nullptr || !room->access().isKnown()) return;
  if (room->access().anyLink().empty()) {
    showAccess();  // all are used up: a new one is made there
    return;
  }
  copyText(room->access().anyLink(), _("The invite was copied; whoever gets the link can join with it."));
}

void MainFrame::copySelection() {
  if (auto* entry = dynamic_cast<wxTextEntry*>(FindFocus()); entry != nullptr && entry->HasSelection()) {
    entry->Copy();
  } else if (isChatShown()) {
    chat().transcript().copySelection();
  }
}

void MainFrame::selectAll() {
  if (auto* entry = dynamic_cast<wxTextEntry*>(FindFocus())) {
    entry->SelectAll();
  } else if (isChatShown()) {
    chat().transcript().selectAll();
  }
}

}  // namespace earshot::ui

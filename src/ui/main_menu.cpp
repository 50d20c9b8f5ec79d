#include "ui/main_menu.h"

#include "ui/strings.h"

namespace earshot::ui {
namespace {

wxMenu* chatMenu() {
  auto* menu = new wxMenu;
  menu->Append(kMenuHost, tr("&Host chat…"));
  menu->Append(kMenuJoin, tr("&Join…"));
  menu->AppendSeparator();
  menu->Append(kMenuExport, tr("&Export…") + "\tCtrl+S");
  menu->Append(kMenuImport, tr("I&mport…"));
  menu->Append(kMenuCopyAddress, _("&Copy address"));
  menu->Append(kMenuCopyInvite, _("Copy &invite link"));
  menu->Append(kMenuAccess, tr("&Who can join…"));
  menu->Append(kMenuShare, tr("&Share the app…"));
  menu->AppendSeparator();
  menu->Append(kMenuWritePrivately, tr("Write &privately…") + "\tCtrl+M");
  menu->Append(kMenuLeave, _("&Leave room") + "\tCtrl+W");
  menu->Append(wxID_EXIT, _("&Quit") + "\tCtrl+Q");
  return menu;
}

wxMenu* editMenu() {
  auto* menu = new wxMenu;
  menu->Append(wxID_COPY, _("&Copy") + "\tCtrl+C");
  menu->Append(wxID_SELECTALL, _("Select &all") + "\tCtrl+A");
  menu->AppendSeparator();
  menu->Append(wxID_FIND, tr("&Find…") + "\tCtrl+F");
  menu->Append(kMenuFindNext, _("Find &next") + "\tF3");
  menu->Append(kMenuFindPrevious, _("Find &previous") + "\tShift+F3");
  menu->Append(kMenuSearch, tr("Search &everywhere…") + "\tCtrl+Shift+F");
  return menu;
}

wxMenu* viewMenu() {
  auto* menu = new wxMenu;
  menu->AppendCheckItem(kMenuSidebar, _("&Sidebar") + "\tF9");
  menu->Append(kMenuReadingView, tr("Rea&ding view…") + "\tF7");
  menu->Append(kMenuTrust, tr("Se&curity…"));
  menu->AppendCheckItem(kMenuFullScreen, _("&Full screen") + "\tF11");
  return menu;
}

wxMenu* toolsMenu() {
  auto* menu = new wxMenu;
  menu->Append(kMenuConnectionLog, _("&Connection log"));
  menu->AppendCheckItem(kMenuTellTyping, _("Show others that I am &writing"));
  menu->AppendSeparator();
  menu->Append(kMenuBackup, tr("&Back up profile…"));
  menu->Append(kMenuRestore, tr("&Restore profile…"));
  return menu;
}

wxMenu* helpMenu() {
  auto* menu = new wxMenu;
  menu->Append(kMenuShortcuts, _("&Keyboard shortcuts") + "\tCtrl+/");
  menu->Append(wxID_ABOUT, _("&About Earshot"));
  return menu;
}

}  // namespace

wxMenuBar* makeMenuBar() {
  auto* bar = new wxMenuBar;
  bar->Append(chatMenu(), _("&Chat"));
  bar->Append(editMenu(), _("&Edit"));
  bar->Append(viewMenu(), _("&View"));
  bar->Append(toolsMenu(), _("&Tools"));
  bar->Append(helpMenu(), _("&Help"));
  return bar;
}

}  // namespace earshot::ui

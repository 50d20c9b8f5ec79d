#pragma once
// The menu bar: its items and their keys. What they do is the frame's business. UI thread.

#include <wx/menu.h>

namespace earshot::ui {

enum MenuId : int {
  kMenuHost = wxID_HIGHEST + 1,
  kMenuJoin,
  kMenuExport,
  kMenuImport,
  kMenuCopyAddress,
  kMenuCopyInvite,
  kMenuAccess,
  kMenuShare,
  kMenuWritePrivately,
  kMenuLeave,
  kMenuFindNext,
  kMenuFindPrevious,
  kMenuSearch,
  kMenuSidebar,
  kMenuReadingView,
  kMenuFullScreen,
  kMenuTrust,
  kMenuConnectionLog,
  kMenuTellTyping,
  kMenuBackup,
  kMenuRestore,
  kMenuShortcuts,
};

[[nodiscard]] wxMenuBar* makeMenuBar();

}  // namespace earshot::ui

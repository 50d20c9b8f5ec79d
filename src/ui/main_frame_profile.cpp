// Keeping one's profile safe, and becoming another person.

#include "ui/backup_dialog.h"
#include "ui/main_frame.h"
#include "ui/restore_dialog.h"

namespace earshot::ui {

void MainFrame::backUpProfile() {
  BackupDialog(this, services_.profile.paths, ownName()).ShowModal();
}

void MainFrame::restoreProfile() {
  const bool restart = RestoreDialog(this, services_.profile.paths).ShowModal() == wxID_APPLY;
  // Rooms that are hosted here are asked about, as whenever the window closes.
  if (restart && !closing_ && Close()) services_.restartAtEnd();
}

}  // namespace earshot::ui

#include "ui/restore_dialog.h"

#include <utility>

#include <wx/button.h>
#include <wx/filedlg.h>
#include <wx/panel.h>
#include <wx/stdpaths.h>
#include <wx/textctrl.h>

#include "app/error_text.h"
#include "ui/strings.h"

namespace earshot::ui {

RestoreDialog::RestoreDialog(wxWindow* parent, app::ProfilePaths paths)
    : ProfileDialog(parent, _("Restore profile"),
                    _("Earshot becomes the person in the backup, with their conversations and rooms, when it starts "
                      "the next time. Who is here now is set aside in a folder of their own; nothing is deleted."),
                    _("&Restore")),
      paths_(std::move(paths)) {
  auto* choose = new wxButton(form(), wxID_ANY, tr("&Choose…"));
  file_ = addField(_("Backup"), 0, choose);
  passphrase_ = addField(_("Passphrase"), wxTE_PASSWORD);
  choose->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { this->choose(); });
  arrange();
  file_->SetFocus();
}

void RestoreDialog::choose() {
  wxFileDialog dialog(this, _("Restore profile"), wxStandardPaths::Get().GetDocumentsDir(), {},
                      _("Backups of Earshot (*.earshot-backup)|*.earshot-backup|All files|*"),
                      wxFD_OPEN | wxFD_FILE_MUST_EXIST);
  if (dialog.ShowModal() != wxID_OK) return;
  file_->ChangeValue(dialog.GetPath());
  passphrase_->SetFocus();
}

void RestoreDialog::act() {
  const std::filesystem::path backup = toPath(file_->GetValue());
  if (const auto looked = app::looksLikeBackup(backup); !looked.ok()) {
    showError(fromUtf8(app::describe(looked.error())));
    file_->SetFocus();
    return;
  }
  run([paths = paths_, backup,
       passphrase = toUtf8(passphrase_->GetValue())](const app::BackupProgress& progress) -> ProfileTask::Outcome {
    const auto prepared = app::prepareRestore(paths, backup, passphrase, app::systemNow(), progress);
    if (!prepared.ok()) return prepared.error();
    return std::uint32_t{0};
  });
}

void RestoreDialog::finished(std::uint32_t) {
  showEnd(
      tr("The backup was unpacked. Earshot opens with it when it starts the next time; who is here now will then be "
         "in a folder whose name begins with “before-restore”, beside the restored profile."),
      _("&Restart Earshot"), _("Later"));
}

}  // namespace earshot::ui

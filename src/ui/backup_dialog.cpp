#include "ui/backup_dialog.h"

#include <utility>

#include <wx/datetime.h>
#include <wx/filedlg.h>
#include <wx/stdpaths.h>
#include <wx/textctrl.h>

#include "app/error_text.h"
#include "ui/strings.h"

namespace earshot::ui {

BackupDialog::BackupDialog(wxWindow* parent, app::ProfilePaths paths, std::string personName)
    : ProfileDialog(parent, _("Back up profile"),
                    _("Everything of yours goes into one file: who you are to others, settings, conversations and the "
                      "rooms that you host. It can be opened with the passphrase only, so keep both, and not in the "
                      "same place."),
                    tr("&Back up…")),
      paths_(std::move(paths)),
      personName_(std::move(personName)) {
  passphrase_ = addField(_("Passphrase"), wxTE_PASSWORD);
  again_ = addField(_("Passphrase again"), wxTE_PASSWORD);
  arrange();
  passphrase_->SetFocus();
}

void BackupDialog::act() {
  std::string passphrase = toUtf8(passphrase_->GetValue());
  if (const auto checked = app::checkNewPassphrase(passphrase); !checked.ok()) {
    showError(fromUtf8(app::describe(checked.error())));
    passphrase_->SetFocus();
    return;
  }
  if (passphrase_->GetValue() != again_->GetValue()) {
    showError(_("These two passphrases are different; please type the second one again."));
    again_->SetFocus();
    again_->SelectAll();
    return;
  }
  const wxString proposal = fromUtf8(app::suggestedBackupName(personName_, toUtf8(wxDateTime::Now().FormatISODate())));
  wxFileDialog dialog(this, _("Back up profile"), wxStandardPaths::Get().GetDocumentsDir(), proposal,
                      _("Backups of Earshot (*.earshot-backup)|*.earshot-backup|All files|*"),
                      wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
  if (dialog.ShowModal() != wxID_OK) return;
  target_ = toPath(dialog.GetPath());
  run([paths = paths_, target = target_, passphrase = std::move(passphrase)](const app::BackupProgress& progress) {
    return app::backUpProfile(paths, target, passphrase, progress);
  });
}

void BackupDialog::finished(std::uint32_t) {
  showEnd(wxString::Format(_("Your profile was saved to %s. Without the passphrase nobody can open that file, you "
                             "included."),
                           fromPath(target_)),
          {}, _("Close"));
}

}  // namespace earshot::ui

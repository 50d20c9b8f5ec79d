#pragma once
// Tools → Back up profile…: asks for a new passphrase and a place, and writes the backup. Modal. UI thread.

#include <string>

#include "app/profile.h"
#include "ui/profile_dialog.h"

namespace earshot::ui {

class BackupDialog final : public ProfileDialog {
 public:
  /// personName: for the proposed name of the file.
  BackupDialog(wxWindow* parent, app::ProfilePaths paths, std::string personName);

 private:
  void act() override;
  void finished(std::uint32_t files) override;

  app::ProfilePaths paths_;
  std::string personName_;
  std::filesystem::path target_;
  wxTextCtrl* passphrase_;
  wxTextCtrl* again_;
};

}  // namespace earshot::ui

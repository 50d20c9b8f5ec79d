#pragma once
// Tools → Restore profile…: unpacks a backup beside the profile that is open. The program opens with it
// the next time it starts. Modal; ShowModal() returns wxID_APPLY when that shall be now. UI thread.

#include "app/profile.h"
#include "ui/profile_dialog.h"

namespace earshot::ui {

class RestoreDialog final : public ProfileDialog {
 public:
  RestoreDialog(wxWindow* parent, app::ProfilePaths paths);

 private:
  void act() override;
  void finished(std::uint32_t files) override;
  void actAtEnd() override { EndModal(wxID_APPLY); }
  void choose();

  app::ProfilePaths paths_;
  wxTextCtrl* file_;
  wxTextCtrl* passphrase_;
};

}  // namespace earshot::ui

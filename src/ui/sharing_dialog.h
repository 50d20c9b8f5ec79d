#pragma once
// Chat → Share the app…: switches on and off that others can download Earshot from this computer,
// and shows where, and the hashes to compare with. Stays open beside the chat. UI thread.

#include <filesystem>
#include <functional>
#include <string>

#include <wx/dialog.h>

class wxButton;
class wxCheckBox;
class wxSizer;
class wxTextCtrl;

namespace earshot::ui {

class AppSharing;
class WrappedLabel;

/// The folder "installers" beside the program if there is one, else the remembered one, else where
/// downloads are kept.
[[nodiscard]] std::filesystem::path proposedInstallerFolder(const std::string& remembered);

class SharingDialog : public wxDialog {
 public:
  SharingDialog(wxWindow* parent, const std::filesystem::path& folder);

  /// hosting: the room is open, so that sharing can be switched on.
  void show(const AppSharing& sharing, bool hosting);

  std::function<void(const std::filesystem::path& folder)> onStart;
  std::function<void()> onStop;

 private:
  void build(const std::filesystem::path& folder);
  void connectParts();
  void chooseFolder();
  void copyAddress();
  void setStatus(const wxString& sentence, const wxColour& colour);
  void showPage(const AppSharing& sharing);
  void fit();

  wxTextCtrl* folder_;
  wxButton* choose_;
  wxCheckBox* switch_;
  WrappedLabel* status_;
  wxSizer* page_;
  wxTextCtrl* address_;
  wxButton* copy_;
  WrappedLabel* otherAddresses_;
  wxTextCtrl* installers_;
};

}  // namespace earshot::ui

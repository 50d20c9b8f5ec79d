#include "ui/sharing_dialog.h"

#include <algorithm>

#include <wx/button.h>
#include <wx/checkbox.h>
#include <wx/clipbrd.h>
#include <wx/dirdlg.h>
#include <wx/display.h>
#include <wx/filename.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/stdpaths.h>
#include <wx/textctrl.h>

#include "app/error_text.h"
#include "app/executable_path.h"
#include "ui/accessible.h"
#include "ui/app_sharing.h"
#include "ui/native_style.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/theme.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

/// A SHA-256 fits on one line.
constexpr int kWidthDip = 600;
constexpr int kInstallersDip = 180;

wxString installersInWords(const std::vector<app::Installer>& installers) {
  wxString text;
  for (const app::Installer& installer : installers) {
    if (!text.empty()) text += "\n\n";
    const wxString size = wxFileName::GetHumanReadableSize(wxULongLong(installer.bytes), {}, 1, wxSIZE_CONV_SI);
    text += fromUtf8(installer.fileName) + "\n" + wxGetTranslation(fromUtf8(app::systemName(installer.system))) + ", " +
            size + "\n" + fromUtf8(installer.sha256);
  }
  return text;
}

}  // namespace

std::filesystem::path proposedInstallerFolder(const std::string& remembered) {
  std::error_code unknown;
  const std::filesystem::path beside = app::executablePath().parent_path() / "installers";
  if (std::filesystem::is_directory(beside, unknown)) return beside;
  if (!remembered.empty()) return toPath(fromUtf8(remembered));
  return toPath(wxStandardPaths::Get().GetUserDir(wxStandardPaths::Dir_Downloads));
}

SharingDialog::SharingDialog(wxWindow* parent, const std::filesystem::path& folder)
    : wxDialog(parent, wxID_ANY, _("Share the app"), wxDefaultPosition, wxDefaultSize,
               wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER) {
  build(folder);
  connectParts();
  markDialog(this);
  switch_->SetFocus();
}

void SharingDialog::build(const std::filesystem::path& folder) {
  const Spacing space(this);
  const int width = space.dip(kWidthDip);
  auto* intro =
      new WrappedLabel(this, _("Others on this network open a page in their browser and get the installers in this "
                               "folder, without the internet. Nothing else on this computer is shown to them."));
  intro->wrapTo(width);
  auto* folderLabel = new wxStaticText(this, wxID_ANY, _("Folder with the installers"));
  folder_ = new wxTextCtrl(this, wxID_ANY, fromPath(folder));
  setAccessibleName(folder_, _("Folder with the installers"));
  choose_ = new wxButton(this, wxID_ANY, tr("&Choose…"));
  auto* folderRow = new wxBoxSizer(wxHORIZONTAL);
  folderRow->Add(folder_, 1, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.related());
  folderRow->Add(choose_, 0, wxALIGN_CENTER_VERTICAL);
  switch_ = new wxCheckBox(this, wxID_ANY, _("&Let people on this network download Earshot from this computer"));
  status_ = new WrappedLabel(this);
  status_->wrapTo(width);

  auto* addressLabel = new wxStaticText(this, wxID_ANY, _("What they type into their browser"));
  address_ = new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxTE_READONLY);
  setAccessibleName(address_, _("What they type into their browser"));
  copy_ = new wxButton(this, wxID_ANY, _("C&opy"));
  auto* addressRow = new wxBoxSizer(wxHORIZONTAL);
  addressRow->Add(address_, 1, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.related());
  addressRow->Add(copy_, 0, wxALIGN_CENTER_VERTICAL);
  otherAddresses_ = new WrappedLabel(this);
  otherAddresses_->wrapTo(width);
  auto* installersLabel = new wxStaticText(this, wxID_ANY, _("Installers and their SHA-256"));
  installers_ = new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxSize(-1, space.dip(kInstallersDip)),
                               wxTE_MULTILINE | wxTE_READONLY | wxTE_DONTWRAP);
  setAccessibleName(installers_, _("Installers and their SHA-256"));
  setTextMargins(installers_, space.related(), space.small());
  installers_->SetFont(wxFont(wxFontInfo(installers_->GetFont().GetPointSize()).Family(wxFONTFAMILY_TELETYPE)));
  page_ = new wxBoxSizer(wxVERTICAL);
  page_->Add(addressLabel, 0, wxBOTTOM, space.tiny());
  page_->Add(addressRow, 0, wxEXPAND | wxBOTTOM, space.small());
  page_->Add(otherAddresses_, 0, wxEXPAND | wxBOTTOM, space.group());
  page_->Add(installersLabel, 0, wxBOTTOM, space.tiny());
  page_->Add(installers_, 1, wxEXPAND);

  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(intro, 0, wxEXPAND | wxBOTTOM, space.section());
  column->Add(folderLabel, 0, wxBOTTOM, space.tiny());
  column->Add(folderRow, 0, wxEXPAND | wxBOTTOM, space.group());
  column->Add(switch_, 0, wxBOTTOM, space.group());
  column->Add(status_, 0, wxEXPAND | wxBOTTOM, space.group());
  column->Add(page_, 1, wxEXPAND);
  column->SetMinSize(width, -1);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, 1, wxEXPAND | wxALL, space.section());
  outer->Add(CreateSeparatedButtonSizer(wxCLOSE), 0, wxEXPAND | wxALL, space.group());
  SetSizer(outer);
  SetEscapeId(wxID_CLOSE);
}

void SharingDialog::connectParts() {
  switch_->Bind(wxEVT_CHECKBOX, [this](wxCommandEvent& event) {
    if (event.IsChecked()) {
      if (onStart) onStart(toPath(folder_->GetValue()));
    } else if (onStop) {
      onStop();
    }
  });
  choose_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { chooseFolder(); });
  copy_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { copyAddress(); });
  Bind(
      wxEVT_BUTTON, [this](wxCommandEvent&) { Close(); }, wxID_CLOSE);
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent&) { Destroy(); });
}

void SharingDialog::chooseFolder() {
  wxDirDialog dialog(this, _("Folder with the installers"), folder_->GetValue(),
                     wxDD_DEFAULT_STYLE | wxDD_DIR_MUST_EXIST);
  if (dialog.ShowModal() == wxID_OK) folder_->ChangeValue(dialog.GetPath());
}

void SharingDialog::copyAddress() {
  if (!wxTheClipboard->Open()) return;
  wxTheClipboard->SetData(new wxTextDataObject(address_->GetValue()));
  wxTheClipboard->Flush();
  wxTheClipboard->Close();
}

void SharingDialog::setStatus(const wxString& sentence, const wxColour& colour) {
  status_->SetForegroundColour(colour);
  status_->setText(sentence);
  status_->Show(!sentence.empty());
}

void SharingDialog::show(const AppSharing& sharing, bool hosting) {
  const Theme theme = Theme::current();
  const SharingPhase phase = sharing.phase();
  switch_->SetValue(phase != SharingPhase::Off);
  switch_->Enable(hosting);
  folder_->Enable(hosting && phase == SharingPhase::Off);
  choose_->Enable(hosting && phase == SharingPhase::Off);
  if (phase == SharingPhase::Starting) {
    setStatus(tr("Reading the installers…"), theme.muted);
  } else if (phase == SharingPhase::On) {
    setStatus(_("Shared until you switch it off, leave the room or quit. Ask people to compare the SHA-256 of their "
                "file with the one below."),
              theme.text);
  } else if (sharing.error()) {
    setStatus(fromUtf8(app::describe(*sharing.error())), theme.danger);
  } else {
    setStatus(hosting ? wxString() : _("The room is closed, so nothing is shared."), theme.muted);
  }
  showPage(sharing);
  fit();
}

/// As large as what is shown needs, and still on the screen.
void SharingDialog::fit() {
  SetMinSize(wxDefaultSize);
  GetSizer()->SetSizeHints(this);
  const wxRect screen = wxDisplay(this).GetClientArea();
  const int hidden = GetScreenRect().GetBottom() - screen.GetBottom();
  if (hidden > 0) Move(GetPosition().x, std::max(screen.y, GetPosition().y - hidden));
}

void SharingDialog::showPage(const AppSharing& sharing) {
  const bool on = sharing.phase() == SharingPhase::On;
  GetSizer()->Show(page_, on, true);
  if (!on) return;
  const app::SharingReady& ready = sharing.ready();
  wxString others;
  for (std::size_t i = 1; i < ready.urls.size(); ++i) others += (i > 1 ? ", " : "") + fromUtf8(ready.urls[i]);
  address_->ChangeValue(ready.urls.empty() ? wxString() : fromUtf8(ready.urls.front()));
  otherAddresses_->setText(wxString::Format(_("Where that is not reached: %s"), others));
  otherAddresses_->SetForegroundColour(Theme::current().muted);
  otherAddresses_->Show(!others.empty());
  installers_->ChangeValue(installersInWords(ready.installers));
}

}  // namespace earshot::ui

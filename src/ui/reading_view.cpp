#include "ui/reading_view.h"

#include <wx/button.h>
#include <wx/dialog.h>
#include <wx/sizer.h>
#include <wx/textctrl.h>

#include "ui/accessible.h"
#include "ui/native_style.h"

namespace earshot::ui {

void showReadingView(wxWindow* parent, const wxString& title, const wxString& text) {
  wxDialog dialog(parent, wxID_ANY, title, wxDefaultPosition, wxDefaultSize,
                  wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER | wxMAXIMIZE_BOX);
  auto* reader = new wxTextCtrl(&dialog, wxID_ANY, text, wxDefaultPosition, wxDefaultSize,
                                wxTE_MULTILINE | wxTE_READONLY | wxTE_BESTWRAP);
  setAccessibleName(reader, "Conversation");
  auto* close = new wxButton(&dialog, wxID_CLOSE);
  dialog.SetEscapeId(wxID_CLOSE);
  dialog.SetAffirmativeId(wxID_CLOSE);

  const int gap = dialog.FromDIP(12);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(reader, wxSizerFlags(1).Expand().Border(wxALL, gap));
  column->Add(close, wxSizerFlags().Right().Border(wxRIGHT | wxBOTTOM, gap));
  dialog.SetSizer(column);
  dialog.SetSize(dialog.FromDIP(wxSize(640, 560)));
  dialog.CentreOnParent();
  reader->SetInsertionPointEnd();
  reader->ShowPosition(reader->GetLastPosition());
  reader->SetFocus();
  markDialog(&dialog);
  dialog.ShowModal();
}

}  // namespace earshot::ui

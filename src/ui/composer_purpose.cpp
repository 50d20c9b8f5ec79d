#include "ui/composer_purpose.h"

#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "ui/spacing.h"

namespace earshot::ui {

ComposerPurpose::ComposerPurpose(wxWindow* parent)
    : wxPanel(parent),
      purpose_(new wxStaticText(this, wxID_ANY, {})),
      words_(new wxStaticText(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize,
                              wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE)),
      cancel_(new wxButton(this, wxID_CANCEL, _("Cancel"))) {
  const Spacing space(this);
  purpose_->SetFont(purpose_->GetFont().Bold());
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(purpose_, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.group());
  row->Add(words_, 1, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.group());
  row->Add(cancel_, 0, wxALIGN_CENTER_VERTICAL);
  SetSizer(row);
  cancel_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (onCancel) onCancel();
  });
}

void ComposerPurpose::show(const wxString& purpose, const wxString& words) {
  purpose_->SetLabel(purpose);
  words_->SetLabelText(words);
  InvalidateBestSize();
  Layout();
}

void ComposerPurpose::applyTheme(const Theme& theme) {
  SetBackgroundColour(theme.surface);
  purpose_->SetForegroundColour(theme.accent);
  words_->SetForegroundColour(theme.muted);
}

}  // namespace earshot::ui

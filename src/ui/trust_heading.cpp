#include "ui/trust_heading.h"

#include <wx/sizer.h>
#include <wx/statbmp.h>
#include <wx/stattext.h>

#include "embedded/icons.h"
#include "ui/icons.h"
#include "ui/spacing.h"
#include "ui/text_sizes.h"
#include "ui/theme.h"

namespace earshot::ui {
namespace {

constexpr int kIconDip = 32;

}  // namespace

wxSizer* trustHeading(wxWindow* parent, const TrustLook& look) {
  const Theme theme = Theme::current();
  auto* picture = new wxStaticBitmap(parent, wxID_ANY,
                                     icon(look.isVerified ? icons::lock_svg : icons::lock_unverified_svg,
                                          look.isVerified ? theme.success : theme.warning, kIconDip));
  auto* title = new wxStaticText(parent, wxID_ANY, wxControl::EscapeMnemonics(look.name));
  title->SetFont(title->GetFont().Bold().Scaled(kHeadingScale));
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(picture, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, Spacing(parent).group());
  row->Add(title, 1, wxALIGN_CENTER_VERTICAL);
  return row;
}

}  // namespace earshot::ui

#include "ui/trust_badge.h"

#include "embedded/icons.h"
#include "ui/accessible.h"
#include "ui/icons.h"

namespace earshot::ui {
namespace {

constexpr int kIconDip = 20;

}  // namespace

TrustBadge::TrustBadge(wxWindow* parent)
    : wxBitmapButton(parent, wxID_ANY, icon(icons::lock_svg, *wxBLACK, kIconDip), wxDefaultPosition, wxDefaultSize,
                     wxBORDER_NONE) {}

void TrustBadge::show(const TrustLook& look) {
  if (look == look_) return;
  look_ = look;
  setAccessibleName(this, look.name);
  SetToolTip(look.name + "\n" + look.sentence);
  paintIcon();
}

void TrustBadge::applyTheme(const Theme& theme) {
  theme_ = theme;
  paintIcon();
}

void TrustBadge::paintIcon() {
  SetBitmap(icon(look_.isVerified ? icons::lock_svg : icons::lock_unverified_svg,
                 look_.isVerified ? theme_.success : theme_.warning, kIconDip));
}

}  // namespace earshot::ui

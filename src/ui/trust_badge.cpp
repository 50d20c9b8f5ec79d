#include "ui/trust_badge.h"

#include "embedded/icons.h"
#include "ui/accessible.h"
#include "ui/icons.h"
#include "ui/trust_words.h"

namespace earshot::ui {
namespace {

constexpr int kIconDip = 20;

}  // namespace

TrustBadge::TrustBadge(wxWindow* parent)
    : wxBitmapButton(parent, wxID_ANY, icon(icons::lock_svg, *wxBLACK, kIconDip), wxDefaultPosition, wxDefaultSize,
                     wxBORDER_NONE) {}

void TrustBadge::show(app::HostProof proof) {
  if (proof == proof_) return;
  proof_ = proof;
  setAccessibleName(this, badgeName(proof));
  SetToolTip(badgeName(proof) + "\n" + encryptionInWords());
  paintIcon();
}

void TrustBadge::applyTheme(const Theme& theme) {
  theme_ = theme;
  paintIcon();
}

void TrustBadge::paintIcon() {
  const bool verified = !proof_ || isVerified(*proof_);
  SetBitmap(icon(verified ? icons::lock_svg : icons::lock_unverified_svg, verified ? theme_.success : theme_.warning,
                 kIconDip));
}

}  // namespace earshot::ui

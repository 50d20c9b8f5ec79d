#include "ui/card.h"

#include <memory>

#include <wx/dcbuffer.h>
#include <wx/graphics.h>
#include <wx/stattext.h>

#include "ui/icons.h"
#include "ui/spacing.h"
#include "ui/text_sizes.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

constexpr int kRadiusDip = 12;
constexpr int kShadowDip = 8;
constexpr int kShadowDropDip = 1;  ///< light comes from above
constexpr int kIconDip = 32;
constexpr int kShadowRings = 4;   ///< each costs a tenth of a millisecond of the start, and more of them look the same
constexpr int kShadowAlpha = 22;  ///< of the innermost

}  // namespace

Card::Card(wxWindow* parent, std::string_view iconSvg, const wxString& heading, const wxString& sentence)
    : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
              wxTAB_TRAVERSAL | wxBORDER_NONE | wxFULL_REPAINT_ON_RESIZE),
      iconSvg_(iconSvg),
      heading_(new wxStaticText(this, wxID_ANY, heading)),
      body_(new wxBoxSizer(wxVERTICAL)) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  heading_->SetFont(heading_->GetFont().Bold().Scaled(kHeadingScale));
  WrappedLabel* description = makeSentence();
  description->setText(sentence);
  const Spacing space(this);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->AddSpacer(space.dip(kIconDip) + space.related());  // see paint()
  column->Add(heading_, 0, wxBOTTOM, space.small());
  column->Add(description, 0, wxEXPAND | wxBOTTOM, space.group());
  column->Add(body_, 1, wxEXPAND);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, 1, wxEXPAND | wxALL, margin());
  SetSizer(outer);

  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
}

void Card::setWidth(int width) {
  SetMinSize(wxSize(width, -1));
  if (wrapSentences(width)) InvalidateBestSize();
}

void Card::applyTheme(const Theme& theme) {
  theme_ = theme;
  SetBackgroundColour(theme.surface);
  icon_ = icon(iconSvg_, theme.accent, kIconDip);
  heading_->SetForegroundColour(theme.text);
  sentences_.front()->SetForegroundColour(theme.muted);
  Refresh();
}

WrappedLabel* Card::makeSentence() {
  auto* sentence = new WrappedLabel(this);
  sentences_.push_back(sentence);
  return sentence;
}

void Card::showDescription(bool shown) {
  sentences_.front()->Show(shown);
}

void Card::contentChanged() {
  InvalidateBestSize();
  Layout();
  if (onContentChanged) onContentChanged();
}

int Card::innerWidth(int cardWidth) const {
  return cardWidth - 2 * margin();
}

int Card::margin() const {
  const Spacing space(this);
  return space.section() + space.dip(kShadowDip);
}

/// True when the card needs another height than before.
bool Card::wrapSentences(int cardWidth) {
  const int width = innerWidth(cardWidth);
  bool changed = false;
  for (WrappedLabel* sentence : sentences_) changed = sentence->wrapTo(width) || changed;
  return changed;
}

void Card::paint() {
  wxAutoBufferedPaintDC dc(this);
  dc.SetBackground(theme_.window);
  dc.Clear();
  const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(dc));
  if (!gc) return;
  const double shadow = FromDIP(kShadowDip);
  const double radius = FromDIP(kRadiusDip);
  const wxSize size = GetClientSize();
  const double width = size.x - 2 * shadow;
  const double height = size.y - 2 * shadow;
  if (width <= 0 || height <= 0) return;

  gc->SetBrush(*wxTRANSPARENT_BRUSH);
  const double ringWidth = shadow / kShadowRings;
  for (int ring = 0; ring < kShadowRings; ++ring) {
    const double spread = (ring + 0.5) * ringWidth;
    const int alpha = kShadowAlpha * (2 * (kShadowRings - ring) - 1) / (2 * kShadowRings - 1);
    gc->SetPen(gc->CreatePen(wxGraphicsPenInfo(wxColour(0, 0, 0, static_cast<unsigned char>(alpha))).Width(ringWidth)));
    gc->DrawRoundedRectangle(shadow - spread, shadow - spread + kShadowDropDip, width + 2 * spread,
                             height + 2 * spread - kShadowDropDip, radius + spread);
  }
  gc->SetBrush(wxBrush(theme_.surface));
  gc->SetPen(wxPen(theme_.border));
  gc->DrawRoundedRectangle(shadow + 0.5, shadow + 0.5, width - 1, height - 1, radius);
  const double side = FromDIP(kIconDip);
  if (icon_.IsOk()) gc->DrawBitmap(icon_.GetBitmapFor(this), margin(), margin(), side, side);
}

}  // namespace earshot::ui

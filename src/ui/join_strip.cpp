#include "ui/join_strip.h"

#include <wx/sizer.h>
#include <wx/stattext.h>

#include "embedded/icons.h"
#include "ui/icon_button.h"
#include "ui/room_controller.h"
#include "ui/spacing.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

constexpr double kTint = 0.10;
/// Side by side, and below each other in a narrow window.
constexpr float kWideScale = 1.7F;
constexpr float kNarrowScale = 1.35F;
/// What "small" means in markup.
constexpr float kCaptionScale = 1 / 1.2F;

}  // namespace

JoinStrip::JoinStrip(wxWindow* parent)
    : wxPanel(parent),
      addressLabel_(new wxStaticText(this, wxID_ANY, wxEmptyString)),
      codeLabel_(new wxStaticText(this, wxID_ANY, wxEmptyString)),
      copy_(new IconButton(this, icons::copy_svg, _("Copy join code"))),
      hide_(
          new IconButton(this, icons::eye_off_svg, _("Hide join code"), _("Hide the join code while others look on"))),
      reveal_(new IconButton(this, icons::eye_svg, _("Show join code"))),
      invite_(new IconButton(this, icons::invite_svg, _("Who can join"), _("Invites, QR code, and a new join code"))),
      parts_(new wxBoxSizer(wxHORIZONTAL)),
      usualFont_(codeLabel_->GetFont()) {
  reveal_->Hide();
  const Spacing space(this);
  auto* code = new wxBoxSizer(wxHORIZONTAL);
  code->Add(codeLabel_, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.related());
  for (IconButton* button : {copy_, hide_, reveal_, invite_})
    code->Add(button, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.small());
  auto* address = new wxBoxSizer(wxHORIZONTAL);
  address->Add(addressLabel_, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.page());
  parts_->Add(address);
  parts_->Add(code);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(parts_, 1, wxEXPAND | wxLEFT | wxRIGHT, space.group());
  outer->InsertSpacer(0, space.related());
  outer->AddSpacer(space.related());
  SetSizer(outer);
  Hide();

  copy_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (onCopyCode) onCopyCode();
  });
  invite_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (onInvite) onInvite();
  });
  for (IconButton* button : {hide_, reveal_}) {
    button->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
      hidden_ = !hidden_;
      showCode();
      (hidden_ ? reveal_ : hide_)->SetFocus();
    });
  }
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (event.GetSize().x == width_) return;
    width_ = event.GetSize().x;
    arrange();
    CallAfter([this] { GetParent()->Layout(); });
  });
}

/// Side by side where there is room for it. The labels are measured here, since GTK does not know
/// their size in a new font until it draws them.
void JoinStrip::arrange() {
  const auto setFonts = [this](float scale) {
    const wxFont font = usualFont_.Scaled(scale);
    const wxFont captionFont = font.Scaled(kCaptionScale);
    const wxFont valueFont = font.Bold();
    for (wxStaticText* label : {addressLabel_, codeLabel_}) {
      if (label->GetFont() != font) label->SetFont(font);
      const wxString text = label->GetLabelText();
      wxSize caption;
      wxSize value;
      label->GetTextExtent(text.BeforeFirst(':') + ":", &caption.x, &caption.y, nullptr, nullptr, &captionFont);
      label->GetTextExtent(text.AfterFirst(':') + " ", &value.x, &value.y, nullptr, nullptr, &valueFont);
      label->SetMinSize(wxSize(caption.x + value.x, value.y));
    }
  };
  setFonts(kWideScale);
  parts_->SetOrientation(wxHORIZONTAL);
  if (parts_->CalcMin().x > width_ - 2 * Spacing(this).group()) {
    setFonts(kNarrowScale);
    parts_->SetOrientation(wxVERTICAL);
  }
  InvalidateBestSize();
  Layout();
}

void JoinStrip::show(const RoomController& room, bool isWanted) {
  const bool wanted = isWanted && room.isHosting() && room.access().isKnown() && !room.access().isOpenToAll();
  if (wanted) {
    address_ = fromUtf8(room.address());
    code_ = fromUtf8(room.access().joinCode());
    showCode();
  }
  if (IsShown() != wanted) {
    Show(wanted);
    GetParent()->Layout();
  }
}

void JoinStrip::setLarge(wxStaticText* label, const wxString& caption, const wxString& value) {
  const wxString text = wxString::Format("%s: %s", caption, value);
  if (label->GetLabelText() == text) return;
  label->SetLabelMarkup(wxString::Format("<span size='small'>%s:</span> <b>%s</b>", wxControl::EscapeMnemonics(caption),
                                         wxControl::EscapeMnemonics(value)));
}

void JoinStrip::showCode() {
  setLarge(addressLabel_, _("Address"), address_);
  setLarge(codeLabel_, _("Join code"), hidden_ ? _("hidden") : code_);
  hide_->Show(!hidden_);
  reveal_->Show(hidden_);
  arrange();
  GetParent()->Layout();
}

void JoinStrip::applyTheme(const Theme& theme) {
  theme_ = theme;
  SetBackgroundColour(mix(theme.surface, theme.accent, kTint));
  for (wxStaticText* label : {addressLabel_, codeLabel_}) label->SetForegroundColour(theme.text);
  for (IconButton* button : {copy_, hide_, reveal_, invite_}) button->applyTheme(theme);
  Refresh();
}

}  // namespace earshot::ui

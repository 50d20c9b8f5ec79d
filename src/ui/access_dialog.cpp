#include "ui/access_dialog.h"

#include <algorithm>
#include <array>

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/dataview.h>
#include <wx/display.h>
#include <wx/radiobut.h>
#include <wx/sizer.h>
#include <wx/spinctrl.h>
#include <wx/statline.h>
#include <wx/stattext.h>

#include "app/clock.h"
#include "app/limits.h"
#include "ui/accessible.h"
#include "ui/native_style.h"
#include "ui/qr_view.h"
#include "ui/room_controller.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/theme.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

using namespace std::chrono_literals;

constexpr int kListWidthDip = 300;
constexpr int kListHeightDip = 150;
constexpr int kWidthDip = 640;
constexpr int kUsualTerm = 2;  ///< of terms()

struct Term {
  std::chrono::milliseconds length;
  wxString words;
};

std::array<Term, 4> terms() {
  return {{{1h, _("1 hour")}, {8h, _("8 hours")}, {24h, _("1 day")}, {7 * 24h, _("1 week")}}};
}

wxStaticText* heading(wxWindow* parent, const wxString& text) {
  auto* label = new wxStaticText(parent, wxID_ANY, text);
  label->SetFont(label->GetFont().Bold().Scaled(1.15F));
  return label;
}

WrappedLabel* sentence(wxWindow* parent, const wxString& text, int width) {
  auto* label = new WrappedLabel(parent, text);
  label->wrapTo(width);
  label->SetForegroundColour(Theme::current().muted);
  return label;
}

}  // namespace

wxString timeLeftInWords(std::chrono::milliseconds left) {
  // Rounded to the nearest, so that what was just made for a day does not end "in 23 hours".
  const auto minutes = static_cast<unsigned>(std::max<long long>(1, (left + 30s) / 1min));
  if (minutes < 60) return wxString::Format(wxPLURAL("in %u minute", "in %u minutes", minutes), minutes);
  const unsigned hours = (minutes + 30) / 60;
  if (hours < 48) return wxString::Format(wxPLURAL("in %u hour", "in %u hours", hours), hours);
  const unsigned days = (hours + 12) / 24;
  return wxString::Format(wxPLURAL("in %u day", "in %u days", days), days);
}

AccessDialog::AccessDialog(wxWindow* parent)
    : wxDialog(parent, wxID_ANY, _("Who can join"), wxDefaultPosition, wxDefaultSize,
               wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER) {
  build();
  connectParts();
  markDialog(this);
  make_->SetFocus();
}

void AccessDialog::build() {
  const Spacing space(this);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->SetMinSize(space.dip(kWidthDip), -1);
  column->Add(buildCode(), 0, wxEXPAND);
  column->Add(buildHistory(), 0, wxEXPAND | wxTOP, space.group());
  column->Add(new wxStaticLine(this), 0, wxEXPAND | wxTOP | wxBOTTOM, space.section());
  column->Add(buildInvites(), 1, wxEXPAND);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, 1, wxEXPAND | wxALL, space.section());
  outer->Add(CreateSeparatedButtonSizer(wxCLOSE), 0, wxEXPAND | wxALL, space.group());
  SetSizer(outer);
  SetEscapeId(wxID_CLOSE);
}

wxSizer* AccessDialog::buildCode() {
  const Spacing space(this);
  withCode_ =
      new wxRadioButton(this, wxID_ANY, _("&Ask for a join code"), wxDefaultPosition, wxDefaultSize, wxRB_GROUP);
  open_ = new wxRadioButton(this, wxID_ANY, _("&Open to everybody on this network"));
  code_ = new wxStaticText(this, wxID_ANY, wxEmptyString);
  code_->SetFont(code_->GetFont().Bold().Scaled(1.6F));
  copyCode_ = new wxButton(this, wxID_ANY, _("&Copy code"));
  newCode_ = new wxButton(this, wxID_ANY, _("&New code"));
  explanation_ = sentence(this, {}, space.dip(kWidthDip));

  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(code_, 1, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.group());
  row->Add(copyCode_, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.related());
  row->Add(newCode_, 0, wxALIGN_CENTER_VERTICAL);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(withCode_, 0, wxBOTTOM, space.small());
  column->Add(open_, 0, wxBOTTOM, space.group());
  column->Add(row, 0, wxEXPAND | wxBOTTOM, space.small());
  column->Add(explanation_, 0, wxEXPAND);
  return column;
}

wxSizer* AccessDialog::buildHistory() {
  const Spacing space(this);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(new wxStaticText(this, wxID_ANY, _("&Newcomers see")), 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.group());
  history_ = new wxChoice(this, wxID_ANY);
  setAccessibleName(history_, _("Newcomers see"));
  row->Add(history_, 1, wxALIGN_CENTER_VERTICAL);
  return row;
}

wxSizer* AccessDialog::buildInvites() {
  const Spacing space(this);
  list_ = new wxDataViewListCtrl(this, wxID_ANY, wxDefaultPosition, FromDIP(wxSize(kListWidthDip, kListHeightDip)),
                                 wxDV_SINGLE);
  list_->AppendTextColumn(_("Ends"), wxDATAVIEW_CELL_INERT, space.dip(kListWidthDip / 2));
  list_->AppendTextColumn(_("Can still let in"), wxDATAVIEW_CELL_INERT, space.dip(kListWidthDip / 2 - 10));
  setAccessibleName(list_, _("Invites"));
  noInvites_ = sentence(this, _("There is no invite at the moment."), space.dip(kListWidthDip));
  qr_ = new QrView(this, _("QR code of the invite"));
  copyLink_ = new wxButton(this, wxID_ANY, _("Copy &link"));
  revoke_ = new wxButton(this, wxID_ANY, _("&Revoke"));
  revoke_->SetToolTip(_("Nobody gets in with this invite any more; who is inside stays."));

  auto* left = new wxBoxSizer(wxVERTICAL);
  left->Add(list_, 1, wxEXPAND | wxBOTTOM, space.related());
  left->Add(noInvites_, 1, wxEXPAND | wxBOTTOM, space.related());
  left->Add(buildNewInvite(), 0, wxEXPAND);
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  buttons->Add(copyLink_, 1, wxRIGHT, space.related());
  buttons->Add(revoke_, 1);
  auto* right = new wxBoxSizer(wxVERTICAL);
  right->Add(qr_, 1, wxEXPAND | wxBOTTOM, space.related());
  right->Add(buttons, 0, wxEXPAND);
  auto* sides = new wxBoxSizer(wxHORIZONTAL);
  sides->Add(left, 1, wxEXPAND | wxRIGHT, space.section());
  sides->Add(right, 1, wxEXPAND);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(heading(this, _("Invites")), 0, wxBOTTOM, space.small());
  column->Add(sentence(this,
                       _("An invite is a link that lets people in without a code and proves that it is you who hosts. "
                         "Whoever gets it can use it and hand it on."),
                       space.dip(kWidthDip)),
              0, wxEXPAND | wxBOTTOM, space.group());
  column->Add(sides, 1, wxEXPAND);
  return column;
}

wxSizer* AccessDialog::buildNewInvite() {
  const Spacing space(this);
  validFor_ = new wxChoice(this, wxID_ANY);
  for (const Term& term : terms()) validFor_->Append(term.words);
  validFor_->SetSelection(kUsualTerm);
  setAccessibleName(validFor_, _("Valid for"));
  uses_ = new wxSpinCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxSP_ARROW_KEYS, 1,
                         app::kMaxInviteUses, app::kInviteUses);
  setAccessibleName(uses_, _("How many people"));
  make_ = new wxButton(this, wxID_ANY, _("New &invite"));
  auto* grid = new wxFlexGridSizer(2, space.related(), space.group());
  grid->AddGrowableCol(1, 1);
  grid->Add(new wxStaticText(this, wxID_ANY, _("Valid for")), 0, wxALIGN_CENTER_VERTICAL);
  grid->Add(validFor_, 0, wxEXPAND);
  grid->Add(new wxStaticText(this, wxID_ANY, _("How many people")), 0, wxALIGN_CENTER_VERTICAL);
  grid->Add(uses_, 0, wxEXPAND);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(grid, 0, wxEXPAND | wxBOTTOM, space.related());
  column->Add(make_, 0, wxEXPAND);
  return column;
}

void AccessDialog::connectParts() {
  const auto on = [](wxWindow* control, const wxEventTypeTag<wxCommandEvent>& type, std::function<void()> action) {
    control->Bind(type, [action = std::move(action)](wxCommandEvent&) { action(); });
  };
  const auto newCode = [this] {
    if (onNewCode) onNewCode();
  };
  on(withCode_, wxEVT_RADIOBUTTON, newCode);
  on(newCode_, wxEVT_BUTTON, newCode);
  on(open_, wxEVT_RADIOBUTTON, [this] {
    if (onOpenToAll) onOpenToAll();
  });
  on(copyCode_, wxEVT_BUTTON, [this] {
    if (onCopy) onCopy(code_->GetLabelText());
  });
  on(history_, wxEVT_CHOICE, [this] {
    const auto chosen = static_cast<std::size_t>(std::max(0, history_->GetSelection()));
    if (chosen < histories_.size() && onHistory) onHistory(histories_[chosen]);
  });
  on(make_, wxEVT_BUTTON, [this] { makeInvite(); });
  on(copyLink_, wxEVT_BUTTON, [this] {
    const int row = list_->GetSelectedRow();
    if (row != wxNOT_FOUND && onCopy) onCopy(links_[static_cast<std::size_t>(row)]);
  });
  on(revoke_, wxEVT_BUTTON, [this] {
    if (const app::Invite* invite = selected(); invite != nullptr && onRevoke) onRevoke(*invite);
  });
  list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) { showSelected(); });
  Bind(
      wxEVT_BUTTON, [this](wxCommandEvent&) { Close(); }, wxID_CLOSE);
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent&) { Destroy(); });
}

void AccessDialog::makeInvite() {
  const auto term = static_cast<std::size_t>(std::max(0, validFor_->GetSelection()));
  if (onMakeInvite) onMakeInvite(terms()[term].length, static_cast<std::uint32_t>(uses_->GetValue()));
}

void AccessDialog::show(RoomController& room) {
  const HostedAccess& access = room.access();
  const bool known = access.isKnown();
  const bool withCode = known && !access.isOpenToAll();
  withCode_->SetValue(withCode);
  open_->SetValue(known && !withCode);
  for (wxWindow* control : {static_cast<wxWindow*>(withCode_), static_cast<wxWindow*>(open_),
                            static_cast<wxWindow*>(make_), static_cast<wxWindow*>(newCode_)}) {
    control->Enable(known);
  }
  code_->SetLabelText(withCode ? fromUtf8(access.joinCode()) : wxString());
  for (wxWindow* part :
       {static_cast<wxWindow*>(code_), static_cast<wxWindow*>(copyCode_), static_cast<wxWindow*>(newCode_)}) {
    part->Show(withCode);
  }
  if (!known) {
    explanation_->setText(_("The room is closed, so nobody can join."));
  } else if (withCode) {
    explanation_->setText(
        _("A new code ends the old one. It is asked of everybody when they come back, also of those inside now."));
  } else {
    explanation_->setText(
        _("Whoever knows the address gets in. They cannot be sure that it is you who hosts until they have compared "
          "the pictures behind the lock."));
  }
  showHistory(room);
  const std::string made = room.takeNewLink();
  fillInvites(room);
  if (!made.empty() && !links_.empty()) {
    const auto found = std::find(links_.begin(), links_.end(), fromUtf8(made));
    list_->SelectRow(found != links_.end() ? static_cast<unsigned>(found - links_.begin()) : 0);
  }
  showSelected();
  fit();
}

void AccessDialog::showHistory(const RoomController& room) {
  constexpr std::uint32_t kSome = 50;
  histories_ = {std::nullopt, kSome, 0};
  const HostedAccess& access = room.access();
  const std::optional<std::uint32_t> now = access.isKnown() ? access.history() : std::nullopt;
  auto found = std::find(histories_.begin(), histories_.end(), now);
  if (found == histories_.end()) found = histories_.insert(histories_.end(), now);
  history_->Clear();
  for (const auto& texts : histories_) {
    const auto count = static_cast<unsigned>(texts.value_or(0));
    history_->Append(!texts ? _("all earlier messages")
                     : count == 0
                         ? _("no earlier messages")
                         : wxString::Format(wxPLURAL("the last %u message", "the last %u messages", count), count));
  }
  history_->SetSelection(static_cast<int>(found - histories_.begin()));
  history_->Enable(access.isKnown());
}

void AccessDialog::fillInvites(const RoomController& room) {
  const app::Invite* before = selected();
  const std::optional<app::InviteToken> wanted = before != nullptr ? std::optional(before->token) : std::nullopt;
  invites_ = room.access().isKnown() ? room.access().invites() : std::vector<app::Invite>();
  links_.clear();
  list_->DeleteAllItems();
  const app::UtcMillis now = app::systemNow();
  int select = invites_.empty() ? wxNOT_FOUND : 0;
  for (const app::Invite& invite : invites_) {
    if (invite.token == wanted) select = static_cast<int>(links_.size());
    links_.push_back(fromUtf8(room.access().linkOf(invite)));
    const auto uses = static_cast<unsigned>(invite.usesLeft);
    wxVector<wxVariant> cells;
    cells.push_back(wxVariant(timeLeftInWords(invite.expires - now)));
    cells.push_back(wxVariant(wxString::Format(wxPLURAL("%u person", "%u people", uses), uses)));
    list_->AppendItem(cells);
  }
  if (select != wxNOT_FOUND) list_->SelectRow(static_cast<unsigned>(select));
  list_->Show(!invites_.empty());
  noInvites_->Show(invites_.empty());
}

const app::Invite* AccessDialog::selected() const {
  const int row = list_->GetSelectedRow();
  const bool valid = row != wxNOT_FOUND && static_cast<std::size_t>(row) < invites_.size();
  return valid ? &invites_[static_cast<std::size_t>(row)] : nullptr;
}

void AccessDialog::showSelected() {
  const int row = list_->GetSelectedRow();
  const bool any = selected() != nullptr;
  qr_->show(any ? toUtf8(links_[static_cast<std::size_t>(row)]) : std::string());
  copyLink_->Enable(any);
  revoke_->Enable(any);
}

/// At least as large as what is shown needs, and still on the screen.
void AccessDialog::fit() {
  const wxSize before = GetSize();
  SetMinSize(wxDefaultSize);
  GetSizer()->SetSizeHints(this);
  SetSize(wxSize(std::max(before.x, GetMinSize().x), std::max(before.y, GetMinSize().y)));
  const wxRect screen = wxDisplay(this).GetClientArea();
  const int hidden = GetScreenRect().GetBottom() - screen.GetBottom();
  if (hidden > 0) Move(GetPosition().x, std::max(screen.y, GetPosition().y - hidden));
  Layout();
}

}  // namespace earshot::ui

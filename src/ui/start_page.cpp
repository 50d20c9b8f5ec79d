#include "ui/start_page.h"

#include <algorithm>
#include <utility>

#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "app/error_text.h"
#include "app/names.h"
#include "embedded/icons.h"
#include "ui/accessible.h"
#include "ui/host_card.h"
#include "ui/icons.h"
#include "ui/join_card.h"
#include "ui/recent_card.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/text_sizes.h"

namespace earshot::ui {
namespace {

constexpr int kCardWidthDip = 296;
constexpr int kCardHeightDip = 350;
constexpr int kMaxCardsWidthDip = 1040;
constexpr int kNameWidthDip = 200;
/// Narrower than this, the cards stand below each other.
constexpr int kThreeCardsDip = 820;
constexpr int kIconDip = 18;

void measureAnew(wxWindow& window) {
  for (wxWindow* child : window.GetChildren()) measureAnew(*child);
  window.InvalidateBestSize();
}

wxBoxSizer* centered(wxWindow* window) {
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->AddStretchSpacer();
  row->Add(window);
  row->AddStretchSpacer();
  return row;
}

}  // namespace

StartPage::StartPage(wxWindow* parent)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL) {
  build();
  SetScrollRate(0, FromDIP(12));
  for (Card* card : cards()) card->onContentChanged = [this] { arrangeOnceSeen(); };
  hostCard_->onHost = [this] { host(); };
  joinCard_->onJoin = [this] { join(); };
  joinCard_->onCancel = [this] {
    if (onCancel) onCancel();
  };
  joinCard_->onTypeCode = [this] {
    if (onTypeCode) onTypeCode();
  };
  joinCard_->onCode = [this](const wxString& typed) {
    hideNameError();
    std::string name;
    if (takeName(name) && onCode) onCode(name, toUtf8(typed));
  };
  recentCard_->onReopen = [this](const app::ConversationInfo& info) {
    clearErrors();
    std::string name;
    if (takeName(name) && onReopen) onReopen(name, info);
  };
  name_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { name_->Navigate(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    if (GetClientSize() != arrangedIn_) arrangeOnceSeen();
    event.Skip();
  });
}

void StartPage::build() {
  const Spacing space(this);
  title_ = new wxStaticText(this, wxID_ANY, _("Welcome to Earshot"));
  title_->SetFont(title_->GetFont().Bold().Scaled(kTitleScale));
  sentence_ = new wxStaticText(this, wxID_ANY, _("Chat with people on your network. No account, no server."));

  auto* nameLabel = new wxStaticText(this, wxID_ANY, _("Your name"));
  name_ = new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxSize(space.dip(kNameWidthDip), -1),
                         wxTE_PROCESS_ENTER);
  setAccessibleName(name_, _("Your name"));
  nameErrorPlace_ = new wxBoxSizer(wxHORIZONTAL);
  returnPlace_ = new wxBoxSizer(wxHORIZONTAL);
  auto* nameRow = new wxBoxSizer(wxHORIZONTAL);
  nameRow->AddStretchSpacer();
  nameRow->Add(nameLabel, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.group());
  nameRow->Add(name_, 0, wxALIGN_CENTER_VERTICAL);
  nameRow->AddStretchSpacer();

  hostCard_ = new HostCard(this);
  joinCard_ = new JoinCard(this);
  recentCard_ = new RecentCard(this);
  cards_ = new wxBoxSizer(wxHORIZONTAL);
  for (Card* card : cards()) {
    cards_->Add(card, 1, wxEXPAND | wxALL, space.small());
  }
  auto* cardsRow = new wxBoxSizer(wxHORIZONTAL);
  cardsRow->AddStretchSpacer();
  cardsRow->Add(cards_, 0, wxEXPAND);  // as wide as arrange() says, since the sentences are wrapped to that
  cardsRow->AddStretchSpacer();

  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(returnPlace_);
  column->AddStretchSpacer(2);
  column->Add(centered(title_), 0, wxEXPAND | wxTOP, space.page());
  column->Add(centered(sentence_), 0, wxEXPAND | wxTOP, space.small());
  column->Add(nameRow, 0, wxEXPAND | wxTOP, space.page());
  column->Add(nameErrorPlace_, 0, wxALIGN_CENTER_HORIZONTAL | wxTOP, space.small());
  column->Add(cardsRow, 0, wxEXPAND | wxALL, space.page());
  column->AddStretchSpacer(3);
  SetSizer(column);
}

std::array<Card*, 3> StartPage::cards() const {
  return {hostCard_, joinCard_, recentCard_};
}

void StartPage::bringIntoView(const Card* card) {
  int unit = 0;
  GetScrollPixelsPerUnit(nullptr, &unit);
  const int top = CalcUnscrolledPosition(card->GetPosition()).y;
  const int bottom = top + card->GetSize().y;
  const wxRect seen(CalcUnscrolledPosition(wxPoint(0, 0)), GetClientSize());
  if (unit > 0 && (top < seen.GetTop() || bottom > seen.GetBottom())) Scroll(-1, top / unit);
}

/// Nobody sees what is laid out before.
void StartPage::arrangeOnceSeen() {
  if (isSeen_) arrange();
}

void StartPage::noteSeen() {
  isSeen_ = true;
  measureAnew(*this);
  arrange();
}

void StartPage::arrange() {
  const Spacing space(this);
  arrangedIn_ = GetClientSize();
  const int width = arrangedIn_.x;
  const int margins = 2 * space.page();
  const auto widthInRow = [&](int cardsWidth) { return cardsWidth / 3 - 2 * space.small(); };
  const bool wide = width >= space.dip(kThreeCardsDip) && hostCard_->fits(widthInRow(width - margins));
  cards_->SetOrientation(wide ? wxHORIZONTAL : wxVERTICAL);
  const int most = wide ? space.dip(kMaxCardsWidthDip) : space.dip(kCardWidthDip) * 3 / 2;
  const int cardsWidth = std::min(width - margins, most);
  const int cardWidth = wide ? widthInRow(cardsWidth) : cardsWidth - 2 * space.small();
  for (Card* card : cards()) card->setWidth(std::max(cardWidth, 1));
  cards_->SetMinSize(wxSize(std::max(cardsWidth, 1), wide ? space.dip(kCardHeightDip) : -1));
  FitInside();
  Layout();
}

void StartPage::setName(const std::string& name) {
  name_->ChangeValue(fromUtf8(name));
}

void StartPage::setRoomName(const std::string& roomName) {
  hostCard_->setRoomName(fromUtf8(roomName));
}

void StartPage::setAddress(const std::string& address) {
  joinCard_->setAddress(fromUtf8(address));
}

void StartPage::setConversations(std::vector<app::ConversationInfo> conversations) {
  recentCard_->setConversations(std::move(conversations));
}

void StartPage::setRoomToReturnTo(const std::string& roomName) {
  if (roomName.empty() && return_ == nullptr) return;
  makeReturn();
  return_->Show(!roomName.empty());
  if (!roomName.empty()) return_->SetLabel(wxString::Format(_("Back to %s"), fromUtf8(roomName)));
  return_->SetInitialSize();
  Layout();
}

void StartPage::makeReturn() {
  if (return_ != nullptr) return;
  return_ = new wxButton(this, wxID_ANY, _("Back"), wxDefaultPosition, wxDefaultSize, wxBORDER_NONE);
  return_->SetBitmap(icon(icons::back_svg, theme_.text, kIconDip));
  return_->MoveBeforeInTabOrder(title_);  // a label belongs to the field that follows
  const Spacing space(this);
  returnPlace_->Add(return_, 0, wxLEFT | wxTOP, space.small());
  return_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (onReturn) onReturn();
  });
}

bool StartPage::takeName(std::string& name) {
  const auto normal = app::normalizeName(toUtf8(name_->GetValue()));
  if (!normal.ok()) {
    showNameError(fromUtf8(app::describe(normal.error())));
    return false;
  }
  name = *normal;
  return true;
}

void StartPage::clearErrors() {
  hideNameError();
  hostCard_->showError({});
  joinCard_->showError({});
  Layout();
}

void StartPage::host() {
  clearErrors();
  std::string name;
  if (!takeName(name)) return;
  const auto roomName = app::normalizeRoomName(toUtf8(hostCard_->roomName()));
  if (!roomName.ok()) {
    hostCard_->showError(fromUtf8(app::describe(roomName.error())));
    return;
  }
  app::HostOptions options;
  options.roomName = *roomName;
  options.access = hostCard_->access();
  if (onHost) onHost(name, options);
}

void StartPage::join() {
  clearErrors();
  std::string name;
  if (!takeName(name)) return;
  wxString address = joinCard_->address();
  address.Trim(true).Trim(false);
  if (address.empty()) {
    joinCard_->showError(_("Type the host's address first."));
    joinCard_->focusField();
    return;
  }
  if (onJoin) onJoin(name, toUtf8(address));
}

void StartPage::showOpening() {
  hostCard_->setBusy(true, true);
  joinCard_->setBusy(true);
  recentCard_->setBusy(true);
}

void StartPage::showConnecting(const std::string& address) {
  hostCard_->setBusy(true, false);
  joinCard_->showConnecting(fromUtf8(address));
  bringIntoView(joinCard_);
  recentCard_->setBusy(true);
}

void StartPage::showIdle() {
  hostCard_->setBusy(false, false);
  joinCard_->setBusy(false);
  recentCard_->setBusy(false);
}

void StartPage::showNameError(const wxString& sentence) {
  if (nameError_ == nullptr) {
    nameError_ = new wxStaticText(this, wxID_ANY, wxEmptyString);
    nameError_->SetForegroundColour(theme_.danger);
    nameErrorPlace_->Add(nameError_);
  }
  nameError_->SetLabel(sentence);
  nameError_->Show();
  Layout();
  name_->SetFocus();
  name_->SelectAll();
}

void StartPage::hideNameError() {
  if (nameError_ != nullptr) nameError_->Hide();
}

void StartPage::showHostError(const wxString& sentence) {
  hostCard_->showError(sentence);
  bringIntoView(hostCard_);
}

void StartPage::showJoinError(const wxString& sentence, bool mayTypeCode) {
  joinCard_->showError(sentence, mayTypeCode);
  focusJoin();
}

void StartPage::showCodeStep(const RoomController& room) {
  hostCard_->setBusy(true, false);
  recentCard_->setBusy(true);
  joinCard_->showCodeStep(room);
  bringIntoView(joinCard_);
}

void StartPage::showCodeProblem(const wxString& sentence) {
  joinCard_->showCodeProblem(sentence);
}

void StartPage::showAddressStep() {
  joinCard_->showAddressStep();
}

void StartPage::focusFirst(bool nameIsKnown) {
  if (joinCard_->isAskingForCode()) {
    focusJoin();
  } else if (!nameIsKnown) {
    name_->SetFocus();
    name_->SelectAll();
  } else {
    hostCard_->focusButton();
  }
}

void StartPage::focusJoin() {
  joinCard_->focusField();
  bringIntoView(joinCard_);
}

void StartPage::applyTheme(const Theme& theme) {
  theme_ = theme;
  SetBackgroundColour(theme.window);
  title_->SetForegroundColour(theme.text);
  sentence_->SetForegroundColour(theme.muted);
  if (nameError_ != nullptr) nameError_->SetForegroundColour(theme.danger);
  if (return_ != nullptr) return_->SetBitmap(icon(icons::back_svg, theme.text, kIconDip));
  hostCard_->applyTheme(theme);
  joinCard_->applyTheme(theme);
  recentCard_->applyTheme(theme);
  Refresh();
}

}  // namespace earshot::ui

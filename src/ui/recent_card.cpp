#include "ui/recent_card.h"

#include <utility>

#include <wx/button.h>
#include <wx/dataview.h>
#include <wx/datetime.h>
#include <wx/stattext.h>

#include "embedded/icons.h"
#include "ui/accessible.h"
#include "ui/avatar.h"
#include "ui/spacing.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

constexpr int kAvatarDip = 30;
constexpr int kMinListHeightDip = 96;

wxDateTime localTime(app::UtcMillis time) {
  return wxDateTime(wxLongLong(time.time_since_epoch().count()));
}

wxString whereAndWhen(const app::ConversationInfo& info, app::UtcMillis now) {
  if (info.archive) return wxString::Format(tr("Imported · %s"), dayInWords(info.lastActivity, now));
  const wxString where = info.hostedHere ? _("Hosted by you") : fromUtf8(info.address);
  return wxString::Format(tr("%s · %s"), where, dayInWords(info.lastActivity, now));
}

}  // namespace

wxString dayInWords(app::UtcMillis time, app::UtcMillis now) {
  const wxDateTime day = localTime(time).GetDateOnly();
  const wxDateTime today = localTime(now).GetDateOnly();
  const int ago = (today - day + wxTimeSpan::Hours(2)).GetDays();  // a day may have 23 or 25 hours
  if (ago <= 0) return _("today");
  if (ago == 1) return _("yesterday");
  if (ago < 7) return wxDateTime::GetWeekDayName(day.GetWeekDay());
  const wxString date =
      wxString::Format("%d %s", int{day.GetDay()}, wxDateTime::GetMonthName(day.GetMonth(), wxDateTime::Name_Abbr));
  return day.GetYear() == today.GetYear() ? date : date + wxString::Format(" %d", day.GetYear());
}

RecentCard::RecentCard(wxWindow* parent) : Card(parent, icons::recent_svg, _("Recent"), _("Rooms you have been in.")) {
  const Spacing space(this);
  empty_ = new wxStaticText(this, wxID_ANY, _("There are none yet."));
  body()->Add(empty_, 0, wxEXPAND | wxBOTTOM, space.related());
}

void RecentCard::makeList() {
  const Spacing space(this);
  list_ = new wxDataViewListCtrl(this, wxID_ANY, wxDefaultPosition, wxSize(-1, space.dip(kMinListHeightDip)),
                                 wxDV_NO_HEADER | wxDV_SINGLE | wxBORDER_NONE);
  list_->AppendBitmapColumn(wxEmptyString, 0, wxDATAVIEW_CELL_INERT, space.dip(kAvatarDip) + space.group());
  auto* text = new wxDataViewTextRenderer;
  text->EnableMarkup();
  text->EnableEllipsize(wxELLIPSIZE_END);
  list_->AppendColumn(new wxDataViewColumn(_("Room"), text, 1, -1, wxALIGN_LEFT), "string");
  setAccessibleName(list_, _("Recent rooms"));
  reopen_ = new wxButton(this, wxID_ANY, _("Reopen"));
  body()->Add(list_, 1, wxEXPAND | wxBOTTOM, space.related());
  body()->Add(reopen_, 0, wxEXPAND);
  reopen_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { reopenSelected(); });
  list_->Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent&) { reopenSelected(); });
  list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) { updateButton(); });
}

int RecentCard::selectedRow() const {
  return list_ != nullptr ? list_->GetSelectedRow() : wxNOT_FOUND;
}

void RecentCard::setConversations(std::vector<app::ConversationInfo> conversations) {
  conversations_ = std::move(conversations);
  fill();
}

void RecentCard::fill() {
  if (list_ == nullptr && !conversations_.empty()) makeList();
  if (list_ != nullptr) fillList();
  empty_->Show(conversations_.empty());
  contentChanged();
  updateButton();
}

void RecentCard::fillList() {
  const int selected = selectedRow();
  const app::UtcMillis now = app::systemNow();
  list_->DeleteAllItems();
  for (const app::ConversationInfo& info : conversations_) {
    wxVector<wxVariant> cells;
    wxVariant picture;
    picture << roomBitmap(info.roomName, info.room, theme(), kAvatarDip);
    cells.push_back(picture);
    cells.push_back(wxVariant(wxString::Format("<b>%s</b>\n<small>%s</small>", escapedMarkup(fromUtf8(info.roomName)),
                                               escapedMarkup(whereAndWhen(info, now)))));
    list_->AppendItem(cells);
  }
  if (selected != wxNOT_FOUND && selected < list_->GetItemCount()) list_->SelectRow(static_cast<unsigned>(selected));
  if (selected == wxNOT_FOUND && !conversations_.empty()) list_->SelectRow(0);
  list_->Show(!conversations_.empty());
  reopen_->Show(!conversations_.empty());
}

void RecentCard::setBusy(bool busy) {
  busy_ = busy;
  updateButton();
}

void RecentCard::updateButton() {
  if (reopen_ != nullptr) reopen_->Enable(!busy_ && selectedRow() != wxNOT_FOUND);
}

void RecentCard::reopenSelected() {
  const int row = selectedRow();
  if (busy_ || row == wxNOT_FOUND || !onReopen) return;
  const app::ConversationInfo chosen = conversations_[static_cast<std::size_t>(row)];
  onReopen(chosen);
}

void RecentCard::applyTheme(const Theme& theme) {
  Card::applyTheme(theme);
  empty_->SetForegroundColour(theme.muted);
  fill();
}

}  // namespace earshot::ui

#include "ui/sidebar.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <wx/dataview.h>
#include <wx/dcmemory.h>
#include <wx/graphics.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "ui/accessible.h"
#include "ui/avatar.h"
#include "ui/people_list.h"
#include "ui/people_model.h"
#include "ui/spacing.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

constexpr int kIconDip = 26;
constexpr int kRoomRowDip = 34;
constexpr int kIconColumnDip = 38;
constexpr int kUnreadColumnDip = 44;
constexpr std::size_t kMostRoomRows = 6;

wxStaticText* sectionTitle(wxWindow* parent, const wxString& text) {
  auto* title = new wxStaticText(parent, wxID_ANY, text);
  title->SetFont(title->GetFont().Bold().Scaled(0.88F));
  return title;
}

wxString unreadLabel(std::size_t unread) {
  if (unread == 0) return {};
  return unread > 99 ? wxString("99+") : wxString::Format("%u", static_cast<unsigned>(unread));
}

/// With a light outline, so that a picture in the colour of the selection does not melt into it.
wxBitmapBundle ringed(const wxBitmapBundle& icon, int size) {
  wxBitmap bitmap = icon.GetBitmap(wxSize(size, size));
  wxMemoryDC memory(bitmap);
  if (const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(memory)); gc) {
    const double line = size / 14.0;
    gc->SetPen(gc->CreatePen(wxGraphicsPenInfo(*wxWHITE).Width(line)));
    gc->SetBrush(*wxTRANSPARENT_BRUSH);
    gc->DrawRoundedRectangle(line / 2, line / 2, size - line, size - line, size * 0.22);
  }
  memory.SelectObject(wxNullBitmap);
  return wxBitmapBundle::FromBitmap(bitmap);
}

}  // namespace

Sidebar::Sidebar(wxWindow* parent)
    : wxPanel(parent),
      roomsTitle_(sectionTitle(this, _("Rooms"))),
      roomList_(new wxDataViewListCtrl(this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                       wxDV_NO_HEADER | wxDV_SINGLE | wxBORDER_NONE)),
      peopleTitle_(sectionTitle(this, _("People"))),
      peopleList_(new PeopleList(this)) {
  roomList_->SetRowHeight(FromDIP(kRoomRowDip));
  roomList_->AppendColumn(
      new wxDataViewColumn(wxEmptyString, new wxDataViewBitmapRenderer("wxBitmapBundle"), 0, FromDIP(kIconColumnDip)),
      "wxBitmapBundle");
  auto* name = new wxDataViewTextRenderer;
  name->EnableEllipsize(wxELLIPSIZE_END);
  auto* nameColumn = new wxDataViewColumn(_("Room"), name, 1, -1, wxALIGN_LEFT);
  roomList_->AppendColumn(nameColumn, "string");
  auto* unread = new wxDataViewTextRenderer;
  unread->EnableMarkup();
  roomList_->AppendColumn(new wxDataViewColumn(_("Unread"), unread, 2, FromDIP(kUnreadColumnDip), wxALIGN_RIGHT),
                          "string");
  setAccessibleName(roomList_, _("Rooms"));

  const Spacing space(this);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(roomsTitle_, 0, wxLEFT | wxTOP | wxRIGHT, space.group());
  column->Add(roomList_, 0, wxEXPAND | wxALL, space.small());
  column->Add(peopleTitle_, 0, wxLEFT | wxTOP | wxRIGHT, space.group());
  column->Add(peopleList_, 1, wxEXPAND | wxALL, space.small());
  SetSizer(column);

  roomList_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) {
    const int row = roomList_->GetSelectedRow();
    if (row == wxNOT_FOUND || static_cast<std::size_t>(row) == selected_) return;
    // The list is filled anew when another room is shown: not while it reports.
    CallAfter([this, row] {
      if (onRoomChosen) onRoomChosen(static_cast<std::size_t>(row));
    });
  });
  roomList_->Bind(wxEVT_SIZE, [this, nameColumn](wxSizeEvent& event) {
    nameColumn->SetWidth(
        std::max(FromDIP(60), roomList_->GetClientSize().x - FromDIP(kIconColumnDip + kUnreadColumnDip + 4)));
    event.Skip();
  });
}

void Sidebar::showRooms(std::vector<RoomEntry> rooms, std::size_t selected) {
  if (rooms == rooms_ && selected == selected_) return;
  rooms_ = std::move(rooms);
  selected_ = selected;
  fillRooms();
}

void Sidebar::fillRooms() {
  const bool sameCount = static_cast<std::size_t>(roomList_->GetItemCount()) == rooms_.size();
  if (!sameCount) roomList_->DeleteAllItems();
  for (std::size_t i = 0; i < rooms_.size(); ++i) {
    const RoomEntry& room = rooms_[i];
    wxVariant picture;
    const wxBitmapBundle icon = roomBitmap(room.name, room.id, theme_, kIconDip);
    picture << (i == selected_ ? ringed(icon, FromDIP(kIconDip)) : icon);
    const wxVariant label(fromUtf8(room.name));
    const wxString count = unreadLabel(room.unread);
    const wxVariant unread(count.empty() ? count : "<b>" + count + "</b>");
    const auto row = static_cast<unsigned>(i);
    if (sameCount) {
      roomList_->SetValue(picture, row, 0);
      roomList_->SetValue(label, row, 1);
      roomList_->SetValue(unread, row, 2);
    } else {
      wxVector<wxVariant> cells;
      cells.push_back(picture);
      cells.push_back(label);
      cells.push_back(unread);
      roomList_->AppendItem(cells);
    }
  }
  if (selected_ < rooms_.size()) roomList_->SelectRow(static_cast<unsigned>(selected_));
  const auto shown = static_cast<int>(std::clamp<std::size_t>(rooms_.size(), 1, kMostRoomRows));
  roomList_->SetMinSize(wxSize(-1, FromDIP(kRoomRowDip) * shown));
  Layout();
}

void Sidebar::showPeople(const PeopleModel& people, bool hosting) {
  peopleTitle_->SetLabel(people.size() == 0 ? _("People")
                                            : wxString::Format(_("People (%u)"), static_cast<unsigned>(people.size())));
  peopleList_->show(people, hosting);
}

void Sidebar::applyTheme(const Theme& theme) {
  theme_ = theme;
  SetBackgroundColour(theme.window);
  roomsTitle_->SetForegroundColour(theme.muted);
  peopleTitle_->SetForegroundColour(theme.muted);
  roomList_->SetBackgroundColour(theme.window);
  peopleList_->applyTheme(theme);
  fillRooms();
  Refresh();
}

wxWindow* Sidebar::roomsList() const {
  return roomList_;
}

wxWindow* Sidebar::peopleList() const {
  return peopleList_;
}

}  // namespace earshot::ui

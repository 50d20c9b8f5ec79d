#include "ui/talk_list.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <wx/dcmemory.h>
#include <wx/graphics.h>

#include "ui/accessible.h"
#include "ui/avatar.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

constexpr int kIconDip = 26;
constexpr int kRowDip = 34;
constexpr int kIconColumnDip = 38;
constexpr int kUnreadColumnDip = 44;
constexpr std::size_t kMostRows = 6;

wxString unreadLabel(std::size_t unread) {
  if (unread == 0) return {};
  return unread > 99 ? wxString("99+") : wxString::Format("%u", static_cast<unsigned>(unread));
}

/// With a light outline, so that a picture in the colour of the selection does not melt into it.
wxBitmapBundle ringed(const wxBitmapBundle& icon, int size, bool round) {
  wxBitmap bitmap = icon.GetBitmap(wxSize(size, size));
  wxMemoryDC memory(bitmap);
  if (const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(memory)); gc) {
    const double line = size / 14.0;
    gc->SetPen(gc->CreatePen(wxGraphicsPenInfo(*wxWHITE).Width(line)));
    gc->SetBrush(*wxTRANSPARENT_BRUSH);
    const double side = size - line;
    gc->DrawRoundedRectangle(line / 2, line / 2, side, side, round ? side / 2 : size * 0.22);
  }
  memory.SelectObject(wxNullBitmap);
  return wxBitmapBundle::FromBitmap(bitmap);
}

}  // namespace

TalkList::TalkList(wxWindow* parent, const wxString& name)
    : wxDataViewListCtrl(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                         wxDV_NO_HEADER | wxDV_SINGLE | wxBORDER_NONE) {
  SetRowHeight(FromDIP(kRowDip));
  AppendColumn(
      new wxDataViewColumn(wxEmptyString, new wxDataViewBitmapRenderer("wxBitmapBundle"), 0, FromDIP(kIconColumnDip)),
      "wxBitmapBundle");
  auto* label = new wxDataViewTextRenderer;
  label->EnableEllipsize(wxELLIPSIZE_END);
  auto* nameColumn = new wxDataViewColumn(_("Name"), label, 1, -1, wxALIGN_LEFT);
  AppendColumn(nameColumn, "string");
  auto* unread = new wxDataViewTextRenderer;
  unread->EnableMarkup();
  AppendColumn(new wxDataViewColumn(_("Unread"), unread, 2, FromDIP(kUnreadColumnDip), wxALIGN_RIGHT), "string");
  setAccessibleName(this, name);

  Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) { choose(); });
  Bind(wxEVT_SIZE, [this, nameColumn](wxSizeEvent& event) {
    nameColumn->SetWidth(std::max(FromDIP(60), GetClientSize().x - FromDIP(kIconColumnDip + kUnreadColumnDip + 4)));
    event.Skip();
  });
}

void TalkList::choose() {
  const int row = GetSelectedRow();
  if (row == wxNOT_FOUND || static_cast<std::size_t>(row) >= entries_.size()) return;
  const TalkPlace place = entries_[static_cast<std::size_t>(row)].place;
  if (place == selected_) return;
  // The list is filled anew when something else is shown: not while it reports.
  CallAfter([this, place] {
    if (onChosen) onChosen(place);
  });
}

void TalkList::show(std::vector<TalkEntry> entries, const TalkPlace& selected) {
  if (entries == entries_ && selected == selected_) return;
  entries_ = std::move(entries);
  selected_ = selected;
  fill();
}

void TalkList::fill() {
  const bool sameCount = static_cast<std::size_t>(GetItemCount()) == entries_.size();
  if (!sameCount) DeleteAllItems();
  int selectedRow = wxNOT_FOUND;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const TalkEntry& entry = entries_[i];
    const bool selected = entry.place == selected_;
    if (selected) selectedRow = static_cast<int>(i);
    const wxBitmapBundle icon = entry.place.person ? avatarBitmap(entry.name, *entry.place.person, theme_, kIconDip)
                                                   : roomBitmap(entry.name, entry.room, theme_, kIconDip);
    wxVariant picture;
    picture << (selected ? ringed(icon, FromDIP(kIconDip), entry.place.person.has_value()) : icon);
    const wxVariant label(fromUtf8(entry.name));
    const wxString count = unreadLabel(entry.unread);
    const wxVariant unread(count.empty() ? count : "<b>" + count + "</b>");
    const auto row = static_cast<unsigned>(i);
    if (sameCount) {
      SetValue(picture, row, 0);
      SetValue(label, row, 1);
      SetValue(unread, row, 2);
      // Setting a value only paints it: on GTK, screen readers would go on reading the old one.
      GetStore()->RowChanged(row);
    } else {
      wxVector<wxVariant> cells;
      cells.push_back(picture);
      cells.push_back(label);
      cells.push_back(unread);
      AppendItem(cells);
    }
  }
  if (selectedRow == wxNOT_FOUND) {
    UnselectAll();
  } else {
    SelectRow(static_cast<unsigned>(selectedRow));
  }
  const auto shown = static_cast<int>(std::clamp<std::size_t>(entries_.size(), 1, kMostRows));
  SetMinSize(wxSize(-1, FromDIP(kRowDip) * shown));
}

void TalkList::applyTheme(const Theme& theme) {
  theme_ = theme;
  SetBackgroundColour(theme.window);
  fill();
}

}  // namespace earshot::ui

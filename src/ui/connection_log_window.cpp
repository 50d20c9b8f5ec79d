#include "ui/connection_log_window.h"

#include <algorithm>

#include <wx/dataview.h>
#include <wx/datetime.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "app/error_text.h"
#include "app/host_log.h"
#include "ui/accessible.h"
#include "ui/icons.h"
#include "ui/spacing.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

/// More lines than anybody scrolls through.
constexpr std::size_t kMaxLines = 2'000;
/// Records that may be both in the file and still on their way to us.
constexpr std::size_t kOverlap = 200;

wxString kindInWords(app::ConnectionKind kind) {
  switch (kind) {
    case app::ConnectionKind::Connected:
      return _("Connected");
    case app::ConnectionKind::Joined:
      return _("Joined");
    case app::ConnectionKind::Left:
      return _("Left");
    case app::ConnectionKind::Disconnected:
      break;
  }
  return _("Disconnected");
}

wxString timeInWords(app::UtcMillis time) {
  return wxDateTime(wxLongLong(time.time_since_epoch().count())).Format("%Y-%m-%d %H:%M:%S");
}

}  // namespace

ConnectionLogWindow::ConnectionLogWindow(wxWindow* parent, const std::string& roomName,
                                         const std::filesystem::path& log)
    : wxFrame(parent, wxID_ANY, wxString::Format(tr("Connection log – %s"), fromUtf8(roomName)), wxDefaultPosition,
              parent->FromDIP(wxSize(680, 400)), wxDEFAULT_FRAME_STYLE | wxFRAME_FLOAT_ON_PARENT) {
  SetIcons(programIcons());
  list_ = new wxDataViewListCtrl(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxDV_SINGLE | wxDV_ROW_LINES);
  const auto column = [this](const wxString& title, int widthDip) {
    list_->AppendTextColumn(title, wxDATAVIEW_CELL_INERT, FromDIP(widthDip), wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE);
  };
  column(_("Time"), 150);
  column(_("What"), 100);
  column(_("Name"), 130);
  column(_("Address"), 160);
  column(_("Reason"), 130);
  setAccessibleName(list_, _("Connection log"));
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(list_, 1, wxEXPAND);
  SetSizer(sizer);
  load(log);

  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_ESCAPE) {
      Close();
    } else {
      event.Skip();
    }
  });
}

void ConnectionLogWindow::load(const std::filesystem::path& log) {
  const auto records = app::readConnectionLog(log, kMaxLines);
  if (!records.ok()) {
    auto* problem = new wxStaticText(this, wxID_ANY, fromUtf8(app::describe(records.error())));
    GetSizer()->Insert(0, problem, 0, wxEXPAND | wxALL, Spacing(this).group());
    return;
  }
  for (const app::ConnectionRecord& record : *records) append(record);
  const std::size_t overlap = std::min(records->size(), kOverlap);
  lastLoaded_.assign(records->end() - static_cast<std::ptrdiff_t>(overlap), records->end());
  showLast();
}

void ConnectionLogWindow::add(const std::vector<app::ConnectionRecord>& records) {
  for (const app::ConnectionRecord& record : records) {
    const auto known = std::find(lastLoaded_.begin(), lastLoaded_.end(), record);
    if (known != lastLoaded_.end()) {
      lastLoaded_.erase(known);
    } else {
      append(record);
    }
  }
  while (static_cast<std::size_t>(list_->GetItemCount()) > kMaxLines) list_->DeleteItem(0);
  showLast();
}

void ConnectionLogWindow::append(const app::ConnectionRecord& record) {
  wxVector<wxVariant> cells;
  cells.push_back(wxVariant(timeInWords(record.time)));
  cells.push_back(wxVariant(kindInWords(record.kind)));
  cells.push_back(wxVariant(fromUtf8(record.name)));
  cells.push_back(wxVariant(fromUtf8(record.address)));
  cells.push_back(wxVariant(fromUtf8(record.reason)));
  list_->AppendItem(cells);
}

void ConnectionLogWindow::showLast() {
  const int count = list_->GetItemCount();
  if (count > 0) list_->EnsureVisible(list_->RowToItem(count - 1));
}

}  // namespace earshot::ui

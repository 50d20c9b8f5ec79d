#include "ui/search_dialog.h"

#include <utility>

#include <wx/button.h>
#include <wx/dataview.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/wrapsizer.h>

#include "app/exporter.h"
#include "ui/accessible.h"
#include "ui/native_style.h"
#include "ui/recent_card.h"
#include "ui/search_row.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/theme.h"
#include "ui/transcript_format.h"

namespace earshot::ui {
namespace {

/// More are of no use to anybody who reads a list; another word narrows it down.
constexpr std::size_t kMaxResults = 200;
const wxSize kSizeDip(600, 520);
const wxSize kMinSizeDip(320, 320);
constexpr int kFilterWidthDip = 120;

wxString placeOf(const app::ConversationInfo& info) {
  if (!info.peer) return fromUtf8(info.roomName);
  return wxString::Format(tr("%s in “%s” (private)"), fromUtf8(info.peer->name), fromUtf8(info.roomName));
}

/// Who, where and when; below it the text with what was found.
wxString cellOf(const app::SearchHit& hit, const std::string& words, app::UtcMillis now) {
  const app::Event& event = hit.stored.event;
  const wxString when = wxString::Format("%s %s", dayInWords(event.time, now), fromUtf8(clockTime(event.time)));
  const SearchExcerpt excerpt = excerptOf(hit.text(), words);
  wxString text;
  std::size_t done = 0;
  const auto part = [&](std::size_t end) {
    return escapedMarkup(fromUtf8(std::string_view(excerpt.text).substr(done, end - done)));
  };
  for (const TextRange& range : excerpt.found) {
    text += part(range.begin);
    done = range.begin;
    text += "<b>" + part(range.end) + "</b>";
    done = range.end;
  }
  text += part(excerpt.text.size());
  return wxString::Format(tr("<small><b>%s</b> · %s · %s</small>\n%s"), escapedMarkup(fromUtf8(event.actorName)),
                          escapedMarkup(placeOf(*hit.conversation)), escapedMarkup(when), text);
}

}  // namespace

SearchDialog::SearchDialog(wxWindow* parent, const RunOnUi& runOnUi, const std::filesystem::path& conversations)
    : wxDialog(parent, wxID_ANY, _("Search everywhere"), wxDefaultPosition, wxDefaultSize,
               wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER),
      questions_(runOnUi, [conversations](const app::SearchQuery& query, const std::function<bool()>& goesOn) {
        return app::searchConversations(conversations, query, kMaxResults, goesOn);
      }) {
  build();
  connectParts();
  markDialog(this);
  show({});
}

void SearchDialog::build() {
  const Spacing space(this);
  words_ = new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  words_->SetHint(_("Words in all your conversations"));
  setAccessibleName(words_, _("Search"));
  auto* filters = new wxWrapSizer(wxHORIZONTAL, wxWRAPSIZER_DEFAULT_FLAGS);
  person_ = addFilter(filters, _("Person"), wxEmptyString);
  room_ = addFilter(filters, _("Room"), wxEmptyString);
  from_ = addFilter(filters, _("From"), "2026-11-22");
  to_ = addFilter(filters, _("Before"), "2026-11-23");
  list_ = new wxDataViewListCtrl(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxDV_NO_HEADER | wxDV_SINGLE);
  auto* renderer = new wxDataViewTextRenderer;
  renderer->EnableMarkup();
  renderer->EnableEllipsize(wxELLIPSIZE_END);
  list_->AppendColumn(new wxDataViewColumn(_("Message"), renderer, 0, -1, wxALIGN_LEFT), "string");
  setAccessibleName(list_, _("Results"));
  state_ = new wxStaticText(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END);
  open_ = new wxButton(this, wxID_OPEN, _("&Open"));

  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  buttons->Add(state_, 1, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.group());
  buttons->Add(open_, 0, wxRIGHT, space.related());
  buttons->Add(new wxButton(this, wxID_CLOSE));
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(words_, 0, wxEXPAND | wxBOTTOM, space.related());
  column->Add(filters, 0, wxEXPAND | wxBOTTOM, space.related());
  column->Add(list_, 1, wxEXPAND | wxBOTTOM, space.group());
  column->Add(buttons, 0, wxEXPAND);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, 1, wxEXPAND | wxALL, space.group());
  SetSizer(outer);
  SetEscapeId(wxID_CLOSE);
  SetMinSize(FromDIP(kMinSizeDip));
  SetSize(FromDIP(kSizeDip));
  CentreOnParent();
}

wxTextCtrl* SearchDialog::addFilter(wxSizer* row, const wxString& label, const wxString& hint) {
  const Spacing space(this);
  auto* field = new wxTextCtrl(this, wxID_ANY, wxEmptyString, wxDefaultPosition, wxSize(space.dip(kFilterWidthDip), -1),
                               wxTE_PROCESS_ENTER);
  if (!hint.empty()) field->SetHint(hint);
  setAccessibleName(field, label);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(new wxStaticText(this, wxID_ANY, label), 0, wxBOTTOM, space.tiny());
  column->Add(field, 0, wxEXPAND);
  row->Add(column, 1, wxRIGHT | wxBOTTOM, space.related());
  return field;
}

void SearchDialog::connectParts() {
  for (wxTextCtrl* field : {words_, person_, room_, from_, to_}) {
    field->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { search(); });
    field->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { openSelected(); });
    field->Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) { handleKey(event); });
  }
  list_->Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent&) { openSelected(); });
  list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED,
              [this](wxDataViewEvent&) { open_->Enable(list_->GetSelectedRow() != wxNOT_FOUND); });
  open_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { openSelected(); });
  Bind(
      wxEVT_BUTTON, [this](wxCommandEvent&) { Hide(); }, wxID_CLOSE);
  Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent&) { Hide(); });
}

/// From a field straight into the results.
void SearchDialog::handleKey(wxKeyEvent& event) {
  if (event.GetKeyCode() == WXK_DOWN && !event.HasAnyModifiers() && !results_.hits.empty()) {
    list_->SetFocus();
  } else {
    event.Skip();
  }
}

void SearchDialog::open() {
  Show();
  Raise();
  words_->SetFocus();
  words_->SelectAll();
  search();  // something may have been said since
}

void SearchDialog::showProblem(const wxString& sentence) {
  state_->SetLabel(sentence);
  state_->SetForegroundColour(Theme::current().danger);
}

// --- searching -------------------------------------------------------------------------------------

void SearchDialog::search() {
  app::SearchQuery query;
  query.words = toUtf8(words_->GetValue());
  query.person = toUtf8(person_->GetValue());
  query.room = toUtf8(room_->GetValue());
  const app::TimeZone zone = app::localTimeZone();
  for (const auto& [field, time] : {std::pair(from_, &query.from), std::pair(to_, &query.to)}) {
    if (field->IsEmpty()) continue;
    const auto parsed = app::parseTime(toUtf8(field->GetValue()), zone);
    if (!parsed.ok()) {
      questions_.cancel();
      return showProblem(_("A day is written like 2026-11-22."));
    }
    *time = *parsed;
  }
  asked_ = query;
  questions_.ask(std::move(query), [this](app::SearchResults results) { show(std::move(results)); });
}

void SearchDialog::show(app::SearchResults results) {
  // The same list stays as it is, with what is selected in it.
  const bool isSame = results.hits == results_.hits && shownWords_ == asked_.words;
  results_ = std::move(results);
  if (!isSame) {
    shownWords_ = asked_.words;
    const app::UtcMillis now = app::systemNow();
    list_->DeleteAllItems();
    for (const app::SearchHit& hit : results_.hits) {
      wxVector<wxVariant> cells;
      cells.push_back(wxVariant(cellOf(hit, asked_.words, now)));
      list_->AppendItem(cells);
    }
    if (!results_.hits.empty()) list_->SelectRow(0);
  }
  open_->Enable(!results_.hits.empty());
  state_->SetForegroundColour(Theme::current().muted);
  state_->SetLabel(countInWords());
}

wxString SearchDialog::countInWords() const {
  if (!app::asksForSomething(asked_)) return wxEmptyString;
  if (!results_.unreadable.empty() && results_.hits.empty()) return _("Some conversations could not be searched.");
  const auto count = static_cast<unsigned>(results_.hits.size());
  if (count == 0) return _("Nothing found");
  if (results_.hasMore) return wxString::Format(_("The newest %u; there are more"), count);
  return wxString::Format(wxPLURAL("%u message", "%u messages", count), count);
}

void SearchDialog::openSelected() {
  const int row = list_->GetSelectedRow();
  if (row == wxNOT_FOUND || static_cast<std::size_t>(row) >= results_.hits.size()) return;
  Hide();
  // What it does may open a room: not while the list reports.
  CallAfter([this, hit = results_.hits[static_cast<std::size_t>(row)]] {
    if (onOpen) onOpen(hit);
  });
}

}  // namespace earshot::ui

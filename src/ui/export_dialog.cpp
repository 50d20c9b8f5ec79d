#include "ui/export_dialog.h"

#include <algorithm>
#include <array>
#include <utility>

#include <wx/button.h>
#include <wx/datectrl.h>
#include <wx/dialog.h>
#include <wx/filedlg.h>
#include <wx/msgdlg.h>
#include <wx/radiobut.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "ui/accessible.h"
#include "ui/native_style.h"
#include "ui/spacing.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

constexpr int kLastDays = 7;

/// In the order of the dialog's kinds of files.
constexpr std::array kFormats{app::ExportFormat::Text, app::ExportFormat::Html, app::ExportFormat::Csv,
                              app::ExportFormat::JsonLines};

wxString kindsOfFiles() {
  return _("Text files (*.txt)|*.txt|") + _("Web pages, for reading and printing (*.html)|*.html|") +
         _("Tables, for spreadsheets (*.csv)|*.csv|") +
         _("JSON Lines, for importing and for programs (*.jsonl)|*.jsonl");
}

app::UtcMillis momentOf(const wxDateTime& time) {
  return app::UtcMillis{std::chrono::milliseconds{time.GetValue().GetValue()}};
}

class RangeDialog : public wxDialog {
 public:
  explicit RangeDialog(wxWindow* parent) : wxDialog(parent, wxID_ANY, _("Export conversation")) {
    const Spacing space(this);
    auto* column = new wxBoxSizer(wxVERTICAL);
    everything_ = addChoice(column, _("&Everything"), wxRB_GROUP);
    today_ = addChoice(column, _("&Today"));
    lastDays_ = addChoice(column, _("The last &7 days"));
    ownDays_ = addChoice(column, _("These &days, the last one included:"));
    first_ = new wxDatePickerCtrl(this, wxID_ANY);
    last_ = new wxDatePickerCtrl(this, wxID_ANY);
    setAccessibleName(first_, _("First day"));
    setAccessibleName(last_, _("Last day"));
    auto* days = new wxBoxSizer(wxHORIZONTAL);
    days->Add(first_, 0, wxALIGN_CENTER_VERTICAL);
    days->Add(new wxStaticText(this, wxID_ANY, _("to")), 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT,
              space.related());
    days->Add(last_, 0, wxALIGN_CENTER_VERTICAL);
    column->Add(days, 0, wxLEFT, space.section());
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    auto* go = new wxButton(this, wxID_OK, tr("&Continue…"));
    buttons->AddStretchSpacer();
    buttons->Add(new wxButton(this, wxID_CANCEL, _("Cancel")), 0, wxRIGHT, space.related());
    buttons->Add(go);
    auto* page = new wxBoxSizer(wxVERTICAL);
    page->Add(column, 0, wxEXPAND | wxALL, space.section());
    page->Add(buttons, 0, wxEXPAND | wxLEFT | wxRIGHT | wxBOTTOM, space.section());
    SetSizerAndFit(page);
    go->SetDefault();
    markPrimary(go);
    Bind(wxEVT_RADIOBUTTON, [this](wxCommandEvent&) { enableDays(); });
    enableDays();
    everything_->SetFocus();
    markDialog(this);
    CentreOnParent();
  }

  [[nodiscard]] app::ExportRange range() const {
    const wxDateTime today = wxDateTime::Today();
    if (today_->GetValue()) return {momentOf(today), {}};
    if (lastDays_->GetValue()) return {momentOf(today - wxDateSpan::Days(kLastDays - 1)), {}};
    if (!ownDays_->GetValue()) return {};
    wxDateTime first = first_->GetValue().GetDateOnly();
    wxDateTime last = last_->GetValue().GetDateOnly();
    if (last.IsEarlierThan(first)) std::swap(first, last);
    return {momentOf(first), momentOf(last + wxDateSpan::Day())};
  }

 private:
  wxRadioButton* addChoice(wxBoxSizer* column, const wxString& label, long style = 0) {
    auto* choice = new wxRadioButton(this, wxID_ANY, label, wxDefaultPosition, wxDefaultSize, style);
    column->Add(choice, 0, wxBOTTOM, Spacing(this).related());
    return choice;
  }
  void enableDays() {
    first_->Enable(ownDays_->GetValue());
    last_->Enable(ownDays_->GetValue());
  }

  wxRadioButton* everything_;
  wxRadioButton* today_;
  wxRadioButton* lastDays_;
  wxRadioButton* ownDays_;
  wxDatePickerCtrl* first_;
  wxDatePickerCtrl* last_;
};

int indexOf(app::ExportFormat format) {
  int index = 0;
  for (const app::ExportFormat each : kFormats) {
    if (each == format) return index;
    ++index;
  }
  return 0;
}

}  // namespace

std::optional<app::ExportRange> askExportRange(wxWindow* parent) {
  RangeDialog dialog(parent);
  if (dialog.ShowModal() != wxID_OK) return std::nullopt;
  return dialog.range();
}

std::optional<ExportOrder> askExportTarget(wxWindow* parent, const ExportProposal& proposal) {
  const std::filesystem::path& name = proposal.name;
  const wxString start = name.has_parent_path() ? fromPath(name.parent_path()) : fromUtf8(proposal.folder);
  wxFileDialog dialog(parent, _("Export conversation"), start, fromPath(name.filename()), kindsOfFiles(),
                      wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
  dialog.SetFilterIndex(indexOf(app::exportFormatOf(name).value_or(proposal.format)));
  if (dialog.ShowModal() != wxID_OK) return std::nullopt;
  ExportOrder order;
  order.target = toPath(dialog.GetPath());
  const auto index = static_cast<std::size_t>(std::max(dialog.GetFilterIndex(), 0));
  const app::ExportFormat chosen = kFormats.at(std::min(index, kFormats.size() - 1));
  const auto byEnding = app::exportFormatOf(order.target);
  order.format = byEnding.value_or(chosen);
  // What was proposed has the ending of another kind when the person changes only the kind.
  if (byEnding && *byEnding != chosen && order.target.filename() == name.filename()) {
    order.target.replace_extension(app::extensionOf(chosen));
    order.format = chosen;
  } else if (!byEnding) {
    order.target += app::extensionOf(chosen);
  }
  std::error_code ignored;
  const bool isOther = order.target != toPath(dialog.GetPath());
  if (isOther && std::filesystem::exists(order.target, ignored)) {
    const wxString question =
        wxString::Format(tr("“%s” is there already. Replace it?"), fromPath(order.target.filename()));
    if (wxMessageBox(question, _("Export conversation"), wxYES_NO | wxICON_QUESTION, parent) != wxYES) {
      return std::nullopt;
    }
  }
  return order;
}

}  // namespace earshot::ui

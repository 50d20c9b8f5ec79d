#include "ui/word_grid.h"

#include <wx/sizer.h>
#include <wx/stattext.h>

#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/theme.h"

namespace earshot::ui {
namespace {

constexpr int kColumns = 4;

}  // namespace

WordGrid::WordGrid(wxWindow* parent) : sizer_(new wxFlexGridSizer(kColumns, wxSize())) {
  const Spacing space(parent);
  sizer_->SetVGap(space.group());
  for (int column = 0; column < kColumns; ++column) sizer_->AddGrowableCol(static_cast<std::size_t>(column), 1);
  for (Cell& cell : cells_) {
    cell.picture = new wxStaticText(parent, wxID_ANY, tr("…"));
    cell.picture->SetFont(cell.picture->GetFont().Scaled(2.2F));
    cell.name = new wxStaticText(parent, wxID_ANY, " ");
    cell.name->SetForegroundColour(Theme::current().muted);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(cell.picture, 0, wxALIGN_CENTER_HORIZONTAL);
    column->Add(cell.name, 0, wxALIGN_CENTER_HORIZONTAL | wxTOP, space.tiny());
    sizer_->Add(column, 0, wxALIGN_CENTER_HORIZONTAL);
  }
}

wxSizer* WordGrid::sizer() const {
  return sizer_;
}

void WordGrid::show(const app::crypto::SafetyWords& words) {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    cells_[i].picture->SetLabelText(fromUtf8(words[i].emoji));
    cells_[i].name->SetLabelText(wxGetTranslation(fromUtf8(words[i].name)));
  }
}

}  // namespace earshot::ui

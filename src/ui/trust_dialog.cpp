#include "ui/trust_dialog.h"

#include <array>
#include <memory>

#include <wx/button.h>
#include <wx/dialog.h>
#include <wx/sizer.h>
#include <wx/statbmp.h>
#include <wx/stattext.h>

#include "embedded/icons.h"
#include "ui/icons.h"
#include "ui/native_style.h"
#include "ui/safety_words_task.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/theme.h"
#include "ui/trust_words.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

constexpr int kWidthDip = 400;
constexpr int kIconDip = 32;
constexpr int kColumns = 4;

/// Eight pictures with their names, in two rows.
class WordGrid {
 public:
  explicit WordGrid(wxWindow* parent) : sizer_(new wxFlexGridSizer(kColumns, wxSize())) {
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
  [[nodiscard]] wxSizer* sizer() const { return sizer_; }

  void show(const app::crypto::SafetyWords& words) {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      cells_[i].picture->SetLabelText(fromUtf8(words[i].emoji));
      cells_[i].name->SetLabelText(wxGetTranslation(fromUtf8(words[i].name)));
    }
  }

 private:
  struct Cell {
    wxStaticText* picture;
    wxStaticText* name;
  };
  std::array<Cell, 8> cells_{};
  wxFlexGridSizer* sizer_;
};

wxSizer* heading(wxDialog& dialog, app::HostProof proof) {
  const Theme theme = Theme::current();
  const Spacing space(&dialog);
  const bool verified = isVerified(proof);
  auto* picture = new wxStaticBitmap(&dialog, wxID_ANY,
                                     icon(verified ? icons::lock_svg : icons::lock_unverified_svg,
                                          verified ? theme.success : theme.warning, kIconDip));
  auto* title = new wxStaticText(&dialog, wxID_ANY, badgeName(proof));
  title->SetFont(title->GetFont().Bold().Scaled(1.25F));
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(picture, 0, wxALIGN_CENTER_VERTICAL | wxRIGHT, space.group());
  row->Add(title, 1, wxALIGN_CENTER_VERTICAL);
  return row;
}

}  // namespace

void showTrust(wxWindow* parent, app::HostProof proof, const app::crypto::PublicKey& hostKey, SafetyWordsTask& words) {
  wxDialog dialog(parent, wxID_ANY, _("Security of this room"));
  const Spacing space(&dialog);
  const int width = space.dip(kWidthDip);
  const auto sentence = [&](const wxString& text) {
    auto* label = new WrappedLabel(&dialog, text);
    label->wrapTo(width);
    return label;
  };
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->SetMinSize(width, -1);
  column->Add(heading(dialog, proof), 0, wxEXPAND | wxBOTTOM, space.section());
  column->Add(sentence(encryptionInWords()), 0, wxEXPAND | wxBOTTOM, space.group());
  column->Add(sentence(readersInWords(proof)), 0, wxEXPAND | wxBOTTOM, space.group());
  column->Add(sentence(proofInWords(proof)), 0, wxEXPAND);

  const auto shown = std::make_shared<bool>(true);
  const wxString why = safetyWordsInWords(proof);
  if (!why.empty()) {
    WrappedLabel* explanation = sentence(why);  // made first, read first
    auto grid = std::make_shared<WordGrid>(&dialog);
    column->Add(explanation, 0, wxEXPAND | wxTOP, space.group());
    column->Add(grid->sizer(), 0, wxEXPAND | wxTOP, space.section());
    words.ask(hostKey, [&dialog, grid, explanation, column, still = std::weak_ptr(shown)](const auto& found) {
      if (still.expired()) return;
      if (found) {
        grid->show(*found);
      } else {
        column->Hide(grid->sizer());
        explanation->setText(_("The pictures to compare cannot be shown: this computer has too little free memory."));
      }
      dialog.Fit();
      dialog.Layout();
    });
  }
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, 0, wxEXPAND | wxALL, space.section());
  outer->Add(dialog.CreateSeparatedButtonSizer(wxCLOSE), 0, wxEXPAND | wxALL, space.group());
  dialog.SetSizerAndFit(outer);
  dialog.SetEscapeId(wxID_CLOSE);
  markDialog(&dialog);
  dialog.CentreOnParent();
  dialog.ShowModal();
}

}  // namespace earshot::ui

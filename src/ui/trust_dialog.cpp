#include "ui/trust_dialog.h"

#include <memory>

#include <wx/button.h>
#include <wx/dialog.h>
#include <wx/sizer.h>

#include "ui/native_style.h"
#include "ui/safety_words_task.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/trust_heading.h"
#include "ui/trust_words.h"
#include "ui/word_grid.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

constexpr int kWidthDip = 400;

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
  column->Add(trustHeading(&dialog, lookOf(proof)), 0, wxEXPAND | wxBOTTOM, space.section());
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

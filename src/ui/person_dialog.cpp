#include "ui/person_dialog.h"

#include <memory>

#include <wx/button.h>
#include <wx/dialog.h>
#include <wx/sizer.h>
#include <wx/statline.h>
#include <wx/stattext.h>

#include "app/error_text.h"
#include "ui/native_style.h"
#include "ui/spacing.h"
#include "ui/strings.h"
#include "ui/trust_heading.h"
#include "ui/trust_words.h"
#include "ui/word_grid.h"
#include "ui/wrapped_label.h"

namespace earshot::ui {
namespace {

constexpr int kWidthDip = 620;
constexpr int kGridDip = 280;

using app::PersonTrust;

class PersonDialog : public wxDialog {
 public:
  PersonDialog(wxWindow* parent, const PersonQuestion& question)
      : wxDialog(parent, wxID_ANY, _("Security of this chat")) {
    const Spacing space(this);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->SetMinSize(space.dip(kWidthDip), -1);
    column->Add(trustHeading(this, lookOf(question.trust, question.name)), 0, wxEXPAND | wxBOTTOM, space.section());
    for (const wxString& text : {personInWords(question.trust, question.name), privateHostInWords()}) {
      column->Add(sentence(text), 0, wxEXPAND | wxBOTTOM, space.group());
    }
    explanation_ = sentence(comparingInWords(question.name));
    column->Add(explanation_, 0, wxEXPAND | wxBOTTOM, space.section());
    grids_ = new wxBoxSizer(wxHORIZONTAL);
    grids_->Add(titled(_("You"), own_), 1, wxEXPAND | wxRIGHT, space.section());
    grids_->Add(new wxStaticLine(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxLI_VERTICAL), 0, wxEXPAND);
    grids_->Add(titled(question.name, theirs_), 1, wxEXPAND | wxLEFT, space.section());
    column->Add(grids_, 0, wxEXPAND);

    auto* outer = new wxBoxSizer(wxVERTICAL);
    outer->Add(column, 0, wxEXPAND | wxALL, space.section());
    outer->Add(new wxStaticLine(this), 0, wxEXPAND | wxLEFT | wxRIGHT, space.group());
    outer->Add(buttons(question.trust), 0, wxEXPAND | wxALL, space.group());
    SetSizerAndFit(outer);
    SetEscapeId(wxID_CLOSE);
    markDialog(this);
    CentreOnParent();
  }

  void show(const app::Result<app::PrivateSafetyWords>& words) {
    if (words.ok()) {
      own_->show(words->own);
      theirs_->show(words->theirs);
      if (same_ != nullptr) same_->Enable();
    } else {
      GetSizer()->Hide(grids_, true);
      explanation_->setText(fromUtf8(app::describe(words.error())));
    }
    Fit();
    Layout();
  }

  [[nodiscard]] PersonDecision decision() const { return decision_; }

 private:
  WrappedLabel* sentence(const wxString& text) {
    auto* label = new WrappedLabel(this, text);
    label->wrapTo(Spacing(this).dip(kWidthDip));
    return label;
  }

  /// Makes the grid too: what is made first is read first.
  wxSizer* titled(const wxString& name, std::unique_ptr<WordGrid>& grid) {
    const Spacing space(this);
    auto* title = new wxStaticText(this, wxID_ANY, wxControl::EscapeMnemonics(name));
    title->SetFont(title->GetFont().Bold());
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->SetMinSize(space.dip(kGridDip), -1);
    column->Add(title, 0, wxALIGN_CENTER_HORIZONTAL | wxBOTTOM, space.group());
    grid = std::make_unique<WordGrid>(this);
    column->Add(grid->sizer(), 0, wxEXPAND);
    return column;
  }

  wxSizer* buttons(PersonTrust trust) {
    const Spacing space(this);
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    const auto add = [&](const wxString& label, PersonDecision decision) {
      auto* button = new wxButton(this, wxID_ANY, label);
      button->Bind(wxEVT_BUTTON, [this, decision](wxCommandEvent&) {
        decision_ = decision;
        EndModal(wxID_OK);
      });
      row->Add(button, 0, wxRIGHT, space.related());
      return button;
    };
    if (trust == PersonTrust::Verified) {
      add(_("They are not the same any more"), PersonDecision::Different);
    } else {
      same_ = add(_("The pictures are the same"), PersonDecision::Same);
      same_->Disable();  // until they can be seen
    }
    if (trust == PersonTrust::KeyChanged) add(_("Use the new key without comparing"), PersonDecision::Accept);
    row->AddStretchSpacer();
    row->Add(new wxButton(this, wxID_CLOSE));
    return row;
  }

  std::unique_ptr<WordGrid> own_;
  std::unique_ptr<WordGrid> theirs_;
  wxSizer* grids_;
  WrappedLabel* explanation_;
  wxButton* same_ = nullptr;
  PersonDecision decision_ = PersonDecision::None;
};

}  // namespace

PersonDecision askAboutPerson(wxWindow* parent, const PersonQuestion& question) {
  PersonDialog dialog(parent, question);
  const auto shown = std::make_shared<bool>(true);
  question.askWords([&dialog, still = std::weak_ptr(shown)](const auto& words) {
    if (!still.expired()) dialog.show(words);
  });
  dialog.ShowModal();
  return dialog.decision();
}

}  // namespace earshot::ui

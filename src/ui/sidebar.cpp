#include "ui/sidebar.h"

#include <algorithm>

#include <wx/sizer.h>
#include <wx/stattext.h>

#include "ui/people_list.h"
#include "ui/people_model.h"
#include "ui/spacing.h"
#include "ui/strings.h"

namespace earshot::ui {
namespace {

wxStaticText* sectionTitle(wxWindow* parent, const wxString& text) {
  auto* title = new wxStaticText(parent, wxID_ANY, text);
  title->SetFont(title->GetFont().Bold().Scaled(0.88F));
  return title;
}

}  // namespace

Sidebar::Sidebar(wxWindow* parent)
    : wxPanel(parent),
      roomsTitle_(sectionTitle(this, _("Rooms"))),
      rooms_(new TalkList(this, _("Rooms"))),
      privateTitle_(sectionTitle(this, _("Private"))),
      private_(new TalkList(this, _("Private"))),
      peopleTitle_(sectionTitle(this, _("People"))),
      people_(new PeopleList(this)) {
  const Spacing space(this);
  auto* column = new wxBoxSizer(wxVERTICAL);
  const auto section = [&](wxWindow* title, wxWindow* list, int proportion) {
    column->Add(title, 0, wxLEFT | wxTOP | wxRIGHT, space.group());
    column->Add(list, proportion, wxEXPAND | wxALL, space.small());
  };
  section(roomsTitle_, rooms_, 0);
  section(privateTitle_, private_, 0);
  section(peopleTitle_, people_, 1);
  SetSizer(column);
  privateTitle_->Hide();
  private_->Hide();

  for (TalkList* list : {rooms_, private_}) {
    list->onChosen = [this](const TalkPlace& place) {
      if (onTalkChosen) onTalkChosen(place);
    };
  }
  people_->onWriteTo = [this](const app::MemberId& person) {
    if (onWriteTo) onWriteTo(person);
  };
  people_->onTrust = [this](const app::MemberId& person) {
    if (onTrust) onTrust(person);
  };
}

void Sidebar::showTalks(const std::vector<TalkEntry>& talks, const TalkPlace& selected) {
  std::vector<TalkEntry> rooms = talks;
  const auto alone = std::stable_partition(rooms.begin(), rooms.end(), [](const auto& it) { return !it.place.person; });
  std::vector<TalkEntry> people(alone, rooms.end());
  rooms.erase(alone, rooms.end());
  const bool any = !people.empty();
  rooms_->show(std::move(rooms), selected);
  private_->show(std::move(people), selected);
  privateTitle_->Show(any);
  private_->Show(any);
  Layout();
}

void Sidebar::showPeople(const PeopleModel& people, bool hosting) {
  peopleTitle_->SetLabel(people.size() == 0 ? _("People")
                                            : wxString::Format(_("People (%u)"), static_cast<unsigned>(people.size())));
  people_->show(people, hosting);
}

void Sidebar::applyTheme(const Theme& theme) {
  theme_ = theme;
  SetBackgroundColour(theme.window);
  for (wxStaticText* title : {roomsTitle_, privateTitle_, peopleTitle_}) title->SetForegroundColour(theme.muted);
  rooms_->applyTheme(theme);
  private_->applyTheme(theme);
  people_->applyTheme(theme);
  Layout();
  Refresh();
}

std::vector<wxWindow*> Sidebar::lists() const {
  return {rooms_, private_, people_};
}

}  // namespace earshot::ui

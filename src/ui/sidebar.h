#pragma once
// The open rooms, below them the private chats, and below those the people of the room that is shown. UI
// thread.

#include <functional>
#include <vector>

#include <wx/panel.h>

#include "ui/talk_list.h"
#include "ui/theme.h"

class wxStaticText;

namespace earshot::ui {

class PeopleList;
class PeopleModel;

class Sidebar : public wxPanel {
 public:
  explicit Sidebar(wxWindow* parent);

  void showTalks(const std::vector<TalkEntry>& talks, const TalkPlace& selected);
  void showPeople(const PeopleModel& people, bool hosting);
  void applyTheme(const Theme& theme);

  /// Its lists, from top to bottom; one may be hidden.
  [[nodiscard]] std::vector<wxWindow*> lists() const;

  std::function<void(const TalkPlace& place)> onTalkChosen;
  /// Somebody else is to be written to, or to be looked at.
  std::function<void(const app::MemberId& person)> onWriteTo;
  std::function<void(const app::MemberId& person)> onTrust;

 private:
  Theme theme_;
  wxStaticText* roomsTitle_;
  TalkList* rooms_;
  wxStaticText* privateTitle_;
  TalkList* private_;
  wxStaticText* peopleTitle_;
  PeopleList* people_;
};

}  // namespace earshot::ui

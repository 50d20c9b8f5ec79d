#pragma once
// The open rooms, and below them the people of the one that is shown. UI thread.

#include <functional>
#include <string>
#include <vector>

#include <wx/panel.h>

#include "app/ids.h"
#include "ui/theme.h"

class wxDataViewListCtrl;
class wxStaticText;

namespace earshot::ui {

class PeopleList;
class PeopleModel;

/// A room as the list shows it.
struct RoomEntry {
  std::string name;
  app::RoomId id;
  std::size_t unread = 0;

  bool operator==(const RoomEntry&) const = default;
};

class Sidebar : public wxPanel {
 public:
  explicit Sidebar(wxWindow* parent);

  void showRooms(std::vector<RoomEntry> rooms, std::size_t selected);
  void showPeople(const PeopleModel& people, bool hosting);
  void applyTheme(const Theme& theme);

  [[nodiscard]] wxWindow* roomsList() const;
  [[nodiscard]] wxWindow* peopleList() const;

  std::function<void(std::size_t index)> onRoomChosen;

 private:
  void fillRooms();

  std::vector<RoomEntry> rooms_;
  std::size_t selected_ = 0;
  Theme theme_;
  wxStaticText* roomsTitle_;
  wxDataViewListCtrl* roomList_;
  wxStaticText* peopleTitle_;
  PeopleList* peopleList_;
};

}  // namespace earshot::ui

#pragma once
// A short list of rooms or of private chats, with what is unread in each. UI thread.

#include <functional>
#include <string>
#include <vector>

#include <wx/dataview.h>

#include "ui/open_rooms.h"
#include "ui/theme.h"

namespace earshot::ui {

/// A room or a private chat as a list shows it.
struct TalkEntry {
  TalkPlace place;
  std::string name;
  app::RoomId room;  ///< for its picture, unless it is with a person
  std::size_t unread = 0;

  bool operator==(const TalkEntry&) const = default;
};

class TalkList : public wxDataViewListCtrl {
 public:
  TalkList(wxWindow* parent, const wxString& name);

  /// Selects the one at the place, or none.
  void show(std::vector<TalkEntry> entries, const TalkPlace& selected);
  void applyTheme(const Theme& theme);

  std::function<void(const TalkPlace& place)> onChosen;

 private:
  void fill();
  void choose();

  std::vector<TalkEntry> entries_;
  TalkPlace selected_;
  Theme theme_;
};

}  // namespace earshot::ui

#pragma once
// The people of a room, with their pictures. Follows a PeopleModel row by row, so that a list of
// thousands neither flickers nor jumps when somebody comes or goes. UI thread.

#include <functional>
#include <optional>
#include <vector>

#include <wx/dataview.h>

#include "ui/people_model.h"
#include "ui/theme.h"

namespace earshot::ui {

class PeopleList : public wxDataViewCtrl {
 public:
  explicit PeopleList(wxWindow* parent);
  ~PeopleList() override;

  /// hosting: we are the host, and shown so.
  void show(const PeopleModel& people, bool hosting);
  void applyTheme(const Theme& theme);

  /// Of somebody else than ourselves: a double click or Enter, or from the menu of the row.
  std::function<void(const app::MemberId& person)> onWriteTo;
  std::function<void(const app::MemberId& person)> onTrust;

 private:
  class Rows;
  [[nodiscard]] std::optional<app::MemberId> otherAt(const wxDataViewItem& item) const;
  void showMenuOf(const app::MemberId& person);
  wxObjectDataPtr<Rows> rows_;
};

}  // namespace earshot::ui

#pragma once
// The people of a room, with their pictures. Follows a PeopleModel row by row, so that a list of
// thousands neither flickers nor jumps when somebody comes or goes. UI thread.

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

 private:
  class Rows;
  wxObjectDataPtr<Rows> rows_;
};

}  // namespace earshot::ui

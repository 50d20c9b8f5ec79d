#pragma once
// "Search everywhere": looks through all saved conversations while one types. Stands beside the window,
// and is hidden, not destroyed, so that it comes back as it was left. UI thread.

#include <filesystem>
#include <functional>
#include <string>

#include <wx/dialog.h>

#include "app/search.h"
#include "ui/latest_question.h"

class wxButton;
class wxDataViewListCtrl;
class wxSizer;
class wxStaticText;
class wxTextCtrl;

namespace earshot::ui {

class SearchDialog : public wxDialog {
 public:
  SearchDialog(wxWindow* parent, const RunOnUi& runOnUi, const std::filesystem::path& conversations);

  /// Shows it, or brings it to the front, and looks again.
  void open();
  void showProblem(const wxString& sentence);

  /// The place is to be shown; the dialog has hidden itself.
  std::function<void(const app::SearchHit& hit)> onOpen;

 private:
  void build();
  wxTextCtrl* addFilter(wxSizer* row, const wxString& label, const wxString& hint);
  void connectParts();
  void search();
  void show(app::SearchResults results);
  [[nodiscard]] wxString countInWords() const;
  void openSelected();
  void handleKey(wxKeyEvent& event);

  LatestQuestion<app::SearchQuery, app::SearchResults> questions_;
  app::SearchQuery asked_;
  app::SearchResults results_;
  std::string shownWords_;

  wxTextCtrl* words_;
  wxTextCtrl* person_;
  wxTextCtrl* room_;
  wxTextCtrl* from_;
  wxTextCtrl* to_;
  wxDataViewListCtrl* list_;
  wxStaticText* state_;
  wxButton* open_;
};

}  // namespace earshot::ui

#pragma once
// Find in the whole saved conversation: steps through the results, newest first. UI thread.

#include <functional>
#include <vector>

#include <wx/panel.h>

#include "app/history.h"
#include "ui/conversation_search.h"
#include "ui/theme.h"

class wxStaticText;
class wxTextCtrl;

namespace earshot::ui {

class IconButton;

class FindBar : public wxPanel {
 public:
  FindBar(wxWindow* parent, RunOnUi runOnUi);

  /// What is searched; empty: nothing. Forgets the results.
  void setConversation(const std::filesystem::path& conversation);
  void open();
  void close();
  void next();      ///< the next older result
  void previous();  ///< the next newer result
  void applyTheme(const Theme& theme);

  std::function<void(app::Position)> onReveal;
  /// Words to highlight; empty when there are none any more.
  std::function<void(const std::string& words)> onWords;
  std::function<void()> onClose;

 private:
  void search();
  void showResults(std::vector<app::Position> results);
  void step(bool older);
  void reveal();
  void handleKey(wxKeyEvent& event);

  ConversationSearch search_;
  std::filesystem::path conversation_;
  std::vector<app::Position> results_;
  std::size_t current_ = 0;

  wxTextCtrl* field_;
  wxStaticText* count_;
  IconButton* older_;
  IconButton* newer_;
  IconButton* close_;
};

}  // namespace earshot::ui

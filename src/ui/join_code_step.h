#pragma once
// The second step into a room that has a join code: asks for the code where the person already looks,
// without a dialog. UI thread.

#include <functional>

#include <wx/panel.h>

#include "ui/theme.h"

class wxButton;
class wxTextCtrl;

namespace earshot::ui {

class RoomController;
class WrappedLabel;

class JoinCodeStep : public wxPanel {
 public:
  explicit JoinCodeStep(wxWindow* parent);

  /// Shows what the room says: it asks, it tries a code, or says why the last one did not do.
  /// Precondition: room.isAskingForCode().
  void show(const RoomController& room);
  /// What is wrong with the code that was just typed.
  void showProblem(const wxString& sentence);
  /// Forgets what was typed.
  void clear();
  void focusField();
  void applyTheme(const Theme& theme, const wxColour& background);

  std::function<void(const wxString& typed)> onContinue;
  std::function<void()> onCancel;
  /// The step needs another height than before.
  std::function<void()> onHeightChanged;

 private:
  void submit();
  void setStatus(const wxString& sentence, bool problem);
  void wrap();
  void heightChanged();

  Theme theme_;
  bool statusIsProblem_ = false;
  bool trying_ = false;
  WrappedLabel* sentence_;
  wxTextCtrl* field_;
  WrappedLabel* status_;
  wxButton* continue_;
  wxButton* cancel_;
};

}  // namespace earshot::ui

#pragma once
// What backing up and restoring a profile have in common: a form, a sentence about how it went, a bar
// while it runs. UI thread.

#include <memory>

#include <wx/dialog.h>
#include <wx/timer.h>

#include "ui/profile_task.h"

class wxBoxSizer;
class wxButton;
class wxGauge;
class wxPanel;
class wxTextCtrl;

namespace earshot::ui {

class WrappedLabel;

class ProfileDialog : public wxDialog {
 protected:
  /// action: what the important button says.
  ProfileDialog(wxWindow* parent, const wxString& title, const wxString& intro, const wxString& action);

  /// Into the form, before arrange().
  wxTextCtrl* addField(const wxString& label, long style = 0, wxButton* beside = nullptr);
  [[nodiscard]] wxPanel* form() const { return form_; }
  /// After the last field.
  void arrange();

  void run(ProfileTask::Work work);
  void showError(const wxString& sentence);
  /// There is nothing to fill in any more. action and close: what the buttons say now; an empty action has none.
  void showEnd(const wxString& sentence, const wxString& action, const wxString& close);

  /// The important button while there is a form.
  virtual void act() = 0;
  /// The task is done and was not cancelled.
  virtual void finished(std::uint32_t files) = 0;
  /// The important button after showEnd().
  virtual void actAtEnd() {}

 private:
  void look();
  void cancel();
  void setRunning(bool running);
  void say(const wxString& sentence, const wxColour& colour);
  void fit();

  wxPanel* form_;
  wxBoxSizer* fields_;
  WrappedLabel* status_;
  wxGauge* gauge_;
  wxButton* action_;
  wxButton* cancel_;
  bool atEnd_ = false;
  std::unique_ptr<ProfileTask> task_;
  wxTimer timer_;
};

}  // namespace earshot::ui

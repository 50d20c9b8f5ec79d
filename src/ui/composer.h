#pragma once
// Where a message is written: grows with the text to six lines, sends with Enter. UI thread.

#include <functional>
#include <optional>
#include <string>

#include <wx/panel.h>

#include "ui/name_completion.h"
#include "ui/theme.h"

class wxButton;
class wxTextCtrl;

namespace earshot::ui {

class ComposerPurpose;
class WrappedLabel;

class Composer : public wxPanel {
 public:
  explicit Composer(wxWindow* parent);

  /// Another room's draft; does not call onDraft.
  void setText(const std::string& text);
  [[nodiscard]] std::string text() const;
  /// When writing is not possible the text stays readable; the hint says why.
  void setWritable(bool writable, const wxString& hint);
  /// What is being written now: a reply, or another text for a message. Escape and a button call onCancel.
  void showPurpose(const wxString& purpose, const wxString& words);
  void clearPurpose();
  void focus();
  [[nodiscard]] wxWindow* field() const;
  void applyTheme(const Theme& theme);

  /// Takes what was written; returns a sentence when it cannot be sent (the text then stays).
  std::function<std::optional<wxString>(const std::string& text)> onSubmit;
  std::function<void(const std::string& text)> onDraft;
  std::function<void()> onCancel;
  /// Up was pressed with nothing written.
  std::function<void()> onEditLast;
  NameCompletion::Lookup namesStartingWith;

 private:
  void paint();
  void handleChar(wxKeyEvent& event);
  void submit();
  bool completeName();
  void textChanged();
  void fitHeight();
  void showProblem(const wxString& sentence, bool serious);
  void updateCounter();

  Theme theme_;
  bool writable_ = false;
  bool focused_ = false;
  NameCompletion completion_;
  ComposerPurpose* purpose_;
  wxPanel* frame_;
  wxTextCtrl* field_;
  wxButton* send_;
  WrappedLabel* problem_;
};

}  // namespace earshot::ui

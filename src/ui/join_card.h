#pragma once
// "Join": gets into a room that somebody else hosts. UI thread.

#include <functional>

#include "ui/card.h"

class wxActivityIndicator;
class wxButton;
class wxTextCtrl;

namespace earshot::ui {

class JoinCard : public Card {
 public:
  explicit JoinCard(wxWindow* parent);

  void setAddress(const wxString& address);
  [[nodiscard]] wxString address() const;
  void focusField();

  /// Shows that this address is being connected to, with a way to cancel.
  void showConnecting(const wxString& address);
  /// While a room is being opened or joined nothing else can be started; false ends both kinds.
  void setBusy(bool busy);
  /// One sentence; empty takes it away.
  void showError(const wxString& sentence);
  void applyTheme(const Theme& theme) override;

  std::function<void()> onJoin;
  std::function<void()> onCancel;

 private:
  void submit();

  wxTextCtrl* field_;
  WrappedLabel* error_;
  wxBoxSizer* progress_;
  wxActivityIndicator* spinner_;
  wxStaticText* progressText_;
  wxButton* join_;
  wxButton* cancel_;
};

}  // namespace earshot::ui

#pragma once
// "Host": opens a room on this computer. UI thread.

#include <functional>

#include "app/hosting.h"
#include "ui/card.h"

class wxButton;
class wxRadioButton;
class wxTextCtrl;

namespace earshot::ui {

class HostCard : public Card {
 public:
  explicit HostCard(wxWindow* parent);

  void setRoomName(const wxString& name);
  [[nodiscard]] wxString roomName() const;
  /// Who shall be let in: a join code unless the person chose otherwise.
  [[nodiscard]] app::Access access() const;
  void focusButton();
  /// Whether a card of this width shows all that cannot be wrapped.
  [[nodiscard]] bool fits(int width) const;

  /// While a room is being opened or joined nothing else can be started.
  void setBusy(bool busy, bool opening);
  /// One sentence; empty takes it away.
  void showError(const wxString& sentence);
  void applyTheme(const Theme& theme) override;

  std::function<void()> onHost;

 private:
  void submit();
  WrappedLabel& status();

  wxTextCtrl* field_;
  wxRadioButton* withCode_;
  wxRadioButton* open_;
  wxBoxSizer* statusPlace_;
  WrappedLabel* status_ = nullptr;  ///< see status()
  wxButton* button_;
  bool statusIsError_ = false;
};

}  // namespace earshot::ui

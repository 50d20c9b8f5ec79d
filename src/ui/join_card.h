#pragma once
// "Join": gets into a room that somebody else hosts. UI thread.

#include <functional>

#include <wx/timer.h>

#include "ui/card.h"

class wxButton;
class wxGauge;
class wxTextCtrl;

namespace earshot::ui {

class JoinCodeStep;
class RoomController;

class JoinCard : public Card {
 public:
  explicit JoinCard(wxWindow* parent);

  void setAddress(const wxString& address);
  [[nodiscard]] wxString address() const;
  /// The address, or the join code when that is asked for.
  void focusField();
  [[nodiscard]] bool isAskingForCode() const { return codeStepShown_; }

  /// Shows that this address is being connected to, with a way to cancel.
  void showConnecting(const wxString& address);
  /// While a room is being opened or joined nothing else can be started; false ends both kinds.
  void setBusy(bool busy);
  /// One sentence; empty takes it away. mayTypeCode: with a button that leads to the step for the code.
  void showError(const wxString& sentence, bool mayTypeCode = false);
  /// The second step, in place of the address. Precondition: room.isAskingForCode().
  void showCodeStep(const RoomController& room);
  void showCodeProblem(const wxString& sentence);
  /// The first step again.
  void showAddressStep();
  void applyTheme(const Theme& theme) override;

  std::function<void()> onJoin;
  std::function<void()> onCancel;
  /// The person has the join code and wants to type it.
  std::function<void()> onTypeCode;
  std::function<void(const wxString& typed)> onCode;

 private:
  void build();
  WrappedLabel& error();
  void makeTypeCode();
  void makeProgress();
  JoinCodeStep& step();
  void submit();
  void showParts();

  bool codeStepShown_ = false;
  bool connecting_ = false;
  wxStaticText* label_;
  wxTextCtrl* field_;
  wxBoxSizer* errorPlace_;
  wxBoxSizer* progress_;
  wxButton* join_;
  wxSizerItem* gap_;
  wxTimer pulse_;  ///< runs while it is connecting
  // Made when they are needed first.
  WrappedLabel* error_ = nullptr;
  wxButton* typeCode_ = nullptr;
  wxStaticText* progressText_ = nullptr;
  wxGauge* gauge_ = nullptr;
  wxButton* cancel_ = nullptr;
  JoinCodeStep* step_ = nullptr;
};

}  // namespace earshot::ui

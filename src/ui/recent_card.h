#pragma once
// "Recent": the conversations saved on this computer. UI thread.

#include <functional>
#include <vector>

#include "app/conversation.h"
#include "ui/card.h"

class wxButton;
class wxDataViewListCtrl;

namespace earshot::ui {

class RecentCard : public Card {
 public:
  explicit RecentCard(wxWindow* parent);

  void setConversations(std::vector<app::ConversationInfo> conversations);
  void setBusy(bool busy);
  void applyTheme(const Theme& theme) override;

  std::function<void(const app::ConversationInfo&)> onReopen;

 private:
  void makeList();
  void fill();
  void fillList();
  [[nodiscard]] int selectedRow() const;
  void reopenSelected();
  void updateButton();

  std::vector<app::ConversationInfo> conversations_;
  bool busy_ = false;
  wxDataViewListCtrl* list_ = nullptr;  ///< made, with its button, when there is something to list
  wxStaticText* empty_;
  wxButton* reopen_ = nullptr;
};

/// "today", "yesterday", "Monday", "12 Nov", "12 Nov 2024".
[[nodiscard]] wxString dayInWords(app::UtcMillis time, app::UtcMillis now);

}  // namespace earshot::ui

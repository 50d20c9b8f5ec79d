// Searching all conversations, and opening what was found.

#include "app/error_text.h"
#include "ui/chat_page.h"
#include "ui/main_frame.h"
#include "ui/search_dialog.h"
#include "ui/strings.h"

namespace earshot::ui {

void MainFrame::showSearch() {
  if (search_ == nullptr) {
    search_ = new SearchDialog(this, backend_.runOnUi, services_.profile.paths.conversations);
    search_->onOpen = [this](const app::SearchHit& hit) {
      if (!closing_) openFound(hit);
    };
  }
  search_->open();
}

void MainFrame::openFound(const app::SearchHit& hit) {
  const app::ConversationInfo& info = *hit.conversation;
  const auto opened = roomOf(info);
  const auto person = info.peer ? std::optional(info.peer->id) : std::nullopt;
  if (!opened.ok() || (person && (*opened)->talkTo(*person) == nullptr)) {
    search_->open();
    search_->showProblem(
        fromUtf8(app::describe(opened.ok() ? app::Error{app::Errc::NotFound, app::titleOf(info)} : opened.error())));
    return;
  }
  show({rooms_.indexOf(**opened).value_or(0), person});
  chat().reveal(hit.stored.position);
}

/// The open room of a conversation, or of the room in which a private chat is; else as it was saved.
app::Result<RoomController*> MainFrame::roomOf(const app::ConversationInfo& info) {
  const app::RoomId id = info.peer ? info.peer->room : info.room;
  if (RoomController* open = rooms_.withId(id)) return open;
  for (const app::ConversationInfo& saved : app::listConversations(services_.profile.paths.conversations)) {
    if (saved.room == id) return addSaved(saved);
  }
  return app::Error{app::Errc::NotFound, app::titleOf(info)};
}

}  // namespace earshot::ui

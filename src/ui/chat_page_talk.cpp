// What the page shows of its room, and what is typed into it.

#include <utility>

#include "app/error_text.h"
#include "ui/chat_header.h"
#include "ui/chat_page.h"
#include "ui/composer.h"
#include "ui/find_bar.h"
#include "ui/join_code_step.h"
#include "ui/join_strip.h"
#include "ui/next_step.h"
#include "ui/room_bar.h"
#include "ui/room_controller.h"
#include "ui/strings.h"
#include "ui/transcript_view.h"
#include "ui/typed_text.h"

namespace earshot::ui {

void ChatPage::showRoom(RoomController* room, const std::string& draft) {
  if (room == room_) return;
  room_ = room;
  findBar_->close();
  codeArea_->Hide();
  transcript_->setModel(room != nullptr ? &room->transcript() : nullptr);
  composer_->setText(draft);
  if (room == nullptr) return;
  RoomNews all;
  all.admitted = all.peopleChanged = all.titleChanged = all.accessChanged = true;
  refresh(all);
  focusComposer();
}

void ChatPage::refresh(const RoomNews& news) {
  if (room_ == nullptr) return;
  if (news.titleChanged || news.peopleChanged) header_->show(*room_);
  if (news.titleChanged || news.accessChanged) strip_->show(*room_);
  if (news.peopleChanged) sidebar_->showPeople(room_->people(), room_->isHosting());
  if (news.admitted) findBar_->setConversation(room_->conversation());
  if (news.admitted || news.ended || news.titleChanged) refreshState();
  for (const app::Error& refusal : news.refusals) {
    bar_->showBriefly(fromUtf8(app::describe(refusal)), true);
  }
}

void ChatPage::refreshState() {
  composer_->setWritable(room_->isOpen(), room_->isOpen() ? tr("Write a message…") : _("You are not connected."));
  refreshCodeStep();
  if (room_->isOpen() || room_->isAskingForCode()) {
    bar_->clearState();
  } else if (room_->phase() == RoomPhase::Connecting) {
    bar_->showState(wxString::Format(tr("Connecting to %s…"), fromUtf8(room_->roomName())), _("Cancel"), onDisconnect);
  } else {
    showWayBack();
  }
}

void ChatPage::refreshCodeStep() {
  const bool wanted = room_->isAskingForCode();
  if (wanted != codeArea_->IsShown()) {
    codeStep_->clear();
    codeArea_->Show(wanted);
    if (wanted) codeStep_->focusField();
    roomPanel_->Layout();
  }
  if (wanted) codeStep_->show(*room_);
}

/// Why the room is not open, and what leads back into it, if the person can do something.
void ChatPage::showWayBack() {
  const app::Error reason = room_->failure().value_or(app::Error{app::Errc::Cancelled});
  const bool plain = reason.code == app::Errc::Cancelled;
  const wxString sentence = plain ? (room_->wasHostedHere() ? _("You hosted this room; it is closed at the moment.")
                                                            : _("You are not in this room at the moment."))
                                  : fromUtf8(app::describe(reason));
  switch (nextStepAfter(reason)) {
    case NextStep::TryAgain:
      bar_->showState(sentence, room_->wasHostedHere() ? _("Host again") : _("Join again"), onReconnect);
      break;
    case NextStep::TypeJoinCode:
    case NextStep::MayTypeJoinCode:
      bar_->showState(sentence, tr("Enter a join code…"), onTypeCode);
      break;
    case NextStep::AskForAnotherWay:
      bar_->showState(sentence, {}, nullptr);
      break;
  }
}

void ChatPage::showCodeProblem(const wxString& sentence) {
  codeStep_->showProblem(sentence);
}

void ChatPage::showRooms(std::vector<RoomEntry> rooms, std::size_t selected) {
  sidebar_->showRooms(std::move(rooms), selected);
}

void ChatPage::showBriefly(const wxString& sentence, bool problem) {
  bar_->showBriefly(sentence, problem);
}

std::optional<wxString> ChatPage::submit(const std::string& text) {
  if (room_ == nullptr || !room_->isOpen()) return _("You are not connected, so this cannot be sent now.");
  const app::TypedLine line = app::parseTypedLine(text);
  if (const auto* problem = std::get_if<app::SlashError>(&line)) return fromUtf8(problem->sentence);
  if (const auto* command = std::get_if<app::Command>(&line)) return send(*command);
  if (std::holds_alternative<app::SlashPrivate>(line)) return _("Private messages need a terminal so far.");
  if (onLocalCommand) {
    // Leaving destroys what is being typed into: not from inside its own event.
    CallAfter([this, line] { onLocalCommand(line); });
  }
  return std::nullopt;
}

std::optional<wxString> ChatPage::send(const app::Command& command) {
  const auto checked = checkCommand(command);
  if (!checked.ok()) return fromUtf8(app::describe(checked.error()));
  if (const auto* text = std::get_if<app::SendText>(&*checked)) {
    room_->sendText(text->style, text->text);
    transcript_->scrollToEnd();
  } else if (const auto* rename = std::get_if<app::Rename>(&*checked)) {
    room_->rename(rename->name);
  } else if (const auto* topic = std::get_if<app::SetTopic>(&*checked)) {
    room_->setTopic(topic->topic);
  }
  return std::nullopt;
}

void ChatPage::reveal(app::Position position) {
  if (room_ == nullptr) return;
  const auto index = room_->transcript().showAround(position);
  if (index) transcript_->revealRow(*index);
}

}  // namespace earshot::ui

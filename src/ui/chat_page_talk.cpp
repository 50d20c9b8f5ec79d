// What the page shows of its room or private chat, and what is typed into it.

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
#include "ui/trust_words.h"
#include "ui/typed_text.h"
#include "ui/typing_line.h"

namespace earshot::ui {

void ChatPage::show(RoomController* room, PrivateTalk* alone, const std::string& draft) {
  Talk* talk = alone != nullptr ? static_cast<Talk*>(alone) : room;
  if (talk == talk_) return;
  room_ = room;
  alone_ = alone;
  talk_ = talk;
  findBar_->close();
  codeArea_->Hide();
  transcript_->setModel(talk != nullptr ? &talk->transcript() : nullptr);
  endPurpose();
  composer_->setText(draft);
  refreshTyping();
  if (talk == nullptr) return;
  RoomNews all;
  all.admitted = all.peopleChanged = all.titleChanged = all.accessChanged = true;
  refresh(all);
  focusComposer();
}

void ChatPage::refresh(const RoomNews& news) {
  if (room_ == nullptr) return;
  if (news.titleChanged || news.peopleChanged || news.privateChanged) {
    if (alone_ != nullptr) {
      header_->show(*room_, *alone_);
    } else {
      header_->show(*room_);
    }
  }
  if (news.titleChanged || news.accessChanged) strip_->show(*room_, alone_ == nullptr);
  if (news.peopleChanged) sidebar_->showPeople(room_->people(), room_->isHosting());
  if (news.admitted || news.privateChanged) findBar_->setConversation(talk_->conversation());
  if (news.admitted || news.ended || news.titleChanged || news.privateChanged || news.savingChanged) {
    refreshState();
  }
  if (news.typingChanged) refreshTyping();
  for (const app::Error& refusal : news.refusals) {
    bar_->showBriefly(fromUtf8(app::describe(refusal)), true);
  }
}

void ChatPage::refreshState() {
  refreshCodeStep();
  if (room_->isOpen()) return refreshTalkState();
  composer_->setWritable(talk_->isWritable(), talk_->isWritable()
                                                  ? tr("Write a message; it is sent when you are connected again…")
                                                  : _("You are not connected."));
  if (room_->phase() == RoomPhase::Returning) {
    const app::Error reason = room_->failure().value_or(app::Error{app::Errc::ConnectionLost});
    bar_->showRetry(fromUtf8(app::describe(reason)), room_->retryAt(), onReconnect);
    return;
  }
  if (room_->isAskingForCode()) {
    bar_->clearState();
  } else if (room_->phase() == RoomPhase::Connecting) {
    bar_->showState(wxString::Format(tr("Connecting to %s…"), fromUtf8(room_->roomName())), _("Cancel"), onDisconnect);
  } else {
    showWayBack();
  }
}

/// The room is open: what may be written into it, or to the person.
void ChatPage::refreshTalkState() {
  const wxString name = alone_ != nullptr ? fromUtf8(alone_->title()) : wxString{};
  if (alone_ == nullptr || !alone_->isPaused()) {
    composer_->setWritable(
        true, alone_ != nullptr ? wxString::Format(tr("Write to %s alone…"), name) : wxString(tr("Write a message…")));
    if (room_->saving().failed) return bar_->showProblem(fromUtf8(app::describeUnsaved(room_->saving())));
    return bar_->clearState();
  }
  composer_->setWritable(false, _("Sending is paused."));
  bar_->showState(personInWords(alone_->trust(), name), tr("Decide…"), onTrust);
}

void ChatPage::refreshTyping() {
  typingTimer_.Stop();
  std::vector<std::string> names;
  if (room_ != nullptr && alone_ == nullptr) {
    const auto now = std::chrono::steady_clock::now();
    for (const auto& who : room_->typists().at(now)) {
      if (const Person* person = room_->people().find(who)) names.push_back(person->name);
    }
    if (const auto next = room_->typists().nextChange(now)) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - now);
      typingTimer_.StartOnce(static_cast<int>(left.count()) + 1);
    }
  }
  typing_->show(names);
}

/// Not a command, and not for one person alone.
bool ChatPage::isForAll(const std::string& text) const {
  if (alone_ != nullptr || text.empty()) return false;
  const app::TypedLine line = app::parseTypedLine(text);
  const auto* command = std::get_if<app::Command>(&line);
  return command != nullptr && std::holds_alternative<app::SendText>(*command);
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
  if (room_->isForReading()) {
    bar_->showState(_("This conversation was brought here from somewhere else; it is only for reading."), {}, nullptr);
    return;
  }
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

void ChatPage::showTalks(const std::vector<TalkEntry>& talks, const TalkPlace& selected) {
  sidebar_->showTalks(talks, selected);
}

void ChatPage::showBriefly(const wxString& sentence, bool problem) {
  bar_->showBriefly(sentence, problem);
}

std::optional<wxString> ChatPage::submit(const std::string& text) {
  if (talk_ == nullptr || !(room_->isOpen() || talk_->isWritable())) {
    return _("You are not connected, so this cannot be sent now.");
  }
  // Another text for a message is taken as it stands.
  if (purpose_ && purpose_->isEdit) return send(app::SendText{app::TextStyle::Plain, text});
  const app::TypedLine line = app::parseTypedLine(text);
  if (const auto* problem = std::get_if<app::SlashError>(&line)) return fromUtf8(problem->sentence);
  if (const auto* command = std::get_if<app::Command>(&line)) return send(*command);
  if (const auto* asked = std::get_if<app::SlashPrivate>(&line)) return submitPrivate(*asked);
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
    if (purpose_) return sendForPurpose(*text);
    if (!talk_->isWritable()) return _("Sending is paused until you have decided about the other key.");
    talk_->sendText(text->style, text->text);
    transcript_->scrollToEnd();
  } else if (const auto* rename = std::get_if<app::Rename>(&*checked)) {
    room_->rename(rename->name);
  } else if (const auto* topic = std::get_if<app::SetTopic>(&*checked)) {
    room_->setTopic(topic->topic);
  }
  return std::nullopt;
}

std::optional<wxString> ChatPage::submitPrivate(const app::SlashPrivate& asked) {
  using What = app::SlashPrivate::What;
  const auto addressed = room_->addressedBy(asked.line);
  const bool isTextAfterName = asked.what != What::Message && addressed && !addressed->text.empty();
  if (!addressed || isTextAfterName) return fromUtf8(app::describe({app::Errc::PersonUnknown, {}}));
  const app::MemberId person = addressed->person;
  switch (asked.what) {
    case What::Message:
      return sendPrivate(person, addressed->text);
    case What::Accept:
      if (PrivateTalk* talk = room_->talkTo(person)) talk->acceptKey();
      break;
    case What::Verify:
      if (PrivateTalk* talk = room_->talkTo(person)) talk->setVerified(true);
      break;
    case What::Safety:
      // Its dialog has an event loop of its own: not from inside the composer's event.
      CallAfter([this, person] {
        if (onTrustOf) onTrustOf(person);
      });
      break;
  }
  return std::nullopt;
}

/// Sends what there is to send, and shows the chat.
std::optional<wxString> ChatPage::sendPrivate(const app::MemberId& person, const std::string& text) {
  PrivateTalk* talk = room_->talkTo(person);
  if (talk == nullptr) return fromUtf8(app::describe({app::Errc::PersonUnknown, {}}));
  if (!text.empty()) {
    const auto checked = checkCommand(app::SendText{app::TextStyle::Plain, text});
    if (!checked.ok()) return fromUtf8(app::describe(checked.error()));
    if (!talk->isWritable()) return fromUtf8(app::describe({app::Errc::PersonKeyChanged, talk->title()}));
    const auto& cleaned = std::get<app::SendText>(*checked);
    talk->sendText(cleaned.style, cleaned.text);
  }
  CallAfter([this, person] {
    if (onWriteTo) onWriteTo(person);
  });
  return std::nullopt;
}

void ChatPage::reveal(app::Position position) {
  if (talk_ == nullptr) return;
  const auto index = talk_->transcript().showAround(position);
  if (index) transcript_->revealRow(*index);
}

}  // namespace earshot::ui

#include "ui/private_talk.h"

#include <utility>

#include "app/clock.h"
#include "app/private_chat.h"
#include "ui/room_controller.h"

namespace earshot::ui {

PrivateTalk::PrivateTalk(Setting setting) : setting_(std::move(setting)) {
  transcript_.setSelf(setting_.self, setting_.selfName);
}

bool PrivateTalk::isPaused() const {
  return trust_ == app::PersonTrust::KeyChanged || trust_ == app::PersonTrust::VerifiedKeyChanged;
}

std::optional<app::RoomId> PrivateTalk::conversationId() const {
  return app::privateChatId(setting_.room, setting_.self, setting_.person);
}

bool PrivateTalk::isWritable() const {
  return setting_.isRoomWritable() && !isPaused();
}

void PrivateTalk::sendText(app::TextStyle style, const std::string& text) {
  submitText(app::makeRequestId(), style, text);
}

void PrivateTalk::retry(const TranscriptRow& row) {
  submitText(row.request, row.style, row.text);
}

void PrivateTalk::submitText(const app::RequestId& id, app::TextStyle style, const std::string& text) {
  if (!isWritable()) return;
  transcript_.asked({id, app::systemNow(), style, text});
  setting_.ask(app::SendPrivate{id, setting_.person, setting_.name, style, text});
}

void PrivateTalk::acceptKey() {
  if (!setting_.isRoomOpen()) return;
  setting_.ask(app::AcceptKey{app::makeRequestId(), setting_.person, setting_.name});
}

void PrivateTalk::setVerified(bool verified) {
  if (!setting_.isRoomOpen()) return;
  setting_.ask(app::SetVerified{app::makeRequestId(), setting_.person, setting_.name, verified});
}

void PrivateTalk::askSafetyWords(OnWords onWords) {
  if (!setting_.isRoomOpen()) return;
  onWords_ = std::move(onWords);
  wordsAsked_ = app::makeRequestId();
  setting_.ask(app::AskSafetyWords{wordsAsked_, setting_.person, setting_.name});
}

app::Status PrivateTalk::openHistory(const std::filesystem::path& conversation) {
  auto reader = app::ConversationReader::open(conversation);
  if (!reader.ok()) return reader.error();
  app::Status opened = transcript_.openHistory(std::move(reader).value(), setting_.self);
  if (!opened.ok()) return opened;
  conversation_ = conversation;
  // Of a chat that was never looked at, everything is new.
  const auto readUpTo = setting_.readUpTo ? setting_.readUpTo(*conversationId()) : std::nullopt;
  transcript_.setReadUpTo(readUpTo.value_or(app::Position{}));
  return opened;
}

void PrivateTalk::apply(const app::PrivateUpdate& update, RoomNews& news) {
  std::visit([&](const auto& what) { apply(what, news); }, update);
}

void PrivateTalk::apply(const app::PrivatePerson& told, RoomNews& news) {
  setting_.name = told.name;
  trust_ = told.trust;
  news.privateChanged = true;
  if (told.conversation.empty() || told.conversation == conversation_) return;
  if (const auto opened = openHistory(told.conversation); !opened.ok()) news.refusals.push_back(opened.error());
}

void PrivateTalk::apply(const app::PrivateEvent& event, RoomNews& news) {
  transcript_.received(event.stored);
  news.privateChanged = true;
  if (std::holds_alternative<app::TextPosted>(event.stored.event.body)) news.privateTexts.push_back(event.stored);
}

void PrivateTalk::apply(const app::PrivateQueued& queued, RoomNews&) {
  transcript_.queued(queued.text);
}

void PrivateTalk::apply(const app::PrivateSent& sent, RoomNews&) {
  transcript_.sent(sent.stored);
}

void PrivateTalk::apply(const app::PrivateDelivered& delivered, RoomNews&) {
  transcript_.delivered(delivered.id);
}

void PrivateTalk::apply(const app::PrivateDone&, RoomNews&) {}  // the person was told with it

void PrivateTalk::apply(const app::PrivateRefused& refused, RoomNews& news) {
  if (onWords_ && refused.id == wordsAsked_) return answer(refused.error);
  transcript_.refused(refused.id);
  news.refusals.push_back(refused.error);
}

void PrivateTalk::apply(const app::PrivateSafetyWords& words, RoomNews&) {
  if (words.id == wordsAsked_) answer(words);
}

void PrivateTalk::answer(const app::Result<app::PrivateSafetyWords>& words) {
  if (const OnWords onWords = std::exchange(onWords_, nullptr)) onWords(words);
}

void PrivateTalk::roomInterrupted() {
  if (onWords_) answer(app::Error{app::Errc::NotAMember, {}});
}

void PrivateTalk::roomEnded() {
  transcript_.linkEnded();
  roomInterrupted();
}

}  // namespace earshot::ui

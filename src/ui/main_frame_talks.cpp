// Which conversation is shown, what of it is read, and private chats.

#include <wx/choicdlg.h>
#include <wx/simplebook.h>

#include "ui/chat_page.h"
#include "ui/main_frame.h"
#include "ui/native_style.h"
#include "ui/person_dialog.h"
#include "ui/start_page.h"
#include "ui/strings.h"
#include "ui/transcript_view.h"
#include "ui/trust_dialog.h"

namespace earshot::ui {
namespace {

enum Page : int { kStartPage, kChatPage };

}  // namespace

bool MainFrame::isChatShown() const {
  return book_->GetSelection() == kChatPage;
}

Talk* MainFrame::shownTalk() const {
  return isChatShown() ? rooms_.currentTalk() : nullptr;
}

void MainFrame::showStart() {
  placeUnreadLine();
  auto conversations = app::listConversations(services_.profile.paths.conversations);
  // Private chats come with their rooms.
  std::erase_if(conversations, [](const auto& info) { return info.peer.has_value(); });
  start_->setConversations(std::move(conversations));
  const RoomController* room = rooms_.current();
  start_->setRoomToReturnTo(room != nullptr ? room->roomName() : std::string());
  book_->SetSelection(kStartPage);
  start_->focusFirst(!settings_->get().name.empty());
  updateTitle();
}

void MainFrame::showRoom(const RoomController& room) {
  show({rooms_.indexOf(room).value_or(0), {}});
}

void MainFrame::show(const TalkPlace& place) {
  Talk* talk = rooms_.talkAt(place);
  if (talk == nullptr) return;
  placeUnreadLine();
  rooms_.select(place);
  std::string draft;
  if (const auto id = talk->conversationId()) {
    const auto& drafts = settings_->get().drafts;
    const auto found = drafts.find(app::hexOf(*id));
    if (found != drafts.end()) draft = found->second;
  }
  ChatPage& page = chat();
  book_->SetSelection(kChatPage);
  page.show(rooms_.current(), rooms_.currentPrivate(), draft);
  page.focusComposer();
  updateRead();
  showTalkList();
  updateTitle();
}

void MainFrame::showTalkList() {
  std::vector<TalkEntry> entries;
  for (const TalkPlace& place : rooms_.places()) {
    const RoomController& room = rooms_.at(place.room);
    Talk& talk = *rooms_.talkAt(place);
    // People of several rooms may have one name.
    const bool mayMeanSeveral = place.person && rooms_.size() > 1;
    std::string name = talk.title();
    if (mayMeanSeveral) name = toUtf8(wxString::Format(tr("%s · %s"), fromUtf8(name), fromUtf8(room.roomName())));
    entries.push_back({place, std::move(name), room.roomId().value_or(app::RoomId{}), talk.transcript().unreadCount()});
  }
  chat().showTalks(entries, rooms_.selected());
}

// --- reading and writing ---------------------------------------------------------------------------

void MainFrame::keepDraft(const std::string& text) {
  const Talk* talk = rooms_.currentTalk();
  const auto id = talk != nullptr ? talk->conversationId() : std::nullopt;
  if (!id) return;
  settings_->change([&](app::Settings& settings) {
    if (text.empty()) {
      settings.drafts.erase(app::hexOf(*id));
    } else {
      settings.drafts[app::hexOf(*id)] = text;
    }
  });
}

void MainFrame::updateRead() {
  Talk* talk = shownTalk();
  if (closing_ || talk == nullptr || !IsActive() || !chat().transcript().isAtEnd()) return;
  talk->transcript().markRead();
  const auto id = talk->conversationId();
  if (!id) return;
  const auto position = app::toNumber(talk->transcript().lastPosition());
  settings_->change([&](app::Settings& settings) { settings.readUpTo[app::hexOf(*id)] = position; });
  showTalkList();
}

/// The line "new messages" will stand where the person stopped looking.
void MainFrame::placeUnreadLine() {
  Talk* talk = shownTalk();
  if (talk == nullptr) return;
  if (talk->transcript().unreadCount() == 0) talk->transcript().setReadUpTo(talk->transcript().lastPosition());
}

// --- private chats ---------------------------------------------------------------------------------

void MainFrame::writeTo(const app::MemberId& person) {
  RoomController* room = rooms_.current();
  if (room == nullptr || room->talkTo(person) == nullptr) return;
  show({rooms_.selected().room, person});
}

void MainFrame::choosePersonToWriteTo() {
  const RoomController* room = isChatShown() ? rooms_.current() : nullptr;
  if (room == nullptr || room->othersInside() == 0) return;
  wxArrayString names;
  std::vector<app::MemberId> people;
  for (std::size_t i = 0; i < room->people().size(); ++i) {
    const Person& person = room->people().at(i);
    if (person.self) continue;
    names.Add(fromUtf8(person.name));
    people.push_back(person.id);
  }
  wxSingleChoiceDialog dialog(this, _("Who is to read it?"), _("Write privately"), names);
  markDialog(&dialog);
  if (dialog.ShowModal() == wxID_OK && !closing_) writeTo(people[static_cast<std::size_t>(dialog.GetSelection())]);
}

void MainFrame::showTrust() {
  const RoomController* room = isChatShown() ? rooms_.current() : nullptr;
  if (room == nullptr || !room->isOpen()) return;
  if (const PrivateTalk* alone = rooms_.currentPrivate()) return showTrustOf(alone->person());
  ui::showTrust(this, room->hostProof(), room->hostKey(), safetyWords_);
}

void MainFrame::showTrustOf(const app::MemberId& person) {
  RoomController* room = rooms_.current();
  PrivateTalk* talk = room != nullptr && room->isOpen() ? room->talkTo(person) : nullptr;
  if (talk == nullptr) return;
  showTalkList();
  PersonQuestion question{fromUtf8(talk->title()), talk->trust(), {}};
  question.askWords = [talk](PersonQuestion::OnWords onWords) { talk->askSafetyWords(std::move(onWords)); };
  const auto id = room->roomId();
  const PersonDecision decision = askAboutPerson(this, question);
  // The room may be gone, or another one be shown, after the dialog.
  RoomController* still = !closing_ && id ? rooms_.withId(*id) : nullptr;
  PrivateTalk* alone = still != nullptr ? still->privateTalk(person) : nullptr;
  if (alone == nullptr) return;
  alone->forgetWords();
  if (decision == PersonDecision::Accept) alone->acceptKey();
  if (decision == PersonDecision::Same || decision == PersonDecision::Different) {
    alone->setVerified(decision == PersonDecision::Same);
  }
}

}  // namespace earshot::ui

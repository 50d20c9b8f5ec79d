// The private chats of a room.

#include <utility>

#include "app/addressee.h"
#include "ui/room_controller.h"

namespace earshot::ui {

PrivateTalk* RoomController::privateTalk(const app::MemberId& person) const {
  for (const auto& talk : privateTalks_) {
    if (talk->person() == person) return talk.get();
  }
  return nullptr;
}

PrivateTalk* RoomController::talkTo(const app::MemberId& person) {
  if (PrivateTalk* known = privateTalk(person)) return known;
  const Person* here = people_.find(person);
  if (here == nullptr || here->self || !roomId_) return nullptr;
  return &addTalk(person, here->name);
}

PrivateTalk& RoomController::addTalk(const app::MemberId& person, const std::string& name) {
  if (PrivateTalk* known = privateTalk(person)) return *known;
  PrivateTalk::Setting setting;
  setting.room = roomId_.value_or(app::RoomId{});
  setting.self = self_;
  setting.selfName = selfName_;
  setting.person = person;
  setting.name = name;
  setting.isRoomOpen = [this] { return isOpen() && link_ != nullptr; };
  setting.isRoomWritable = [this] { return isWritable() && link_ != nullptr; };
  setting.ask = [this](app::PrivateRequest request) {
    if (link_) link_->submitPrivate(std::move(request));
  };
  setting.readUpTo = backend_.readUpTo;
  return *privateTalks_.emplace_back(std::make_unique<PrivateTalk>(std::move(setting)));
}

/// Those of before, for reading as long as nothing is connected. What cannot be read is not shown; it
/// is told when the room is entered.
void RoomController::openSavedTalks() {
  for (const app::ConversationInfo& info : app::listConversations(backend_.conversations)) {
    if (!info.peer || info.peer->room != roomId_ || info.self != self_) continue;
    PrivateTalk& talk = addTalk(info.peer->id, info.peer->name);
    if (talk.openHistory(info.path).ok()) talk.roomEnded();
  }
}

std::optional<RoomController::Addressed> RoomController::addressedBy(const std::string& line) const {
  std::vector<std::string> names;
  std::vector<app::MemberId> ids;
  for (std::size_t i = 0; i < people_.size(); ++i) {
    if (people_.at(i).self) continue;
    names.push_back(people_.at(i).name);
    ids.push_back(people_.at(i).id);
  }
  for (const auto& talk : privateTalks_) {
    names.push_back(talk->title());
    ids.push_back(talk->person());
  }
  auto found = app::findAddressee(line, names);
  if (!found) return std::nullopt;
  return Addressed{ids[found->index], std::move(found->text)};
}

}  // namespace earshot::ui

#include "ui/open_rooms.h"

#include <algorithm>
#include <utility>

#include "app/limits.h"
#include "app/names.h"

namespace earshot::ui {

RoomController& OpenRooms::add(std::unique_ptr<RoomController> room) {
  rooms_.push_back(std::move(room));
  return *rooms_.back();
}

std::unique_ptr<RoomController> OpenRooms::remove(const RoomController& room) {
  const auto index = indexOf(room);
  if (!index) return nullptr;
  auto taken = std::move(rooms_[*index]);
  rooms_.erase(rooms_.begin() + static_cast<std::ptrdiff_t>(*index));
  std::size_t& selected = selected_.room;
  if (*index == selected) selected_.person.reset();
  if (*index < selected || selected >= rooms_.size()) selected = selected == 0 ? 0 : selected - 1;
  return taken;
}

void OpenRooms::clear() {
  rooms_.clear();
  selected_ = {};
}

std::optional<std::size_t> OpenRooms::indexOf(const RoomController& room) const {
  const auto found = std::find_if(rooms_.begin(), rooms_.end(), [&](const auto& each) { return each.get() == &room; });
  if (found == rooms_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - rooms_.begin());
}

RoomController* OpenRooms::withId(const app::RoomId& id, const RoomController* except) const {
  for (const auto& room : rooms_) {
    if (room.get() != except && room->roomId() == id) return room.get();
  }
  return nullptr;
}

RoomController* OpenRooms::atAddress(const std::string& typed) const {
  for (const auto& room : rooms_) {
    if (!room->isOpen()) continue;
    const std::string& address = room->address();
    if (typed == address || typed == room->target() || withPort(typed, app::kDefaultPort) == address) return room.get();
  }
  return nullptr;
}

RoomController* OpenRooms::hostedAs(const std::string& roomName) const {
  const auto name = app::normalizeRoomName(roomName);
  if (!name) return nullptr;
  for (const auto& room : rooms_) {
    if (room->isHosting() && app::roomNameKey(room->roomName()) == app::roomNameKey(*name)) return room.get();
  }
  return nullptr;
}

void OpenRooms::select(const TalkPlace& place) {
  if (talkAt(place) != nullptr) selected_ = place;
}

RoomController* OpenRooms::current() const {
  return selected_.room < rooms_.size() ? rooms_[selected_.room].get() : nullptr;
}

PrivateTalk* OpenRooms::currentPrivate() const {
  const RoomController* room = current();
  return room != nullptr && selected_.person ? room->privateTalk(*selected_.person) : nullptr;
}

Talk* OpenRooms::currentTalk() const {
  return talkAt(selected_);
}

Talk* OpenRooms::talkAt(const TalkPlace& place) const {
  if (place.room >= rooms_.size()) return nullptr;
  RoomController* room = rooms_[place.room].get();
  if (place.person) return room->privateTalk(*place.person);
  return room;
}

std::vector<TalkPlace> OpenRooms::places() const {
  std::vector<TalkPlace> places;
  for (std::size_t i = 0; i < rooms_.size(); ++i) places.push_back({i, {}});
  for (std::size_t i = 0; i < rooms_.size(); ++i) {
    for (const auto& talk : rooms_[i]->privateTalks()) places.push_back({i, talk->person()});
  }
  return places;
}

TalkPlace OpenRooms::neighbour(int step) const {
  const auto all = places();
  const auto count = static_cast<std::ptrdiff_t>(all.size());
  const auto at = std::find(all.begin(), all.end(), selected_) - all.begin();
  return all[static_cast<std::size_t>((at % count + step % count + count) % count)];
}

std::size_t OpenRooms::unreadCount() const {
  std::size_t count = 0;
  for (const TalkPlace& place : places()) count += talkAt(place)->transcript().unreadCount();
  return count;
}

std::vector<EndedRoom> roomsThatWouldEnd(const OpenRooms& rooms) {
  std::vector<EndedRoom> ended;
  for (std::size_t i = 0; i < rooms.size(); ++i) {
    const RoomController& room = rooms.at(i);
    if (room.isHosting() && room.othersInside() > 0) ended.push_back({room.roomName(), room.othersInside()});
  }
  return ended;
}

}  // namespace earshot::ui

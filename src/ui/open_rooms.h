#pragma once
// The rooms that are open at once, in the order they were opened, and which one is shown. No wx.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/room_controller.h"

namespace earshot::ui {

/// A room of the list, or the private chat with a person in it.
struct TalkPlace {
  std::size_t room = 0;
  std::optional<app::MemberId> person;

  bool operator==(const TalkPlace&) const = default;
};

class OpenRooms {
 public:
  /// Adds at the end; does not select it.
  RoomController& add(std::unique_ptr<RoomController> room);
  /// Takes it out; the selection moves to a neighbour.
  [[nodiscard]] std::unique_ptr<RoomController> remove(const RoomController& room);
  void clear();

  [[nodiscard]] std::size_t size() const { return rooms_.size(); }
  [[nodiscard]] bool empty() const { return rooms_.empty(); }
  [[nodiscard]] RoomController& at(std::size_t index) const { return *rooms_[index]; }
  [[nodiscard]] std::optional<std::size_t> indexOf(const RoomController& room) const;
  /// nullptr when there is none.
  [[nodiscard]] RoomController* withId(const app::RoomId& id, const RoomController* except = nullptr) const;
  /// The open room that this address would lead to, as far as can be told without asking.
  [[nodiscard]] RoomController* atAddress(const std::string& typed) const;

  /// The open room of this name that is hosted here: one room is never hosted twice.
  [[nodiscard]] RoomController* hostedAs(const std::string& roomName) const;

  /// Nothing happens when there is no such place.
  void select(const TalkPlace& place);
  [[nodiscard]] const TalkPlace& selected() const { return selected_; }
  /// The room that is selected, or in which the private chat is; nullptr when there is none.
  [[nodiscard]] RoomController* current() const;
  /// The private chat that is selected; nullptr when it is the room itself.
  [[nodiscard]] PrivateTalk* currentPrivate() const;
  /// The one of the two that is written into; nullptr when there is none.
  [[nodiscard]] Talk* currentTalk() const;
  /// All of them as they are listed: the rooms, then their private chats.
  [[nodiscard]] std::vector<TalkPlace> places() const;
  /// The place that many steps further, around the ends. Precondition: !empty().
  [[nodiscard]] TalkPlace neighbour(int step) const;
  /// nullptr when there is none there.
  [[nodiscard]] Talk* talkAt(const TalkPlace& place) const;

  [[nodiscard]] std::size_t unreadCount() const;

 private:
  std::vector<std::unique_ptr<RoomController>> rooms_;
  TalkPlace selected_;
};

/// A room that closing would end for others.
struct EndedRoom {
  std::string name;
  std::size_t others = 0;  ///< people inside besides us
};
/// Rooms hosted here with somebody else inside.
[[nodiscard]] std::vector<EndedRoom> roomsThatWouldEnd(const OpenRooms& rooms);

}  // namespace earshot::ui

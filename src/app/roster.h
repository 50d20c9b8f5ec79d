#pragma once
// Everybody in a room as of one event, kept by the host and by each member. Values only; one thread.

#include <map>
#include <string>
#include <vector>

#include "app/clock.h"
#include "app/event.h"
#include "app/ids.h"

namespace earshot::app {

struct Member {
  MemberId id;
  std::string name;
  UtcMillis since{};

  bool operator==(const Member&) const = default;
};

/// Equal exactly when two rosters are: same people, names and times. SHA-256; docs/PROTOCOL.md says of what.
using RosterDigest = FixedBytes<struct RosterDigestTag, 32>;

class Roster {
 public:
  Roster() = default;
  explicit Roster(std::vector<Member> members);

  /// Whether the event is about who is in the room or how they are called.
  [[nodiscard]] static bool isTouchedBy(const Event& event);
  /// Other events, and events about people who are not here, change nothing.
  void apply(const Event& event);

  [[nodiscard]] std::size_t size() const { return members_.size(); }
  /// nullptr when this id is not in the room.
  [[nodiscard]] const Member* find(const MemberId& id) const;
  /// In the order of their ids.
  [[nodiscard]] std::vector<Member> members() const;
  [[nodiscard]] RosterDigest digest() const;

 private:
  std::map<MemberId, Member> members_;
};

}  // namespace earshot::app

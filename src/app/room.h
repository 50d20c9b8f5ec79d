#pragma once
// The rules of a room: a pure state machine. decide() proposes, apply() changes; no I/O, no clock,
// no thread of its own. Whoever owns it (the host's network thread) calls it alone.

#include <optional>
#include <string>
#include <vector>

#include "app/clock.h"
#include "app/command.h"
#include "app/event.h"
#include "app/ids.h"
#include "app/result.h"
#include "app/roster.h"
#include "app/taken_names.h"

namespace earshot::app {

/// Everything that outlives a connection, as of the last applied event.
struct RoomState {
  std::string topic;
  Seq lastSeq{};
  std::vector<Member> members;
  std::optional<MemberId> owner{};  ///< may take back anybody's text
};

/// What a request about an earlier text is about, as the log has it.
struct Subject {
  std::optional<TextPosted> text{};  ///< nothing: no such text
  MemberId author{};
  bool reacted = false;  ///< of React: whoever asks has this emoji there
};

class Room {
 public:
  Room() = default;
  explicit Room(RoomState state);

  /// What would happen if this member asked this now: the event lastSeq() + 1, nothing when all is as asked already, or
  /// the reason why not. NameTaken carries a free name in detail. Changes nothing. subject: of the text that
  /// the request names (targetOf, or SendText::replyTo).
  [[nodiscard]] Result<std::optional<Event>> decide(const MemberId& from, const Request& request, UtcMillis now,
                                                    const Subject& subject = {}) const;

  /// The only way the state changes. Precondition: event.seq == next(lastSeq()).
  void apply(const Event& event);

  [[nodiscard]] Seq lastSeq() const { return lastSeq_; }
  [[nodiscard]] const std::string& topic() const { return topic_; }
  [[nodiscard]] const Roster& roster() const { return roster_; }
  /// nullptr when this id is not in the room.
  [[nodiscard]] const Member* find(const MemberId& id) const { return roster_.find(id); }

 private:
  [[nodiscard]] Result<std::string> acceptableName(const std::string& wanted, const MemberId& owner) const;
  [[nodiscard]] Event proposal(const Member& actor, UtcMillis now, EventBody body) const;

  std::string topic_;
  Seq lastSeq_{};
  Roster roster_;
  std::optional<MemberId> owner_;
  TakenNames names_;
};

}  // namespace earshot::app

#pragma once
// Judges a finished run: given what was sent, what was acknowledged, what the host's log holds and what
// every member saw and saved, was anything lost, repeated or reordered? Values only, no clock, no socket.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::test {

/// One event as somebody has it.
struct Entry {
  std::uint64_t seq = 0;
  std::string actor;
  std::string id;       ///< of a text; empty: another kind of event
  std::string content;  ///< the text, or the kind of event

  bool operator==(const Entry&) const = default;
};

/// One person, over all runs of their program.
struct Party {
  std::string name;
  std::vector<std::string> sent;                      ///< ids, in the order of saying; all were promised to be sent
  std::map<std::string, std::uint64_t> acknowledged;  ///< the number that was told for an id
  std::vector<std::string> waiting;                   ///< what is still in the outbox
  std::vector<Entry> shown;                           ///< in the order of showing
  std::vector<Entry> saved;                           ///< in the order of the conversation
  bool sawAll = true;                                 ///< was there, and had the time, to get everything settled
};

struct History {
  std::vector<Entry> log;
  std::vector<Party> parties;
  std::uint64_t settled = 0;  ///< up to here everybody must have everything
};

enum class Fault {
  GapInLog,
  RepeatedInLog,
  NeverSent,             ///< the log has a text that its sender did not say
  LostAcknowledged,      ///< the log does not have it under the number that was told
  LostPromised,          ///< neither in the log nor waiting
  SentAndWaiting,        ///< in the own history, and would be sent again
  SenderReordered,       ///< not in the order of saying
  DiffersFromLog,        ///< shown or saved, but not what the log has under this number
  ShownTwiceOrBackward,  ///< numbers must grow
  GapInView,             ///< something between the first and the last was never shown or saved
  Incomplete,            ///< ends before what is settled
};

struct Violation {
  Fault fault;
  std::string detail;
};

[[nodiscard]] std::vector<Violation> checkHistory(const History& history);

[[nodiscard]] std::string_view nameOf(Fault fault);
/// One line each, at most a few; empty when there are none.
[[nodiscard]] std::string describe(const std::vector<Violation>& violations);

}  // namespace earshot::test

#pragma once
// Who does too much: counts what every member and every address do, against the limits of the room. Pure,
// with the time handed in; owned by the host's network thread.

#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/flood_limits.h"
#include "app/ids.h"

namespace earshot::app {

/// Where a connection comes from.
struct FloodSource {
  std::string address;  ///< see guessSource
  bool isThisComputer = false;
};

class FloodGuard {
 public:
  using Time = TokenBucket::Time;
  using Wait = TokenBucket::Wait;

  /// The owner may do everything.
  FloodGuard(const FloodLimits& limits, std::optional<MemberId> owner, FloodPatience patience = {});

  /// Zero: it may go on, and that is counted. Else how long until it may; then nothing is counted.
  Wait take(FloodKind kind, const MemberId& member, const FloodSource& source, Time now);
  /// What take would answer.
  [[nodiscard]] Wait wait(FloodKind kind, const MemberId& member, const FloodSource& source, Time now) const;

  // Texts and letters are sent again by themselves, when the time is over that their sender was told to wait.

  /// How long this member is muted; zero: it is not.
  [[nodiscard]] Wait muted(const MemberId& member, Time now) const;
  struct Refusal {
    Wait wait;
    bool isTheEnd = false;  ///< it was muted too often
  };
  /// A text is refused, because there are too many or it was said behind such a one. The time to wait is that in
  /// which all of the burst is there again, so that a long outbox does not come in drops.
  Refusal refuseText(const MemberId& member, const FloodSource& source, Time now);
  /// A letter is about to be kept: zero, and it is counted. Else how long its sender has to wait with all letters,
  /// so that those behind this one do not overtake it.
  Wait takeLetter(const MemberId& member, const FloodSource& source, Time now);
  /// The member is on a new connection, and may not have heard that it has to wait.
  void cameIn(const MemberId& member);

  /// How many members and addresses are remembered.
  [[nodiscard]] std::size_t size() const { return doings_.size() + ofAddress_.size(); }

 private:
  /// Buckets are made when something is taken from them; until then they are full.
  using Buckets = std::array<std::optional<TokenBucket>, kFloodKinds>;
  struct Doings {
    Buckets buckets;
    Time textsFrom{};  ///< it was told not to send any before
    Time lettersFrom{};
    std::size_t onTheirWay = 0;  ///< texts that may still come, sent before it could know
    std::uint32_t ignored = 0;   ///< refusals beyond those, since…
    Time ignoredSince{};
    Time mutedUntil{};
    std::vector<Time> mutes;
  };

  [[nodiscard]] bool isLimited(FloodKind kind, const MemberId& member, const FloodSource& source) const;
  /// Until all of the burst is there again, between the shortest and longest time that a member waits.
  [[nodiscard]] Wait untilRefilled(FloodKind kind, const MemberId& member, const FloodSource& source, Time now) const;
  [[nodiscard]] bool isOver(const Doings& doings, Time now) const;
  void tidy(Time now);

  FloodLimits limits_;
  std::optional<MemberId> owner_;
  FloodPatience patience_;
  std::unordered_map<MemberId, Doings> doings_;
  std::unordered_map<std::string, Buckets> ofAddress_;
  Time nextTidying_{};
};

}  // namespace earshot::app

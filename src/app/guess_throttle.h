#pragma once
// How often a join code may be guessed: by one address and by all together. Whoever is known by its
// key or brings an invite guesses nothing and is not asked here, so nobody can lock the room's people
// out. Pure; owned by the host's network thread.

#include <chrono>
#include <deque>
#include <string>
#include <string_view>

namespace earshot::app {

class GuessThrottle {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Wait = std::chrono::milliseconds;

  /// A guess begins, because the host is about to send its share. Zero: it may, and counts as failed until
  /// it is given back. Else how long this address has to wait; then nothing is counted.
  [[nodiscard]] Wait charge(std::string_view address, Time now);
  /// The guess of this address that was charged at this time was right.
  void giveBack(std::string_view address, Time charged);
  /// What charge would answer.
  [[nodiscard]] Wait wait(std::string_view address, Time now) const;

 private:
  struct Guess {
    std::string source;
    Time time;
  };
  /// Those of the last minute, oldest first: at most kMaxRoomGuesses, because there the room waits.
  std::deque<Guess> guesses_;
};

/// Who a numeric address (with or without port) counts as: an IPv4 address, or the first 64 bits of
/// an IPv6 address, which is what one computer gets to choose from. "::ffff:10.0.0.1" is 10.0.0.1.
/// Anything else is itself, as far as a numeric address may be long.
[[nodiscard]] std::string guessSource(std::string_view address);

}  // namespace earshot::app

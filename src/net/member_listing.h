#pragma once
// Who is in the room, as members are told: made when the first one needs it, for all who come until it changes. One
// thread.

#include <optional>

#include "app/roster.h"
#include "net/codec.h"

namespace earshot::net {

class MemberListing {
 public:
  /// The Members frames.
  [[nodiscard]] const SharedBytes& frames(const app::Roster& roster) {
    if (!frames_) frames_ = membersFrames(roster.members());
    return frames_;
  }
  [[nodiscard]] bool isKnownAs(const app::RosterDigest& digest, const app::Roster& roster) {
    if (!digest_) digest_ = roster.digest();
    return *digest_ == digest;
  }
  /// The roster is another one from now on.
  void changed() {
    frames_.reset();
    digest_.reset();
  }

 private:
  SharedBytes frames_;
  std::optional<app::RosterDigest> digest_;
};

}  // namespace earshot::net

#pragma once
// One tick's requests, decided in order against the room. Nothing here is visible to anybody until
// the batch is committed; a batch that can't be committed leaves no trace.

#include <optional>
#include <unordered_map>
#include <variant>
#include <vector>

#include "app/event.h"
#include "app/host_log.h"
#include "app/room.h"
#include "app/room_access.h"

namespace earshot::net {

struct PendingRequest {
  std::uint64_t connection;
  app::MemberId member;
  app::Request request;
  app::AccessProof proof{};  ///< of a Join
};

/// What a request came to, to be told after the commit.
struct Outcome {
  struct Accepted {
    app::Seq seq{};  ///< 0: it changed nothing
    app::UtcMillis time{};
    bool duplicate = false;
  };
  /// joinedAs: the member's own event, or 0 when a new connection took over a present member.
  struct Admitted {
    app::Seq joinedAs{};
    std::string name;
  };
  struct Left {
    app::LeaveReason reason;
    std::string name;
  };
  std::size_t index;  ///< of the request in the batch
  std::variant<Accepted, Admitted, Left, app::Error> what;
};

/// Whether the host's disk is why, so that asking again later can help.
[[nodiscard]] bool isStorageError(app::Errc code);

/// Members whose text the disk refused, and why. Their texts after it are refused as well until they come again
/// from the first one on (SendText::anew): otherwise what was said later would be numbered before it.
using HeldTexts = std::unordered_map<app::MemberId, app::Error>;

class HostBatch {
 public:
  HostBatch(app::Room& room, app::RoomAccess& access, app::HostLog& log, HeldTexts& held)
      : room_(room), access_(access), log_(log), held_(held) {}

  /// Decides and applies all of them. The room is ahead of the log afterwards, until commit().
  void decide(const std::vector<PendingRequest>& requests, app::UtcMillis now);

  [[nodiscard]] const std::vector<app::Event>& events() const { return events_; }
  [[nodiscard]] const std::vector<Outcome>& outcomes() const { return outcomes_; }
  /// Whose key is enough from now on.
  [[nodiscard]] const std::vector<app::AccessChange>& accessChanges() const { return accessChanges_; }

 private:
  [[nodiscard]] decltype(Outcome::what) decideOne(const PendingRequest& pending, app::UtcMillis now);
  [[nodiscard]] decltype(Outcome::what) join(const PendingRequest& pending, const app::Join& join, app::UtcMillis now);
  [[nodiscard]] decltype(Outcome::what) accept(const PendingRequest& pending, app::UtcMillis now);
  [[nodiscard]] decltype(Outcome::what) text(const PendingRequest& pending, app::UtcMillis now);
  [[nodiscard]] app::Result<std::optional<app::Event>> earlier(const app::MemberId& sender, const app::RequestId& id);
  /// Decides, applies and keeps the events; the first of them, or none.
  [[nodiscard]] app::Result<std::optional<app::Event>> take(const app::MemberId& from, const app::Request& request,
                                                            app::UtcMillis now);

  /// What the request is about, with what this batch has changed of it.
  [[nodiscard]] app::Result<app::Subject> subjectOf(const app::MemberId& from, const app::Command& command);

  app::Room& room_;
  app::RoomAccess& access_;
  app::HostLog& log_;
  HeldTexts& held_;
  std::vector<app::Event> events_;
  std::vector<Outcome> outcomes_;
  std::vector<app::AccessChange> accessChanges_;
  std::unordered_map<app::RequestId, std::size_t> textsOfThisBatch_;  ///< id -> index in events_
};

}  // namespace earshot::net

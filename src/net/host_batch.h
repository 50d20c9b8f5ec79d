#pragma once
// One tick's requests, decided in order against the room. Nothing here is visible to anybody until
// the batch is committed; a batch that can't be committed leaves no trace.

#include <optional>
#include <unordered_map>
#include <variant>
#include <vector>

#include "app/event.h"
#include "app/flood_guard.h"
#include "app/host_log.h"
#include "app/room.h"
#include "app/room_access.h"

namespace earshot::net {

/// Instead of a connection: what the host's own person asks for without being in the room.
inline constexpr std::uint64_t kOwnRequest = 0;

struct PendingRequest {
  std::uint64_t connection;
  app::MemberId member;
  app::Request request;
  app::AccessProof proof{};  ///< of a Join
  app::FloodSource source{};
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
  /// retry: when asking again can help, because it is refused only for now; zero: it would be refused every time.
  struct Refused {
    app::Error error;
    std::chrono::milliseconds retry{};
    bool endsConnection = false;

    [[nodiscard]] bool isForNow() const { return retry > retry.zero(); }
  };
  std::size_t index;  ///< of the request in the batch
  std::variant<Accepted, Admitted, Left, Refused> what;
};

/// As the member is told: what the host's disk could not take is refused for now, and its paths are not told.
[[nodiscard]] Outcome::Refused refusalFor(app::Error error);

/// Members whose text was refused for now, and how. Their texts after it are refused as well until they come again
/// from the first one on (SendText::anew): otherwise what was said later would be numbered before it.
using HeldTexts = std::unordered_map<app::MemberId, Outcome::Refused>;

class HostBatch {
 public:
  HostBatch(app::Room& room, app::RoomAccess& access, app::HostLog& log, HeldTexts& held, app::FloodGuard& flood)
      : room_(room), access_(access), log_(log), held_(held), flood_(flood) {}

  /// Decides and applies all of them. The room is ahead of the log afterwards, until commit(). now is what events
  /// say; by steady the limits are counted.
  void decide(const std::vector<PendingRequest>& requests, app::UtcMillis now, app::FloodGuard::Time steady);

  [[nodiscard]] const std::vector<app::Event>& events() const { return events_; }
  [[nodiscard]] const std::vector<Outcome>& outcomes() const { return outcomes_; }
  /// Whose key is enough from now on.
  [[nodiscard]] const std::vector<app::AccessChange>& accessChanges() const { return accessChanges_; }

 private:
  [[nodiscard]] decltype(Outcome::what) decideOne(const PendingRequest& pending, app::UtcMillis now);
  [[nodiscard]] decltype(Outcome::what) join(const PendingRequest& pending, const app::Join& join, app::UtcMillis now);
  [[nodiscard]] decltype(Outcome::what) accept(const PendingRequest& pending, app::UtcMillis now);
  [[nodiscard]] decltype(Outcome::what) text(const PendingRequest& pending, bool isAnew, app::UtcMillis now);
  [[nodiscard]] decltype(Outcome::what) newText(const PendingRequest& pending, app::UtcMillis now);
  [[nodiscard]] Outcome::Refused tooManyTexts(const PendingRequest& pending);
  [[nodiscard]] app::Result<std::optional<app::Event>> earlier(const app::MemberId& sender, const app::RequestId& id);
  /// Decides, applies and keeps the event, which is good until the next one; nullptr when there is none.
  [[nodiscard]] app::Result<const app::Event*> take(const app::MemberId& from, const app::Request& request,
                                                    app::UtcMillis now);
  /// The text in this batch that this member sent with this id, or nullptr.
  [[nodiscard]] const app::Event* textOfThisBatch(const app::MemberId& sender, const app::RequestId& id);

  /// What the request is about, with what this batch has changed of it.
  [[nodiscard]] app::Result<app::Subject> subjectOf(const app::MemberId& from, const app::Command& command);

  app::Room& room_;
  app::RoomAccess& access_;
  app::HostLog& log_;
  HeldTexts& held_;
  app::FloodGuard& flood_;
  app::FloodGuard::Time steady_{};
  std::vector<app::Event> events_;
  std::vector<Outcome> outcomes_;
  std::vector<app::AccessChange> accessChanges_;
  app::RequestId greatestId_{};  ///< of its texts
  /// id -> index in events_, as far as indexed_; two members may use the same id.
  std::unordered_multimap<app::RequestId, std::size_t> textsOfThisBatch_;
  std::size_t indexed_ = 0;
};

}  // namespace earshot::net

#pragma once
// Where a transcript's older rows come from: the conversation's file, or a fake in tests. Used on
// the UI thread only; every call is one short query.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/conversation.h"

namespace earshot::ui {

class HistorySource {
 public:
  virtual ~HistorySource() = default;
  /// At most limit events before the position (or the last ones), oldest first.
  virtual app::Result<std::vector<app::StoredEvent>> before(std::optional<app::Position> position,
                                                            std::size_t limit) = 0;
  /// At most limit events after the position, oldest first.
  virtual app::Result<std::vector<app::StoredEvent>> after(app::Position position, std::size_t limit) = 0;
  /// The event there, if there is one.
  virtual app::Result<std::optional<app::StoredEvent>> at(app::Position position) = 0;
  /// Who reacts to the text there, as of now.
  virtual app::Result<std::vector<app::Reaction>> reactionsTo(app::Position text) = 0;
  /// Texts that were never acknowledged, oldest first.
  virtual app::Result<std::vector<app::OutgoingText>> outbox() = 0;
  /// Own texts that the other person's program has not opened yet; nothing in a room, where nobody
  /// tells.
  virtual app::Result<std::optional<std::vector<app::RequestId>>> undelivered() = 0;
  /// The name that we used last in this room.
  virtual std::string selfName() = 0;
};

[[nodiscard]] std::unique_ptr<HistorySource> historyOf(std::unique_ptr<app::ConversationReader> reader);

}  // namespace earshot::ui

#pragma once
// What the chat page shows and writes into: a room, or a private chat with somebody in it. No wx. UI
// thread.

#include <filesystem>
#include <optional>
#include <string>

#include "app/ids.h"
#include "ui/transcript_model.h"

namespace earshot::ui {

class Talk {
 public:
  virtual ~Talk() = default;
  [[nodiscard]] virtual const std::string& title() const = 0;
  /// What its conversation is kept under; none as long as nobody knows.
  [[nodiscard]] virtual std::optional<app::RoomId> conversationId() const = 0;
  /// The file; empty until there is one.
  [[nodiscard]] virtual const std::filesystem::path& conversation() const = 0;
  [[nodiscard]] virtual TranscriptModel& transcript() = 0;

  [[nodiscard]] virtual bool isWritable() const = 0;
  // No-ops unless isWritable().
  virtual void sendText(app::TextStyle style, const std::string& text) = 0;
  /// Sends a text again that was not sent.
  virtual void retry(const TranscriptRow& row) = 0;
};

}  // namespace earshot::ui

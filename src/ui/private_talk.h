#pragma once
// A private chat with one person of a room, as the windows see it: its transcript, what is known of the
// person, and what can be asked about them. No wx, no display. UI thread.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/private_link.h"
#include "ui/talk.h"

namespace earshot::ui {

struct RoomNews;

class PrivateTalk final : public Talk {
 public:
  struct Setting {
    app::RoomId room;
    app::MemberId self;
    std::string selfName;  ///< in the room
    app::MemberId person;
    std::string name;
    /// Whether the room is open, so that something can be asked.
    std::function<bool()> isRoomOpen;
    /// Or is coming back, so that what is written waits.
    std::function<bool()> isRoomWritable;
    std::function<void(app::PrivateRequest)> ask;
    /// As RoomBackend::readUpTo; may be empty.
    std::function<std::optional<app::Position>(const app::RoomId&)> readUpTo;
  };
  /// Words, or why there are none.
  using OnWords = std::function<void(const app::Result<app::PrivateSafetyWords>&)>;

  explicit PrivateTalk(Setting setting);

  [[nodiscard]] const app::MemberId& person() const { return setting_.person; }
  [[nodiscard]] app::PersonTrust trust() const { return trust_; }
  /// The person's key has changed: nothing is sent until that is decided.
  [[nodiscard]] bool isPaused() const;

  // Talk
  [[nodiscard]] const std::string& title() const override { return setting_.name; }
  [[nodiscard]] std::optional<app::RoomId> conversationId() const override;
  [[nodiscard]] const std::filesystem::path& conversation() const override { return conversation_; }
  [[nodiscard]] TranscriptModel& transcript() override { return transcript_; }
  [[nodiscard]] bool isWritable() const override;
  void sendText(app::TextStyle style, const std::string& text) override;
  void retry(const TranscriptRow& row) override;

  // --- who the person is; no-ops unless the room is open ---
  void acceptKey();
  void setVerified(bool verified);
  /// Heard at most once; asking again forgets who asked before.
  void askSafetyWords(OnWords onWords);
  void forgetWords() { onWords_ = nullptr; }

  // --- what the room reports ---
  app::Status openHistory(const std::filesystem::path& conversation);
  void setName(const std::string& name) { setting_.name = name; }
  void apply(const app::PrivateUpdate& update, RoomNews& news);
  /// What was written waits; what was asked has no answer.
  void roomInterrupted();
  /// Nothing is on its way any more.
  void roomEnded();

 private:
  void submitText(const app::RequestId& id, app::TextStyle style, const std::string& text);
  void apply(const app::PrivatePerson& told, RoomNews& news);
  void apply(const app::PrivateEvent& event, RoomNews& news);
  void apply(const app::PrivateQueued& queued, RoomNews& news);
  void apply(const app::PrivateSent& sent, RoomNews& news);
  void apply(const app::PrivateDelivered& delivered, RoomNews& news);
  void apply(const app::PrivateDone& done, RoomNews& news);
  void apply(const app::PrivateRefused& refused, RoomNews& news);
  void apply(const app::PrivateSafetyWords& words, RoomNews& news);
  void answer(const app::Result<app::PrivateSafetyWords>& words);

  Setting setting_;
  app::PersonTrust trust_ = app::PersonTrust::NotCompared;
  std::filesystem::path conversation_;
  TranscriptModel transcript_;
  app::RequestId wordsAsked_;
  OnWords onWords_;
};

}  // namespace earshot::ui

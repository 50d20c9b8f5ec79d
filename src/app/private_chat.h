#pragma once
// A private chat with one person: a conversation file like a room's (app/conversation.h reads, searches
// and exports it) with an id and a numbering of its own, and one table more: what became of our own
// texts. Written by one link's network thread.

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/conversation.h"
#include "app/sealed_message.h"

namespace earshot::app {

/// The id under which a conversation of these two in this room is kept; the same for both.
[[nodiscard]] RoomId privateChatId(const RoomId& room, const MemberId& one, const MemberId& other);

[[nodiscard]] std::filesystem::path privateChatFile(const std::filesystem::path& folder, const RoomId& room,
                                                    const MemberId& one, const MemberId& other);

class PrivateChat {
 public:
  /// Opens or makes the chat between info.self and info.peer (precondition: set) in the folder and
  /// remembers what else info says. info.room is worked out from the others.
  static Result<std::unique_ptr<PrivateChat>> open(const std::filesystem::path& folder, ConversationInfo info);
  ~PrivateChat();
  PrivateChat(const PrivateChat&) = delete;
  PrivateChat& operator=(const PrivateChat&) = delete;

  [[nodiscard]] const ConversationInfo& info() const;
  Status setPeerName(const std::string& name);
  /// Under which our own texts are saved from now on.
  void setSelfName(const std::string& name);

  // --- what arrives ---

  /// Of these message ids of the peer, is this one here? Ids are kept for ever.
  Result<bool> has(const RequestId& message);
  struct Arrival {
    UtcMillis time{};
    std::string name;
    EventBody body;
  };
  /// Saves what came from the peer, in one transaction, numbered in this order; texts that are here
  /// already are left out.
  Result<std::vector<StoredEvent>> record(std::span<const Arrival> arrivals);
  /// Whether the last thing said about the peer's key is that it changed.
  Result<bool> saysKeyChanged();

  // --- what we send ---

  /// A text that is to be sealed, under this number.
  struct Outgoing {
    OutgoingText text;
    std::uint64_t number = 0;
  };
  /// Saves a text before it is sent. One with an id that waits already is given back as it is.
  Result<Outgoing> queue(const OutgoingText& text);
  Status discard(const RequestId& message);
  /// What no host has acknowledged yet, oldest first.
  Result<std::vector<Outgoing>> outbox();
  /// What became of a text of ours: a host has it, or the peer has opened it.
  struct Progress {
    RequestId message;
    UtcMillis time{};
    bool delivered = false;
  };
  struct Advanced {
    std::optional<StoredEvent> sent;  ///< it was still in the outbox; now it is in the history
    bool delivered = false;           ///< and that was not known
  };
  /// In one transaction; one for each, in order. A delivery also takes the text out of the outbox, if the
  /// host's word came late. What is none of ours, or was known, changes nothing.
  Result<std::vector<Advanced>> advance(std::span<const Progress> progress);
  /// A text of ours that is on its way, to be sealed once more under a new number. Nothing when it is not
  /// ours, was delivered, or has been sealed kMaxSealings times.
  Result<std::optional<Outgoing>> again(const RequestId& message);

 private:
  struct Impl;
  explicit PrivateChat(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::app

#pragma once
// What a host's log and a member's conversation are put through on a disk that fails, and what must be in them
// afterwards.

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "app/conversation.h"
#include "app/host_log.h"

namespace earshot::test {

/// Empty when the file is as Earshot writes it, SQLite's own check included.
[[nodiscard]] std::string problemOfLog(const std::filesystem::path& file);
[[nodiscard]] std::string problemOfConversation(const std::filesystem::path& file);

/// A host's log. step() is one operation; what it says it did must be there from then on.
class LogWork {
 public:
  LogWork(std::filesystem::path rooms, std::uint64_t seed) : rooms_(std::move(rooms)), random_(seed) {}

  /// One commit of some events; now and then the log is closed and opened again. False when the storage said no.
  bool step();
  /// As a program that is killed: nothing is closed in an orderly way that the disk could notice.
  void drop() { log_.reset(); }
  /// Opens the log and looks for everything acknowledged. Empty, or what is wrong.
  [[nodiscard]] std::string verify();
  /// Takes what failed for done. For seeing that verify() can fail.
  void believeEverything() { believes_ = true; }
  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_.size(); }

 private:
  bool open();
  bool reload();
  [[nodiscard]] std::vector<app::Event> makeBatch();

  std::filesystem::path rooms_;
  std::mt19937_64 random_;
  std::unique_ptr<app::HostLog> log_;
  std::vector<app::Event> acknowledged_;
  std::vector<app::Event> attempted_;  ///< by the step that failed: there as a whole, or not at all
  bool believes_ = false;
};

/// The same for a member's conversation with its outbox.
class ConversationWork {
 public:
  ConversationWork(std::filesystem::path folder, std::uint64_t seed) : folder_(std::move(folder)), random_(seed) {}

  /// Texts are queued and acknowledged, events recorded; now and then the file is closed and opened again.
  bool step();
  void drop() { conversation_.reset(); }
  [[nodiscard]] std::string verify();
  void believeEverything() { believes_ = true; }
  [[nodiscard]] std::size_t acknowledged() const { return is_.events.size() + is_.outbox.size(); }

 private:
  /// What is in a conversation.
  struct Content {
    std::vector<app::Event> events;
    std::vector<app::OutgoingText> outbox;

    bool operator==(const Content&) const = default;
  };

  bool open();
  bool reload();
  [[nodiscard]] std::optional<Content> read();
  app::Status queue(Content& next);
  app::Status record(Content& next);
  app::Status acknowledge(Content& next);
  [[nodiscard]] app::Event makeEvent(std::uint64_t seq);

  std::filesystem::path folder_;
  std::mt19937_64 random_;
  const app::RoomId room_ = app::makeRandom<app::RoomId>();
  const app::Epoch epoch_ = app::makeRandom<app::Epoch>();
  const app::MemberId self_ = app::makeRandom<app::MemberId>();
  const app::MemberId other_ = app::makeRandom<app::MemberId>();
  std::unique_ptr<app::Conversation> conversation_;
  Content is_;                        ///< what was acknowledged to us
  std::optional<Content> attempted_;  ///< what it is if the step that failed was done nevertheless
  bool believes_ = false;
};

}  // namespace earshot::test

#pragma once
// A person whose program is started and stopped again and again, and all that it told over all these runs.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "integration/parties.h"
#include "reliability/history_check.h"

namespace earshot::test {

/// As the checker names a member, whatever they are called.
[[nodiscard]] std::string nameOf(const app::MemberId& member);
[[nodiscard]] Entry entryOf(const app::Event& event);

class Person {
 public:
  /// folder: of the person's own things. The name is a first proposal; the room may have another.
  Person(std::filesystem::path folder, std::string name, std::string address, app::Clock clock = app::systemNow);

  [[nodiscard]] const app::MemberId& id() const { return id_; }
  /// Of programs that are started from now on. Without it hardly any: coming back is tested, not waiting.
  void firstRetryAfter(std::chrono::milliseconds wait) { firstRetry_ = wait; }
  [[nodiscard]] bool isRunning() const { return link_ != nullptr; }

  /// Starts the program; it comes back by itself when the connection breaks.
  void start();
  /// Leaves the room and ends the program.
  void stop();
  /// Starts it, as often as the room does not let it in; false: it never did.
  [[nodiscard]] bool comeIn();

  /// Only what is saved in the outbox counts as sent. The id is the text's.
  app::RequestId say(const std::string& text);
  void ask(app::Command command);

  /// Everything that was accepted has its number.
  [[nodiscard]] bool waitUntilAllSent();
  /// It has its number, or was refused at least once.
  [[nodiscard]] bool waitUntilAnswered(const app::RequestId& text);
  [[nodiscard]] bool waitUntilShown(const app::RequestId& text);

  /// What was said and shown; and, of a program that has ended, what is saved.
  [[nodiscard]] Party party();
  /// The number that our text was told to have; 0: none yet.
  [[nodiscard]] std::uint64_t numberOf(const app::RequestId& text);
  /// The host's time of the newest event.
  [[nodiscard]] app::UtcMillis lastShownAt() const { return lastShownAt_; }
  /// For whoever has to find out why it went wrong.
  [[nodiscard]] std::string state() const;
  /// How often the connection was back; also how many different lives of the room's numbers were met.
  [[nodiscard]] std::size_t returns() const { return returns_; }
  [[nodiscard]] std::size_t epochs() const { return epochs_.size(); }

 private:
  bool waitUntil(const std::function<bool()>& done);
  void digest(const app::LinkUpdate& update);
  void show(const app::Event& event);

  app::crypto::SigningKey identity_ = app::crypto::makeSigningKey();
  app::MemberId id_;
  std::filesystem::path folder_;
  std::string name_;
  std::string address_;
  app::Clock clock_;
  std::chrono::milliseconds firstRetry_{1};
  Collector<app::LinkUpdate> news_;
  std::unique_ptr<net::MemberLink> link_;

  std::size_t digested_ = 0;  ///< of the updates
  bool isIn_ = false;
  bool isClosed_ = true;
  std::string lastError_;
  std::size_t returns_ = 0;
  std::set<app::Epoch> epochs_;
  std::filesystem::path conversation_;
  std::vector<std::string> said_;   ///< ids, in order
  std::set<std::string> accepted_;  ///< ids that reached the outbox
  std::set<std::string> refused_;   ///< ids that the room refused
  std::map<std::string, std::uint64_t> acknowledged_;
  std::vector<Entry> shown_;
  std::set<std::string> shownTexts_;
  app::UtcMillis lastShownAt_{};
};

}  // namespace earshot::test

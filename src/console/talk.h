#pragma once
// A member's talk on a console: what was typed, what is still open, what is shown. Two dialects
// (JSON for programs, lines for people) over one course of events.

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "app/room_link.h"
#include "app/search.h"
#include "app/slash_command.h"
#include "console/people.h"

namespace earshot::console {

/// What one line of input asks for.
struct AskRoom {
  app::Command command;
  std::string ref;  ///< JSON text of the caller's own mark, given back with the answer; may be empty
};
/// Something with one person alone. Who it is: name as a whole, or else what line begins with.
struct AskPrivate {
  app::SlashPrivate::What what = app::SlashPrivate::What::Message;
  std::optional<std::string> name;
  std::string line;  ///< with a name: the text alone
  app::TextStyle style = app::TextStyle::Plain;
  std::string ref;
};
/// Older messages, those before a number; without one, before the oldest that was told.
struct AskHistory {
  std::optional<app::Seq> before;
  std::size_t limit = 0;
  std::string ref;
};
/// A search over all saved conversations.
struct AskSearch {
  app::SearchQuery query;
  std::size_t limit = 0;
  std::string ref;
};
/// The others are to be told that something is being written.
struct AskTyping {};
struct AskQuit {};
struct AskHelp {};
struct AskNothing {};
/// The line is not understood.
struct AskWrong {
  app::Error error;
  std::string sentence;  ///< what to say; empty: describe(error)
};
using Asked =
    std::variant<AskRoom, AskPrivate, AskHistory, AskSearch, AskTyping, AskQuit, AskHelp, AskNothing, AskWrong>;

class TalkDialect {
 public:
  virtual ~TalkDialect() = default;
  [[nodiscard]] virtual Asked read(const std::string& line) = 0;

  virtual void connecting(const app::LinkConnecting& connecting) = 0;
  virtual void joined(const app::LinkAdmitted& admitted) = 0;
  /// The connection broke and is tried again by itself; then resumed, or disconnected for good.
  virtual void interrupted(const app::LinkInterrupted& interrupted) = 0;
  virtual void resumed(const app::LinkAdmitted& admitted) = 0;
  /// What was asked for of the past has been told.
  virtual void historyEnd(bool complete, const std::string& ref) = 0;
  /// An event of somebody else, or one of our own that is no text.
  /// isMention: it is a text that means us.
  virtual void event(const app::Event& event, const app::MemberId& self, bool isMention) = 0;
  virtual void sent(const app::Event& event, const std::string& ref) = 0;

  virtual void typing(const std::vector<std::string>& names) = 0;

  // --- with one person, called name ---
  virtual void privateText(const app::Event& event) = 0;
  virtual void privateSent(const std::string& name, const app::Event& event, const std::string& ref) = 0;
  virtual void privateDelivered(const std::string& name, app::UtcMillis time, const std::string& ref) = 0;
  /// Somebody else was known by the name; trust says whether even verified.
  virtual void keyChanged(const std::string& name, app::PersonTrust trust) = 0;
  virtual void safetyWords(const app::PrivateSafetyWords& words, const std::string& ref) = 0;
  /// The key was accepted, or verified.
  virtual void trusted(const std::string& name, app::PersonTrust trust, const std::string& ref) = 0;

  virtual void found(const app::SearchResults& results, const std::string& ref) = 0;
  /// Could not be taken now; it is kept and sent again by itself, until it is sent.
  virtual void delayed(const app::Error& error, const std::string& ref) = 0;
  virtual void error(const app::Error& error, const std::string& sentence, const std::string& ref) = 0;
  virtual void disconnected(const app::Error& reason) = 0;
  virtual void help() = 0;
};

[[nodiscard]] std::unique_ptr<TalkDialect> makeJsonDialect(std::ostream& out);
/// echoOwn: show own texts too, for when they are not on the screen from typing already.
[[nodiscard]] std::unique_ptr<TalkDialect> makePlainDialect(std::ostream& out, bool echoOwn);

/// The course of a talk. No thread and no waiting of its own: the face feeds it.
class Talk {
 public:
  /// Quick enough to be waited for.
  using Search = std::function<app::SearchResults(const app::SearchQuery& query, std::size_t limit)>;

  /// Without search, searching finds nothing.
  Talk(TalkDialect& dialect, app::RoomLink& link, Search search = {})
      : dialect_(dialect), link_(link), search_(std::move(search)) {}

  void line(std::string text);
  /// Leaves as soon as everything asked has been answered.
  void inputEnded();
  void stopAsked();
  void update(const app::LinkUpdate& update);

  /// Set when the link is over: the exit code of the program, and the error to say on leaving.
  [[nodiscard]] std::optional<int> exitCode() const { return exitCode_; }
  [[nodiscard]] const std::optional<app::Error>& failure() const { return failure_; }

 private:
  void ask(const std::string& text);
  void askPrivately(AskPrivate asked);
  void askHistory(AskHistory asked);
  void admitted(const app::LinkAdmitted& admitted);
  void interrupted(const app::LinkInterrupted& interrupted);
  void happened(const app::LinkEvent& event);
  void tellPast(const app::Event& event);
  void tell(const app::Event& event);
  struct Past {
    std::vector<app::Event> texts;
    std::optional<app::Position> oldest;
  };
  [[nodiscard]] app::Result<Past> savedPast(const AskHistory& asked) const;
  void tellPast(const Past& past, bool complete, const AskHistory& asked);
  /// Whether it is answered now; else the host was asked for more.
  [[nodiscard]] bool answerHistory(const AskHistory& asked);
  void answerNextHistory();
  void tellHistory(const app::LinkHistory& history);
  void tellTyping(const app::LinkTyping& typing);
  void updatePrivate(const app::LinkPrivate& update);
  void refused(const app::LinkRefused& refused);
  void answered(const app::RequestId& id);
  [[nodiscard]] std::string refOf(const app::RequestId& id) const;
  void closed(const app::Error& reason);
  void leaveIfDone();

  TalkDialect& dialect_;
  app::RoomLink& link_;
  Search search_;
  app::MemberId self_;
  bool admitted_ = false;
  bool interrupted_ = false;  ///< and not in again yet
  std::filesystem::path conversation_;
  std::deque<AskHistory> historyAsked_;  ///< not yet answered; the host was asked for the first of them
  std::size_t historyEvents_ = 0;        ///< that it has sent for that one
  bool inputEnded_ = false;
  bool leaving_ = false;
  bool somethingRefused_ = false;
  std::deque<std::string> waitingLines_;                   ///< typed before we were in
  std::unordered_map<app::RequestId, std::string> asked_;  ///< not answered yet -> ref
  std::unordered_set<app::RequestId> delayed_;             ///< of these: said to be kept
  People people_;
  std::unordered_map<app::MemberId, app::PersonTrust> trust_;    ///< of those who have a private chat
  std::unordered_map<app::RequestId, std::string> undelivered_;  ///< private texts of ours -> ref
  std::optional<int> exitCode_;
  std::optional<app::Error> failure_;
};

}  // namespace earshot::console

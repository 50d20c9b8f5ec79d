#include "app/error_text.h"
#include "app/slash_command.h"
#include "console/plain_time.h"
#include "console/talk.h"

namespace earshot::console {
namespace {

bool isQuitWord(std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line == "QUIT";
}

/// What a person should know about the host before they say anything.
std::string_view trustSentence(app::HostProof proof) {
  switch (proof) {
    case app::HostProof::FirstUse:
      return "The room is open, and its host has not proven who it is.";
    case app::HostProof::JoinCode:
      return "The host has proven that it knows the join code.";
    case app::HostProof::Invite:
      return "The host is the one that the invite names.";
    case app::HostProof::Own:
      return "This computer hosts the room.";
  }
  return "";
}

class PlainDialect final : public TalkDialect {
 public:
  PlainDialect(std::ostream& out, bool echoOwn) : out_(out), echoOwn_(echoOwn) {}

  Asked read(const std::string& line) override {
    if (line.find_first_not_of(" \t") == std::string::npos) return AskNothing{};
    if (isQuitWord(line)) return AskQuit{};
    auto typed = app::parseTypedLine(line);
    if (auto* command = std::get_if<app::Command>(&typed)) return AskRoom{std::move(*command), {}};
    if (auto* privately = std::get_if<app::SlashPrivate>(&typed)) {
      return AskPrivate{privately->what, {}, std::move(privately->line), {}, {}};
    }
    if (std::holds_alternative<app::SlashHelp>(typed)) return AskHelp{};
    if (const auto* error = std::get_if<app::SlashError>(&typed)) {
      return AskWrong{{app::Errc::UsageInvalid, {}}, error->sentence};
    }
    if (std::holds_alternative<app::SlashExport>(typed)) {
      return AskWrong{{app::Errc::UsageInvalid, {}}, "To export, run \"earshot export\" with the name of the room."};
    }
    return AskQuit{};
  }

  void connecting(const app::LinkConnecting& connecting) override {
    out_ << "Connecting to " << connecting.address << " …" << std::endl;
  }

  void joined(const app::LinkAdmitted& admitted) override {
    out_ << "You are in \"" << admitted.roomName << "\" as " << admitted.selfName << ".\nHere:";
    for (std::size_t i = 0; i < admitted.members.size(); ++i) {
      out_ << (i == 0 ? " " : ", ") << admitted.members[i].name;
    }
    out_ << '\n';
    out_ << trustSentence(admitted.proof) << '\n';
    if (!admitted.topic.empty()) out_ << "Topic: " << admitted.topic << '\n';
    out_ << "Type to talk, /help for help, /quit to leave." << std::endl;
  }

  void interrupted(const app::LinkInterrupted& interrupted) override {
    out_ << "-- " << app::describe(interrupted.reason) << " Trying again …" << std::endl;
  }

  void resumed(const app::LinkAdmitted&) override { out_ << "-- You are connected again." << std::endl; }

  void historyEnd(bool, const std::string&) override {}

  void event(const app::Event& event, const app::MemberId& self, bool) override {
    // Who reacts with what is seen in a window; on a terminal it would drown what is said.
    if (std::holds_alternative<app::Reacted>(event.body)) return;
    out_ << '[' << clockTime(event.time) << "] ";
    const bool ours = event.actor == self;
    const std::string& who = event.actorName;
    if (std::holds_alternative<app::TextPosted>(event.body)) {
      text(event);
    } else if (std::holds_alternative<app::MemberJoined>(event.body)) {
      out_ << "-- " << who << " joined";
    } else if (const auto* left = std::get_if<app::MemberLeft>(&event.body)) {
      out_ << "-- " << who << ' ' << app::describe(left->reason);
    } else if (const auto* renamed = std::get_if<app::MemberRenamed>(&event.body)) {
      out_ << "-- " << (ours ? "You are" : who + " is") << " now called " << renamed->newName;
    } else if (const auto* topic = std::get_if<app::TopicChanged>(&event.body)) {
      out_ << "-- " << (ours ? "You" : who) << (topic->topic.empty() ? " cleared the topic" : " changed the topic to ")
           << topic->topic;
    } else if (const auto* edited = std::get_if<app::TextEdited>(&event.body)) {
      out_ << "-- " << (ours ? "You" : who) << " edited a message: ";
      continued(edited->text);
    } else if (std::holds_alternative<app::TextDeleted>(event.body)) {
      out_ << "-- " << (ours ? "You" : who) << " deleted a message";
    }
    out_ << std::endl;
  }

  void sent(const app::Event& event, const std::string&) override {
    if (!echoOwn_) return;
    out_ << '[' << clockTime(event.time) << "] ";
    text(event);
    out_ << std::endl;
  }

  void typing(const std::vector<std::string>&) override {}

  void privateText(const app::Event& event) override {
    out_ << '[' << clockTime(event.time) << "] (private) ";
    text(event);
    out_ << std::endl;
  }

  void privateSent(const std::string& name, const app::Event& event, const std::string&) override {
    if (!echoOwn_) return;
    out_ << '[' << clockTime(event.time) << "] (private to " << name << ") ";
    text(event);
    out_ << std::endl;
  }

  void privateDelivered(const std::string& name, app::UtcMillis time, const std::string&) override {
    out_ << '[' << clockTime(time) << "] -- " << name << " has received your private message" << std::endl;
  }

  void keyChanged(const std::string& name, app::PersonTrust trust) override {
    const bool wasVerified = trust == app::PersonTrust::VerifiedKeyChanged;
    out_ << "-- " << name << " is not the " << name << " that you knew" << (wasVerified ? " and had verified" : "")
         << ": another key. Nothing is sent privately until you type /"
         << (wasVerified ? "safety " + name + ", compare, and type /verify " : std::string("accept ")) << name << '.'
         << std::endl;
  }

  void safetyWords(const app::PrivateSafetyWords& words, const std::string&) override {
    out_ << "You: ";
    line(words.own);
    out_ << words.name << ": ";
    line(words.theirs);
    if (words.trust == app::PersonTrust::Verified) {
      out_ << "You have verified " << words.name << '.' << std::endl;
    } else {
      out_ << "Compare both with what " << words.name << " sees. If they are the same, type /verify " << words.name
           << '.' << std::endl;
    }
  }

  void trusted(const std::string& name, app::PersonTrust trust, const std::string&) override {
    out_ << "-- " << (trust == app::PersonTrust::Verified ? "You have verified " : "You accepted the key of ") << name
         << std::endl;
  }

  void found(const app::SearchResults&, const std::string&) override {}  // "earshot search" is for people

  void delayed(const app::Error& error, const std::string&) override {
    out_ << app::describe(error);
    if (error.code != app::Errc::TooFast) out_ << " It is kept and sent again by itself.";
    out_ << std::endl;
  }

  void error(const app::Error& error, const std::string& sentence, const std::string&) override {
    if (error.code == app::Errc::UsageInvalid || !sentence.empty()) {
      out_ << sentence << std::endl;
    } else {
      out_ << app::describe(error) << std::endl;
    }
  }

  void disconnected(const app::Error&) override {}  // the sentence on standard error says it

  void help() override {
    for (const auto& command : app::slashCommands())
      out_ << "    " << command.usage << "  —  " << command.meaning << '\n';
    out_ << std::flush;
  }

 private:
  void line(const app::crypto::SafetyWords& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      out_ << (i == 0 ? "" : ", ") << words[i].emoji << ' ' << words[i].name;
    }
    out_ << '\n';
  }

  /// Continuation lines are indented, so that no text can look like somebody else's line.
  void text(const app::Event& event) {
    const auto& posted = std::get<app::TextPosted>(event.body);
    if (posted.style == app::TextStyle::Action) {
      out_ << "* " << event.actorName << ' ';
    } else {
      out_ << event.actorName << ": ";
    }
    if (posted.deleted) {
      out_ << "(deleted)";
    } else {
      continued(posted.text);
    }
  }

  void continued(const std::string& text) {
    for (const char c : text) {
      out_ << c;
      if (c == '\n') out_ << "        ";
    }
  }

  std::ostream& out_;
  bool echoOwn_;
};

}  // namespace

std::unique_ptr<TalkDialect> makePlainDialect(std::ostream& out, bool echoOwn) {
  return std::make_unique<PlainDialect>(out, echoOwn);
}

}  // namespace earshot::console

#include <algorithm>
#include <array>

#include "app/error_text.h"
#include "app/exporter.h"
#include "app/limits.h"
#include "console/json_line.h"
#include "console/search_lines.h"
#include "console/talk.h"

namespace earshot::console {
namespace {

using app::Errc;

constexpr std::array kAbout{"edit", "delete", "reply", "react"};

/// How the host proved itself.
std::string proofName(app::HostProof proof) {
  switch (proof) {
    case app::HostProof::FirstUse:
      return "first_use";
    case app::HostProof::JoinCode:
      return "join_code";
    case app::HostProof::Invite:
      return "invite";
    case app::HostProof::Own:
      return "own";
  }
  return "";
}

AskWrong wrong(const std::string& sentence) {
  return {{Errc::UsageInvalid, {}}, sentence};
}

class JsonDialect final : public TalkDialect {
 public:
  explicit JsonDialect(std::ostream& out) : out_(out) {}

  Asked read(const std::string& line) override {
    if (line.find_first_not_of(" \t") == std::string::npos) return AskNothing{};
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) return wrong("Each line must be one JSON object, for example {\"say\":\"hello\"}.");
    const std::string ref = json.contains("ref") ? json["ref"].dump() : std::string{};
    if (json.value("quit", Json(false)) == Json(true)) return AskQuit{};
    if (json.value("typing", Json(false)) == Json(true)) return AskTyping{};
    const auto text = [&](const char* key) -> const std::string* {
      const auto found = json.find(key);
      return found == json.end() ? nullptr : found->get_ptr<const std::string*>();
    };
    if (json.contains("search")) return readSearch(json, ref);
    if (const auto privately = readPrivate(json, ref)) return *privately;
    if (json.contains("history")) return readHistory(json["history"], ref);
    if (const auto about = readAbout(json, ref)) return *about;
    if (json.contains("to")) return wrong("Whom it is for, \"to\", is the name of one person, with say or me.");
    if (const auto* say = text("say")) return AskRoom{app::SendText{app::TextStyle::Plain, *say}, ref};
    if (const auto* me = text("me")) return AskRoom{app::SendText{app::TextStyle::Action, *me}, ref};
    if (const auto* name = text("rename")) return AskRoom{app::Rename{*name}, ref};
    if (const auto* topic = text("topic")) return AskRoom{app::SetTopic{*topic}, ref};
    return wrong(
        "The line asks for nothing that is known: say, me, reply, edit, delete, react, rename, topic, accept,"
        " safety, verify, history, search, typing or quit.");
  }

  void connecting(const app::LinkConnecting&) override {}

  void joined(const app::LinkAdmitted& admitted) override { writeAdmitted("joined", admitted); }

  void interrupted(const app::LinkInterrupted& interrupted) override {
    Json line{{"event", "disconnected"}, {"reason", app::codeName(interrupted.reason.code)}};
    line["text"] = app::describe(interrupted.reason);
    line["retry_s"] = static_cast<double>(interrupted.retryIn.count()) / 1000.0;
    writeLine(out_, line);
  }

  void resumed(const app::LinkAdmitted& admitted) override { writeAdmitted("resumed", admitted); }

  void historyEnd(bool complete, const std::string& ref) override {
    Json line{{"event", "history_end"}, {"complete", complete}};
    addRef(line, ref);
    writeLine(out_, line);
  }

  void event(const app::Event& event, const app::MemberId&, bool isMention) override { writeEvent(event, isMention); }

  void sent(const app::Event& event, const std::string& ref) override {
    Json line{{"event", "sent"}};
    addRef(line, ref);
    line["seq"] = app::toNumber(event.seq);
    line["time"] = app::formatRfc3339(event.time);
    writeLine(out_, line);
  }

  void typing(const std::vector<std::string>& names) override {
    writeLine(out_, {{"event", "typing"}, {"names", names}});
  }

  void privateText(const app::Event& event) override {
    const auto& text = std::get<app::TextPosted>(event.body);
    Json line{{"event", "message"}, {"private", true}, {"from", event.actorName}, {"text", text.text}};
    if (text.style == app::TextStyle::Action) line["action"] = true;
    line["time"] = app::formatRfc3339(event.time);
    writeLine(out_, line);
  }

  void privateSent(const std::string& name, const app::Event& event, const std::string& ref) override {
    writePrivate("sent", name, event.time, ref);
  }

  void privateDelivered(const std::string& name, app::UtcMillis time, const std::string& ref) override {
    writePrivate("delivered", name, time, ref);
  }

  void keyChanged(const std::string& name, app::PersonTrust trust) override {
    writeLine(
        out_,
        {{"event", "key_changed"}, {"name", name}, {"was_verified", trust == app::PersonTrust::VerifiedKeyChanged}});
  }

  void safetyWords(const app::PrivateSafetyWords& words, const std::string& ref) override {
    Json line{{"event", "safety"}, {"name", words.name}};
    line["you"] = wordsOf(words.own);
    line["them"] = wordsOf(words.theirs);
    line["verified"] = words.trust == app::PersonTrust::Verified;
    addRef(line, ref);
    writeLine(out_, line);
  }

  void trusted(const std::string& name, app::PersonTrust trust, const std::string& ref) override {
    Json line{{"event", trust == app::PersonTrust::Verified ? "verified" : "accepted"}, {"name", name}};
    addRef(line, ref);
    writeLine(out_, line);
  }

  void found(const app::SearchResults& results, const std::string& ref) override { writeFoundJson(out_, results, ref); }

  void delayed(const app::Error& error, const std::string& ref) override {
    Json line = errorLine(error);
    line["event"] = "delayed";
    addRef(line, ref);
    writeLine(out_, line);
  }

  void error(const app::Error& error, const std::string& sentence, const std::string& ref) override {
    Json line = errorLine(error);
    if (!sentence.empty()) line["text"] = sentence;
    addRef(line, ref);
    writeLine(out_, line);
  }

  void disconnected(const app::Error& reason) override {
    writeLine(out_,
              {{"event", "disconnected"}, {"reason", app::codeName(reason.code)}, {"text", app::describe(reason)}});
  }

  void help() override {}

 private:
  void writeAdmitted(const char* name, const app::LinkAdmitted& admitted) {
    Json line{{"event", name}, {"room", admitted.roomName}, {"you", admitted.selfName}};
    line["members"] = Json::array();
    for (const app::Member& member : admitted.members) line["members"].push_back(member.name);
    line["topic"] = admitted.topic;
    line["address"] = admitted.address;
    line["room_id"] = app::hexOf(admitted.room);
    line["proof"] = proofName(admitted.proof);
    line["fingerprint"] = app::hexOf(app::crypto::hashOf(admitted.hostKey));
    writeLine(out_, line);
  }

  void writeEvent(const app::Event& event, bool isMention) {
    Json line;
    if (const auto* text = std::get_if<app::TextPosted>(&event.body)) {
      line = {{"event", "message"}, {"seq", app::toNumber(event.seq)}, {"from", event.actorName}, {"text", text->text}};
      if (text->style == app::TextStyle::Action) line["action"] = true;
      if (app::toNumber(text->replyTo) != 0) line["reply_to"] = app::toNumber(text->replyTo);
      if (text->edited) line["edited"] = true;
      if (text->deleted) line["deleted"] = true;
      if (isMention) line["mention"] = true;
    } else if (const auto target = app::targetOf(event.body)) {
      line = changeOf(event, *target);
    } else if (std::holds_alternative<app::MemberJoined>(event.body)) {
      line = {{"event", "member_joined"}, {"seq", app::toNumber(event.seq)}, {"name", event.actorName}};
    } else if (const auto* left = std::get_if<app::MemberLeft>(&event.body)) {
      line = {{"event", "member_left"}, {"seq", app::toNumber(event.seq)}, {"name", event.actorName}};
      line["reason"] = app::describe(left->reason);
    } else if (const auto* renamed = std::get_if<app::MemberRenamed>(&event.body)) {
      line = {{"event", "member_renamed"}, {"seq", app::toNumber(event.seq)}, {"name", event.actorName}};
      line["new_name"] = renamed->newName;
    } else if (const auto* topic = std::get_if<app::TopicChanged>(&event.body)) {
      line = {{"event", "topic"}, {"seq", app::toNumber(event.seq)}, {"name", event.actorName}};
      line["topic"] = topic->topic;
    }
    line["time"] = app::formatRfc3339(event.time);
    writeLine(out_, line);
  }

  /// What happened to an earlier text.
  static Json changeOf(const app::Event& event, app::Seq target) {
    const auto* edited = std::get_if<app::TextEdited>(&event.body);
    const auto* reacted = std::get_if<app::Reacted>(&event.body);
    Json line{{"event", edited != nullptr    ? "edited"
                        : reacted != nullptr ? "reacted"
                                             : "deleted"},
              {"seq", app::toNumber(event.seq)},
              {"of", app::toNumber(target)},
              {"from", event.actorName}};
    if (edited != nullptr) line["text"] = edited->text;
    if (reacted != nullptr) line["with"] = reacted->emoji;
    if (reacted != nullptr && !reacted->on) line["off"] = true;
    return line;
  }

  /// What is about an earlier text of the room; nothing when the line is about none.
  static std::optional<Asked> readAbout(const Json& json, const std::string& ref) {
    const auto found = std::ranges::find_if(kAbout, [&](const char* key) { return json.contains(key); });
    if (found == kAbout.end()) return std::nullopt;
    const std::string_view what = *found;
    const Json& number = json[*found];
    if (!number.is_number_unsigned() || number < 1U || number > app::kMaxSeq) {
      return wrong("The number of a message is what \"seq\" says of it.");
    }
    const app::Seq target{number.get<std::uint64_t>()};
    const Json say = json.value("say", Json());
    const Json with = json.value("with", Json());
    if (what == "delete") return AskRoom{app::DeleteText{target}, ref};
    if (what == "react") {
      const bool off = json.value("off", Json(false)) == Json(true);
      if (with.is_string()) return AskRoom{app::React{target, with.get<std::string>(), !off}, ref};
      return wrong("With what to react is one emoji, for example {\"react\":12,\"with\":\"👍\"}.");
    }
    if (!say.is_string()) return wrong("What to say instead, or in reply, is the text of \"say\".");
    if (what == "edit") return AskRoom{app::EditText{target, say.get<std::string>()}, ref};
    return AskRoom{app::SendText{app::TextStyle::Plain, say.get<std::string>(), target}, ref};
  }

  static Asked readHistory(const Json& wanted, const std::string& ref) {
    AskHistory asked{{}, app::kHistoryPageEvents, ref};
    if (!wanted.is_object()) return wrong("What is wanted of the history is an object, {\"before\":SEQ,\"limit\":N}.");
    for (const auto& [key, value] : wanted.items()) {
      const bool isNumber = value.is_number_unsigned();
      if (key == "before" && isNumber && value <= app::kMaxSeq) {
        asked.before = app::Seq{value.get<std::uint64_t>()};
      } else if (key == "limit" && isNumber && value >= 1U && value <= app::kHistoryPageEvents) {
        asked.limit = value.get<std::size_t>();
      } else {
        return wrong("The history is asked for with a number before which, and a limit from 1 to " +
                     std::to_string(app::kHistoryPageEvents) + ".");
      }
    }
    return asked;
  }

  /// What concerns one person; nothing when the line is for the room, or is not understood.
  static std::optional<AskPrivate> readPrivate(const Json& json, const std::string& ref) {
    using What = app::SlashPrivate::What;
    const auto text = [&](const char* key) -> const std::string* {
      const auto found = json.find(key);
      return found == json.end() ? nullptr : found->get_ptr<const std::string*>();
    };
    if (const auto* name = text("accept")) return AskPrivate{What::Accept, *name, {}, {}, ref};
    if (const auto* name = text("safety")) return AskPrivate{What::Safety, *name, {}, {}, ref};
    if (const auto* name = text("verify")) return AskPrivate{What::Verify, *name, {}, {}, ref};
    const auto* to = text("to");
    if (to == nullptr) return std::nullopt;
    if (const auto* say = text("say")) return AskPrivate{What::Message, *to, *say, app::TextStyle::Plain, ref};
    if (const auto* me = text("me")) return AskPrivate{What::Message, *to, *me, app::TextStyle::Action, ref};
    return std::nullopt;
  }

  static Asked readSearch(const Json& json, const std::string& ref) {
    TypedSearch typed;
    bool areTexts = true;
    const auto read = [&](const char* key, std::string& out) {
      const auto found = json.find(key);
      if (found == json.end()) return;
      areTexts = areTexts && found->is_string();
      if (areTexts) out = *found->get_ptr<const std::string*>();
    };
    read("search", typed.words);
    read("person", typed.person);
    read("room", typed.room);
    read("from", typed.from);
    read("to", typed.to);
    const Json limit = json.value("limit", Json(kSearchHits));
    const bool isLimit = limit.is_number_unsigned() && limit >= 1U && limit <= kMaxSearchHits;
    if (!areTexts || !isLimit) return wrong("Of a search, all but the limit are texts, and that is 1 to 10000.");
    auto query = searchQueryOf(typed);
    if (!query) return AskWrong{query.error(), app::describe(query.error())};
    if (!app::asksForSomething(*query)) return wrong(kSearchNeeds);
    return AskSearch{*std::move(query), limit.get<std::size_t>(), ref};
  }

  static Json wordsOf(const app::crypto::SafetyWords& words) {
    Json list = Json::array();
    for (const auto& word : words) list.push_back({{"emoji", word.emoji}, {"name", word.name}});
    return list;
  }

  void writePrivate(const char* event, const std::string& name, app::UtcMillis time, const std::string& ref) {
    Json line{{"event", event}, {"private", true}, {"to", name}};
    addRef(line, ref);
    line["time"] = app::formatRfc3339(time);
    writeLine(out_, line);
  }

  static void addRef(Json& line, const std::string& ref) {
    if (!ref.empty()) line["ref"] = Json::parse(ref, nullptr, false);
  }

  std::ostream& out_;
};

}  // namespace

std::unique_ptr<TalkDialect> makeJsonDialect(std::ostream& out) {
  return std::make_unique<JsonDialect>(out);
}

}  // namespace earshot::console

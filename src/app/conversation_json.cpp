#include "app/conversation_json.h"

#include <array>
#include <utility>

#include "app/code_points.h"
#include "app/emoji.h"
#include "app/limits.h"
#include "app/local_time.h"
#include "app/text.h"

namespace earshot::app {
namespace {

using Json = OrderedJson;

constexpr std::array<std::pair<LeaveReason, std::string_view>, 5> kReasons{{
    {LeaveReason::Left, "left"},
    {LeaveReason::ConnectionLost, "connection_lost"},
    {LeaveReason::HostClosed, "host_closed"},
    {LeaveReason::Replaced, "replaced"},
    {LeaveReason::TooSlow, "too_slow"},
}};

std::string_view nameOf(LeaveReason reason) {
  for (const auto& [value, name] : kReasons) {
    if (value == reason) return name;
  }
  return kReasons.front().second;
}

/// Times that no calendar of four-digit years shows have their milliseconds beside them.
void putTime(Json& object, UtcMillis time) {
  object["time"] = formatRfc3339(time);
  if (showable(time) != time) object["time_ms"] = time.time_since_epoch().count();
}

// --- reading ---------------------------------------------------------------------------------------

/// The fields of one object. After the first that is missing or wrong, ok() stays false.
class Fields {
 public:
  explicit Fields(const Json& object) : object_(object), ok_(object.is_object()) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool has(const char* key) const { return ok_ && object_.contains(key); }

  std::string text(const char* key, std::size_t maxBytes) {
    const Json* found = find(key);
    if (found == nullptr || !found->is_string()) return fail(std::string{});
    const auto& value = found->get_ref<const std::string&>();
    return value.size() <= maxBytes && isValidText(value) ? value : fail(std::string{});
  }
  /// Shown in one line beside others: nothing in it may break or reorder that.
  std::string name(const char* key, std::size_t maxBytes) {
    std::string value = text(key, maxBytes);
    for (std::string_view rest = value; !rest.empty();) {
      const CodePoint codePoint = takeCodePoint(rest);
      if (isControl(codePoint) || isLineBreak(codePoint) || isBidiControl(codePoint)) return fail(std::string{});
    }
    return value;
  }
  template <class Id>
  Id id(const char* key) {
    const Json* found = find(key);
    const auto id = found != nullptr && found->is_string() ? fromHex<Id>(found->get_ref<const std::string&>())
                                                           : std::optional<Id>{};
    return id ? *id : fail(Id{});
  }
  std::uint64_t number(const char* key, std::uint64_t least, std::uint64_t most) {
    const Json* found = find(key);
    if (found == nullptr || !found->is_number_unsigned()) return fail(std::uint64_t{0});
    const auto value = found->get<std::uint64_t>();
    return value >= least && value <= most ? value : fail(std::uint64_t{0});
  }
  bool flag(const char* key) {
    const Json* found = find(key);
    return found != nullptr && found->is_boolean() ? found->get<bool>() : fail(false);
  }
  UtcMillis time(const char* key) {
    const std::string written = text(key, 64);
    // Without a zone it would be another moment on another computer.
    const auto parsed = parseTime(written, TimeZone{[](UtcMillis) { return std::chrono::minutes{0}; }, {}});
    return ok_ && written.ends_with('Z') && parsed ? *parsed : fail(UtcMillis{});
  }
  std::optional<UtcMillis> optionalTime(const char* key) {
    const Json* found = find(key);
    if (found == nullptr || found->is_null()) return std::nullopt;
    return time(key);
  }
  UtcMillis eventTime() {
    const UtcMillis shown = time("time");
    if (!has("time_ms")) return shown;
    const Json& exact = object_["time_ms"];
    if (!exact.is_number_integer() || (exact.is_number_unsigned() && exact.get<std::uint64_t>() > INT64_MAX)) {
      return fail(UtcMillis{});
    }
    return UtcMillis{std::chrono::milliseconds{exact.get<std::int64_t>()}};
  }
  const Json* find(const char* key) {
    const auto found = ok_ ? object_.find(key) : object_.end();
    if (!ok_ || found == object_.end()) {
      ok_ = false;
      return nullptr;
    }
    return &*found;
  }
  template <class T>
  T fail(T value) {
    ok_ = false;
    return value;
  }

 private:
  const Json& object_;
  bool ok_;
};

/// Nothing when it is not one object. Deep nesting cannot exhaust the stack: the parser does not recurse.
std::optional<Json> objectIn(std::string_view line) {
  Json parsed = Json::parse(line.begin(), line.end(), nullptr, false);
  if (!parsed.is_object()) return std::nullopt;
  return parsed;
}

std::optional<EventBody> bodyFrom(const std::string& kind, Fields& fields) {
  const auto target = [&](const char* key) { return Seq{fields.number(key, 1, kMaxSeq)}; };
  if (kind == "message") {
    TextPosted posted;
    posted.id = fields.id<RequestId>("message_id");
    posted.text = fields.text("text", kMaxTextBytes);
    if (fields.has("action") && fields.flag("action")) posted.style = TextStyle::Action;
    if (fields.has("reply_to")) posted.replyTo = Seq{fields.number("reply_to", 1, kMaxSeq)};
    posted.edited = fields.has("edited") && fields.flag("edited");
    posted.deleted = fields.has("deleted") && fields.flag("deleted");
    return posted;
  }
  if (kind == "member_joined") return MemberJoined{};
  if (kind == "member_left") {
    const std::string reason = fields.text("reason", 64);
    for (const auto& [value, name] : kReasons) {
      if (name == reason) return MemberLeft{value};
    }
    return std::nullopt;
  }
  if (kind == "member_renamed") return MemberRenamed{fields.name("new_name", kMaxNameBytes)};
  if (kind == "topic") return TopicChanged{fields.text("topic", kMaxTextBytes)};
  if (kind == "key_changed") return KeyChanged{};
  if (kind == "edited") return TextEdited{target("of"), fields.text("text", kMaxTextBytes)};
  if (kind == "deleted") return TextDeleted{target("of")};
  if (kind == "reacted") {
    Reacted reacted{target("of"), fields.text("with", kMaxEmojiBytes)};
    if (!isOneEmoji(reacted.emoji)) return std::nullopt;
    reacted.on = !fields.has("off") || !fields.flag("off");
    return reacted;
  }
  return std::nullopt;
}

}  // namespace

Json headerJson(const ExportHeader& header) {
  const ConversationInfo& saved = header.conversation;
  const auto bound = [](const std::optional<UtcMillis>& time) { return time ? Json(formatRfc3339(*time)) : Json(); };
  Json epochs = Json::array();
  for (const SavedEpoch& epoch : header.epochs) epochs.push_back(hexOf(epoch.epoch));
  Json json{{"format", kConversationFormat},
            {"version", kConversationFormatVersion},
            {"room", withoutMalformed(header.roomName)},
            {"room_id", hexOf(saved.room)},
            {"address", withoutMalformed(header.address)},
            {"you", withoutMalformed(saved.selfName)},
            {"your_id", hexOf(saved.self)},
            {"hosted_here", saved.hostedHere},
            {"range", {{"from", bound(header.range.from)}, {"to", bound(header.range.to)}}},
            {"time_zone", withoutMalformed(header.timeZone)},
            {"events", header.eventCount},
            {"messages", header.messageCount},
            {"missing", {{"events", header.gaps.events}, {"places", header.gaps.places}}},
            {"epochs", std::move(epochs)}};
  if (saved.peer) {
    json["private"] = {{"with", withoutMalformed(saved.peer->name)},
                       {"with_id", hexOf(saved.peer->id)},
                       {"room_id", hexOf(saved.peer->room)}};
  }
  return json;
}

Json eventJson(const Event& event, std::size_t epoch) {
  Json json;
  const auto describe = [&](std::string_view kind, const char* nameKey) {
    json["event"] = kind;
    json["epoch"] = epoch;
    json["seq"] = toNumber(event.seq);
    putTime(json, event.time);
    json[nameKey] = withoutMalformed(event.actorName);
    json["member_id"] = hexOf(event.actor);
  };
  if (const auto* posted = std::get_if<TextPosted>(&event.body)) {
    describe("message", "from");
    json["message_id"] = hexOf(posted->id);
    json["text"] = withoutMalformed(posted->text);
    if (posted->style == TextStyle::Action) json["action"] = true;
    if (toNumber(posted->replyTo) != 0) json["reply_to"] = toNumber(posted->replyTo);
    if (posted->edited) json["edited"] = true;
    if (posted->deleted) json["deleted"] = true;
  } else if (std::holds_alternative<MemberJoined>(event.body)) {
    describe("member_joined", "name");
  } else if (const auto* left = std::get_if<MemberLeft>(&event.body)) {
    describe("member_left", "name");
    json["reason"] = nameOf(left->reason);
  } else if (const auto* renamed = std::get_if<MemberRenamed>(&event.body)) {
    describe("member_renamed", "name");
    json["new_name"] = withoutMalformed(renamed->newName);
  } else if (const auto* changed = std::get_if<TopicChanged>(&event.body)) {
    describe("topic", "name");
    json["topic"] = withoutMalformed(changed->topic);
  } else if (const auto* edited = std::get_if<TextEdited>(&event.body)) {
    describe("edited", "from");
    json["of"] = toNumber(edited->target);
    json["text"] = withoutMalformed(edited->text);
  } else if (const auto* deleted = std::get_if<TextDeleted>(&event.body)) {
    describe("deleted", "from");
    json["of"] = toNumber(deleted->target);
  } else if (const auto* reacted = std::get_if<Reacted>(&event.body)) {
    describe("reacted", "from");
    json["of"] = toNumber(reacted->target);
    json["with"] = withoutMalformed(reacted->emoji);
    if (!reacted->on) json["off"] = true;
  } else {
    describe("key_changed", "name");
  }
  return json;
}

std::string lineOf(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<ExportHeader> headerFromLine(std::string_view line) {
  const auto object = objectIn(line);
  if (!object) return Error{Errc::ImportInvalid};
  Fields fields(*object);
  if (fields.text("format", 64) != kConversationFormat) return Error{Errc::ImportInvalid};
  if (fields.number("version", 1, INT64_MAX) > kConversationFormatVersion) return Error{Errc::StorageNewer};
  ExportHeader header;
  ConversationInfo& saved = header.conversation;
  header.roomName = saved.roomName = fields.name("room", kMaxRoomNameBytes);
  saved.room = fields.id<RoomId>("room_id");
  header.address = saved.address = fields.name("address", kMaxLinkBytes);
  saved.selfName = fields.name("you", kMaxNameBytes);
  saved.self = fields.id<MemberId>("your_id");
  saved.hostedHere = fields.flag("hosted_here");
  header.timeZone = fields.name("time_zone", kMaxLinkBytes);
  header.eventCount = fields.number("events", 0, INT64_MAX);
  header.messageCount = fields.number("messages", 0, INT64_MAX);
  const Json* range = fields.find("range");
  const Json* epochs = fields.find("epochs");
  if (!fields.ok() || !range->is_object() || !epochs->is_array()) return Error{Errc::ImportInvalid};
  Fields bounds(*range);
  header.range = {bounds.optionalTime("from"), bounds.optionalTime("to")};
  for (const Json& hex : *epochs) {
    const auto epoch = hex.is_string() ? fromHex<Epoch>(hex.get_ref<const std::string&>()) : std::nullopt;
    if (!epoch || header.epochs.size() >= kMaxImportEpochs) return Error{Errc::ImportInvalid};
    header.epochs.push_back({static_cast<std::int64_t>(header.epochs.size()) + 1, *epoch});
  }
  if (fields.has("private")) {
    Fields peer(*fields.find("private"));
    saved.peer =
        PrivatePeer{peer.id<MemberId>("with_id"), peer.name("with", kMaxNameBytes), peer.id<RoomId>("room_id")};
    if (!peer.ok()) return Error{Errc::ImportInvalid};
    header.privateWith = saved.peer->name;
  }
  if (!fields.ok() || !bounds.ok()) return Error{Errc::ImportInvalid};
  return header;
}

std::optional<JsonEvent> eventFromLine(std::string_view line) {
  const auto object = objectIn(line);
  if (!object) return std::nullopt;
  Fields fields(*object);
  const std::string kind = fields.text("event", 64);
  JsonEvent read;
  read.epoch = fields.number("epoch", 1, kMaxImportEpochs);
  read.event.seq = Seq{fields.number("seq", 1, kMaxSeq)};
  read.event.time = fields.eventTime();
  read.event.actorName = fields.name(fields.has("from") ? "from" : "name", kMaxNameBytes);
  read.event.actor = fields.id<MemberId>("member_id");
  auto body = bodyFrom(kind, fields);
  if (!body || !fields.ok()) return std::nullopt;
  read.event.body = *std::move(body);
  return read;
}

}  // namespace earshot::app

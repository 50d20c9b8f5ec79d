#include "net/codec.h"

#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#if __has_include(<google/protobuf/stubs/logging.h>)  // from 22 on protobuf has no log of its own
#include <google/protobuf/stubs/logging.h>
#endif

#include <algorithm>
#include <array>
#include <type_traits>

#include "app/emoji.h"
#include "app/following_id.h"
#include "app/limits.h"
#include "app/text.h"

namespace earshot::net {
namespace {

using app::Errc;
using app::Error;

/// Deeper than any message of ours; protobuf's own default of 100 is for other people's.
constexpr int kMaxDepth = 16;
constexpr std::size_t kMembersPerFrame = 400;
/// Of the events in a frame; with the largest one behind it, it is still within app::kMaxControlFrameBytes.
constexpr std::size_t kEventsFrameBytes = std::size_t{32} * 1024;
constexpr std::int64_t kMaxTimeMs = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
/// A member's name or a topic as another version might allow it; ours is stricter.
constexpr std::size_t kMaxForeignNameBytes = 256;
constexpr std::size_t kMaxForeignTopicBytes = 4 * app::kMaxTopicCodePoints;

struct CodePair {
  wire::Code wire;
  Errc app;
};
constexpr std::array kCodes{
    CodePair{wire::CODE_VERSION, Errc::VersionMismatch},
    CodePair{wire::CODE_PROTOCOL, Errc::ProtocolViolation},
    CodePair{wire::CODE_NAME_EMPTY, Errc::NameEmpty},
    CodePair{wire::CODE_NAME_TOO_LONG, Errc::NameTooLong},
    CodePair{wire::CODE_NAME_FORBIDDEN, Errc::NameForbidden},
    CodePair{wire::CODE_NAME_TAKEN, Errc::NameTaken},
    CodePair{wire::CODE_TEXT_EMPTY, Errc::TextEmpty},
    CodePair{wire::CODE_TEXT_TOO_LONG, Errc::TextTooLong},
    CodePair{wire::CODE_TEXT_INVALID, Errc::TextInvalid},
    CodePair{wire::CODE_TOPIC_TOO_LONG, Errc::TopicTooLong},
    CodePair{wire::CODE_ROOM_FULL, Errc::RoomFull},
    CodePair{wire::CODE_NOT_A_MEMBER, Errc::NotAMember},
    CodePair{wire::CODE_STORAGE_FULL, Errc::HostStorageFull},
    CodePair{wire::CODE_STORAGE, Errc::HostStorageFailed},
    CodePair{wire::CODE_JOIN_CODE_NEEDED, Errc::JoinCodeNeeded},
    CodePair{wire::CODE_JOIN_CODE_WRONG, Errc::JoinCodeWrong},
    CodePair{wire::CODE_INVITE_EXPIRED, Errc::InviteExpired},
    CodePair{wire::CODE_TOO_MANY_TRIES, Errc::TooManyTries},
    CodePair{wire::CODE_MESSAGE_GONE, Errc::MessageGone},
    CodePair{wire::CODE_MESSAGE_NOT_YOURS, Errc::MessageNotYours},
    CodePair{wire::CODE_REACTION_INVALID, Errc::ReactionInvalid},
    CodePair{wire::CODE_TOO_FAST, Errc::TooFast},
    CodePair{wire::CODE_PERSON_UNREACHABLE, Errc::PersonUnreachable},
    CodePair{wire::CODE_MAILBOX_FULL, Errc::MailboxFull},
};

bool validTime(std::int64_t ms) {
  return ms >= 0 && ms <= kMaxTimeMs;
}
bool validLine(const std::string& text, std::size_t maxBytes) {
  return text.size() <= maxBytes && app::isValidText(text) && text.find_first_of("\r\n") == std::string::npos;
}
bool validText(const std::string& text) {
  return text.size() <= app::kMaxTextBytes && app::isValidText(text);
}

app::TextStyle fromWire(wire::Style style) {
  return style == wire::STYLE_ACTION ? app::TextStyle::Action : app::TextStyle::Plain;
}
wire::Style toWire(app::TextStyle style) {
  return style == app::TextStyle::Action ? wire::STYLE_ACTION : wire::STYLE_PLAIN;
}

/// What an event is about came before it.
bool isEarlier(std::uint64_t target, std::uint64_t seq) {
  return target > 0 && target < seq;
}

/// The id that a text has when it leaves out its own.
std::optional<app::RequestId> idAfter(const app::Event* before) {
  const auto* text = before == nullptr ? nullptr : std::get_if<app::TextPosted>(&before->body);
  if (text == nullptr) return std::nullopt;
  return app::following(text->id);
}

std::optional<app::EventBody> bodyFromWire(const wire::Event& event, std::uint64_t seq, const app::Event* before) {
  switch (event.body_case()) {
    case wire::Event::kTextPosted: {
      const auto& posted = event.text_posted();
      const auto id = posted.request_id().empty() ? idAfter(before) : app::RequestId::fromView(posted.request_id());
      if (!id || !validText(posted.text()) || posted.reply_to() >= seq) return std::nullopt;
      return app::TextPosted{
          *id, fromWire(posted.style()), posted.text(), app::Seq{posted.reply_to()}, posted.edited(), posted.deleted()};
    }
    case wire::Event::kMemberJoined:
      return app::MemberJoined{};
    case wire::Event::kMemberLeft:
      return app::MemberLeft{net::fromWire(event.member_left().reason())};
    case wire::Event::kMemberRenamed:
      if (!validLine(event.member_renamed().new_name(), kMaxForeignNameBytes)) return std::nullopt;
      return app::MemberRenamed{event.member_renamed().new_name()};
    case wire::Event::kTopicChanged:
      if (!validLine(event.topic_changed().topic(), kMaxForeignTopicBytes)) return std::nullopt;
      return app::TopicChanged{event.topic_changed().topic()};
    case wire::Event::kTextEdited:
      if (!isEarlier(event.text_edited().seq(), seq) || !validText(event.text_edited().text())) return std::nullopt;
      return app::TextEdited{app::Seq{event.text_edited().seq()}, event.text_edited().text()};
    case wire::Event::kTextDeleted:
      if (!isEarlier(event.text_deleted().seq(), seq)) return std::nullopt;
      return app::TextDeleted{app::Seq{event.text_deleted().seq()}};
    case wire::Event::kReacted:
      if (!isEarlier(event.reacted().seq(), seq) || !app::isOneEmoji(event.reacted().emoji())) return std::nullopt;
      return app::Reacted{app::Seq{event.reacted().seq()}, event.reacted().emoji(), !event.reacted().off()};
    case wire::Event::BODY_NOT_SET:
      break;
  }
  return std::nullopt;
}

void setBytes(std::string& field, std::string_view bytes) {
  field.assign(bytes);
}

}  // namespace

void appendFrame(Bytes& out, FrameType type, const google::protobuf::MessageLite& body) {
  const std::size_t length = body.ByteSizeLong();
  const std::size_t start = out.size();
  out.resize(start + app::kFrameHeaderBytes + length);
  writeHeader({static_cast<std::uint32_t>(length), static_cast<std::uint16_t>(type), 0},
              std::span<std::uint8_t, 8>(out.data() + start, 8));
  body.SerializeWithCachedSizesToArray(out.data() + start + app::kFrameHeaderBytes);
}

SharedBytes frame(FrameType type, const google::protobuf::MessageLite& body) {
  auto bytes = std::make_shared<Bytes>();
  appendFrame(*bytes, type, body);
  return bytes;
}

bool parse(std::span<const std::uint8_t> body, google::protobuf::MessageLite& out) {
  // Malformed input is an everyday event, told by the result; protobuf would also print it.
#if __has_include(<google/protobuf/stubs/logging.h>)
  [[maybe_unused]] static const auto silenced = google::protobuf::SetLogHandler(nullptr);
#endif
  google::protobuf::io::CodedInputStream input(body.data(), static_cast<int>(body.size()));
  input.SetRecursionLimit(kMaxDepth);
  return out.ParseFromCodedStream(&input) && input.ConsumedEntireMessage();
}

void fill(wire::Event& out, const app::Event& event, const app::Event* before) {
  if (before == nullptr || event.seq != next(before->seq)) out.set_seq(app::toNumber(event.seq));
  if (before == nullptr || event.time != before->time) out.set_time_ms(event.time.time_since_epoch().count());
  if (before == nullptr || event.actor != before->actor) setBytes(*out.mutable_actor(), event.actor.view());
  if (before == nullptr || event.actorName != before->actorName) out.set_actor_name(event.actorName);
  std::visit(
      [&](const auto& body) {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (std::is_same_v<Body, app::TextPosted>) {
          if (body.id != idAfter(before)) {
            setBytes(*out.mutable_text_posted()->mutable_request_id(), body.id.view());
          }
          out.mutable_text_posted()->set_style(toWire(body.style));
          out.mutable_text_posted()->set_text(body.text);
          out.mutable_text_posted()->set_reply_to(app::toNumber(body.replyTo));
          out.mutable_text_posted()->set_edited(body.edited);
          out.mutable_text_posted()->set_deleted(body.deleted);
        } else if constexpr (std::is_same_v<Body, app::MemberJoined>) {
          out.mutable_member_joined();
        } else if constexpr (std::is_same_v<Body, app::MemberLeft>) {
          out.mutable_member_left()->set_reason(net::toWire(body.reason));
        } else if constexpr (std::is_same_v<Body, app::MemberRenamed>) {
          out.mutable_member_renamed()->set_new_name(body.newName);
        } else if constexpr (std::is_same_v<Body, app::TopicChanged>) {
          out.mutable_topic_changed()->set_topic(body.topic);
        } else if constexpr (std::is_same_v<Body, app::TextEdited>) {
          out.mutable_text_edited()->set_seq(app::toNumber(body.target));
          out.mutable_text_edited()->set_text(body.text);
        } else if constexpr (std::is_same_v<Body, app::TextDeleted>) {
          out.mutable_text_deleted()->set_seq(app::toNumber(body.target));
        } else if constexpr (std::is_same_v<Body, app::Reacted>) {
          out.mutable_reacted()->set_seq(app::toNumber(body.target));
          out.mutable_reacted()->set_emoji(body.emoji);
          out.mutable_reacted()->set_off(!body.on);
        } else {
          static_assert(std::is_same_v<Body, app::KeyChanged>);  // no room has such events
        }
      },
      event.body);
}

app::Result<app::Event> fromWire(const wire::Event& event, const app::Event* before) {
  const Error malformed{Errc::ProtocolViolation, "event"};
  const bool isWhole = event.has_seq() && event.has_time_ms() && event.has_actor() && event.has_actor_name();
  if (!isWhole && before == nullptr) return malformed;
  const auto seq = event.has_seq() ? event.seq() : app::toNumber(next(before->seq));
  const auto actor = event.has_actor() ? app::MemberId::fromView(event.actor()) : before->actor;
  auto body = bodyFromWire(event, seq, before);
  if (!actor || !body || seq == 0 || seq > app::kMaxSeq || !validTime(event.time_ms()) ||
      !validLine(event.actor_name(), kMaxForeignNameBytes)) {
    return malformed;
  }
  return app::Event{app::Seq{seq},
                    event.has_time_ms() ? app::UtcMillis{std::chrono::milliseconds{event.time_ms()}} : before->time,
                    *actor, event.has_actor_name() ? event.actor_name() : before->actorName, std::move(*body)};
}

app::Result<std::vector<app::Event>> eventsFromWire(const google::protobuf::RepeatedPtrField<wire::Event>& events,
                                                    std::size_t most) {
  if (static_cast<std::size_t>(events.size()) > most) return Error{Errc::ProtocolViolation, "too many events"};
  std::vector<app::Event> out;
  out.reserve(static_cast<std::size_t>(events.size()));
  for (const wire::Event& message : events) {
    auto event = fromWire(message, out.empty() ? nullptr : &out.back());
    if (!event) return event.error();
    out.push_back(std::move(*event));
  }
  return out;
}

SharedBytes eventsFrames(std::span<const app::Event> events) {
  auto bytes = std::make_shared<Bytes>();
  google::protobuf::Arena arena;
#if GOOGLE_PROTOBUF_VERSION < 5026000
  auto& page = *google::protobuf::Arena::CreateMessage<wire::Events>(&arena);
#else  // from 26 on it has this name
  auto& page = *google::protobuf::Arena::Create<wire::Events>(&arena);
#endif
  std::size_t pageBytes = 0;
  const app::Event* before = nullptr;
  for (const app::Event& event : events) {
    if (pageBytes >= kEventsFrameBytes || page.events_size() == static_cast<int>(app::kMaxEventsOfAFrame)) {
      appendFrame(*bytes, FrameType::Events, page);
      page.Clear();
      pageBytes = 0;
      before = nullptr;
    }
    auto& message = *page.add_events();
    fill(message, event, before);
    pageBytes += message.ByteSizeLong();
    before = &event;
  }
  if (page.events_size() > 0) appendFrame(*bytes, FrameType::Events, page);
  return bytes;
}

wire::LastSeen toWire(const app::LastSeen& lastSeen) {
  wire::LastSeen out;
  setBytes(*out.mutable_epoch(), lastSeen.epoch.view());
  out.set_seq(app::toNumber(lastSeen.seq));
  out.set_time_ms(lastSeen.time.time_since_epoch().count());
  setBytes(*out.mutable_actor(), lastSeen.actor.view());
  return out;
}

std::optional<app::LastSeen> lastSeenFrom(const wire::LastSeen& lastSeen) {
  const auto epoch = app::Epoch::fromView(lastSeen.epoch());
  const auto actor = app::MemberId::fromView(lastSeen.actor());
  if (!epoch || !actor || lastSeen.seq() == 0 || lastSeen.seq() > app::kMaxSeq || !validTime(lastSeen.time_ms())) {
    return std::nullopt;
  }
  return app::LastSeen{*epoch, app::Seq{lastSeen.seq()}, app::UtcMillis{std::chrono::milliseconds{lastSeen.time_ms()}},
                       *actor};
}

SharedBytes historyFrame(std::span<const app::Event> events, bool complete) {
  wire::HistoryPage page;
  const app::Event* before = nullptr;
  for (const app::Event& event : events) {
    fill(*page.add_events(), event, before);
    before = &event;
  }
  page.set_complete(complete);
  return frame(FrameType::HistoryPage, page);
}

wire::Code toWire(Errc code) {
  if (code == Errc::StorageFull) return wire::CODE_STORAGE_FULL;
  for (const auto& pair : kCodes) {
    if (pair.app == code) return pair.wire;
  }
  return wire::CODE_STORAGE;
}

Errc fromWire(wire::Code code) {
  for (const auto& pair : kCodes) {
    if (pair.wire == code) return pair.app;
  }
  return Errc::ProtocolViolation;
}

wire::Reason toWire(app::LeaveReason reason) {
  return static_cast<wire::Reason>(reason);
}

app::LeaveReason fromWire(wire::Reason reason) {
  return wire::Reason_IsValid(reason) ? static_cast<app::LeaveReason>(reason) : app::LeaveReason::Left;
}

std::optional<app::Request> requestFromWire(FrameType type, std::span<const std::uint8_t> body) {
  const auto request = [](const std::string& id, app::Command command) -> std::optional<app::Request> {
    const auto requestId = app::RequestId::fromView(id);
    if (!requestId) return std::nullopt;
    return app::Request{*requestId, std::move(command)};
  };
  if (type == FrameType::ChatSend) {
    wire::ChatSend message;
    if (!parse(body, message)) return std::nullopt;
    return request(message.request_id(), app::SendText{fromWire(message.style()), std::move(*message.mutable_text()),
                                                       app::Seq{message.reply_to()}, message.anew()});
  }
  if (type == FrameType::ChatEdit) {
    wire::ChatEdit message;
    if (!parse(body, message)) return std::nullopt;
    return request(message.request_id(), app::EditText{app::Seq{message.seq()}, message.text()});
  }
  if (type == FrameType::ChatDelete) {
    wire::ChatDelete message;
    if (!parse(body, message)) return std::nullopt;
    return request(message.request_id(), app::DeleteText{app::Seq{message.seq()}});
  }
  if (type == FrameType::ChatReact) {
    wire::ChatReact message;
    if (!parse(body, message)) return std::nullopt;
    return request(message.request_id(), app::React{app::Seq{message.seq()}, message.emoji(), !message.off()});
  }
  if (type == FrameType::Rename) {
    wire::Rename message;
    if (!parse(body, message)) return std::nullopt;
    return request(message.request_id(), app::Rename{message.name()});
  }
  if (type == FrameType::SetTopic) {
    wire::SetTopic message;
    if (!parse(body, message)) return std::nullopt;
    return request(message.request_id(), app::SetTopic{message.topic()});
  }
  return std::nullopt;
}

SharedBytes frameOf(const app::Request& request) {
  if (const auto* text = std::get_if<app::SendText>(&request.command)) {
    wire::ChatSend message;
    setBytes(*message.mutable_request_id(), request.id.view());
    message.set_style(toWire(text->style));
    message.set_text(text->text);
    message.set_reply_to(app::toNumber(text->replyTo));
    message.set_anew(text->anew);
    return frame(FrameType::ChatSend, message);
  }
  if (const auto* edit = std::get_if<app::EditText>(&request.command)) {
    wire::ChatEdit message;
    setBytes(*message.mutable_request_id(), request.id.view());
    message.set_seq(app::toNumber(edit->target));
    message.set_text(edit->text);
    return frame(FrameType::ChatEdit, message);
  }
  if (const auto* remove = std::get_if<app::DeleteText>(&request.command)) {
    wire::ChatDelete message;
    setBytes(*message.mutable_request_id(), request.id.view());
    message.set_seq(app::toNumber(remove->target));
    return frame(FrameType::ChatDelete, message);
  }
  if (const auto* react = std::get_if<app::React>(&request.command)) {
    wire::ChatReact message;
    setBytes(*message.mutable_request_id(), request.id.view());
    message.set_seq(app::toNumber(react->target));
    message.set_emoji(react->emoji);
    message.set_off(!react->on);
    return frame(FrameType::ChatReact, message);
  }
  if (const auto* rename = std::get_if<app::Rename>(&request.command)) {
    wire::Rename message;
    setBytes(*message.mutable_request_id(), request.id.view());
    message.set_name(rename->name);
    return frame(FrameType::Rename, message);
  }
  if (const auto* topic = std::get_if<app::SetTopic>(&request.command)) {
    wire::SetTopic message;
    setBytes(*message.mutable_request_id(), request.id.view());
    message.set_topic(topic->topic);
    return frame(FrameType::SetTopic, message);
  }
  return frame(FrameType::Leave, wire::Leave{});
}

std::optional<app::Member> fromWire(const wire::Member& member) {
  const auto id = app::MemberId::fromView(member.id());
  if (!id || !validLine(member.name(), kMaxForeignNameBytes) || !validTime(member.since_ms())) return std::nullopt;
  return app::Member{*id, member.name(), app::UtcMillis{std::chrono::milliseconds{member.since_ms()}}};
}

SharedBytes membersFrames(const std::vector<app::Member>& members) {
  auto bytes = std::make_shared<Bytes>();
  std::size_t at = 0;
  do {
    wire::Members page;
    for (const auto end = std::min(members.size(), at + kMembersPerFrame); at < end; ++at) {
      auto* out = page.add_members();
      setBytes(*out->mutable_id(), members[at].id.view());
      out->set_name(members[at].name);
      out->set_since_ms(members[at].since.time_since_epoch().count());
    }
    page.set_last(at >= members.size());
    appendFrame(*bytes, FrameType::Members, page);
  } while (at < members.size());
  return bytes;
}

std::string displayText(const std::string& text, std::size_t maxBytes) {
  return app::cleanLine(app::sanitizeForDisplay(std::string_view(text).substr(0, maxBytes)));
}

}  // namespace earshot::net

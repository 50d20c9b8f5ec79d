#include "app/room.h"

#include <cassert>
#include <utility>

#include "app/emoji.h"
#include "app/limits.h"
#include "app/names.h"
#include "app/text.h"

namespace earshot::app {

namespace {

template <class... Fs>
struct Overload : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overload(Fs...) -> Overload<Fs...>;

using Proposed = std::optional<Event>;

/// Whoever hosts and is not in the room; nobody else can have this name.
constexpr const char* kHostName = "Host";

Result<std::string> acceptableText(const std::string& text) {
  if (!isValidText(text)) return Error{Errc::TextInvalid};
  std::string cleaned = cleanMessage(text);
  if (cleaned.empty()) return Error{Errc::TextEmpty};
  if (cleaned.size() > kMaxTextBytes || countCodePoints(cleaned) > kMaxTextCodePoints) return Error{Errc::TextTooLong};
  return cleaned;
}

Result<std::string> acceptableTopic(const std::string& topic) {
  if (!isValidText(topic)) return Error{Errc::TextInvalid};
  std::string cleaned = cleanLine(topic);
  if (countCodePoints(cleaned) > kMaxTopicCodePoints) return Error{Errc::TopicTooLong};
  return cleaned;
}

}  // namespace

Room::Room(RoomState state) : topic_(std::move(state.topic)), lastSeq_(state.lastSeq), owner_(state.owner) {
  for (const Member& member : state.members) names_.take(member.name, member.id);
  roster_ = Roster(std::move(state.members));
}

Result<Proposed> Room::decide(const MemberId& from, const Request& request, UtcMillis now,
                              const Subject& subject) const {
  const Member* member = find(from);

  if (const auto* join = std::get_if<Join>(&request.command)) {
    if (member != nullptr) return Error{Errc::AlreadyMember};
    if (roster_.size() >= kMaxMembers) return Error{Errc::RoomFull};
    auto name = acceptableName(join->name, from);
    if (!name) return name.error();
    return Proposed{proposal(Member{from, std::move(*name), now}, now, MemberJoined{})};
  }

  const Member host{from, kHostName, now};
  if (member == nullptr) {
    if (owner_ != from || !std::holds_alternative<DeleteText>(request.command)) return Error{Errc::NotAMember};
    member = &host;
  }
  const Overload rules{
      [](const Join&) -> Result<Proposed> { return Error{Errc::AlreadyMember}; },
      [&](const SendText& send) -> Result<Proposed> {
        auto text = acceptableText(send.text);
        if (!text) return text.error();
        // A quote of what is not there says nothing; the answer does.
        const Seq replyTo = subject.text ? send.replyTo : Seq{};
        return Proposed{proposal(*member, now, TextPosted{request.id, send.style, std::move(*text), replyTo})};
      },
      [&](const Rename& rename) -> Result<Proposed> {
        auto name = acceptableName(rename.name, from);
        if (!name) return name.error();
        if (*name == member->name) return Proposed{};
        return Proposed{proposal(*member, now, MemberRenamed{std::move(*name)})};
      },
      [&](const SetTopic& set) -> Result<Proposed> {
        auto topic = acceptableTopic(set.topic);
        if (!topic) return topic.error();
        if (*topic == topic_) return Proposed{};
        return Proposed{proposal(*member, now, TopicChanged{std::move(*topic)})};
      },
      [&](const EditText& edit) -> Result<Proposed> {
        if (!subject.text || subject.text->deleted) return Error{Errc::MessageGone};
        if (subject.author != from) return Error{Errc::MessageNotYours};
        auto text = acceptableText(edit.text);
        if (!text) return text.error();
        if (*text == subject.text->text) return Proposed{};
        return Proposed{proposal(*member, now, TextEdited{edit.target, std::move(*text)})};
      },
      [&](const DeleteText& remove) -> Result<Proposed> {
        if (!subject.text) return Error{Errc::MessageGone};
        if (subject.author != from && owner_ != from) return Error{Errc::MessageNotYours};
        if (subject.text->deleted) return Proposed{};
        return Proposed{proposal(*member, now, TextDeleted{remove.target})};
      },
      [&](const React& react) -> Result<Proposed> {
        if (!subject.text || subject.text->deleted) return Error{Errc::MessageGone};
        if (!isOneEmoji(react.emoji)) return Error{Errc::ReactionInvalid};
        if (subject.reacted == react.on) return Proposed{};
        return Proposed{proposal(*member, now, Reacted{react.target, react.emoji, react.on})};
      },
      [&](const Leave& leave) -> Result<Proposed> {
        return Proposed{proposal(*member, now, MemberLeft{leave.reason})};
      },
  };
  return std::visit(rules, request.command);
}

void Room::apply(const Event& event) {
  assert(event.seq == next(lastSeq_));
  lastSeq_ = event.seq;
  if (const auto* changed = std::get_if<TopicChanged>(&event.body)) topic_ = changed->topic;
  if (!Roster::isTouchedBy(event)) return;
  if (const Member* before = find(event.actor)) names_.giveUp(before->name, event.actor);
  roster_.apply(event);
  if (const Member* after = find(event.actor)) names_.take(after->name, event.actor);
}

Result<std::string> Room::acceptableName(const std::string& wanted, const MemberId& owner) const {
  auto name = normalizeName(wanted);
  if (!name) return name.error();
  if (!names_.isTaken(*name, owner)) return name;
  return Error{Errc::NameTaken,
               freeVariant(*name, [&](const std::string& variant) { return names_.isTaken(variant, owner); })};
}

Event Room::proposal(const Member& actor, UtcMillis now, EventBody body) const {
  return Event{next(lastSeq_), now, actor.id, actor.name, std::move(body)};
}

}  // namespace earshot::app

#include "ui/transcript_model.h"

namespace earshot::ui {
namespace {

std::string leaveWording(app::LeaveReason reason, bool self) {
  switch (reason) {
    case app::LeaveReason::Left:
      return "left";
    case app::LeaveReason::ConnectionLost:
      return "lost the connection";
    case app::LeaveReason::HostClosed:
      return "left (the room closed)";
    case app::LeaveReason::Replaced:
      return "left (joined again from another window)";
    case app::LeaveReason::TooSlow:
      return self ? "were disconnected (the connection was too slow)"
                  : "was disconnected (the connection was too slow)";
  }
  return "left";
}

struct Wording {
  std::string who;
  bool self;

  std::string operator()(const app::TextPosted&) const { return {}; }
  std::string operator()(const app::MemberJoined&) const { return who + " joined"; }
  std::string operator()(const app::MemberLeft& left) const { return who + " " + leaveWording(left.reason, self); }
  std::string operator()(const app::MemberRenamed& renamed) const {
    return who + (self ? " are now called " : " is now called ") + renamed.newName;
  }
  std::string operator()(const app::TopicChanged& changed) const {
    if (changed.topic.empty()) return who + " cleared the topic";
    return who + " changed the topic to “" + changed.topic + "”";
  }
  // These show in the row of the text that they are about.
  std::string operator()(const app::TextEdited&) const { return {}; }
  std::string operator()(const app::TextDeleted&) const { return {}; }
  std::string operator()(const app::Reacted&) const { return {}; }
  std::string operator()(const app::KeyChanged&) const {
    return who + " uses another key than the one that you knew by this name";
  }
};

}  // namespace

std::string noticeText(const app::Event& event, const app::MemberId& self) {
  const bool own = event.actor == self;
  return std::visit(Wording{own ? "You" : event.actorName, own}, event.body);
}

}  // namespace earshot::ui

#include "console/talk.h"

namespace earshot::console {

void Talk::line(std::string text) {
  if (leaving_) return;
  if (admitted_) return ask(text);
  waitingLines_.push_back(std::move(text));
}

void Talk::ask(const std::string& text) {
  Asked asked = dialect_.read(text);
  if (auto* room = std::get_if<AskRoom>(&asked)) {
    const auto id = app::makeRequestId();
    asked_.emplace(id, std::move(room->ref));
    link_.submit({id, std::move(room->command)});
  } else if (auto* privately = std::get_if<AskPrivate>(&asked)) {
    askPrivately(std::move(*privately));
  } else if (auto* history = std::get_if<AskHistory>(&asked)) {
    askHistory(std::move(*history));
  } else if (const auto* search = std::get_if<AskSearch>(&asked)) {
    dialect_.found(search_ ? search_(search->query, search->limit) : app::SearchResults{}, search->ref);
  } else if (std::holds_alternative<AskTyping>(asked)) {
    link_.tellTyping();
  } else if (std::holds_alternative<AskQuit>(asked)) {
    stopAsked();
  } else if (std::holds_alternative<AskHelp>(asked)) {
    dialect_.help();
  } else if (const auto* wrong = std::get_if<AskWrong>(&asked)) {
    dialect_.error(wrong->error, wrong->sentence, {});
  }
}

void Talk::inputEnded() {
  inputEnded_ = true;
  leaveIfDone();
}

void Talk::stopAsked() {
  if (leaving_) return;
  leaving_ = true;
  link_.close();
}

void Talk::leaveIfDone() {
  if (inputEnded_ && admitted_ && waitingLines_.empty() && asked_.empty()) stopAsked();
}

void Talk::answered(const app::RequestId& id) {
  asked_.erase(id);
  delayed_.erase(id);
  leaveIfDone();
}

std::string Talk::refOf(const app::RequestId& id) const {
  const auto found = asked_.find(id);
  return found == asked_.end() ? std::string{} : found->second;
}

void Talk::update(const app::LinkUpdate& update) {
  if (const auto* connecting = std::get_if<app::LinkConnecting>(&update)) {
    if (!admitted_) dialect_.connecting(*connecting);
  } else if (const auto* in = std::get_if<app::LinkAdmitted>(&update)) {
    admitted(*in);
  } else if (const auto* broken = std::get_if<app::LinkInterrupted>(&update)) {
    interrupted(*broken);
  } else if (const auto* event = std::get_if<app::LinkEvent>(&update)) {
    happened(*event);
  } else if (const auto* history = std::get_if<app::LinkHistory>(&update)) {
    tellHistory(*history);
  } else if (const auto* typing = std::get_if<app::LinkTyping>(&update)) {
    tellTyping(*typing);
  } else if (const auto* queued = std::get_if<app::LinkQueued>(&update)) {
    // Also what an earlier run could not hand over: waited for like everything said now.
    asked_.try_emplace(queued->text.id);
  } else if (const auto* sent = std::get_if<app::LinkSent>(&update)) {
    const auto id = std::get<app::TextPosted>(sent->stored.event.body).id;
    dialect_.sent(sent->stored.event, refOf(id));
    answered(id);
  } else if (const auto* done = std::get_if<app::LinkDone>(&update)) {
    answered(done->id);
  } else if (const auto* no = std::get_if<app::LinkRefused>(&update)) {
    refused(*no);
  } else if (const auto* privately = std::get_if<app::LinkPrivate>(&update)) {
    updatePrivate(*privately);
  } else if (const auto* over = std::get_if<app::LinkClosed>(&update)) {
    closed(over->reason);
  }
}

void Talk::admitted(const app::LinkAdmitted& admitted) {
  const bool again = std::exchange(admitted_, true);
  interrupted_ = false;
  self_ = admitted.self;
  conversation_ = admitted.conversation;
  people_.reset(admitted.members);
  if (again) {
    dialect_.resumed(admitted);
    return answerNextHistory();  // what the host was asked before is answered by nobody
  }
  dialect_.joined(admitted);
  while (!waitingLines_.empty() && !leaving_) {
    const std::string text = std::move(waitingLines_.front());
    waitingLines_.pop_front();
    ask(text);
  }
  leaveIfDone();
}

void Talk::interrupted(const app::LinkInterrupted& broken) {
  if (inputEnded_) {
    // Nobody is there who could wait; what was not sent stays in the outbox.
    leaving_ = true;
    exitCode_ = 1;
    failure_ = broken.reason;
    return;
  }
  if (!std::exchange(interrupted_, true)) dialect_.interrupted(broken);
}

void Talk::happened(const app::LinkEvent& event) {
  const app::Event& happened = event.stored.event;
  if (event.past) return tellPast(happened);
  people_.apply(happened);
  // Our own farewell comes back to us like everybody's; we know that we leave.
  if (happened.actor == self_ && std::holds_alternative<app::MemberLeft>(happened.body)) return;
  tell(happened);
}

void Talk::tellTyping(const app::LinkTyping& typing) {
  std::vector<std::string> names;
  for (const auto& who : typing.who) {
    if (auto name = people_.nameOf(who); !name.empty()) names.push_back(std::move(name));
  }
  if (!names.empty()) dialect_.typing(names);
}

void Talk::tell(const app::Event& event) {
  const auto* text = std::get_if<app::TextPosted>(&event.body);
  const bool isMention = text != nullptr && event.actor != self_ && people_.isMentioned(self_, text->text);
  dialect_.event(event, self_, isMention);
}

/// Who came and went meanwhile is no news any more: who is there has been told.
void Talk::tellPast(const app::Event& event) {
  const bool isText = std::holds_alternative<app::TextPosted>(event.body);
  if (!isText && !app::targetOf(event.body)) return;
  if (isText && event.actor == self_) {
    dialect_.sent(event, {});
  } else {
    tell(event);
  }
}

void Talk::refused(const app::LinkRefused& refused) {
  // A full disk may stay full; what was only too fast is sent within seconds.
  const bool isWaitedFor = !inputEnded_ || refused.error.code == app::Errc::TooFast;
  if (refused.forNow && isWaitedFor) {
    if (delayed_.insert(refused.id).second) dialect_.delayed(refused.error, refOf(refused.id));
    return;
  }
  // Where the input has ended, nobody is there who could wait; what was not sent stays in the outbox.
  somethingRefused_ = true;
  dialect_.error(refused.error, {}, refOf(refused.id));
  answered(refused.id);
}

void Talk::closed(const app::Error& reason) {
  if (leaving_) {
    exitCode_ = inputEnded_ && somethingRefused_ ? 1 : 0;
    return;
  }
  exitCode_ = 1;
  failure_ = reason;
  if (admitted_) {
    dialect_.disconnected(reason);
  } else {
    dialect_.error(reason, {}, {});
  }
}

}  // namespace earshot::console

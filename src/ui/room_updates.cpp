// The half of RoomController that takes what arrives from the network threads.

#include <utility>

#include "ui/next_step.h"
#include "ui/room_controller.h"

namespace earshot::ui {

void RoomController::tell(const RoomNews& news) {
  const OnNews notify = onNews_;  // what it does may destroy us, and our function with us
  notify(*this, news);
}

app::Error RoomController::inOurWords(app::Error error) const {
  // Nobody is told to ask themselves: the host's disk is that of whoever hosts.
  if (isHosting() && error.code == app::Errc::HostStorageFull) error.code = app::Errc::StorageFull;
  if (isHosting() && error.code == app::Errc::HostStorageFailed) error.code = app::Errc::StorageFailed;
  // Whose disk it is counts, not which of Earshot's own files did not fit.
  if (error.code == app::Errc::StorageFull) error.detail.clear();
  return error;
}

void RoomController::tellSharing() {
  RoomNews news;
  news.sharingChanged = true;
  news.titleChanged = true;
  tell(news);
}

void RoomController::drainLink() {
  if (!linkInbox_) return;
  RoomNews news;
  for (const app::LinkUpdate& update : linkInbox_->takeAll()) apply(update, news);
  for (app::Error& refusal : news.refusals) refusal = inOurWords(std::move(refusal));
  tell(news);
}

void RoomController::drainHost() {
  if (!hostInbox_) return;
  RoomNews news;
  for (const app::HostUpdate& update : hostInbox_->takeAll()) apply(update, news);
  tell(news);
}

void RoomController::apply(const app::HostUpdate& update, RoomNews& news) {
  if (const auto* listening = std::get_if<app::HostListening>(&update)) {
    roomName_ = listening->roomName;
    hostLog_ = listening->log;
    hostAddresses_ = listening->addresses;
    hostPort_ = listening->port;
    address_ =
        listening->addresses.empty() ? listening->ownAddress : withPort(listening->addresses.front(), listening->port);
    hostKey_ = listening->hostKey;
    access_.opened(*listening);
    askAccess();
    news.accessChanged = true;
    news.titleChanged = true;
    ownAddress_ = listening->ownAddress;
    connect(ownAddress_);
  } else if (const auto* connection = std::get_if<app::HostConnection>(&update)) {
    news.connections.push_back(connection->record);
  } else if (const auto* access = std::get_if<app::HostAccess>(&update)) {
    access_.changed(*access);
    news.accessChanged = true;
  } else if (const auto* saving = std::get_if<app::HostSaving>(&update)) {
    saving_ = *saving;
    news.savingChanged = true;
  } else if (const auto* stopped = std::get_if<app::HostStopped>(&update)) {
    end(stopped->error.value_or(app::Error{app::Errc::HostClosed}), news);
    if (stopped->error) failure_ = inOurWords(*stopped->error);
    release();
  }
}

void RoomController::apply(const app::LinkUpdate& update, RoomNews& news) {
  if (const auto* event = std::get_if<app::LinkEvent>(&update)) {
    if (event->past) {
      transcript_.received(event->stored);
    } else {
      showEvent(event->stored, news);
    }
  } else if (const auto* typing = std::get_if<app::LinkTyping>(&update)) {
    typists_.heard(typing->who, std::chrono::steady_clock::now());
    news.typingChanged = true;
  } else if (const auto* queued = std::get_if<app::LinkQueued>(&update)) {
    transcript_.queued(queued->text);
  } else if (const auto* sent = std::get_if<app::LinkSent>(&update)) {
    transcript_.sent(sent->stored);
    if (const auto* text = std::get_if<app::TextPosted>(&sent->stored.event.body)) delayed_.erase(text->id);
  } else if (const auto* admitted = std::get_if<app::LinkAdmitted>(&update)) {
    admit(*admitted, news);
  } else if (const auto* refused = std::get_if<app::LinkRefused>(&update)) {
    if (phase_ == RoomPhase::Connecting) {
      end(refused->error, news);
      releaseLink();
    } else {
      // What was only too fast is on its way in a moment.
      if (refused->error.code != app::Errc::TooFast) transcript_.refused(refused->id);
      // The same of texts that are tried again and again is said once, until all of them got through. Whoever hosts
      // is told of their disk anyway.
      if (!refused->forNow || (delayed_.empty() && !saving_.failed)) news.refusals.push_back(refused->error);
      if (refused->forNow) delayed_.insert(refused->id);
    }
  } else if (const auto* alone = std::get_if<app::LinkPrivate>(&update)) {
    addTalk(alone->person, {}).apply(alone->what, news);
  } else if (const auto* broken = std::get_if<app::LinkInterrupted>(&update)) {
    interrupt(*broken, news);
  } else if (const auto* history = std::get_if<app::LinkHistory>(&update)) {
    transcript_.olderArrived(history->complete || history->failed.has_value());
  } else if (const auto* closed = std::get_if<app::LinkClosed>(&update)) {
    end(closed->reason, news);
    releaseLink();
  } else if (std::holds_alternative<app::LinkConnecting>(update)) {
    news.titleChanged = true;
  }
}

void RoomController::admit(const app::LinkAdmitted& admitted, RoomNews& news) {
  self_ = admitted.self;
  if (conversation_.empty() || roomId_ != admitted.room) {
    if (const auto opened = openHistory(admitted.conversation); !opened.ok()) {
      end(opened.error(), news);
      return;
    }
    const auto readUpTo = backend_.readUpTo ? backend_.readUpTo(admitted.room) : std::nullopt;
    // Of a room that was never entered before, what was said in it is no news.
    transcript_.setReadUpTo(readUpTo.value_or(admitted.snapshot));
  }
  transcript_.setOlderElsewhere(admitted.hasOlder ? [this](app::Position before) {
    if (link_) link_->askHistory(before, TranscriptModel::kPageRows);
  } : TranscriptModel::AskOlder{});
  admittedAt_ = admitted.snapshot;
  failure_.reset();
  roomId_ = admitted.room;
  roomName_ = admitted.roomName;
  topic_ = admitted.topic;
  selfName_ = admitted.selfName;
  if (!isHosting()) address_ = admitted.address;
  hostProof_ = admitted.proof;
  hostKey_ = admitted.hostKey;
  askingForCode_ = false;
  invite_.reset();
  people_.reset(admitted.members, admitted.self);
  phase_ = RoomPhase::Open;
  news.admitted = true;
  news.peopleChanged = true;
  news.titleChanged = true;
}

void RoomController::showEvent(const app::StoredEvent& stored, RoomNews& news) {
  transcript_.received(stored);
  const app::Event& event = stored.event;
  const bool isText = std::holds_alternative<app::TextPosted>(event.body);
  if (isText || std::holds_alternative<app::MemberLeft>(event.body)) {
    news.typingChanged = typists_.stopped(event.actor) || news.typingChanged;
  }
  if (isText) {
    if (event.actor != self_) news.texts.push_back(stored);
  } else if (const auto* topic = std::get_if<app::TopicChanged>(&event.body)) {
    topic_ = topic->topic;
    news.titleChanged = true;
  } else if (people_.apply(event)) {
    news.peopleChanged = true;
    news.privateChanged = news.privateChanged || privateTalk(event.actor) != nullptr;
    const auto* renamed = std::get_if<app::MemberRenamed>(&event.body);
    if (renamed != nullptr && event.actor == self_) {
      selfName_ = renamed->newName;
      news.selfRenamed = true;
    } else if (PrivateTalk* talk = privateTalk(event.actor); renamed != nullptr && talk != nullptr) {
      talk->setName(renamed->newName);
    }
  }
}

void RoomController::interrupt(const app::LinkInterrupted& interrupted, RoomNews& news) {
  phase_ = RoomPhase::Returning;
  failure_ = inOurWords(interrupted.reason);
  retryAt_ = std::chrono::steady_clock::now() + interrupted.retryIn;
  typists_.clear();
  news.typingChanged = true;
  for (const auto& talk : privateTalks_) talk->roomInterrupted();
  news.titleChanged = true;
  news.peopleChanged = true;
  news.privateChanged = true;
}

void RoomController::end(app::Error reason, RoomNews& news) {
  if (phase_ == RoomPhase::Closed) return;
  phase_ = RoomPhase::Closed;
  switch (nextStepAfter(reason)) {
    case NextStep::TypeJoinCode:
      askingForCode_ = true;
      break;
    case NextStep::TryAgain:  // a code that was being tried may be tried again
      break;
    case NextStep::MayTypeJoinCode:
    case NextStep::AskForAnotherWay:
      askingForCode_ = false;
      break;
  }
  failure_ = inOurWords(std::move(reason));
  people_.clear();
  typists_.clear();
  transcript_.linkEnded();
  for (const auto& talk : privateTalks_) talk->roomEnded();
  news.ended = true;
  news.typingChanged = true;
  news.peopleChanged = true;
  news.titleChanged = true;
  news.sharingChanged = true;
  news.accessChanged = true;
}

}  // namespace earshot::ui

// Getting into rooms, following them, and leaving them.

#include <utility>

#include "app/error_text.h"
#include "app/invite.h"
#include "ui/access_dialog.h"
#include "ui/chat_page.h"
#include "ui/connection_log_window.h"
#include "ui/main_frame.h"
#include "ui/next_step.h"
#include "ui/sharing_dialog.h"
#include "ui/start_page.h"
#include "ui/strings.h"
#include "ui/transcript_view.h"

namespace earshot::ui {

std::unique_ptr<RoomController> MainFrame::newRoom() {
  return std::make_unique<RoomController>(
      backend_, [this](RoomController& room, const RoomNews& news) { handleNews(room, news); });
}

void MainFrame::host(const std::string& name, app::HostOptions options) {
  settings_->change([&](app::Settings& settings) {
    settings.name = name;
    settings.roomName = options.roomName;
  });
  if (const RoomController* open = rooms_.hostedAs(options.roomName)) {
    showRoom(*open);
    return;
  }
  pendingIsHost_ = true;
  pending_ = newRoom();
  start_->showOpening();
  pending_->host(std::move(options), name);
}

void MainFrame::join(const std::string& name, const std::string& typed) {
  const auto way = app::parseWayIn(typed);
  if (!way) {
    start_->showJoinError(fromUtf8(app::describe(way.error())));
    return;
  }
  const auto* invite = std::get_if<app::InviteLink>(&*way);
  const std::string& address = app::addressOf(*way);
  // Where a link leads is shown and remembered like any address that was typed; an invite stays until
  // it has let the person in.
  if (invite == nullptr && address != typed) start_->setAddress(address);
  settings_->change([&](app::Settings& settings) {
    settings.name = name;
    settings.lastAddress = address;
  });
  const RoomController* open = invite != nullptr ? rooms_.withId(invite->room) : rooms_.atAddress(address);
  if (open != nullptr && open->isOpen()) {
    showRoom(*open);
    return;
  }
  pendingIsHost_ = false;
  pending_ = newRoom();
  start_->showConnecting(address);
  pending_->join(*way, name);
}

void MainFrame::reopen(const std::string& name, const app::ConversationInfo& info) {
  settings_->change([&](app::Settings& settings) { settings.name = name; });
  if (const RoomController* open = rooms_.withId(info.room)) {
    showRoom(*open);
    return;
  }
  const auto added = addSaved(info);
  if (!added.ok()) {
    start_->showJoinError(fromUtf8(app::describe(added.error())));
    return;
  }
  if (!(*added)->isForReading() && !info.hostedHere && !info.address.empty()) (*added)->join(info.address, name);
  showRoom(**added);
}

app::Result<RoomController*> MainFrame::addSaved(const app::ConversationInfo& info) {
  auto room = newRoom();
  if (const auto opened = room->openSaved(info); !opened.ok()) return opened.error();
  return &rooms_.add(std::move(room));
}

void MainFrame::enterCode(const std::string& name, const std::string& typed) {
  if (!pending_ || !pending_->isAskingForCode()) return;
  settings_->change([&](app::Settings& settings) { settings.name = name; });
  const auto tried = pending_->joinWithCode(typed, name);
  start_->showCodeStep(*pending_);
  if (!tried.ok()) start_->showCodeProblem(fromUtf8(app::describe(tried.error())));
}

void MainFrame::enterCodeInRoom(const std::string& typed) {
  RoomController* room = rooms_.current();
  if (room == nullptr || !room->isAskingForCode()) return;
  const auto tried = room->joinWithCode(typed, nameFor(*room));
  RoomNews news;
  news.titleChanged = true;
  chat().refresh(news);
  if (!tried.ok()) chat().showCodeProblem(fromUtf8(app::describe(tried.error())));
}

void MainFrame::askForCodeInRoom() {
  RoomController* room = rooms_.current();
  if (room == nullptr) return;
  room->askForCode();
  RoomNews news;
  news.titleChanged = true;
  chat().refresh(news);
}

void MainFrame::cancelPending() {
  pending_.reset();
  start_->showAddressStep();
  start_->showIdle();
  start_->focusJoin();
}

std::string MainFrame::nameFor(const RoomController& room) const {
  const auto& failure = room.failure();
  const bool offered = failure && failure->code == app::Errc::NameTaken && !failure->detail.empty();
  return offered ? failure->detail : ownName();
}

void MainFrame::reconnectCurrent() {
  RoomController* room = rooms_.current();
  if (room == nullptr) return;
  room->reconnect(nameFor(*room));
  RoomNews news;
  news.titleChanged = true;
  chat().refresh(news);
  chat().focusComposer();
}

void MainFrame::leave(RoomController& room) {
  if (room.isHosting() && room.othersInside() > 0 && !confirmEnding({{room.roomName(), room.othersInside()}})) return;
  const bool wasShown = rooms_.current() == &room;
  if (wasShown) chat().show(nullptr, nullptr, {});
  closeWindowsOf(room);
  const auto gone = rooms_.remove(room);
  if (rooms_.empty()) {
    showStart();
  } else if (wasShown && isChatShown()) {
    show(rooms_.selected());
  } else {
    showTalkList();
  }
}

void MainFrame::leaveCurrent() {
  RoomController* room = rooms_.current();
  if (room == nullptr) return;
  if (rooms_.currentPrivate() != nullptr && isChatShown()) return showRoom(*room);
  leave(*room);
}

void MainFrame::closeWindowsOf(const RoomController& room) {
  if (const auto log = logWindows_.find(&room); log != logWindows_.end()) log->second->Close();
  if (const auto sharing = sharingDialogs_.find(&room); sharing != sharingDialogs_.end()) sharing->second->Close();
  if (const auto access = accessDialogs_.find(&room); access != accessDialogs_.end()) access->second->Close();
}

// --- news ------------------------------------------------------------------------------------------

void MainFrame::handleNews(RoomController& room, const RoomNews& news) {
  if (closing_) return;
  if (&room == pending_.get()) {
    handlePendingNews(news);
    return;
  }
  if (news.admitted && handleTwin(room)) return;
  if (news.selfRenamed) {
    settings_->change([&](app::Settings& settings) { settings.name = room.selfName(); });
    start_->setName(room.selfName());
  }
  if (const auto window = logWindows_.find(&room); window != logWindows_.end()) window->second->add(news.connections);
  if (const auto dialog = sharingDialogs_.find(&room); dialog != sharingDialogs_.end() && news.sharingChanged) {
    dialog->second->show(room.sharing(), room.isHosting());
  }
  if (const auto dialog = accessDialogs_.find(&room); dialog != accessDialogs_.end()) {
    if (news.accessChanged) dialog->second->show(room);
    if (news.peopleChanged) room.askAccess();  // an invite may have been used
  }
  if (rooms_.current() == &room) chat().refresh(news);
  if (!IsActive()) attention_.announce(room.roomName(), news);
  const bool looksElsewhere = !IsActive() || !isChatShown() || rooms_.current() != &room;
  if (news.savingChanged && room.saving().failed && looksElsewhere) {
    attention_.warn(room.roomName(), app::describeUnsaved(room.saving()));
  }
  updateRead();
  showTalkList();
  updateTitle();
}

void MainFrame::handlePendingNews(const RoomNews& news) {
  if (news.ended) {
    start_->showIdle();
    handlePendingFailure();
  } else if (news.admitted) {
    start_->showAddressStep();
    start_->showIdle();
    // An invite has done its work and is nobody else's business.
    if (!pendingIsHost_) start_->setAddress(pending_->target());
    RoomController& room = rooms_.add(std::move(pending_));
    if (handleTwin(room)) return;
    show({rooms_.size() - 1, {}});
  }
}

void MainFrame::handlePendingFailure() {
  const app::Error reason = pending_->failure().value_or(app::Error{app::Errc::Cancelled});
  if (reason.code == app::Errc::NameTaken && !reason.detail.empty()) start_->setName(reason.detail);
  if (pending_->isAskingForCode()) {
    start_->showCodeStep(*pending_);
    return;
  }
  // Kept as long as a join code could still lead into it.
  const bool mayTypeCode = nextStepAfter(reason) == NextStep::MayTypeJoinCode;
  if (!mayTypeCode) pending_.reset();
  start_->showAddressStep();
  if (reason.code == app::Errc::Cancelled) return;
  const wxString sentence = fromUtf8(app::describe(reason));
  if (pendingIsHost_) {
    start_->showHostError(sentence);
  } else {
    start_->showJoinError(sentence, mayTypeCode);
  }
}

/// One room is open once: when two ways led into it, one of them goes. True when the given room is
/// gone.
bool MainFrame::handleTwin(RoomController& room) {
  RoomController* twin = room.roomId() ? rooms_.withId(*room.roomId(), &room) : nullptr;
  if (twin == nullptr) return false;
  RoomController& loser = twin->isHosting() ? room : *twin;
  RoomController& winner = twin->isHosting() ? *twin : room;
  if (rooms_.current() == &loser) chat().show(nullptr, nullptr, {});
  const bool roomIsGone = &loser == &room;
  closeWindowsOf(loser);
  const auto gone = rooms_.remove(loser);
  if (roomIsGone) winner.reconnect(ownName());
  showRoom(winner);
  return true;
}

}  // namespace earshot::ui

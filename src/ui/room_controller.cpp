#include "ui/room_controller.h"

#include <utility>

#include "app/clock.h"
#include "app/crypto/join_code.h"

namespace earshot::ui {
namespace {

/// Dies link first: the host still hears us leave.
struct Retired {
  std::unique_ptr<app::HostedRoom> hosted;
  std::unique_ptr<app::RoomLink> link;
};

}  // namespace

RoomController::RoomController(RoomBackend& backend, OnNews onNews)
    : backend_(backend),
      onNews_(std::move(onNews)),
      self_(backend.self),
      sharing_({backend.startSharing, backend.runOnUi, backend.retire}, [this] { tellSharing(); }) {
  transcript_.setOtherNames([this] { return people_.namesStartingWith({}); });
}

RoomController::~RoomController() {
  release();
}

template <class T>
std::shared_ptr<app::Inbox<T>> RoomController::makeInbox(void (RoomController::*drain)()) {
  return std::make_shared<app::Inbox<T>>([this, drain, run = backend_.runOnUi, alive = std::weak_ptr<int>(alive_)] {
    run([this, drain, alive] {
      if (!alive.expired()) (this->*drain)();
    });
  });
}

void RoomController::host(app::HostOptions options, const std::string& name) {
  release();
  phase_ = RoomPhase::Connecting;
  hostedHere_ = true;
  failure_.reset();
  wantedName_ = name;
  askingForCode_ = false;
  if (options.rooms.empty()) options.rooms = backend_.rooms;
  options.owner = backend_.identity.publicKey;
  hostOptions_ = options;
  roomName_ = options.roomName;
  hostInbox_ = makeInbox<app::HostUpdate>(&RoomController::drainHost);
  hosted_ = backend_.startHost(std::move(options), hostInbox_);
}

void RoomController::join(const app::WayIn& way, const std::string& name) {
  release();
  const auto* invite = std::get_if<app::InviteLink>(&way);
  invite_ = invite != nullptr ? std::optional(*invite) : std::nullopt;
  target_ = app::addressOf(way);
  phase_ = RoomPhase::Connecting;
  hostedHere_ = false;
  failure_.reset();
  askingForCode_ = false;
  wantedName_ = name;
  if (roomName_.empty()) roomName_ = target_;
  connect(target_);
}

app::Status RoomController::joinWithCode(const std::string& typed, const std::string& name) {
  const auto code = app::crypto::parseJoinCode(typed);
  if (!code) return code.error();
  release();
  phase_ = RoomPhase::Connecting;
  failure_.reset();
  wantedName_ = name;
  connect(target_, *code);
  return app::Done{};
}

void RoomController::askForCode() {
  askingForCode_ = true;
}

void RoomController::connect(const std::string& address, const std::string& joinCode) {
  releaseLink();
  linkInbox_ = makeInbox<app::LinkUpdate>(&RoomController::drainLink);
  app::JoinOptions options;
  options.address = address;
  options.name = wantedName_;
  options.identity = backend_.identity;
  options.conversations = backend_.conversations;
  options.trust = backend_.trust;
  options.hostedHere = hostedHere_;
  if (hostedHere_) options.hostKey = hostKey_;
  if (!hostedHere_) options.room = roomId_;
  options.joinCode = joinCode;
  options.invite = invite_;
  link_ = backend_.openLink(std::move(options), linkInbox_);
}

void RoomController::reconnect(const std::string& name) {
  if (phase_ == RoomPhase::Returning && link_) return link_->retryNow();
  if (phase_ == RoomPhase::Connecting || phase_ == RoomPhase::Open || forReading_) return;
  if (hosted_ && !ownAddress_.empty()) {  // only our own link to it was lost
    phase_ = RoomPhase::Connecting;
    failure_.reset();
    wantedName_ = name;
    connect(ownAddress_);
  } else if (hostedHere_) {
    hostOptions_.roomName = roomName_;
    hostOptions_.access = app::Access::AsBefore;
    hostOptions_.joinCode.clear();
    host(hostOptions_, name);
  } else {
    join(target_, name);
  }
}

void RoomController::disconnect() {
  askingForCode_ = false;
  const bool wasBusy = phase_ != RoomPhase::Idle && phase_ != RoomPhase::Closed;
  release();
  if (!wasBusy) return;
  phase_ = RoomPhase::Closed;
  failure_ = app::Error{app::Errc::Cancelled};
  people_.clear();
  transcript_.linkEnded();
  for (const auto& talk : privateTalks_) talk->roomEnded();
}

void RoomController::releaseLink() {
  if (linkInbox_) linkInbox_->cut();
  linkInbox_.reset();
  if (!link_) return;
  link_->close();
  backend_.retire(std::shared_ptr<app::RoomLink>(std::move(link_)));
}

void RoomController::release() {
  sharing_.stop();
  access_.closed();
  saving_ = {};
  if (hostInbox_) hostInbox_->cut();
  hostInbox_.reset();
  if (!hosted_) {
    releaseLink();
    return;
  }
  if (linkInbox_) linkInbox_->cut();
  linkInbox_.reset();
  if (link_) link_->close();
  hosted_->stop();
  auto last = std::make_shared<Retired>();
  last->hosted = std::move(hosted_);
  last->link = std::move(link_);
  backend_.retire(std::move(last));
}

app::Status RoomController::openSaved(const app::ConversationInfo& info) {
  self_ = info.self == app::MemberId{} ? backend_.self : info.self;
  app::Status opened = openHistory(info.path);
  if (!opened.ok()) return opened;
  forReading_ = info.archive.has_value() || self_ != backend_.self;
  transcript_.linkEnded();
  roomId_ = info.room;
  roomName_ = info.roomName;
  selfName_ = info.selfName;
  address_ = info.address;
  target_ = info.address;
  hostedHere_ = info.hostedHere;
  if (!forReading_) openSavedTalks();
  return opened;
}

app::Status RoomController::openHistory(const std::filesystem::path& file) {
  auto reader = app::ConversationReader::open(file);
  if (!reader.ok()) return reader.error();
  app::Status opened = transcript_.openHistory(std::move(reader).value(), self_);
  if (opened.ok()) conversation_ = file;
  return opened;
}

void RoomController::sendText(app::TextStyle style, const std::string& text) {
  submitText(app::makeRequestId(), {style, text});
}

void RoomController::retry(const TranscriptRow& row) {
  const app::Seq answered = row.quote && canMean(row.quote->position) ? app::numberAt(row.quote->position) : app::Seq{};
  submitText(row.request, {row.style, row.text, answered});
}

bool RoomController::canMean(app::Position position) const {
  return admittedAt_ && app::inOneEpoch(*admittedAt_, position);
}

void RoomController::reply(app::Position answered, app::TextStyle style, const std::string& text) {
  if (canMean(answered)) submitText(app::makeRequestId(), {style, text, app::numberAt(answered)});
}

void RoomController::submitText(const app::RequestId& id, app::SendText text) {
  if (!isWritable() || !link_) return;
  transcript_.asked({id, app::systemNow(), text.style, text.text, text.replyTo});
  link_->submit({id, std::move(text)});
}

void RoomController::editText(app::Position position, const std::string& text) {
  if (!isOpen() || !link_ || !canMean(position)) return;
  link_->submit({app::makeRequestId(), app::EditText{app::numberAt(position), text}});
}

void RoomController::deleteText(app::Position position) {
  if (!isOpen() || !link_ || !canMean(position)) return;
  link_->submit({app::makeRequestId(), app::DeleteText{app::numberAt(position)}});
}

void RoomController::react(app::Position position, const std::string& emoji, bool on) {
  if (!isOpen() || !link_ || !canMean(position)) return;
  link_->submit({app::makeRequestId(), app::React{app::numberAt(position), emoji, on}});
}

void RoomController::rename(const std::string& name) {
  if (!isOpen() || !link_) return;
  link_->submit({app::makeRequestId(), app::Rename{name}});
}

void RoomController::setTopic(const std::string& topic) {
  if (!isOpen() || !link_) return;
  link_->submit({app::makeRequestId(), app::SetTopic{topic}});
}

void RoomController::tellTyping() {
  if (isOpen() && link_) link_->tellTyping();
}

void RoomController::askAccess() {
  if (hosted_) hosted_->askAccess();
}

void RoomController::changeJoinCode() {
  if (hosted_) hosted_->changeJoinCode();
}

void RoomController::openToAll() {
  if (hosted_) hosted_->openToAll();
}

void RoomController::makeInvite(std::chrono::milliseconds validFor, std::uint32_t uses) {
  if (hosted_) hosted_->makeInvite(validFor, uses);
}

void RoomController::revokeInvite(const app::Invite& invite) {
  if (hosted_) hosted_->revokeInvite(app::idOf(invite.token));
}

void RoomController::setHistory(std::optional<std::uint32_t> texts) {
  if (hosted_) hosted_->setHistory(texts);
}

void RoomController::shareApp(const std::filesystem::path& folder) {
  app::ShareOptions options;
  options.folder = folder;
  options.bindAddress = hostOptions_.bindAddress;
  options.roomName = roomName_;
  options.joinAddresses = hostAddresses_;
  options.joinPort = hostPort_;
  sharing_.start(std::move(options));
  tellSharing();
}

void RoomController::stopSharing() {
  sharing_.stop();
  tellSharing();
}

std::size_t RoomController::othersInside() const {
  if (!isOpen() || people_.size() == 0) return 0;
  return people_.size() - (people_.find(self_) != nullptr ? 1 : 0);
}

std::string withPort(const std::string& numericAddress, std::uint16_t port) {
  const bool v6 = numericAddress.find(':') != std::string::npos;
  return (v6 ? "[" + numericAddress + "]" : numericAddress) + ":" + std::to_string(port);
}

}  // namespace earshot::ui

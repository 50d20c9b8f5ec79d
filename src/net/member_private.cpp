#include "net/member_private.h"

#include <algorithm>

#include "app/limits.h"
#include "app/message_keys.h"
#include "net/mail_codec.h"
#include "net/member_client.h"

namespace earshot::net {

app::Result<std::unique_ptr<MemberPrivate>> MemberPrivate::start(NetLoop& loop, Session& session, app::LinkInbox& inbox,
                                                                 app::PrivateMessenger::Setting setting,
                                                                 app::Clock clock) {
  std::unique_ptr<MemberPrivate> made(new MemberPrivate(loop, session, inbox));
  auto messenger = app::PrivateMessenger::open(std::move(setting), std::move(clock), *made);
  if (!messenger) return messenger.error();
  made->messenger_ = std::move(*messenger);
  if (auto published = made->messenger_->renewKey(); !published) return published.error();
  return made;
}

app::Status MemberPrivate::admitted(const std::string& selfName) {
  messenger_->setSelfName(selfName);
  planKeyCheck();
  return messenger_->admitted();
}

MemberPrivate::~MemberPrivate() {
  for (const auto& timer : {keyCheck_, resend_}) {
    if (timer) loop_.cancel(*timer);
  }
  if (worker_.joinable()) worker_.join();
}

void MemberPrivate::planKeyCheck() {
  keyCheck_ = loop_.after(app::kMessageKeyCheck, [this] {
    if (auto renewed = messenger_->renewKey(); !renewed) failure_ = renewed.error();
    planKeyCheck();
  });
}

bool MemberPrivate::onFrame(const Frame& received) {
  auto news = mailNewsFrom(received);
  if (!news) return false;
  messenger_->received(std::move(*news));
  return true;
}

bool MemberPrivate::onAck(const app::RequestId& id, app::UtcMillis time) {
  if (!messenger_->awaits(id)) return false;
  messenger_->received(app::LetterKept{id, time});
  return true;
}

bool MemberPrivate::onNack(const app::RequestId& id, app::Errc code, std::chrono::milliseconds retry) {
  if (!messenger_->awaits(id)) return false;
  if (code == app::Errc::TooFast && retry > retry.zero()) planResend(retry);
  messenger_->received(app::LetterRefused{id, {code, {}}, retry});
  return true;
}

void MemberPrivate::planResend(std::chrono::milliseconds wait) {
  if (resend_) return;
  resend_ = loop_.after(std::clamp<std::chrono::milliseconds>(wait, app::kMinResendWait, app::kMaxResendWait), [this] {
    resend_.reset();
    if (auto sent = messenger_->sendAgain(); !sent) failure_ = sent.error();
  });
}

app::Status MemberPrivate::tickEnd(const std::string& selfName) {
  if (failure_) return *failure_;
  messenger_->setSelfName(selfName);
  return messenger_->tickEnd();
}

void MemberPrivate::ask(app::MailRequest request) {
  if (session_ != nullptr) session_->send(mailFrame(request));
}

void MemberPrivate::tell(app::LinkPrivate update) {
  inbox_.post(std::move(update));
}

void MemberPrivate::aside(std::function<std::function<void()>()> slow) {
  slow_.push_back(std::move(slow));
  if (!worker_.joinable()) workOn();
}

void MemberPrivate::workOn() {
  if (slow_.empty()) return;
  auto slow = std::move(slow_.front());
  slow_.pop_front();
  worker_ = std::thread([this, alive = std::weak_ptr<int>(alive_), slow = std::move(slow)]() mutable {
    auto then = slow();
    loop_.post([this, alive = std::move(alive), then = std::move(then)] {
      if (alive.expired()) return;
      worker_.join();
      then();
      workOn();
    });
  });
}

// --- what the link has to do with it -------------------------------------------------------------

bool MemberClient::startPrivate() {
  app::PrivateMessenger::Setting setting;
  setting.room = room_;
  setting.roomName = roomName_;
  setting.address = address_;
  setting.self = self_;
  setting.selfName = selfName_;
  setting.hostedHere = options_.hostedHere;
  setting.identity = options_.identity;
  setting.conversations = options_.conversations;
  setting.trust = options_.trust;
  setting.messageKeys = options_.trust.parent_path() / app::kMessageKeysFile;
  private_.reset();
  auto started = MemberPrivate::start(loop_, *session_, inbox_, std::move(setting), clock_);
  if (!started) {
    closeWith(started.error());
    return false;
  }
  private_ = std::move(*started);
  return true;
}

void MemberClient::submitPrivate(const app::PrivateRequest& request) {
  // A letter waits in its chat's outbox while the connection is gone; anything else would surprise later.
  const bool waits = wasLive_ && phase_ < Phase::Closing && std::holds_alternative<app::SendPrivate>(request);
  if (private_ && (phase_ == Phase::Live || waits)) return private_->submit(request);
  std::visit(
      [this](const auto& asked) {
        inbox_.post(app::LinkPrivate{asked.person, app::PrivateRefused{asked.id, {app::Errc::NotAMember, {}}}});
      },
      request);
}

bool MemberClient::onMail(const Frame& received) {
  return (private_ && private_->onFrame(received)) || violated();
}

void MemberClient::savePrivate() {
  if (!private_) return;
  if (auto saved = private_->tickEnd(selfName_); !saved) closeWith(saved.error());
}

}  // namespace earshot::net

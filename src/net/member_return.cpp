// How a member comes back after its connection broke.
#include <random>

#include "app/error_text.h"
#include "app/limits.h"
#include "app/log.h"
#include "net/address.h"
#include "net/member_client.h"

namespace earshot::net {
namespace {

double chance() {
  std::random_device random;
  return std::uniform_real_distribution<double>(0.0, 1.0)(random);
}

}  // namespace

/// What the network was is over; the conversation and the outbox stay.
void MemberClient::dropConnection() {
  for (auto* timer : {&admissionDeadline_, &ping_, &wakeDeadline_, &resend_}) {
    if (*timer) loop_.cancel(**timer);
    timer->reset();
  }
  if (private_) private_->disconnected();
  cpace_.reset();
  codeKeys_.reset();
  if (connector_) loop_.discard(std::shared_ptr<Connector>(std::move(connector_)));
  tls_ = nullptr;
  if (session_) {
    session_->end();
    // It may be the one that is telling us.
    loop_.discard(std::shared_ptr<Session>(std::move(session_)));
  }
  members_.clear();
}

void MemberClient::interrupt(app::Error reason) {
  if (phase_ == Phase::Live && !saveReceived()) return;
  if (phase_ == Phase::Live || !lostAt_) lostAt_ = NetLoop::now();
  for (const app::RequestId& id : asked_) inbox_.post(app::LinkRefused{id, {app::Errc::ConnectionLost, address_}});
  asked_.clear();
  // That nobody hosts there, or somebody else does, is no news to who knows that the room was closed.
  if (reason.code == app::Errc::HostClosed) roomClosed_ = true;
  const bool isGone = reason.code == app::Errc::ConnectionRefused || reason.code == app::Errc::HostKeyChanged;
  if (roomClosed_ && isGone) reason = {app::Errc::HostClosed};
  dropConnection();
  received_.clear();
  forgetSending();
  phase_ = Phase::Waiting;
  const auto gone = std::chrono::duration_cast<std::chrono::milliseconds>(NetLoop::now() - *lostAt_);
  const auto wait = retries_.next(gone, chance());
  app::log::debug("member: " + app::codeName(reason.code) + ", again in " + std::to_string(wait.count()) + " ms");
  inbox_.post(app::LinkInterrupted{std::move(reason), wait});
  retry_ = loop_.after(wait, [this] { tryAgain(); });
  addresses_ = localAddresses();
  planNetworkCheck();
}

void MemberClient::tryAgain() {
  if (phase_ != Phase::Waiting) return;
  for (auto* timer : {&retry_, &networkCheck_}) {
    if (*timer) loop_.cancel(**timer);
    timer->reset();
  }
  connect();
}

/// A cable that was plugged in, a network that was chosen: that is the moment, not the next full minute.
void MemberClient::planNetworkCheck() {
  networkCheck_ = loop_.after(app::kNetworkCheck, [this] {
    networkCheck_.reset();
    if (phase_ != Phase::Waiting) return;
    auto addresses = localAddresses();
    const bool isBetter = addresses != addresses_ && !addresses.empty();
    addresses_ = std::move(addresses);
    if (isBetter) return tryAgain();
    planNetworkCheck();
  });
}

// --- keeping it alive ----------------------------------------------------------------------------

void MemberClient::planPing() {
  pinged_ = {NetLoop::now(), app::systemNow()};
  ping_ = loop_.after(app::kPingInterval, [this] {
    ping_.reset();
    onPingTimer();
  });
}

void MemberClient::onPingTimer() {
  if (phase_ != Phase::Live) return;
  if (NetLoop::now() - session_->lastReceived() > app::kSilenceDeadline) {
    return closeWith({app::Errc::ConnectionLost, address_});
  }
  // Whether or not the room is talking: who only listens must be heard by the host, too.
  session_->send(frame(FrameType::Ping, wire::Ping{}));
  if (hasSlept()) expectAnswer();
  planPing();
}

/// The clock on the wall went on while this program stood still, or the timer came far too late.
bool MemberClient::hasSlept() const {
  const auto here = NetLoop::now() - pinged_.steady;
  const auto wall = app::systemNow() - pinged_.wall;
  return wall - here > app::kPingInterval || here > 2 * app::kPingInterval;
}

void MemberClient::expectAnswer() {
  if (wakeDeadline_) loop_.cancel(*wakeDeadline_);
  wakeDeadline_ = loop_.after(app::kWakeDeadline, [this, asked = NetLoop::now()] {
    wakeDeadline_.reset();
    if (phase_ == Phase::Live && session_->lastReceived() < asked) closeWith({app::Errc::ConnectionLost, address_});
  });
}

}  // namespace earshot::net

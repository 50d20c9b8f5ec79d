#include "net/host_admission.h"

#include <algorithm>
#include <utility>

#include "app/crypto/signing_key.h"
#include "app/limits.h"
#include "net/net_loop.h"

namespace earshot::net {

using app::Errc;
using app::crypto::bytesOf;
using app::crypto::ByteView;

namespace {

std::string textOf(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

HostAdmission::HostAdmission(NetLoop& loop, const app::RoomAccess& access, const app::RoomId& room,
                             const app::crypto::PublicKey& hostKey, Find find, app::JoinCodeKeys::Derive derive)
    : loop_(loop), access_(access), room_(room), hostKey_(hostKey), find_(std::move(find)), keys_(std::move(derive)) {}

void HostAdmission::prepareKey() {
  if (!access_.isOpen()) keys_.ask(access_.joinCode(), room_, [](const auto&) {});
}

void HostAdmission::start(Stranger& stranger, const wire::AuthStart& message, app::UtcMillis now) {
  if (exchanges_.contains(stranger.connectionId())) return stranger.violated();
  if (!message.invite_id().empty()) return startInvite(stranger, message, now);
  startCode(stranger, message);
}

void HostAdmission::startInvite(Stranger& stranger, const wire::AuthStart& message, app::UtcMillis now) {
  const auto id = app::InviteId::fromView(message.invite_id());
  if (!id) return stranger.violated();
  const app::InviteChannel channel{stranger.binding(), stranger.identityKey(), hostKey_};
  const auto token = access_.tokenOf(*id, now);
  // One answer for all of it: which invites there are is nobody's business.
  if (!token || !isInviteProof(bytesOf(message.proof()), *token, channel, app::InviteProver::Member)) {
    return stranger.failed(Errc::InviteExpired, {});
  }
  wire::AuthOk ok;
  ok.set_proof(textOf(inviteProof(*token, channel, app::InviteProver::Host)));
  stranger.send(FrameType::AuthOk, ok);
  stranger.proven({.invite = *id});
}

void HostAdmission::startCode(Stranger& stranger, const wire::AuthStart& message) {
  if (message.share().size() != app::crypto::CpaceShare{}.size()) return stranger.violated();
  // An open room has no code that could be right.
  if (access_.isOpen()) return stranger.failed(Errc::JoinCodeWrong, {});
  Exchange& exchange = exchanges_[stranger.connectionId()];
  exchange.code = access_.joinCode();
  exchange.share = message.share();
  keys_.ask(exchange.code, room_, [this, id = stranger.connectionId()](const app::Result<app::JoinCodeKey>& key) {
    loop_.post([this, id, key] { continueCode(id, key); });
  });
}

void HostAdmission::continueCode(ConnectionId connection, const app::Result<app::JoinCodeKey>& key) {
  const auto found = exchanges_.find(connection);
  Stranger* stranger = find_(connection);
  if (found == exchanges_.end() || stranger == nullptr) return;
  if (!key) return stranger->failed(Errc::HostStorageFailed, {});
  found->second.key = *key;
  if (charge(*stranger, found->second)) answer(*stranger, found->second);
}

/// From the host's share on a guess counts: what was begun and given up is a failure like any other.
bool HostAdmission::charge(Stranger& stranger, Exchange& exchange) {
  if (!access_.needsProof(app::crypto::memberIdOf(stranger.identityKey()))) return true;
  const auto now = NetLoop::now();
  const auto wait = throttle_.charge(stranger.address(), now);
  if (wait == wait.zero()) {
    exchange.charged = now;
    return true;
  }
  if (isAnotherUndecided(stranger)) {
    waiting_.push_back(stranger.connectionId());
  } else {
    stranger.failed(Errc::TooManyTries, wait);
  }
  return false;
}

bool HostAdmission::isAnotherUndecided(const Stranger& stranger) {
  const std::string source = app::guessSource(stranger.address());
  return std::any_of(exchanges_.begin(), exchanges_.end(), [&](const auto& entry) {
    if (!entry.second.charged) return false;
    const Stranger* other = find_(entry.first);
    return other != nullptr && app::guessSource(other->address()) == source;
  });
}

void HostAdmission::answer(Stranger& stranger, Exchange& exchange) {
  app::crypto::Bytes channelId;
  const app::crypto::PublicKey* const sides[]{&stranger.identityKey(), &hostKey_};
  for (const auto* side : sides) channelId.insert(channelId.end(), side->bytes.begin(), side->bytes.end());
  exchange.cpace.emplace(app::crypto::CpaceRole::Responder,
                         app::crypto::CpaceInputs{exchange.key->view(), channelId, stranger.binding()}, ByteView{});
  if (!exchange.cpace->receive(bytesOf(exchange.share), {})) return stranger.violated();
  wire::AuthStep step;
  step.set_share(textOf(exchange.cpace->share()));
  stranger.send(FrameType::AuthStep, step);
}

void HostAdmission::confirm(Stranger& stranger, const wire::AuthConfirm& message) {
  const auto found = exchanges_.find(stranger.connectionId());
  if (found == exchanges_.end() || !found->second.cpace) return stranger.violated();
  Exchange exchange = std::move(found->second);
  exchanges_.erase(found);
  const bool right = exchange.cpace->confirm(bytesOf(message.tag()));
  if (right && exchange.charged) throttle_.giveBack(stranger.address(), *exchange.charged);
  resumeWaiting();
  if (!right) return stranger.failed(Errc::JoinCodeWrong, {});
  const auto tag = exchange.cpace->tag();
  if (!tag) return stranger.violated();
  wire::AuthOk ok;
  ok.set_proof(textOf(*tag));
  stranger.send(FrameType::AuthOk, ok);
  stranger.proven({.joinCode = exchange.code});
}

void HostAdmission::forget(ConnectionId connection) {
  std::erase(waiting_, connection);
  if (exchanges_.erase(connection) > 0) resumeWaiting();
}

/// A guess was decided: those behind it try again, from the loop, since they may be ended by it.
void HostAdmission::resumeWaiting() {
  if (waiting_.empty()) return;
  loop_.post([this] {
    for (const ConnectionId connection : std::exchange(waiting_, {})) {
      const auto found = exchanges_.find(connection);
      Stranger* stranger = find_(connection);
      if (found == exchanges_.end() || stranger == nullptr) continue;
      if (charge(*stranger, found->second)) answer(*stranger, found->second);
    }
  });
}

}  // namespace earshot::net
